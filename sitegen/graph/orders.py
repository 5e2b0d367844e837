"""The lists of the whole site in the order in which readers look through them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sitegen.core.charts import order_key
from sitegen.core.entities import EntityKind
from sitegen.core.intervals import iso_day
from sitegen.engine.db import Db
from sitegen.graph.data_files import sources
from sitegen.graph.queries import identity, paths
from sitegen.graph.registry import fact, public_facts
from sitegen.graph.standing import newest
from sitegen.graph.things import thing
from sitegen.graph.timelines import date_of, timeline
from sitegen.text import collation_key

# The group it stands in, "" where there are none; a path of the content or the id of a fact.
Item = tuple[str, str]

# The order in which a reader looks for them.
ENTITY_KINDS: tuple[EntityKind, ...] = (
    "state",
    "organisation",
    "agency",
    "group",
    "person",
    "agreement",
    "event",
    "facility",
    "place",
    "media",
)
SOURCE_KINDS = ("official", "agency", "news", "reference", "academic", "media", "other")
CERTAINTIES = ("confirmed", "reported", "disputed", "unknown")


def _articles(db: Db) -> Iterable[Item]:
    return (("", path) for path in newest(db))


def _topics(db: Db) -> Iterable[Item]:
    return (("", path) for path in paths(db, "topic") if identity(db, "topic", path))


def _entities(db: Db) -> Iterable[Item]:
    """By kind, each kind by name."""
    found = []
    for path in paths(db, "entity"):
        if identity(db, "entity", path):
            it = thing(db, "entity", path)
            kind = it.entity_kind or "media"
            found.append((ENTITY_KINDS.index(kind), collation_key(it.name), it.id, path))
    return ((ENTITY_KINDS[rank], path) for rank, _, _, path in sorted(found))


def _terms(db: Db) -> Iterable[Item]:
    """By name."""
    found = []
    for path in paths(db, "term"):
        if identity(db, "term", path):
            it = thing(db, "term", path)
            found.append((collation_key(it.name), it.id, path))
    return (("", path) for _, _, path in sorted(found))


def _sources(db: Db) -> Iterable[Item]:
    """By kind, each kind from the newest to the oldest and those without a date."""
    found = sorted(sources(db).values(), key=lambda it: it.id)
    found.sort(key=lambda it: iso_day(it.date) if it.date else "", reverse=True)
    found.sort(key=lambda it: SOURCE_KINDS.index(it.kind))
    return ((it.kind, it.id) for it in found)


def _timeline(db: Db) -> Iterable[Item]:
    return (("", id) for id in timeline(db, ""))


def _facts_by_subject(db: Db) -> Iterable[Item]:
    """Subjects in the order of the registry; facts about nobody come last."""
    groups: dict[str, list[str]] = {}
    for id in public_facts(db):
        it = fact(db, id)
        groups.setdefault(it.subject if it else "", []).append(id)
    ordered = sorted(groups.items(), key=lambda it: not it[0])
    return ((subject, id) for subject, members in ordered for id in members)


def _facts_by_date(db: Db) -> Iterable[Item]:
    """By year, the latest first; "0" are those without a date."""
    found = []
    for id in public_facts(db):
        it = fact(db, id)
        day = (date_of(it) or it.as_of) if it else None
        start = (day.start or day.end) if day else None
        found.append((start.year if start else 0, order_key(day) if day else (0, 0), id))
    return ((str(year), id) for year, _, id in sorted(found, reverse=True))


def _facts_by_certainty(db: Db) -> Iterable[Item]:
    groups: dict[str, list[str]] = {it: [] for it in CERTAINTIES}
    for id in public_facts(db):
        if it := fact(db, id):
            groups[it.certainty].append(id)
    return ((certainty, id) for certainty, members in groups.items() for id in members)


# By address, so that it says of each page which list it is part of.
LISTS: dict[str, Callable[[Db], Iterable[Item]]] = {
    "articles/": _articles,
    "topics/": _topics,
    "entities/": _entities,
    "terms/": _terms,
    "sources/": _sources,
    "timelines/": _timeline,
    "facts/": _facts_by_subject,
    "facts-by-date/": _facts_by_date,
    "facts-by-certainty/": _facts_by_certainty,
}
# Names of the orders of facts in the theme's strings.
FACT_ORDERS = {
    "facts/": "sort_subject",
    "facts-by-date/": "sort_date",
    "facts-by-certainty/": "sort_certainty",
}
