"""What may be asked for at one moment: a dictionary of addresses, and nothing beside it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sitegen.graph.site import Route
from sitegen.text import nearest

MOST_NEAR = 5


@dataclass(frozen=True)
class Elsewhere:
    """The address that was meant."""

    address: str


@dataclass(frozen=True)
class Snapshot:
    """The addresses of a site; `root` is the path of its home page, "/" or "/explainers/"."""

    root: str
    routes: Mapping[str, Route]  # by address: "/articles/x/"

    def find(self, address: str) -> Route | Elsewhere | None:
        """What stands at an address; a folder without its slash is elsewhere, and so is the root of the host."""
        found = self.routes.get(address)
        if found is not None:
            return found
        for other in (f"{address}/", address.removesuffix("index.html")):
            if other != address and other in self.routes:
                return Elsewhere(other)
        return Elsewhere(self.root) if address == "/" and self.root in self.routes else None

    def near(self, address: str) -> tuple[str, ...]:
        """Pages whose addresses are like one that is not there, or whose last parts are."""
        pages = {it for it in self.routes if it.endswith("/")}
        names: dict[str, list[str]] = {}
        for it in sorted(pages):
            names.setdefault(posixpath.basename(it.rstrip("/")), []).append(it)
        last = posixpath.basename(address.rstrip("/"))
        alike = [one for name in (last, *nearest(last, names)) for one in names.get(name, ())]
        found = dict.fromkeys((*nearest(address, pages), *alike))
        return tuple(found)[:MOST_NEAR]


EMPTY = Snapshot("/", MappingProxyType({}))


def snapshot(root: str, routes: tuple[Route, ...]) -> Snapshot:
    """The snapshot of a site's files; a page stands at its folder, as hosts serve it."""
    return Snapshot(root, MappingProxyType({address(root, it): it for it in routes}))


def address(root: str, route: Route) -> str:
    """Where a file of the output is asked for."""
    folder, name = posixpath.split(route.path)
    if name != "index.html":
        return root + route.path
    return f"{root}{folder}/" if folder else root
