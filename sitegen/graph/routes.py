"""Every file of the output and what it is made from."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sitegen.engine.db import Db, query
from sitegen.graph import assets
from sitegen.graph.pages import facts
from sitegen.graph.pages.frame import sections
from sitegen.graph.queries import articles, paths
from sitegen.graph.redirects import aliases, stub_path
from sitegen.graph.registry import fact_url, public_facts
from sitegen.graph.things import KINDS, identity, thing
from sitegen.graph.timelines import LEAST, timeline, timeline_ids

Phase = Literal["asset", "page", "index"]

# What machines read; `machine` makes them.
MACHINE_FILES = (
    "atom.xml",
    "changes.xml",
    "facts.json",
    "facts.csv",
    "datapackage.json",
    "sources.json",
    "entities.json",
    "timeline.json",
    "sitemap.xml",
    "robots.txt",
    "_headers",
    "_redirects",
)


class Route(Struct, frozen=True):
    """One file of the output; `url` is relative to the root of the site and not encoded."""

    path: str
    url: str
    kind: str
    key: str
    phase: Phase


def url_of(db: Db, kind: str, key: str) -> str:
    """Where a page stands, relative to the root of the site."""
    match kind:
        case "article" | "entity" | "term" | "topic":
            return thing(db, kind, key).url
        case "fact":
            return fact_url(key)
        case "timeline":
            return f"timelines/{key}/" if key else "timelines/"
        case "home":
            return ""
        case "not-found":
            return "404.html"
        case _:
            return key or f"{kind}/"


@query
def routes(db: Db) -> tuple[Route, ...]:
    """Every file of the output: assets, then pages, then what points to them."""
    found = [_file(assets.asset_path(db, name), "asset", name, "asset") for name in assets.theme_assets(db)]
    return (*found, *linkable(db))


@query
def linkable(db: Db) -> tuple[Route, ...]:
    """What the content can lead to: everything but the files of the theme."""
    found = [_file(assets.media_path(db, name), "media", name, "asset") for name in assets.media(db)]
    found += page_routes(db)
    for path in articles(db):
        known = identity(db, "article", path)
        for alias in aliases(db, path):
            found.append(Route(stub_path(alias), alias, "redirect", known.id if known else "", "page"))
    found.append(Route("404.html", "404.html", "not-found", "", "page"))
    found += [_file(name, "file", name, "index") for name in MACHINE_FILES]
    return tuple(found)


def _file(path: str, kind: str, key: str, phase: Phase) -> Route:
    return Route(path, path, kind, key, phase)


@query
def page_routes(db: Db) -> tuple[Route, ...]:
    """The pages a reader can come to by links."""
    keys: list[tuple[str, str, Phase]] = [("home", "", "index")]
    for kind in KINDS:
        files = articles(db) if kind == "article" else paths(db, kind)
        keys += [(kind, path, "page") for path in files if identity(db, kind, path)]
    keys += [("fact", id, "page") for id in public_facts(db)]
    if len(timeline(db, "")) >= LEAST:
        keys += [("timeline", id, "page") for id in ("", *timeline_ids(db))]
    for url in sections(db):
        if url == "facts/":
            keys += [("facts", where, "index") for where, _ in facts.ORDERS]
        elif url != "timelines/":
            keys.append((url.rstrip("/"), "", "index"))
    return tuple(_page(db, kind, key, phase) for kind, key, phase in keys)


def _page(db: Db, kind: str, key: str, phase: Phase) -> Route:
    url = url_of(db, kind, key)
    return Route(f"{url}index.html", url, kind, key, phase)


@query
def indexed(db: Db) -> tuple[str, ...]:
    """URLs of the pages for search engines."""
    return tuple(it.url for it in page_routes(db))
