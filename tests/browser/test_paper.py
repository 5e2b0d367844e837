"""A printed page: the text whole, dark on light, without what only a screen needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from built_site import BuiltSite
from playwright.sync_api import Browser, Page
from visits import opened, window

ARTICLE = "/articles/stockpile-60/"


@pytest.fixture(params=["with scripts", "without scripts"])
def paper(browser: Browser, sample: BuiltSite, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The article as a printer gets it from a reader who reads by night."""
    scripts = request.param == "with scripts"
    with window(browser, sample, java_script_enabled=scripts, color_scheme="dark") as page:
        opened(page, sample.url + ARTICLE)
        page.emulate_media(media="print", color_scheme="dark")
        yield page


def test_what_only_a_screen_needs_is_left_out(paper: Page) -> None:
    """Menus, jumps, cards and drawings that cannot be pressed are not printed."""
    for selector in (".masthead-nav", ".crumbs", ".toc", ".colophon-nav", ".card", "summary", ".skip"):
        found = paper.locator(selector).all()
        assert found, selector
        assert not any(it.is_visible() for it in found), selector


def test_the_facts_and_the_sources_are_printed(paper: Page) -> None:
    """The fact box, the answer and the sources are there, each source with its address."""
    for selector in (".factbox", ".answer", ".ladder", "#sources"):
        assert paper.locator(selector).first.is_visible(), selector
    linked = paper.locator(".source .outside").all()
    assert linked
    address = "it => getComputedStyle(it, '::after').content"
    assert all((it.get_attribute("href") or "?") in it.evaluate(address) for it in linked)


def test_what_is_folded_is_printed_open(paper: Page) -> None:
    """Facts behind "more" are on paper, script or no script."""
    folded = paper.locator("details.more dt")
    assert folded.count() > 0
    assert all(it.bounding_box() for it in folded.all())
    assert all(it.evaluate("it => it.checkVisibility()") for it in folded.all())


def test_paper_is_white(paper: Page) -> None:
    """Who reads by night prints black on white all the same."""
    assert paper.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert paper.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_the_article_fits_its_sheets(paper: Page) -> None:
    """A PDF of the page comes out with a handful of sheets."""
    sheets = paper.pdf(format="A4").count(b"/Type /Page\n")
    assert 3 <= sheets <= 12
