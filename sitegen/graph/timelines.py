"""Timelines: every public fact that is a date or an event, whole, per topic and per party."""

from __future__ import annotations

from msgspec import Struct

from sitegen.core.charts import order_key
from sitegen.core.facts import Fact
from sitegen.core.values import Event, FuzzyDate
from sitegen.engine.db import Db, query
from sitegen.graph.links import topics_with
from sitegen.graph.queries import entity, paths, topic
from sitegen.graph.registry import fact, public_facts
from sitegen.graph.things import resolve


class Moment(Struct, frozen=True):
    """A fact on the timelines and the lists it belongs to."""

    fact: str
    order: tuple[int, int]
    topics: tuple[str, ...]
    parties: tuple[str, ...]


def date_of(it: Fact) -> FuzzyDate | None:
    """When a fact happened, or None when it is not something that happens."""
    match it.value:
        case FuzzyDate() as day:
            return day
        case Event(date=day):
            return day
        case _:
            return None


@query
def moment(db: Db, id: str) -> Moment | None:
    """A fact as an entry of timelines, or None when it has no date of its own."""
    found = fact(db, id)
    day = date_of(found) if found else None
    if found is None or day is None:
        return None
    named = [found.subject, found.attribution, *parties_in(db, found.subject)]
    named += [position.by for position in found.positions]
    if isinstance(found.value, Event):
        named += found.value.parties
    tagged = [known.id for tag in found.tags if (known := resolve(db, tag)).kind == "topic" and known.id]
    return Moment(
        id,
        order_key(day),
        tuple(sorted({*tagged, *topics_with(db, id)})),
        tuple(dict.fromkeys(known.id for ref in named if ref and (known := resolve(db, ref)).id)),
    )


@query
def parties_in(db: Db, ref: str) -> tuple[str, ...]:
    """References to those who took part in an event or an agreement."""
    known = resolve(db, ref) if ref else None
    found = entity(db, known.path) if known and known.id and known.kind == "entity" else None
    return tuple(it.ref for it in found.parties) if found else ()


@query
def moments(db: Db) -> tuple[Moment, ...]:
    """All entries in the order of time; equal days in the order of the registry."""
    found = [it for id in public_facts(db) if (it := moment(db, id))]
    return tuple(sorted(found, key=lambda it: it.order))


@query(persist=False)
def timelines(db: Db) -> dict[str, tuple[str, ...]]:
    """Fact ids in the order of time: of everything (""), of each topic and of each entity."""
    groups: dict[str, list[str]] = {}
    for it in moments(db):
        for id in ("", *it.topics, *it.parties):
            groups.setdefault(id, []).append(it.fact)
    return {id: tuple(facts) for id, facts in groups.items()}


@query
def timeline(db: Db, id: str) -> tuple[str, ...]:
    """Fact ids of one timeline in the order of time."""
    return timelines(db).get(id, ())


LEAST = 2  # a timeline of one entry is not a timeline
MOST_MOMENTS = 50  # the latest, where a page shows a part and the way to the whole


@query
def longest_timelines(db: Db, most: int) -> tuple[str, ...]:
    """Those of `timeline_ids` with the most entries, in its order."""
    ids = timeline_ids(db)
    chosen = set(sorted(ids, key=lambda id: -len(timeline(db, id)))[:most])
    return tuple(id for id in ids if id in chosen)


@query
def timeline_ids(db: Db) -> tuple[str, ...]:
    """Topics and entities that have a timeline page: at least two entries."""
    ids = [hub.id for path in paths(db, "topic") if (hub := topic(db, path))]
    ids += [it.id for path in paths(db, "entity") if (it := entity(db, path))]
    return tuple(id for id in ids if len(timeline(db, id)) >= LEAST)
