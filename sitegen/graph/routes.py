"""Every file of the output and what it is made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from sitegen.engine.db import Db, query
from sitegen.graph import assets
from sitegen.graph.orders import FACT_ORDERS
from sitegen.graph.pages.frame import sections
from sitegen.graph.paging import long_lists, pages_of
from sitegen.graph.queries import KINDS, articles, identity, paths
from sitegen.graph.redirects import aliases, stub_path
from sitegen.graph.registry import fact_url, public_facts
from sitegen.graph.things import thing
from sitegen.graph.timelines import timeline_ids

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
        case "home":
            return ""
        case "not-found":
            return "404.html"
        case _:  # a page of a list
            return key


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
    found += [_file(name, "sitemap", name, "index") for name in sitemap_files(db)]
    found += [_file(name, "file", name, "index") for name in MACHINE_FILES]
    return tuple(found)


def _file(path: str, kind: str, key: str, phase: Phase) -> Route:
    return Route(path, path, kind, key, phase)


LIST_KINDS = {"timelines": "timeline", "facts-by-date": "facts", "facts-by-certainty": "facts"}


def lists(db: Db) -> Iterator[str]:
    """Addresses of all lists that have a page."""
    there = sections(db)
    if "timelines/" in there:
        yield from ("timelines/", *(f"timelines/{id}/" for id in timeline_ids(db)))
    for url in there:
        if url != "timelines/":
            yield from FACT_ORDERS if url == "facts/" else (url,)
    yield from long_lists(db)


@query
def page_routes(db: Db) -> tuple[Route, ...]:
    """The pages a reader can come to by links."""
    found = [_page("", "home", "", "index")]
    for kind in KINDS:
        files = articles(db) if kind == "article" else paths(db, kind)
        known = (identity(db, kind, path) for path in files)
        found += [_page(it.url, kind, it.path, "page") for it in known if it]
    found += [_page(fact_url(id), "fact", id, "page") for id in public_facts(db)]
    for url in lists(db):
        section, _, rest = url.partition("/")
        listed = LIST_KINDS.get(section) or rest.removesuffix("/").rpartition("/")[2] or section
        phase: Phase = "page" if rest or listed == "timeline" else "index"
        found += [_page(page, listed, page, phase) for page in pages_of(db, url)]
    return tuple(found)


def _page(url: str, kind: str, key: str, phase: Phase) -> Route:
    return Route(f"{url}index.html", url, kind, key, phase)


MOST_IN_SITEMAP = 50_000  # by the protocol


def sitemap_pages(db: Db, name: str) -> tuple[Route, ...]:
    """The pages of one of the `sitemap_files`."""
    start = sitemap_files(db).index(name) * MOST_IN_SITEMAP
    return page_routes(db)[start : start + MOST_IN_SITEMAP]


@query
def sitemap_files(db: Db) -> tuple[str, ...]:
    """The parts that `sitemap.xml` points to; () while it holds all pages itself."""
    count = -(-len(page_routes(db)) // MOST_IN_SITEMAP)
    return tuple(f"sitemap-{number}.xml" for number in range(1, count + 1)) if count > 1 else ()
