"""Which articles are the newest and the latest changed, from no more than that takes: lists read cards a page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nlargest
from itertools import islice
from typing import Literal

from msgspec import Struct

from sitegen.core.intervals import iso_day, iso_time
from sitegen.engine.db import Db, query
from sitegen.graph.queries import article, articles, ribbon


class Standing(Struct, frozen=True):
    """What decides where an article stands in lists; a change of its words does not touch it."""

    id: str = ""
    updated: str = ""  # last substantive change: ISO day, or year or month when no more is known
    published: str = ""  # the same
    changed: str = ""  # when the latest change was noted, RFC 3339; "" without any
    corrected: str = ""  # when the latest correction was made
    released: bool = False  # for feeds: the public may see it, and it is not a page beside the news
    listed: bool = False  # for search engines


@query(eager=True)
def standing(db: Db, path: str) -> Standing:
    """The standing of an article; empty while it has errors."""
    found = article(db, path)
    if found is None:
        return Standing()
    hidden = bool(ribbon(db, path))
    return Standing(
        id=found.id,
        updated=iso_day(found.updated or found.published),
        published=iso_day(found.published),
        changed=max((iso_time(it.date) for it in found.changes), default=""),
        corrected=max((iso_time(it.date) for it in found.corrections), default=""),
        released=not hidden and found.kind != "page",
        listed=not hidden and found.status != "withdrawn",
    )


@query
def newest(db: Db) -> tuple[str, ...]:
    """Paths of the articles shown, by last substantive change, newest first; equal days by id."""
    known = {path: standing(db, path) for path in articles(db)}
    by_id = sorted(known, key=lambda path: known[path].id)
    return tuple(sorted(by_id, key=lambda path: (known[path].updated, known[path].published), reverse=True))


@query
def newest_few(db: Db, most: int) -> tuple[str, ...]:
    """The first of the newest."""
    return newest(db)[:most]


MOST_NOTED = 20  # no page and no feed tells more of the latest changes


@query
def newest_released(db: Db) -> tuple[str, ...]:
    """Paths of the newest articles that the public may see, as many as feeds tell of."""
    return tuple(islice((path for path in newest(db) if standing(db, path).released), MOST_NOTED))


Note = Literal["changed", "corrected", "either"]


def noted_last(db: Db, note: Note, paths: Iterable[str]) -> tuple[str, ...]:
    """Of some articles those in which the latest changes were noted or corrections made, the latest first.

    There are so many of them that they have the latest `MOST_NOTED` notes of all.
    """
    found = []
    for path in paths:
        it = standing(db, path)
        when = max(it.changed, it.corrected) if note == "either" else getattr(it, note)
        if when:
            found.append((when, it.id, path))
    return tuple(path for _, _, path in nlargest(MOST_NOTED, found))


@query
def lately(db: Db, note: Note) -> tuple[str, ...]:
    """Paths of the articles shown that `noted_last` finds."""
    return noted_last(db, note, articles(db))


@query
def lately_released(db: Db) -> tuple[str, ...]:
    """Paths of the articles that the public may see with the latest changes and corrections."""
    return noted_last(db, "either", (path for path in articles(db) if standing(db, path).released))
