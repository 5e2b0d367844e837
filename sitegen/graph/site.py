"""The whole site: what it consists of, what is wrong with it, and the bytes at each path."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sitegen.engine.db import Db, QueryKey, query
from sitegen.graph import assets, machine, syndication
from sitegen.graph.alone import alone
from sitegen.graph.links import mentions, traits
from sitegen.graph.pages import kinds
from sitegen.graph.problems import file_problems, problems
from sitegen.graph.queries import KINDS, MEDIA_FOLDER, Kind, identity, parsed_site, paths
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
        case "sitemap":
            return machine.sitemap_part(db, route.key)
        case "file":
            return FILES[route.key](db)
        case _:
            return kinds.html(db, route.kind, route.key)


def groundwork(db: Db, *, texts: bool = True) -> Iterator[list[QueryKey]]:
    """What `problems` rests on, in steps; the keys of one step can be answered in any order, by several processes.

    First what each file is by itself, with its text or, without `texts`, its front matter alone, which is sooner
    there but is read once more for the text. Then what its links mean, and what is wrong with it.
    """
    if parsed_site(db).value is None:
        return
    content = [(kind, path) for kind in KINDS for path in paths(db, kind)]
    first = alone if texts else identity
    yield [first.key(kind, path) for kind, path in content]
    yield [key for kind, path in content for key in _meaning(kind, path)]


def _meaning(kind: Kind, path: str) -> Iterator[QueryKey]:
    """What a file's links and facts mean, and what is wrong with them."""
    yield mentions.key(kind, path)
    if kind == "article":
        yield traits.key(path)
    yield file_problems.key(kind, path)


__all__ = ["Route", "groundwork", "problems", "render", "routes"]
