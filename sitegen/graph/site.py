"""The whole site: what it consists of, what is wrong with it, and the bytes at each path."""

from __future__ import annotations

from collections.abc import Callable

from sitegen.engine.db import Db, query
from sitegen.graph import assets, machine, syndication
from sitegen.graph.pages import kinds
from sitegen.graph.problems import problems
from sitegen.graph.queries import MEDIA_FOLDER
from sitegen.graph.routes import Route, routes

FILES: dict[str, Callable[[Db], bytes]] = {
    "atom.xml": syndication.atom,
    "changes.xml": syndication.changes_feed,
    "facts.json": machine.facts_json,
    "facts.csv": machine.facts_csv,
    "datapackage.json": machine.data_package,
    "sources.json": machine.sources_json,
    "entities.json": machine.entities_json,
    "timeline.json": machine.timeline_json,
    "sitemap.xml": machine.sitemap,
    "robots.txt": machine.robots,
    "_headers": machine.headers,
    "_redirects": machine.redirects,
}


@query(persist=False)
def render(db: Db, route: Route) -> bytes:
    """The bytes of one file of the output."""
    match route.kind:
        case "asset":
            return assets.asset(db, route.key)
        case "media":
            return db.read(f"{MEDIA_FOLDER}/{route.key}") or b""
        case "file":
            return FILES[route.key](db)
        case _:
            return kinds.html(db, route.kind, route.key).encode("utf-8")


__all__ = ["Route", "problems", "render", "routes"]
