"""What is wrong with the content: every finding of every file, in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from unicodedata import normalize

from msgspec.structs import replace

from sitegen.core.body import Parts
from sitegen.core.checks import drift
from sitegen.core.documents import Parsed
from sitegen.engine.db import Db, query
from sitegen.errors import Diagnostic, SiteError, Span, diagnostic
from sitegen.graph import references
from sitegen.graph.links import inline, inline_texts
from sitegen.graph.queries import (
    FACTS_FOLDER,
    FOLDERS,
    SCALES_FILE,
    SOURCES_FILE,
    Kind,
    files,
    parsed,
    parsed_registry,
    parsed_scales,
    parsed_site,
    parsed_sources,
    parsed_text,
    paths,
    visible,
)
from sitegen.graph.references import Reference
from sitegen.graph.registry import fact, fact_files, fact_ids
from sitegen.graph.routes import routes
from sitegen.graph.things import KINDS, identity
from sitegen.messages import severity


@query
def problems(db: Db) -> tuple[Diagnostic, ...]:
    """All findings about content, by file and place."""
    found = list(parsed_site(db).diagnostics)
    if parsed_site(db).value is None:
        return tuple(found)
    for kind in KINDS:
        for path in paths(db, kind):
            found += file_problems(db, kind, path)
    for path in files(db, FACTS_FOLDER, ".yaml"):
        found += registry_problems(db, path)
    found += data_problems(db)
    found += twins(db)
    if not any(severity(it) == "error" for it in found):
        found += clashes(db)
    return tuple(sorted(set(found)))


@query
def lines(db: Db, path: str) -> tuple[str, ...]:
    """The lines of a file, for excerpts."""
    return tuple((db.read(path) or b"").decode("utf-8", errors="replace").splitlines())


def _excerpt(db: Db, at: Span) -> str:
    text = lines(db, at.path)
    return text[at.line - 1] if at.line <= len(text) else ""


@query
def file_problems(db: Db, kind: Kind, path: str) -> tuple[Diagnostic, ...]:
    """Findings about one article, entity, term or topic."""
    document = parsed(db, kind, path)
    text = parsed_text(db, kind, path)
    found = [*document.diagnostics, *text.diagnostics]
    if document.value is None:
        return tuple(found)
    for it in references.in_front_matter(document.value):
        found += _verdicts(db, [it], _locator(path, document))
    found += _verdicts(db, references.in_parts(text.body.parts), _locator(path, document))
    found += _bound(db, text.body.parts, _locator(path, document))
    for one in inline_texts(db, kind, path):
        place = document.place(one.place) or Span(path)
        read = inline(db, kind, path, one.place)
        found += [replace(it, at=place, excerpt=_excerpt(db, place)) for it in read.diagnostics]
        found += _verdicts(db, references.in_parts(read.parts), _at(place))
        found += _bound(db, read.parts, _at(place))
    if kind == "article" and not visible(db, path):
        found = [it for it in found if it.code[0] != "R"]  # a draft may refer to what is not there yet
    return tuple(found)


Locate = Callable[[Reference], Span]


def _locator(path: str, document: Parsed[Any]) -> Locate:
    def locate(it: Reference) -> Span:
        if it.place:
            return document.place(it.place) or Span(path)
        return Span(path, it.line, it.column, it.end_column)

    return locate


def _at(place: Span) -> Locate:
    return lambda it: place


def _verdicts(db: Db, found: Iterable[Reference], locate: Locate) -> list[Diagnostic]:
    wrong = []
    for it in found:
        at = locate(it)
        if problem := references.verdict(db, it, at, _excerpt(db, at)):
            wrong.append(problem)
    return wrong


def _bound(db: Db, parts: Parts, locate: Locate) -> list[Diagnostic]:
    """Findings about the facts that prose uses: words that say another number, facts that no longer hold."""
    found = []
    for part in references.fact_refs(parts):
        it = fact(db, part.fact)
        if it is None:
            continue
        at = locate(Reference(part.fact, "fact", "", part.line, part.column, part.end_column))
        if wrong := drift(it, part.text):
            found.append(diagnostic("D401", at, _excerpt(db, at), fact=it.id, said=wrong, label=it.label))
        if it.visibility == "internal":
            found.append(diagnostic("W801", at, _excerpt(db, at), fact=it.id))
        if it.status == "retracted":
            found.append(diagnostic("F306", at, _excerpt(db, at), fact=it.id))
        elif it.status == "superseded":
            newer = it.superseded_by or "–"
            found.append(diagnostic("F305", at, _excerpt(db, at), fact=it.id, newer=newer))
    return found


@query
def registry_problems(db: Db, path: str) -> tuple[Diagnostic, ...]:
    """Findings about one file of the registry."""
    document = parsed_registry(db, path)
    found = list(document.diagnostics)
    for number, it in enumerate(document.value or ()):
        found += _verdicts(db, references.in_fact(it, str(number)), _locator(path, document))
    return tuple(found)


@query
def data_problems(db: Db) -> tuple[Diagnostic, ...]:
    """Findings about the sources and the scales."""
    found: list[Diagnostic] = []
    if db.read(SOURCES_FILE) is not None:
        found += parsed_sources(db).diagnostics
    if db.read(SCALES_FILE) is not None:
        document = parsed_scales(db)
        found += document.diagnostics
        for n, scale in enumerate(document.value or ()):
            for m, mark in enumerate(scale.thresholds):
                place = f"{n}.thresholds.{m}"
                refs = [Reference(mark.ref, "fact", f"{place}.ref")] if mark.ref else []
                refs += [Reference(it.ref, "source", f"{place}.sources") for it in mark.sources if it.ref]
                found += _verdicts(db, refs, _locator(SCALES_FILE, document))
    return tuple(found)


@query
def twins(db: Db) -> tuple[Diagnostic, ...]:
    """Ids that two files claim."""
    found = []
    owners: dict[str, str] = {}
    for kind in KINDS:
        for path in paths(db, kind):
            known = identity(db, kind, path)
            if known is None:
                continue
            first = owners.setdefault(known.id, path)
            if first != path:
                at = parsed(db, kind, path).place("id") or Span(path)
                found.append(diagnostic("R212", at, _excerpt(db, at), id=known.id, other=first))
    holders: dict[str, str] = {}
    for path in fact_files(db):
        for id in fact_ids(db, path):
            first = holders.setdefault(id, path)
            if first != path:
                found.append(diagnostic("R213", Span(path), id=id, other=first))
    return tuple(found)


@query
def clashes(db: Db) -> tuple[Diagnostic, ...]:
    """Two sources for one address, also where they differ in letter case only (many disks make them one)."""
    found = []
    owners: dict[str, str] = {}
    try:
        everything = routes(db)
    except SiteError as error:
        return error.diagnostics
    for route in everything:
        first = owners.setdefault(normalize("NFC", route.path).casefold(), _owner(route.key, route.path))
        mine = _owner(route.key, route.path)
        if first != mine:
            found.append(diagnostic("O901", Span(mine), url=route.url, other=first))
    return tuple(found)


def _owner(key: str, path: str) -> str:
    return key if key.startswith(tuple(FOLDERS.values())) else path
