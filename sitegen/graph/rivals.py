"""Two that want to be one: things of one id, files of one address, facts that contradict each other."""

from __future__ import annotations

from itertools import combinations, product
from unicodedata import normalize

from sitegen.core.checks import disagreement, measured
from sitegen.core.exports import lexeme
from sitegen.engine.db import Db, query
from sitegen.errors import Diagnostic, SiteError, Span, diagnostic
from sitegen.graph.data_files import parsed_registry
from sitegen.graph.queries import KINDS, article, parsed, parsed_article
from sitegen.graph.redirects import aliases, stub_path
from sitegen.graph.registry import canonical, fact, fact_files, fact_ids, fact_index
from sitegen.graph.routes import Route, routes
from sitegen.graph.things import names, resolve


@query
def twins(db: Db) -> tuple[Diagnostic, ...]:
    """Ids that two files claim, or one file twice."""
    found = []
    for kind, path, id, first in names(db).twins:
        at = parsed(db, kind, path).place("id") or Span(path)
        found.append(diagnostic("R212", at, id=id, other=first))
    holders: dict[str, str] = {}
    for path in fact_files(db):
        for number, id in enumerate(fact_ids(db, path)):
            if id in holders:
                found.append(diagnostic("R213", fact_span(db, path, number, "id"), id=id, other=holders[id]))
            holders.setdefault(id, path)
    return tuple(found)


def fact_span(db: Db, path: str, number: int, key: str) -> Span:
    """Where `key` of a fact stands that is the `number`th with an id in its file."""
    if path.endswith(".md"):
        found = article(db, path)
        uses = found.facts if found else ()
        places = [n for n, use in enumerate(uses) if use.fact and use.fact.id]
        return parsed_article(db, path).place(f"facts.{places[number]}.{key}") or Span(path)
    return parsed_registry(db, path).place(f"{number}.{key}") or Span(path)


def fact_place(db: Db, id: str) -> Span | None:
    """Where the value of a fact is written; None when there is none of that id."""
    path = fact_index(db).get(id)
    return fact_span(db, path, fact_ids(db, path).index(id), "value") if path else None


# -- addresses -----------------------------------------------------------------------------------------


@query
def clashes(db: Db) -> tuple[Diagnostic, ...]:
    """Two sources for one address, also where they differ in letter case only (many disks make them one).

    A file where another file needs a folder is one of them: `old.html` and `old.html/new/`.
    """
    try:
        everything = routes(db)
    except SiteError as error:
        return error.diagnostics
    found = []
    owners: dict[str, Route] = {}
    for route in everything:
        first = owners.setdefault(_folded(route.path), route)
        if first is not route:
            found.append(_clash(db, first, route))
    for route in everything:
        folder = route.path
        while folder := folder.rpartition("/")[0]:
            if (file := owners.get(_folded(folder))) is not None:
                found.append(_clash(db, file, route))
    return tuple(found)


def _folded(path: str) -> str:
    return normalize("NFC", path).casefold()


def _clash(db: Db, first: Route, second: Route) -> Diagnostic:
    """What an author wrote gives way to what is always there; else the later to the earlier."""
    if first.kind == "redirect" and second.kind != "redirect":
        first, second = second, first
    return diagnostic("O901", _origin(db, second), url=f"/{second.url}", other=_origin(db, first).path)


def _origin(db: Db, route: Route) -> Span:
    """The place in the content that gives a file its address."""
    if route.kind in ("article", "entity", "term", "topic"):
        kind = next(it for it in KINDS if it == route.kind)
        document = parsed(db, kind, route.key)
        return document.place("slug") or document.place("id") or Span(route.key)
    if route.kind == "redirect":
        path = resolve(db, route.key).path
        same = [n for n, alias in enumerate(aliases(db, path)) if stub_path(alias) == route.path]
        return parsed_article(db, path).place(f"aliases.{same[-1]}") or Span(path)
    if route.kind == "fact":
        path = fact_index(db)[route.key]
        return fact_span(db, path, fact_ids(db, path).index(route.key), "id")
    return Span(route.path)


# -- facts ---------------------------------------------------------------------------------------------


@query
def measure_of(db: Db, id: str) -> tuple[str, tuple[str, ...]]:
    """The day that a fact holds for ("" for always) and what it measures, () when it is not to be compared."""
    found = fact(db, id)
    key = measured(found) if found else ()
    if found is None or not key:
        return "", ()
    return found.as_of.lexeme if found.as_of else "", (canonical(db, key[0]), *key[1:])


@query
def comparable(db: Db) -> tuple[tuple[str, str], ...]:
    """Pairs of facts that measure the same thing on the same day, or one of them always."""
    groups: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for id in fact_index(db):
        day, key = measure_of(db, id)
        if key:
            groups.setdefault(key, {}).setdefault(day, []).append(id)
    pairs: list[tuple[str, str]] = []
    for days in groups.values():
        timeless = days.pop("", [])
        pairs += combinations(timeless, 2)
        for ids in days.values():
            pairs += combinations(ids, 2)
            pairs += product(timeless, ids)
    order = {id: place for place, id in enumerate(fact_index(db))}
    return tuple((a, b) if order[a] < order[b] else (b, a) for a, b in pairs)


@query
def contradictions(db: Db) -> tuple[Diagnostic, ...]:
    """Facts of one measure that cannot both be true, and those that only seem to."""
    return tuple(it for first, second in comparable(db) if (it := _compared(db, first, second)))


def _compared(db: Db, first: str, second: str) -> Diagnostic | None:
    a, b = fact(db, first), fact(db, second)
    assert a is not None  # both are in the index
    assert b is not None
    match disagreement(a, b):
        case "contradiction":
            code = "F301" if a.certainty == b.certainty == "confirmed" else "F307"
        case "rounding":
            code = "F302"
        case "one day apart":
            code = "F304"
        case _:
            return None
    path = fact_index(db)[second]
    at = fact_span(db, path, fact_ids(db, path).index(second), "value")
    return diagnostic(code, at, fact=b.id, value=lexeme(b.value), other=a.id, other_value=lexeme(a.value))
