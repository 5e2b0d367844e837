"""What the README shows is what happens, in the sample site that it speaks of."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from docs_pages import fences
from docs_tables import REPOSITORY

from sitegen.cli.findings import as_text
from sitegen.shell import build
from sitegen.shell.session import Request

README = REPOSITORY / "README.md"
_FINDING = re.compile(r"^(?P<path>content/\S+\.md):(?P<line>\d+):\d+: error\[", re.MULTILINE)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample site."""
    shutil.copytree(REPOSITORY / "content", tmp_path / "content")
    return tmp_path


def check(site: Path) -> list[str]:
    """The findings of a site as they are printed, without marks of direction and colour."""
    found = build.check(Request(str(site))).findings
    return [re.sub("[\u2068\u2069]|\x1b\\[[0-9;]*m", "", as_text(it, "en")) for it in found]


def test_nothing_is_wrong_with_the_article_of_the_readme(sample: Path) -> None:
    """It may be copied into the sample site as it stands."""
    article = next(it.text for it in fences(README) if it.info == "markdown")
    (sample / "content/articles/readme.md").write_text(article, "utf-8")
    assert check(sample) == []


def test_the_finding_of_the_readme_is_printed(sample: Path) -> None:
    """With 60 for 83.7 in words bound to that fact."""
    shown = next(it.text for it in fences(README) if _FINDING.match(it.text))
    found = _FINDING.match(shown)
    assert found
    path = sample / found["path"]
    right, wrong = "[83.7%](fact:fordow-particles-2023)", "[60%](fact:fordow-particles-2023)"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    assert right in lines[int(found["line"]) - 1]
    lines[int(found["line"]) - 1] = lines[int(found["line"]) - 1].replace(right, wrong)
    path.write_text("".join(lines), "utf-8")
    assert check(sample) == [shown.strip()]
