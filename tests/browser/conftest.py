"""The sample site, and what a visit to its every page has shown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from built_site import ROOT, BuiltSite, published
from playwright.sync_api import Browser
from specimen import FILES
from visits import Visit, visit_all

from tests.tools import need

CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """The command of the Nu HTML checker."""
    java = shutil.which("java")
    need(java is not None, "Java", "sudo apt-get install default-jre-headless")
    need(CHECKER.is_file(), "The Nu HTML checker", "npm install --no-save --no-package-lock vnu-jar")
    return [java or "", "-jar", str(CHECKER)]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The sample site as its readers see it."""
    with published(tmp_path_factory.mktemp("sample")) as site:
        yield site


@pytest.fixture(scope="session")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The sample site with drafts, and drafts of awkward text among them."""
    with published(tmp_path_factory.mktemp("specimen"), FILES, drafts="1") as site:
        yield site


@pytest.fixture(scope="session")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The sample site as if its lists were long: an article to a page."""
    settings = (ROOT / "content/site.yaml").read_text(encoding="utf-8") + "\npaginate: 1\n"
    with published(tmp_path_factory.mktemp("paged"), {"site.yaml": settings}) as site:
        yield site


@pytest.fixture(scope="session")
def visits(browser: Browser, sample: BuiltSite) -> dict[str, Visit]:
    """What was found on each page of the sample site, by URL path."""
    return visit_all(browser, sample)
