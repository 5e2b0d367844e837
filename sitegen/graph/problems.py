"""What is wrong with the content: every finding of every file, in one list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from sitegen.core.article import Article
from sitegen.core.body import Block, Parts
from sitegen.core.checks import drift, first_out_of_order
from sitegen.core.documents import Parsed
from sitegen.core.edtf import parse_date
from sitegen.core.markdown import ParsedInline, parse_inline
from sitegen.core.problem import Problem
from sitegen.core.values import FuzzyDate
from sitegen.engine.db import Db, query
from sitegen.errors import Diagnostic, Span, diagnostic
from sitegen.graph import references
from sitegen.graph.alone import own_problems
from sitegen.graph.data_files import (
    FACTS_FOLDER,
    SCALES_FILE,
    SOURCES_FILE,
    parsed_registry,
    parsed_scales,
    parsed_sources,
)
from sitegen.graph.queries import (
    SITE_FILE,
    Kind,
    files,
    front_matter,
    locale_of,
    page_lang,
    parsed,
    parsed_site,
    paths,
    site,
    visible,
)
from sitegen.graph.references import Reference
from sitegen.graph.registry import fact
from sitegen.graph.rivals import clashes, contradictions, twins
from sitegen.graph.strings import has_words
from sitegen.graph.texts import Inline, inline_texts, parsed_text
from sitegen.graph.things import KINDS
from sitegen.graph.timelines import date_of
from sitegen.graph.unread import unread
from sitegen.graph.verdicts import verdict
from sitegen.locale import get_locale

NOWHERE = Span("")  # of a finding whose place is still to be told


@query
def problems(db: Db) -> tuple[Diagnostic, ...]:
    """All findings about content, by file and place."""
    found = list(parsed_site(db).diagnostics)
    if parsed_site(db).value is None:
        return tuple(found)
    if wrong := of_language(db, site(db).lang):
        found.append(replace(wrong, at=parsed_site(db).places.get("lang") or Span(SITE_FILE)))
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


@query(persist=False)
def lines(db: Db, path: str) -> tuple[str, ...]:
    """The lines of a file, for excerpts."""
    text = (db.read(path) or b"").decode("utf-8", errors="replace")
    return tuple(re.split(r"\r\n|\r|\n", text))


def _with_excerpts(db: Db, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    def excerpt(at: Span) -> str:
        text = lines(db, at.path)
        return text[at.line - 1] if at.line <= len(text) else ""

    return [it if it.excerpt else replace(it, excerpt=excerpt(it.at)) for it in found]


# -- content files -------------------------------------------------------------------------------------


@query
def file_problems(db: Db, kind: Kind, path: str) -> tuple[Diagnostic, ...]:
    """Findings about one article, entity, term or topic.

    What it refers to is looked up without its places: a file in which nothing is wrong need not be read again.
    """

    def place(where: str) -> Span:
        return parsed(db, kind, path).place(where) or Span(path)

    def locate(it: Reference) -> Span:
        return place(it.place) if it.place else Span(path, it.line, it.column, it.end_column)

    found = [*own_problems(db, kind, path)]
    value = front_matter(db, kind, path)
    if it := value or parsed(db, kind, path).partial:
        found += _verdicts(db, references.in_front_matter(it), locate)
    text = parsed_text(db, kind, path)
    found += _of_parts(db, text.body.parts, locate)
    for one in inline_texts(value):
        found += _of_inline(db, kind, path, one, text.inlines[one.place], place)
    if isinstance(value, Article):
        found += _of_article(db, value, place)
    if isinstance(it, Article) and not (visible(db, path) if value else not it.draft):
        found = [one for one in found if one.code[0] not in "RW"]  # a draft may refer to what is not there
    return tuple(_with_excerpts(db, found))


Locate = Callable[[Reference], Span]


def _locator(path: str, document: Parsed[Any]) -> Locate:
    return lambda it: document.place(it.place) or Span(path)


def _verdicts(db: Db, found: Iterable[Reference], locate: Locate) -> list[Diagnostic]:
    return [replace(problem, at=locate(it)) for it in found if (problem := verdict(db, it, NOWHERE))]


def _of_parts(db: Db, parts: Parts, locate: Locate) -> list[Diagnostic]:
    """Findings about what prose refers to, and about the dates of its blocks."""
    found = _verdicts(db, references.in_parts(parts), locate)
    for said in references.fact_refs(parts):
        it = fact(db, said.fact)
        if it and (wrong := drift(it, said.text)):
            at = locate(references.at(said, said.fact, "fact"))
            found.append(diagnostic("D401", at, fact=it.id, said=wrong, label=it.label))
    for part in parts:
        if isinstance(part, Block):
            found += _of_dates(db, part, locate)
    return found


def _of_dates(db: Db, it: Block, locate: Locate) -> Iterator[Diagnostic]:
    """Dates of a block that are none, and entries of a timeline that stand before an earlier one."""
    for name, text in it.args:
        if name in ("from", "to", "since", "date") and isinstance(wrong := parse_date(text), Problem):
            yield diagnostic(wrong.code, locate(references.at(it, text, "date")), **wrong.args)
    days: list[FuzzyDate | None] = []
    for item in it.items if it.name == "timeline" else ():
        day = parse_date(item.date) if item.date else None
        if isinstance(day, Problem):
            yield diagnostic(day.code, locate(references.at(item, item.date, "date")), **day.args)
            day = None
        elif day is None and (known := fact(db, item.text)):
            day = date_of(known)
        days.append(day)
    late = first_out_of_order(days)
    if late is not None:
        item, day = it.items[late], days[late]
        assert day is not None  # what has no date is in no order
        yield diagnostic("T503", locate(references.at(item, item.text, "date")), date=day.lexeme)


def _of_inline(
    db: Db, kind: Kind, path: str, it: Inline, read: ParsedInline, place: Callable[[str], Span]
) -> list[Diagnostic]:
    """Findings about a front matter text; it is parsed once more for their exact places if there are any."""
    if not read.diagnostics and not _of_parts(db, read.parts, lambda _: NOWHERE):
        return []
    at = place(it.place)
    source = lines(db, path)[at.line - 1 :]
    read = parse_inline(it.text, at, locale_of(db, page_lang(db, kind, path)), source)
    return [
        *read.diagnostics,
        *_of_parts(db, read.parts, lambda one: Span(path, one.line, one.column, one.end_column)),
    ]


def _of_article(db: Db, it: Article, place: Callable[[str], Span]) -> Iterator[Diagnostic]:
    """What only articles must not do: show internal facts of their own, speak where the theme does not."""
    for n, use in enumerate(it.facts):
        if use.fact and use.fact.visibility == "internal":
            yield diagnostic("W801", place(f"facts.{n}"), fact=use.fact.label)
    if it.lang and (wrong := of_language(db, it.lang)):
        yield replace(wrong, at=place("lang"))


def of_language(db: Db, lang: str) -> Diagnostic | None:
    """Pages in a language that the theme does not speak would speak two."""
    language = get_locale(lang).language
    return None if has_words(db, language) else diagnostic("C108", NOWHERE, lang=language)


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
