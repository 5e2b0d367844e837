"""Sites that are built for the tests and shown by a small static host."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from static_host import Host

from sitegen.shell.build import build
from sitegen.shell.session import Request

ROOT = Path(__file__).parents[2]


@dataclass
class BuiltSite:
    """A published site: its files, and the address that serves them."""

    folder: Path
    url: str
    extras: dict[str, str] = field(default_factory=dict)

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """URL paths of all HTML files, percent-encoded, in order."""
        files = sorted(it.relative_to(self.folder) for it in self.folder.rglob("*.html"))
        paths = [it.parent.as_posix() + "/" if it.name == "index.html" else it.as_posix() for it in files]
        return tuple("/" + quote(it.removeprefix("./")) for it in paths)

    @cached_property
    def stubs(self) -> dict[str, str]:
        """Where each path of `_redirects` leads."""
        lines = (self.folder / "_redirects").read_text(encoding="utf-8").splitlines()
        return {old: new for line in lines for old, new, status in [line.split()]}


@contextmanager
def published(place: Path, more: Mapping[str, str] | None = None, **settings: str) -> Iterator[BuiltSite]:
    """The sample site with the files of `more` added to it, built in `place` and served until the end."""
    shutil.copytree(ROOT / "content", place / "content")
    for name, text in (more or {}).items():
        (place / "content" / name).write_text(text, encoding="utf-8")
    with Host() as host:
        wanted = {"today": "2026-01-01", "base_url": host.url, **settings}
        result = build(Request(str(place), settings=wanted))
        assert result.published, [(it.code, it.at, it.args) for it in result.findings]
        host.folder = place / "public"
        yield BuiltSite(host.folder, host.url)
