"""Why a page is as it is: what it was made from, and what would make the next build make it anew."""

from __future__ import annotations

from msgspec import Struct

from sitegen.engine.keys import InputKey
from sitegen.engine.node import Node
from sitegen.errors import SiteError, Span, diagnostic
from sitegen.graph import queries
from sitegen.graph.site import Route, render, routes
from sitegen.shell.session import Session
from sitegen.text import nearest


class Reasons(Struct, frozen=True):
    """The story of one page; keys are printed as the engine prints them."""

    url: str
    path: str
    kind: str
    known: bool  # whether an earlier build remembered it
    changed: tuple[str, ...]  # inputs it depends on that differ from the last build
    ran: tuple[str, ...]  # queries that ran to bring it up to date
    reads: tuple[str, ...]  # what its last run asked for
    inputs: tuple[str, ...]  # files, listings and settings it depends on


def reasons(site: Session, url: str) -> Reasons:
    """The story of the page at `url` (absolute, from the root, or a path of the output); C107 if there is none."""
    route = _route(site, url)
    key = render.key(route)
    before = site.db.node(key)
    known = before is not None and bool(before.fingerprint)
    start = len(site.db.ran)
    node = site.db.settle(key)
    inputs = sorted(it.key for it in _reach(node) if isinstance(it.key, InputKey))
    return Reasons(
        route.url,
        route.path,
        route.kind,
        known,
        tuple(str(it) for it in inputs if it in site.changed) if known else (),
        tuple(map(str, site.db.ran[start:])),
        tuple(str(it.key) for it in node.reads),
        tuple(map(str, inputs)),
    )


def _route(site: Session, url: str) -> Route:
    asked = url.removeprefix(queries.site(site.db).base_url).strip("/")
    found = routes(site.db)
    for route in found:
        if asked in (route.url.strip("/"), route.path):
            return route
    close = nearest(asked, [it.url.strip("/") for it in found])
    near = f"/{close[0]}/" if close else "/"
    raise SiteError(diagnostic("C107", Span(url), url=url, suggestion=near))


def _reach(node: Node) -> set[Node]:
    seen: set[Node] = set()
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting.extend(here.reads)
    return seen
