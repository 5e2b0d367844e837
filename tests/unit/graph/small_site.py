"""Small sites in memory, built by the real engine with the theme that comes with sitegen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sitegen.engine.db import Db
from sitegen.errors import Diagnostic, SiteError
from sitegen.graph import site as whole
from sitegen.graph.routes import Route
from sitegen.messages import MESSAGES, hint, sentence, severity
from sitegen.shell.files import theme_folder

SITE = 'title: "موقع"\nbase_url: "https://example.org"\nlang: ar\n'
SOURCES = 'wire: {title: "برقية", publisher: "وكالة", url: "https://example.com/wire", date: "2023-06-01"}\n'
OMAN = '---\nkind: state\nname: {ar: "عُمان", en: "Oman"}\nsummary: "دولة وسيطة"\n---\n'


def article(body: str = "", title: str = "مقال", published: str = "2025-01-10", extra: str = "") -> str:
    """An article; its body begins on line 7, or later by the lines of `extra` (which begins on line 6)."""
    head = f'title: "{title}"\nsummary: "ملخص"\npublished: {published}\nsources: [wire]\n'
    return f"---\n{head}{extra}---\n{body}"


def entity(name: str, kind: str = "state", extra: str = "") -> str:
    """An entity with an Arabic name."""
    return f'---\nkind: {kind}\nname: "{name}"\n{extra}---\n'


class SmallSite:
    """The inputs of a site and the db over them; files are given by path, `content/` left out."""

    def __init__(self, files: Mapping[str, str | bytes], **settings: str) -> None:
        given = {"site.yaml": SITE, "sources.yaml": SOURCES, **files}
        self.files: dict[str, bytes] = dict(built_in())
        for name, text in given.items():
            path = name if name.startswith("templates/") else f"content/{name}"
            self.files[path] = text.encode() if isinstance(text, str) else text
        self.settings = {"today": "2025-10-31", **settings}
        self.folders: dict[str, set[str]] = {}
        for path in self.files:
            name = path
            while "/" in name:
                folder, _, last = name.rpartition("/")
                self.folders.setdefault(folder, set()).add(last if name == path else f"{last}/")
                name = folder
        self.db = Db(self)

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def list(self, folder: str) -> tuple[str, ...]:
        return tuple(sorted(self.folders.get(folder.rstrip("/"), ())))

    def setting(self, name: str) -> str:
        return self.settings.get(name, "")

    # -- questions -------------------------------------------------------------------------------------

    def problems(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong with the content."""
        return whole.problems(self.db)

    def shown(self) -> list[str]:
        """The findings as `file:line:column code`, `content/` left out."""
        return [
            f"{it.at.path.removeprefix('content/')}:{it.at.line}:{it.at.column} {it.code}"
            for it in self.problems()
        ]

    def only(self) -> Diagnostic:
        """The one finding."""
        found = self.problems()
        assert len(found) == 1, self.shown()
        return found[0]

    def paths(self) -> list[str]:
        """Paths of the output, in order."""
        return [route.path for route in whole.routes(self.db)]

    def route(self, path: str) -> Route:
        return next(it for it in whole.routes(self.db) if it.path == path)

    def bytes(self, path: str) -> bytes:
        """The file at a path of the output; the site must be without errors."""
        assert [it for it in self.problems() if severity(it) == "error"] == [], self.shown()
        return whole.render(self.db, self.route(path))

    def page(self, path: str) -> str:
        """The page at a path: `articles/x/` is `articles/x/index.html`."""
        return self.bytes(f"{path}index.html" if path.endswith("/") or not path else path).decode()

    def failure(self, path: str) -> Diagnostic:
        """What keeps the file at a path from being made."""
        with pytest.raises(SiteError) as caught:
            whole.render(self.db, self.route(path))
        (found,) = caught.value.diagnostics
        return found


@cache
def built_in() -> dict[str, bytes]:
    """The files of the theme that comes with sitegen."""
    root = Path(theme_folder())
    return {f"theme/{it.relative_to(root)}": it.read_bytes() for it in root.rglob("*") if it.is_file()}


def marked(finding: Diagnostic) -> str:
    """The stretch of the excerpt that a finding points at."""
    return finding.excerpt[finding.at.column - 1 : max(finding.at.end_column - 1, 0)]


def speaks(finding: Diagnostic) -> None:
    """The finding can be said in both languages, with a way out in both."""
    assert sentence(finding, "en") != sentence(finding, "ar")
    assert hint(finding, "en")
    assert hint(finding, "ar")
    assert re.search("[ء-ي]", sentence(finding, "ar") + MESSAGES[finding.code].hint_ar)


class _Visible(HTMLParser):
    """Gathers what a reader sees, but not code and what is marked as written in another language."""

    VOID = frozenset({"meta", "link", "br", "img", "hr", "input", "wbr", "path", "line", "circle", "rect"})

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[bool] = []
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        quiet = tag in ("script", "style", "code", "pre", "kbd", "head") or given.get("lang") == "en"
        if tag not in self.VOID:
            self.stack.append(quiet or (bool(self.stack) and self.stack[-1]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if not (self.stack and self.stack[-1]):
            self.pieces.append(data)


def visible(html: str) -> str:
    """The text of a page that is not code and not in English."""
    reader = _Visible()
    reader.feed(html)
    return "".join(reader.pieces)
