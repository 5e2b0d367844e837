"""The feeds: articles by last substantive change, and what editors changed and corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeVar

from markupsafe import Markup

from sitegen.core import feeds
from sitegen.core.article import Change, Correction
from sitegen.core.intervals import iso_day, iso_time
from sitegen.engine.db import Db, query
from sitegen.graph.composing import Composer
from sitegen.graph.pages.article import bylines
from sitegen.graph.queries import article, page_lang, site
from sitegen.graph.standing import MOST_NOTED, lately_released, newest_released
from sitegen.graph.texts import answer
from sitegen.graph.things import card


def _feed(c: Composer, name: str, updated: str) -> feeds.Feed:
    config = site(c.db)
    return feeds.Feed(
        url=c.absolute(name),
        home=c.absolute(""),
        title=config.title,
        subtitle=config.tagline or config.description,
        lang=c.lang,
        dir=c.locale.direction,
        updated=updated,
        author=config.publisher or config.title,
    )


EPOCH = "1970-01-01T00:00:00Z"  # a feed without entries has to say some time, and the same one every time


@query
def atom(db: Db) -> bytes:
    """`atom.xml`: articles by last substantive change."""
    entries = [feed_entry(db, path) for path in newest_released(db)]
    updated = max((it.updated for it in entries), default=EPOCH)
    return feeds.atom(_feed(Composer(db, "", "atom.xml"), "atom.xml", updated), entries)


@query
def feed_entry(db: Db, path: str) -> feeds.Entry:
    """An article in the feed: its summary and its short answer."""
    it, found = card(db, path), article(db, path)
    assert found is not None
    c = Composer(db, page_lang(db, "article", path), it.url, numbered=False, far=True)
    short = c.fill(answer(db, path), quiet=True)
    html = Markup("<p>{}</p>").format(it.summary) + (Markup("<p>{}</p>").format(short) if short else "")
    return feeds.Entry(
        url=c.absolute(it.url),
        title=it.title,
        summary=it.summary,
        html=str(html),
        published=iso_time(it.published),
        updated=iso_time(it.updated),
        authors=bylines(db, it.authors),
        lang=c.lang,
        dir=c.locale.direction,
    )


@query
def changes_feed(db: Db) -> bytes:
    """`changes.xml`: what editors changed and corrected, newest first."""
    c = Composer(db, "", "changes.xml", numbered=False)
    noted: list[tuple[str, str, str, str, str, str]] = []
    for it in (card(db, path) for path in lately_released(db)):
        for anchor, change in _anchored("change", it.changes):
            noted.append((iso_time(change.date), it.id, anchor, it.url, it.title, change.note))
        for anchor, correction in _anchored("correction", it.corrections):
            said = f"{c.t['was']}{c.t['colon']} {correction.was} {c.t['now']}{c.t['colon']} {correction.now}"
            severity = c.t[f"severity_{correction.severity}"]
            title = f"{severity}: {it.title}"
            noted.append((iso_time(correction.date), it.id, anchor, it.url, title, said))
    noted.sort(reverse=True)
    entries = [
        feeds.Entry(
            url=f"{c.absolute(url)}#{anchor.partition('-')[0]}s",
            id=f"{c.absolute(url)}#{anchor}",
            title=title,
            summary=text,
            html=str(Markup("<p>{}</p>").format(text)),
            published=when,
            updated=when,
        )
        for when, _, anchor, url, title, text in noted[:MOST_NOTED]
    ]
    updated = max((it.updated for it in entries), default=EPOCH)
    return feeds.atom(_feed(c, "changes.xml", updated), entries)


Dated = TypeVar("Dated", Change, Correction)


def _anchored(kind: str, noted: tuple[Dated, ...]) -> Iterator[tuple[str, Dated]]:
    """Each note with a name of its own, by day and then by its place, so that a later note renames no other."""
    seen: Counter[str] = Counter()
    for it in noted:
        day = iso_day(it.date)
        seen[day] += 1
        yield f"{kind}-{day}" + (f"-{seen[day]}" if seen[day] > 1 else ""), it
