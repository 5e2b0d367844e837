"""The documentation as text: its pages, their headings, links, code spans and fenced examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docs_tables import COMMANDS, DEPLOYING, GUIDE, REPOSITORY

PAGES = (
    *(REPOSITORY / name for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md")),
    GUIDE,
    COMMANDS,
    DEPLOYING,
    REPOSITORY / "templates/README.md",
    *sorted(REPOSITORY.glob("tests/**/README.md")),
)
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\[\]]*\]\((?P<target>[^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (?P<words>.+)$", re.MULTILINE)
_ROW = re.compile(r"^\|(.+)\|$", re.MULTILINE)


class Fence(NamedTuple):
    """A fenced example: the words after its backticks, and its lines."""

    info: str
    text: str
    line: int


def fences(page: Path) -> list[Fence]:
    """The fenced examples of a page."""
    text = page.read_text("utf-8")
    return [
        Fence(it["info"].strip(), it["text"], text.count("\n", 0, it.start()) + 1)
        for it in _FENCE.finditer(text)
    ]


def prose(page: Path) -> str:
    """A page without its fenced examples."""
    return _FENCE.sub("", page.read_text("utf-8"))


def spans(page: Path) -> list[str]:
    """The code spans of a page; a bar escaped for a table is a bar."""
    return [it.replace("\\|", "|") for it in _SPAN.findall(prose(page))]


def links(page: Path) -> list[str]:
    """The targets of the links and pictures of a page, code spans aside."""
    return [it["target"] for it in _LINK.finditer(_SPAN.sub("`", prose(page)))] + [
        it["target"] for it in re.finditer(r"\[`[^`]*`\]\((?P<target>[^()\s]+)\)", prose(page))
    ]


def anchors(page: Path) -> set[str]:
    """What a fragment may name in a page: its headings as GitHub writes them."""
    found: set[str] = set()
    for it in _HEADING.finditer(prose(page)):
        words = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", it["words"]).lower()
        base = re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")
        name, count = base, 0
        while name in found:
            count += 1
            name = f"{base}-{count}"
        found.add(name)
    return found


def section(page: Path, heading: str) -> str:
    """The text under a heading, down to the next of the same level or above."""
    text = page.read_text("utf-8")
    shown = _FENCE.sub(lambda it: re.sub(r"[^\n]", " ", it[0]), text)  # examples have headings of their own
    start = re.search(rf"^(#+) {re.escape(heading)}$", shown, re.MULTILINE)
    assert start, f"{page.name} has no heading {heading}"
    end = re.compile(rf"^#{{1,{len(start[1])}}} ", re.MULTILINE).search(shown, start.end())
    return text[start.end() : end.start() if end else len(text)]


def rows(text: str) -> Iterator[list[str]]:
    """The rows of the tables in `text`, heads and rulers left out."""
    for it in _ROW.finditer(text):
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", it[1])]
        ahead = text[it.end() + 1 : it.end() + 4]
        if not set(it[1]) <= set("|-: ") and ahead != "|--":
            yield cells
