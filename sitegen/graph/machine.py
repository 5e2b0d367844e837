"""What machines read: feeds, exports, sitemap, headers and redirects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from sitegen.core import exports, feeds
from sitegen.core.values import FactId, FuzzyDate
from sitegen.engine.db import Db, query
from sitegen.graph.composing import root
from sitegen.graph.data_files import sources
from sitegen.graph.links import used_in
from sitegen.graph.queries import articles, ribbon, site
from sitegen.graph.redirects import aliases
from sitegen.graph.registry import canonical, fact, fact_index, fact_url, public, subject_of
from sitegen.graph.routes import Route, page_routes, sitemap_files, sitemap_pages
from sitegen.graph.standing import Standing, standing
from sitegen.graph.things import card, things
from sitegen.graph.timelines import date_of, timeline
from sitegen.text import percent_encoded, strip_directional

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


def _absolute(db: Db, url: str) -> str:
    return f"{site(db).base_url}/{percent_encoded(url)}"


@query
def fact_record(db: Db, id: str) -> exports.Record:
    """A public fact as `facts.json` shows it, whom it names by their ids."""
    it = fact(db, id)
    assert it is not None
    subject, attribution = subject_of(db, id)
    positions = tuple(replace(one, by=canonical(db, one.by)) for one in it.positions)
    newer = it.superseded_by if public(db, it.superseded_by) else FactId("")
    it = replace(it, subject=subject, attribution=attribution, positions=positions, superseded_by=newer)
    users = tuple(_absolute(db, card(db, path).url) for path in used_in(db, id) if not card(db, path).ribbon)
    return exports.record(it, _absolute(db, fact_url(id)), users)


def _records(db: Db) -> list[exports.Record]:
    """The public facts, without those that only an article has which is not released."""
    return [
        fact_record(db, id) for id, path in fact_index(db).items() if public(db, id) and not ribbon(db, path)
    ]


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
    """`sitemap.xml`: the pages for search engines, or its parts once they are too many for a file."""
    if parts := sitemap_files(db):
        return feeds.sitemap_index(_absolute(db, name) for name in parts)
    return _sitemap(db, page_routes(db))


@query
def sitemap_part(db: Db, name: str) -> bytes:
    """One of the files that `sitemap.xml` points to."""
    return _sitemap(db, sitemap_pages(db, name))


def _sitemap(db: Db, pages: Iterable[Route]) -> bytes:
    """Pages with their addresses; articles carry the day of their last change, those that are held back are left out."""
    entries = []
    for route in pages:
        it = standing(db, route.key) if route.kind == "article" else Standing(listed=True)
        if it.listed:
            entries.append((_absolute(db, route.url), _day(it.updated)))
    return feeds.sitemap(entries)


def _day(date: str) -> str:
    """The first day of a year or a month."""
    return f"{date}-01-01"[:10] if date else ""


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
        f"{home}{_literal(alias)} {home}{percent_encoded(card(db, path).url)} 301"
        for path in articles(db)
        for alias in aliases(db, path)
    ]
    return ("\n".join(lines) + "\n").encode() if lines else b""


def _literal(alias: str) -> str:
    """An old address without the signs that a redirect rule takes for holes."""
    return percent_encoded(alias).replace("*", "%2A").replace(":", "%3A")
