"""Why a page is as it is: what it was made from, and what would make the next build make it anew."""

from __future__ import annotations

import re

from msgspec import Struct

from sitegen.engine.db import Db
from sitegen.engine.keys import InputKey
from sitegen.engine.node import Node
from sitegen.errors import SiteError, Span, diagnostic
from sitegen.graph import queries
from sitegen.graph.site import Route, render, routes
from sitegen.shell import record
from sitegen.shell.causes import causes
from sitegen.shell.record import Made
from sitegen.shell.session import Session
from sitegen.text import nearest


class Reasons(Struct, frozen=True):
    """The story of one page; keys are printed as the engine prints them."""

    url: str
    path: str
    kind: str
    made: Made | None  # why it was made when that last happened; None when no build has made it
    changed: tuple[str, ...]  # inputs that make the next build make it anew
    ran: tuple[str, ...]  # queries that ran to bring it up to date
    reads: tuple[str, ...]  # what its last run asked for
    inputs: tuple[str, ...]  # files, listings and settings it depends on


def reasons(site: Session, url: str) -> Reasons:
    """The story of the page at `url` (absolute, from the root, or a path of the output); C107 if there is none.

    What follows a `?` or `#` in it does not matter.
    """
    changed = record.changed(site.store, site.source)
    route = _route(site, url)
    key = render.key(route)
    node = site.db.settle(key)
    ran = key in site.db.ran
    inputs = sorted(it.key for it in _reach(site.db, node) if isinstance(it.key, InputKey))
    return Reasons(
        route.url,
        route.path,
        route.kind,
        record.made(site.store).get(route.path),
        tuple(map(str, causes(site.db, [key], changed)[key])) if ran and changed is not None else (),
        tuple(map(str, site.db.ran)) if ran else (),
        tuple(map(str, site.db.dependencies(key))),
        tuple(map(str, inputs)),
    )


def _route(site: Session, url: str) -> Route:
    asked = re.split("[?#]", url.removeprefix(queries.site(site.db).base_url))[0].strip("/")
    found = routes(site.db)
    for route in found:
        if asked in (route.url.strip("/"), route.path):
            return route
    close = nearest(asked, [it.url for it in found])
    near = f"/{close[0]}" if close else ""
    raise SiteError(diagnostic("C107", Span(url), url=url, suggestion=near))


def _reach(db: Db, node: Node) -> set[Node]:
    """A node and all it rests on."""
    seen: set[Node] = set()
    level = [node]
    while level:
        seen.update(level)
        level = [
            it for it in db.memory.get({number for it in level for number in it.reads}) if it not in seen
        ]
    return seen
