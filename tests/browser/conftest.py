"""A real Chromium, the sample site, and what a visit to its every page has shown."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from built_site import ROOT, BuiltSite, published
from playwright.sync_api import Browser, sync_playwright
from specimen import FILES
from visits import Visit, visit_all

CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def _need(found: bool, what: str, package: str) -> None:
    """Leave the test out where its tool is missing, but never in the checks before a change lands."""
    if found:
        return
    words = f"{what} is missing, so its tests are left out; `make test` installs it, or: {package}"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    _need(path is not None, "Chromium", "sudo apt-get install chromium")
    return path or ""


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """The command of the Nu HTML checker."""
    java = shutil.which("java")
    _need(java is not None, "Java", "sudo apt-get install default-jre-headless")
    _need(CHECKER.is_file(), "The Nu HTML checker", "npm install --no-save --no-package-lock vnu-jar")
    return [java or "", "-jar", str(CHECKER)]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


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
def visits(browser: Browser, sample: BuiltSite) -> dict[str, Visit]:
    """What was found on each page of the sample site, by URL path."""
    return visit_all(browser, sample)
