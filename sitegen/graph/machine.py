"""What machines read: feeds, exports, sitemap, headers and redirects."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from sitegen.core import exports, feeds
from sitegen.core.intervals import first_day
from sitegen.core.values import FuzzyDate
from sitegen.engine.db import Db, query
from sitegen.graph.composing import Composer, root
from sitegen.graph.links import used_in
from sitegen.graph.pages.article import bylines
from sitegen.graph.queries import (
    Card,
    article,
    articles,
    card,
    cards,
    iso_time,
    page_lang,
    site,
    sources,
)
from sitegen.graph.redirects import aliases
from sitegen.graph.registry import fact, fact_url, public_facts
from sitegen.graph.routes import indexed
from sitegen.graph.things import things
from sitegen.graph.timelines import date_of, timeline
from sitegen.text import percent_encoded, strip_directional

MOST_ENTRIES = 20

# What a page may load and do; everything else is refused by the browser.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self'",
        "style-src 'self'",
        "script-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def released(db: Db) -> tuple[Card, ...]:
    """Cards of the articles that the public may see, newest first: what feeds and exports are made of."""
    return tuple(it for it in cards(db) if not it.ribbon and it.kind != "page")


def _absolute(db: Db, url: str) -> str:
    return f"{site(db).base_url}/{percent_encoded(url)}"


def _feed(c: Composer, name: str, updated: str) -> feeds.Feed:
    config = site(c.db)
    return feeds.Feed(
        url=c.absolute(name),
        home=c.absolute(""),
        title=config.title,
        subtitle=config.tagline or config.description,
        lang=c.locale.lang,
        dir=c.locale.direction,
        updated=updated,
        author=config.publisher or config.title,
    )


EPOCH = "1970-01-01T00:00:00Z"  # a feed without entries has to say some time, and the same one every time


@query
def atom(db: Db) -> bytes:
    """`atom.xml`: articles by last substantive change."""
    shown = released(db)[:MOST_ENTRIES]
    entries = [feed_entry(db, it.path) for it in shown]
    updated = max((it.updated for it in entries), default=EPOCH)
    return feeds.atom(_feed(Composer(db, "", "atom.xml"), "atom.xml", updated), entries)


@query
def feed_entry(db: Db, path: str) -> feeds.Entry:
    """An article in the feed: its summary and its short answer."""
    it, found = card(db, path), article(db, path)
    assert found is not None
    c = Composer(db, page_lang(db, "article", path), it.url, numbered=False)
    answer = c.quiet_inline("article", path, "answer")
    html = Markup("<p>{}</p>").format(it.summary) + (Markup("<p>{}</p>").format(answer) if answer else "")
    return feeds.Entry(
        url=c.absolute(it.url),
        title=it.title,
        summary=it.summary,
        html=str(html),
        published=iso_time(it.published),
        updated=iso_time(it.updated),
        authors=bylines(db, it.authors),
        lang=c.locale.lang,
        dir=c.locale.direction,
    )


@query
def changes_feed(db: Db) -> bytes:
    """`changes.xml`: what editors changed and corrected, newest first."""
    c = Composer(db, "", "changes.xml", numbered=False)
    noted: list[tuple[str, str, str, str, str]] = []
    for it in released(db):
        for number, change in enumerate(it.changes):
            noted.append((iso_time(change.date), it.url, f"change-{number}", it.title, change.note))
        for number, correction in enumerate(it.corrections):
            said = f"{c.t['was']}{c.t['colon']} {correction.was} {c.t['now']}{c.t['colon']} {correction.now}"
            severity = c.t[f"severity_{correction.severity}"]
            noted.append(
                (iso_time(correction.date), it.url, f"correction-{number}", f"{severity}: {it.title}", said)
            )
    noted.sort(reverse=True)
    entries = [
        feeds.Entry(
            f"{c.absolute(url)}#{anchor}", title, text, str(Markup("<p>{}</p>").format(text)), when, when
        )
        for when, url, anchor, title, text in noted[:MOST_ENTRIES]
    ]
    updated = max((it.updated for it in entries), default=EPOCH)
    return feeds.atom(_feed(c, "changes.xml", updated), entries)


@query
def fact_record(db: Db, id: str) -> dict[str, Any]:
    """A public fact as `facts.json` shows it."""
    it = fact(db, id)
    assert it is not None
    users = tuple(_absolute(db, card(db, path).url) for path in used_in(db, id) if not card(db, path).ribbon)
    return exports.record(it, _absolute(db, fact_url(id)), users)


def _records(db: Db) -> list[dict[str, Any]]:
    return [fact_record(db, id) for id in public_facts(db)]


@query
def facts_json(db: Db) -> bytes:
    """`facts.json`: every public fact."""
    config = site(db)
    return exports.to_json(
        {
            "title": config.title,
            "homepage": _absolute(db, "facts/"),
            "lang": config.lang,
            "content_as_of": config.content_as_of.lexeme if config.content_as_of else None,
            "facts": _records(db),
        }
    )


@query
def facts_csv(db: Db) -> bytes:
    """`facts.csv`: every public fact, a row each."""
    return exports.to_csv(_records(db))


@query
def data_package(db: Db) -> bytes:
    """`datapackage.json`: what the columns of the exports mean."""
    return exports.to_json(exports.data_package(site(db).title, site(db).base_url))


@query
def sources_json(db: Db) -> bytes:
    """`sources.json`: every source."""
    records = [
        {
            "id": it.id,
            "title": it.title,
            "publisher": it.publisher or None,
            "date": it.date.lexeme if it.date else None,
            "kind": it.kind,
            "url": it.url or None,
            "archived": it.archived or None,
            "lang": it.lang or None,
        }
        for it in sources(db).values()
    ]
    return exports.to_json({"sources": records})


@query
def entities_json(db: Db) -> bytes:
    """`entities.json`: every entity and term."""
    records = [
        {
            "id": it.id,
            "url": _absolute(db, it.url),
            "type": it.entity_kind or it.kind,
            "name": it.name,
            "short": it.short,
            "name_en": it.english or None,
            "summary": it.summary,
        }
        for it in (*things(db, "entity"), *things(db, "term"))
    ]
    return exports.to_json({"entities": records})


@query
def timeline_json(db: Db) -> bytes:
    """`timeline.json`: every dated fact, in the format of TimelineJS."""
    events = []
    for id in timeline(db, ""):
        it = fact(db, id)
        day = date_of(it) if it else None
        if it is None or day is None:
            continue
        link = _absolute(db, fact_url(id))
        events.append(
            {
                "unique_id": id,
                **_timelinejs_dates(day),
                "text": {"headline": it.label, "text": strip_directional(it.note)},
                "media": {"url": link},
            }
        )
    return exports.to_json({"title": {"text": {"headline": site(db).title}}, "events": events})


def _timelinejs_dates(day: FuzzyDate) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, moment in (
        ("start_date", day.start or day.end),
        ("end_date", day.end if day.interval else None),
    ):
        if moment:
            parts = {"year": moment.year, "month": moment.month, "day": moment.day}
            found[name] = {part: value for part, value in parts.items() if value}
    return found


@query
def sitemap(db: Db) -> bytes:
    """`sitemap.xml`: the pages for search engines; articles carry the day of their last change."""
    changed = {it.url: first_day_of(it.updated) for it in cards(db)}
    hidden = {it.url for it in cards(db) if it.ribbon or _withdrawn(db, it.path)}
    return feeds.sitemap(
        (_absolute(db, url), changed.get(url, "")) for url in indexed(db) if url not in hidden
    )


def _withdrawn(db: Db, path: str) -> bool:
    found = article(db, path)
    return found is not None and found.status == "withdrawn"


def first_day_of(day: FuzzyDate) -> str:
    """First day of a date, ISO 8601."""
    start = day.start or day.end
    assert start is not None
    return first_day(start).isoformat()


@query
def robots(db: Db) -> bytes:
    """`robots.txt`: everything may be read, and where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {_absolute(db, 'sitemap.xml')}\n".encode()


@query
def headers(db: Db) -> bytes:
    """`_headers`: a strict policy for pages, for ever for hashed files."""
    base = root(db)
    for_ever = "  Cache-Control: public, max-age=31536000, immutable"
    lines = [
        f"{base}*",
        f"  Content-Security-Policy: {POLICY}",
        "  X-Content-Type-Options: nosniff",
        "  Referrer-Policy: strict-origin-when-cross-origin",
        "  Permissions-Policy: camera=(), geolocation=(), microphone=()",
        "",
        f"{base}assets/*",
        for_ever,
        "",
        f"{base}media/*",
        for_ever,
    ]
    for name in ("facts.json", "facts.csv", "datapackage.json"):
        lines += ["", f"{base}{name}", "  Access-Control-Allow-Origin: *"]
    return ("\n".join(lines) + "\n").encode()


@query
def redirects(db: Db) -> bytes:
    """`_redirects`: old addresses of articles, for hosts that redirect."""
    home = root(db)
    lines = [
        f"{home}{percent_encoded(alias)} {home}{percent_encoded(card(db, path).url)} 301"
        for path in articles(db)
        for alias in aliases(db, path)
    ]
    return ("\n".join(lines) + "\n").encode() if lines else b""
