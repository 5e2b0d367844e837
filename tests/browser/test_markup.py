"""The Nu HTML checker finds nothing to object to in any page, style sheet or drawing."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from built_site import BuiltSite

# Properties that browsers know and the checker does not yet. Each stands behind @supports or is harmless without.
YOUNG = (
    "anchor-scope",
    "anchor-name",
    "position-anchor",
    "position-area",
    "position-try-fallbacks",
    "paint-order",
)


@pytest.fixture(scope="module")
def messages(
    checker: list[str], sample: BuiltSite, specimen: BuiltSite, paged: BuiltSite
) -> list[dict[str, Any]]:
    """What the checker says of all files of the sample site, of pages of drafts and of long lists, in one run."""
    files = [it for it in sample.folder.rglob("*") if it.suffix in (".html", ".css", ".svg")]
    files += sorted(specimen.folder.glob("articles/specimen*/index.html"))
    files.append(specimen.folder / "index.html")
    files += [it for it in paged.folder.rglob("*.html") if "page" in it.parts]
    files.append(paged.folder / "entities/iran/index.html")
    assert len(files) > 150
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg"]
    run = subprocess.run([*checker, *options, *map(str, files)], capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(run.stdout)["messages"]
    return found


def told(it: dict[str, Any]) -> str:
    name = it.get("url", "")
    return f"{name}:{it.get('lastLine')}: {it['message']} {it.get('extract', '')!r}"


def young(it: dict[str, Any]) -> bool:
    return any(f"CSS: “{name}”: Property “{name}” doesn't exist." == it["message"] for name in YOUNG)


def test_no_errors(messages: list[dict[str, Any]]) -> None:
    """Every page is valid HTML, the style sheet valid CSS and the icon valid SVG."""
    assert [told(it) for it in messages if it["type"] != "info" and not young(it)] == []


def test_no_warnings(messages: list[dict[str, Any]]) -> None:
    """Nor does the checker advise against anything."""
    assert [told(it) for it in messages if it.get("subType") == "warning"] == []


def test_the_checker_would_object(checker: list[str], tmp_path: Path) -> None:
    """A page with a fault is reported, so that silence means something."""
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="ar"><title>x</title><p id="a"><p id="a">', encoding="utf-8")
    run = subprocess.run(
        [*checker, "--format", "json", "--stdout", str(page)], capture_output=True, text=True
    )
    assert "Duplicate ID" in run.stdout
