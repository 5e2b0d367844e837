"""The sample site of the repository, warm in memory: what an edit renders, and what it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from rich_site import Inputs, theme
from site_runs import Living, outcome

from sitegen.engine.db import Db
from sitegen.graph import site

CONTENT = Path(__file__).parents[2] / "content"


class Change(NamedTuple):
    """What followed an edit: the files of the output before and after, and those worked out again."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    rendered: set[str]
    ran: set[str]  # short names of the queries that ran

    @property
    def changed(self) -> set[str]:
        """Files that are new, gone or other than before."""
        paths = self.before.keys() | self.after.keys()
        return {it for it in paths if self.before.get(it) != self.after.get(it)}


class Sample(Living):
    """The sample site; every edit is taken back at the end."""

    def __init__(self) -> None:
        content = {
            f"content/{it.relative_to(CONTENT)}": it.read_bytes() for it in CONTENT.rglob("*") if it.is_file()
        }
        self.world = Inputs(content | theme(), {"today": "2025-10-31"})
        self.db = Db(self.world)

    def text(self, path: str) -> str:
        return self.world.files[path].decode()

    def paths(self, folder: str, ending: str = ".md") -> list[str]:
        return sorted(it for it in self.world.files if it.startswith(f"{folder}/") and it.endswith(ending))

    def outputs(self) -> dict[str, bytes]:
        """Every file of the output, with its problems looked for as a build does; an error stands as its text."""
        site.problems(self.db)
        found = {}
        for route in site.routes(self.db):
            data = outcome(lambda route=route: site.render(self.db, route))
            found[route.path] = data if isinstance(data, bytes) else repr(data).encode()
        return found

    @contextmanager
    def written(self, changes: Mapping[str, bytes | None]) -> Iterator[Change]:
        """The site with some files written."""
        originals = {path: self.world.files.get(path) for path in changes}
        before = self.outputs()
        self.write(changes)
        after = self.outputs()
        ran = [*self.db.ran]
        rendered = {key.args[0].path for key in ran if key.query == site.render.name}
        try:
            yield Change(before, after, rendered, {key.query.rpartition(".")[2] for key in ran})
        finally:
            self.write(originals)
            assert self.outputs() == before

    @contextmanager
    def edited(self, path: str, old: str, new: str) -> Iterator[Change]:
        """The site with `new` instead of `old`, which stands once in the file."""
        text = self.text(path)
        assert text.count(old) == 1, old
        with self.written({path: text.replace(old, new).encode()}) as change:
            yield change


def containing(outputs: Mapping[str, bytes], *words: str) -> set[str]:
    """Files in which one of the words stands."""
    return {path for path, data in outputs.items() if any(word.encode() in data for word in words)}


def plain_line(text: str) -> str:
    """A line of a body that refers to nothing and belongs to no block; "" when there is none."""
    body = text.split("\n---\n", 1)[1]
    outside = re.sub(r"^:::.*?^:::$", "", body, flags=re.M | re.S)
    lines = [
        line for line in outside.splitlines() if re.match(r"\w", line) and not re.search(r"[\[\]{}|:]", line)
    ]
    return next((line for line in lines if body.count(line) == 1), "")


def fact_block(text: str, id: str) -> str:
    """The lines of one fact in a file of the registry."""
    found = re.search(rf"^{re.escape(id)}:\n(?:[ \t].*\n?)+", text, flags=re.M)
    assert found, id
    return found[0]
