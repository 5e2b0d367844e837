"""What is wrong with the content: every finding of every file, in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from sitegen.core.checks import first_out_of_order
from sitegen.core.documents import Parsed
from sitegen.core.values import FuzzyDate
from sitegen.engine.db import Db, query
from sitegen.errors import Diagnostic, Span, diagnostic
from sitegen.graph import references
from sitegen.graph.alone import Alone, Entry, alone, lines, of_language, placed_inline
from sitegen.graph.data_files import (
    FACTS_FOLDER,
    SCALES_FILE,
    SOURCES_FILE,
    parsed_registry,
    parsed_scales,
    parsed_sources,
)
from sitegen.graph.queries import (
    KINDS,
    SITE_FILE,
    Kind,
    files,
    front_matter,
    parsed_site,
    paths,
    ribbon,
    site,
    visible,
)
from sitegen.graph.references import Reference, in_prose
from sitegen.graph.registry import fact
from sitegen.graph.rivals import clashes, contradictions, twins
from sitegen.graph.texts import inline_texts
from sitegen.graph.timelines import date_of
from sitegen.graph.unread import unread
from sitegen.graph.verdicts import verdict

NOWHERE = Span("")  # of a finding whose place is still to be told


@query
def problems(db: Db) -> tuple[Diagnostic, ...]:
    """All findings about content, by file and place."""
    found = list(parsed_site(db).diagnostics)
    if parsed_site(db).value is None:
        return tuple(found)
    if wrong := of_language(db, site(db).lang):
        found.append(replace(wrong, at=parsed_site(db).place("lang") or Span(SITE_FILE)))
    for kind in KINDS:
        for path in paths(db, kind):
            found += file_problems(db, kind, path)
    for path in files(db, FACTS_FOLDER, ".yaml"):
        found += registry_problems(db, path)
    found += data_problems(db)
    found += unread(db)
    doubles = twins(db)
    shared = {
        dict(it.args)["id"] for it in doubles
    }  # whichever of the two is meant, its kind is not at fault
    found = [it for it in found if it.code != "R209" or dict(it.args)["target"] not in shared]
    found += _with_excerpts(db, doubles or clashes(db))  # two things of one id have one address: said once
    found += _with_excerpts(db, contradictions(db))
    return tuple(sorted(set(found)))


def _with_excerpts(db: Db, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    def excerpt(at: Span) -> str:
        text = lines(db, at.path)
        return text[at.line - 1] if at.line <= len(text) else ""

    return [it if it.excerpt else replace(it, excerpt=excerpt(it.at)) for it in found]


# -- content files -------------------------------------------------------------------------------------


@query
def file_problems(db: Db, kind: Kind, path: str) -> tuple[Diagnostic, ...]:
    """Findings about one article, entity, term or topic."""
    known = alone(db, kind, path)
    here = _spans(path)
    found = [*known.findings, *_verdicts(db, known.references, here)]
    for place, refs in known.inlines.items():
        if _verdicts(db, refs, here):
            found += _of_inline(db, kind, path, place)
    for entries in known.timelines:
        found += _of_order(db, entries)
    if found and kind == "article" and _may_be_unfinished(db, path, known):
        found = [it for it in found if it.code[0] not in "RW"]
    return tuple(_with_excerpts(db, found))


def _may_be_unfinished(db: Db, path: str, known: Alone) -> bool:
    """Whether an article is not for the public, and so may refer to what is not there yet."""
    return known.broken_draft or (ribbon(db, path) is not None and not visible(db, path))


Locate = Callable[[Reference], Span]


def _locator(path: str, document: Parsed[Any]) -> Locate:
    return lambda it: document.place(it.place) or Span(path)


def _spans(path: str) -> Locate:
    return lambda it: Span(path, it.line, it.column, it.end_column)


def _verdicts(db: Db, found: Iterable[Reference], locate: Locate) -> list[Diagnostic]:
    return [replace(problem, at=locate(it)) for it in found if (problem := verdict(db, it, NOWHERE))]


def _of_inline(db: Db, kind: Kind, path: str, place: str) -> list[Diagnostic]:
    """Findings about what a front matter text refers to; it is parsed once more for their exact places."""
    (it,) = (it for it in inline_texts(front_matter(db, kind, path)) if it.place == place)
    return _verdicts(db, in_prose(placed_inline(db, kind, path, it).parts), _spans(path))


def _day_of(db: Db, id: str) -> FuzzyDate | None:
    known = fact(db, id) if id else None
    return date_of(known) if known else None


def _of_order(db: Db, entries: tuple[Entry, ...]) -> Iterator[Diagnostic]:
    """An entry of a timeline that stands before an earlier one."""
    days = [it.day or _day_of(db, it.fact) for it in entries]
    late = first_out_of_order(days)
    if late is not None:
        day = days[late]
        assert day is not None  # what has no date is in no order
        yield diagnostic("T503", entries[late].at, date=day.lexeme)


# -- data files ----------------------------------------------------------------------------------------


@query
def registry_problems(db: Db, path: str) -> tuple[Diagnostic, ...]:
    """Findings about one file of the registry."""
    document = parsed_registry(db, path)
    found = list(document.diagnostics)
    for number, it in enumerate(document.value or ()):
        found += _verdicts(db, references.in_fact(it, str(number)), _locator(path, document))
    # What the registry says of internal facts stays in the registry.
    return tuple(_with_excerpts(db, (it for it in found if it.code != "W801")))


@query
def data_problems(db: Db) -> tuple[Diagnostic, ...]:
    """Findings about the sources and the scales."""
    found: list[Diagnostic] = []
    if db.read(SOURCES_FILE) is not None:
        known = parsed_sources(db)
        found += known.diagnostics
        seen = (Reference(it.via, "source", f"{n}.via") for n, it in enumerate(known.value or ()) if it.via)
        found += _verdicts(db, seen, _locator(SOURCES_FILE, known))
    if db.read(SCALES_FILE) is not None:
        document = parsed_scales(db)
        found += document.diagnostics
        for n, scale in enumerate(document.value or ()):
            for m, mark in enumerate(scale.thresholds):
                place = f"{n}.thresholds.{m}"
                refs = [Reference(mark.ref, "number", f"{place}.ref")] if mark.ref else []
                refs += references.cited(mark.sources, f"{place}.sources")
                found += _verdicts(db, refs, _locator(SCALES_FILE, document))
    return tuple(_with_excerpts(db, found))
