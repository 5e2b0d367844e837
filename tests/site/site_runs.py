"""A site that lives on through edits, and the same site made from nothing: they must not differ in a byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from unittest.mock import patch

from jinja2 import Environment
from rich_site import Inputs, files, theme

from sitegen.engine.db import Db, InputKey
from sitegen.errors import SiteError
from sitegen.graph import site, templating

SETTINGS = {"today": "2025-10-31"}
Snapshot = dict[str, object]


def rich() -> Inputs:
    """The rich site on the day after its last article."""
    return Inputs(files() | theme(), SETTINGS)


def outcome(ask: Callable[[], object]) -> object:
    """What a query answers, or the diagnostics of its failure."""
    try:
        return ask()
    except SiteError as error:
        return ("failed", error.diagnostics)


def snapshot(db: Db) -> Snapshot:
    """Everything the site says: findings, routes, and the bytes or the errors at every route."""
    found: Snapshot = {"problems": outcome(lambda: site.problems(db))}
    routes = found["routes"] = outcome(lambda: site.routes(db))
    for route in routes if isinstance(routes, tuple) else ():
        if isinstance(route, site.Route):
            found[f"{route.path} {route.kind} {route.key}"] = outcome(
                lambda route=route: site.render(db, route)
            )
    return found


def differences(warm: Mapping[str, object], cold: Mapping[str, object]) -> list[str]:
    """Names of what the two do not say alike."""
    return sorted(name for name in warm.keys() | cold.keys() if warm.get(name) != cold.get(name))


class Living:
    """A site in one process: changes go in, and everything can be asked after each."""

    def __init__(self) -> None:
        self.world = rich()
        self.db = Db(self.world)

    def write(self, changes: Mapping[str, bytes | None]) -> None:
        """Files are written, or deleted where there is None; the db is told which."""
        self.tell(self.world.put(changes))

    def set(self, name: str, value: str) -> None:
        """A setting gets another value."""
        self.tell(self.world.set(name, value))

    def tell(self, changed: list[InputKey]) -> None:
        if any(key.name.startswith("templates") for key in changed):
            _COLD_TEMPLATES.clear()
        self.db.refresh(changed)

    def compare(self) -> list[str]:
        """What differs from a site made from nothing."""
        return differences(snapshot(self.db), cold(self.world))


_COLD_TEMPLATES: dict[tuple[tuple[str, str, str], ...], Environment] = {}


def cold(world: Inputs) -> Snapshot:
    """The site made from nothing; it shares no template with the warm one."""
    with patch.object(templating, "_ENVIRONMENTS", _COLD_TEMPLATES):
        return snapshot(Db(world))


@contextmanager
def parsing_once() -> Iterator[None]:
    """Let Jinja parse equal templates once: two thirds of the time of a cold site."""
    with patch.object(templating, "outlined", lru_cache(maxsize=1000)(templating.outlined)):
        yield


def fresh_templates() -> None:
    """Forget every template that this process has compiled, as a new process would have."""
    templating._ENVIRONMENTS.clear()
    templating.compiled.code.clear()
    _COLD_TEMPLATES.clear()
