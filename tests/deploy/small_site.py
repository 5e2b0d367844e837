"""A small site, built as `sitegen build` leaves it, in several versions; and one that looks at it as visitors do."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest

from sitegen.core.destinations import Destination
from sitegen.shell import manifest
from sitegen.shell.deploy import run
from sitegen.shell.deploy.kept import Kept
from sitegen.shell.deploy.run import Looked, Wish
from sitegen.shell.deploy.sealed import Output
from sitegen.shell.deploy.target import Target
from sitegen.shell.manifest import Manifest

Files = dict[str, bytes]


def page(style: str, *links: str, words: str = "") -> bytes:
    anchors = "".join(f'<a href="{it}">x</a>' for it in links)
    text = f'<!doctype html><link rel="stylesheet" href="/{style}"><p>نص {words}</p>{anchors}\n'
    return text.encode()


def version(number: int) -> Files:
    """The site in its version `number`: every page changes, and some come and go."""
    css = f"body {{ margin: {number}px; }}\n".encode()
    style = f"assets/site.{sha256(css).hexdigest()[:8]}.css"
    own, other = f"articles/only-{number}/index.html", "articles/both/index.html"
    return {
        style: css,
        own: page(style, "/", "/articles/both/"),
        other: page(style, f"/articles/only-{number}/", words=str(number)),
        "articles/index.html": page(style, "/articles/both/", f"/articles/only-{number}/"),
        "index.html": page(style, "/articles/", "/articles/both/", words=str(number)),
        "404.html": page(style, "/"),
        "feed.xml": f"<feed>{number}</feed>".encode(),
    }


def phase_of(path: str) -> manifest.Phase:
    if path.startswith("assets/"):
        return "asset"
    return "index" if path in ("index.html", "articles/index.html", "feed.xml") else "page"


class Site:
    """A folder with a built site in it, and what is kept of its deployments."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.public = root / "public"
        self.kept = Kept(str(root))

    def build(self, files: Files) -> None:
        """Leave `files` in the output folder, sealed."""
        for path, data in files.items():
            place = self.public / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        entries = {path: manifest.seal(data, phase_of(path)) for path, data in files.items()}
        manifest.save(str(self.public), Manifest(files=entries))

    def deploy(self, target: Target, **wish: object) -> Looked:
        """Deploy what is built; the target is let go of afterwards."""
        wanted = Wish("live", "https://example.org", **wish)  # type: ignore[arg-type] # as the caller says
        try:
            done = run.deploy(Output(str(self.public)), target, self.kept, wanted)
        finally:
            target.close()
        assert done is not None
        return done


Get = Callable[[str], bytes | None]  # the body at an address, None when it does not answer 200


class Page(NamedTuple):
    """A page as a visitor got it."""

    url: str
    body: bytes


class Visitor:
    """Someone who reads every page and keeps all of them open; counts what does not answer."""

    def __init__(self, get: Get) -> None:
        self._get = get
        self._got: set[Page] = set()
        self.misses: list[str] = []
        self.visits = 0

    def visit(self) -> None:
        """Read what can be reached from the home page, and ask again for all that pages got before refer to."""
        answers: dict[str, bytes | None] = {}

        def ask(url: str, why: str) -> bytes | None:
            if url not in answers:
                answers[url] = self._get(url)
                self.visits += 1
            if answers[url] is None:
                self.misses.append(f"{url} on {why}")
            return answers[url]

        todo = [("/", "start")]
        seen: set[str] = set()
        while todo:
            url, why = todo.pop()
            if url in seen:
                continue
            seen.add(url)
            body = ask(url, why)
            if body is not None and url.endswith("/"):
                self._got.add(Page(url, body))
                todo += [(it, url) for it in addresses(body)]
        for it in sorted(self._got):
            for url in addresses(it.body):
                ask(url, f"an older {it.url}")


def addresses(body: bytes) -> list[str]:
    """Where a page leads within its site, and what it shows."""
    found = (unescape(it.decode()) for it in re.findall(rb'(?:href|src)="([^"]+)"', body))
    inside = (it.removeprefix("https://example.org").partition("#")[0] for it in found)
    return [unquote(it) for it in inside if it.startswith("/")]


def from_files(root: Path) -> Get:
    """The answers of a web server for the folder `root`."""

    def get(url: str) -> bytes | None:
        place = root / (url.lstrip("/") + ("index.html" if url.endswith("/") else ""))
        try:
            return place.read_bytes()
        except OSError:
            return None

    return get


def some_of(count: int) -> list[Any]:
    """Every fourth of `count` numbers, and with `make test-deploy` the others too."""
    return [pytest.param(it, marks=[pytest.mark.exhaustive] if it % 4 != 1 else []) for it in range(count)]


def target_at(site: Site, target: Destination, name: str = "live") -> Target:
    """The adapter that the command would use."""
    from sitegen.shell.deploy import _adapter

    return _adapter(str(site.root), name, target, site.kept, str(site.public))
