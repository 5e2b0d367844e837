"""Links and paths in the documentation lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docs_pages import PAGES, anchors, links, spans
from docs_tables import REPOSITORY

NAMES = [pytest.param(it, id=it.relative_to(REPOSITORY).as_posix()) for it in PAGES]
# Roots of paths as pages write them: from the repository, or from the package.
ROOTS = (REPOSITORY, REPOSITORY / "sitegen")
TOP = ("tests", "sitegen", ".ci", "core", "graph", "engine", "shell", "cli", "locale", "text")
IN_A_WHEEL = ("sitegen/theme",)


@pytest.mark.parametrize("page", NAMES)
def test_the_page_is_there(page: Path) -> None:
    """No page of the documentation is missing."""
    assert page.is_file()


@pytest.mark.parametrize("page", NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    """Relative links name files of the repository, and fragments headings of the page they are in."""
    for target in links(page):
        path, _, fragment = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        other = (page.parent / path).resolve() if path else page
        assert other.exists(), f"{page.name}: {target}"
        if fragment and other.suffix == ".md":
            assert fragment in anchors(other), f"{page.name}: {target}"


@pytest.mark.parametrize("page", NAMES)
def test_paths_in_code_spans_exist(page: Path) -> None:
    """A span such as `tests/unit/` or `core/body.py` names a file or folder."""
    for span in spans(page):
        top = span.split("/")[0]
        if "/" in span and top in TOP and not re.search(r"[\s*<>{…]|\|", span) and span not in IN_A_WHEEL:
            assert any((root / span).exists() for root in ROOTS), f"{page.name}: {span}"
