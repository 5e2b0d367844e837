"""axe-core finds no violation of WCAG 2.2 AA or of good practice on any kind of page, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from built_site import BuiltSite
from playwright.sync_api import Browser, Page
from visits import NARROW, WIDE, opened, window

KINDS = {
    "article": "/articles/fordow-sample/",
    "article with many facts": "/articles/talks-2025-rounds/",
    "articles": "/articles/",
    "entity": "/entities/iran/",
    "person": "/entities/rafael-grossi/",
    "entities": "/entities/",
    "term": "/terms/snapback/",
    "terms": "/terms/",
    "topic": "/topics/iran-nuclear-file/",
    "topics": "/topics/",
    "timeline": "/timelines/",
    "timeline of a party": "/timelines/oman/",
    "fact with a gauge": "/facts/fordow-particles-2023/",
    "fact in dispute": "/facts/snapback-effect/",
    "facts by subject": "/facts/",
    "facts by date": "/facts-by-date/",
    "facts by certainty": "/facts-by-certainty/",
    "sources": "/sources/",
    "home": "/",
    "not found": "/404.html",
}
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,  # style sheets are read through the page; the site's policy forbids a script to fetch them
}
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SIZES = {"wide": WIDE, "narrow": NARROW}


@pytest.fixture(scope="module", params=[(scheme, size) for scheme in SCHEMES for size in SIZES], ids="-".join)
def page(browser: Browser, sample: BuiltSite, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window of one width in one colour scheme."""
    scheme, size = request.param
    with window(browser, sample, SIZES[size], color_scheme=scheme) as page:
        yield page


def violations(page: Page) -> str:
    """The report of axe, or "" when it has nothing to say."""
    results = Axe().run(page, options=OPTIONS)
    ran = {
        it["id"]
        for kind in ("passes", "violations", "inapplicable", "incomplete")
        for it in results.response[kind]
    }
    assert {"target-size", "color-contrast", "landmark-one-main"} <= ran
    return results.generate_report() if results.violations_count else ""


@pytest.mark.parametrize("kind", KINDS)
def test_page_has_no_violations(page: Page, sample: BuiltSite, kind: str) -> None:
    """Contrast, names, landmarks, headings, sizes of targets: nothing is wrong on this kind of page."""
    opened(page, sample.url + KINDS[kind])
    page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    assert violations(page) == ""


@pytest.mark.parametrize(
    "url", ["/articles/", "/articles/page/5/", "/entities/iran/", "/entities/iran/articles/"]
)
def test_long_lists_have_no_violations(page: Page, paged: BuiltSite, url: str) -> None:
    """Nor has the way through their pages, nor the way to all of which a page shows some."""
    opened(page, paged.url + url)
    assert page.locator("nav.pager, .onward").first.is_visible()
    assert violations(page) == ""


def test_a_draft_has_no_violations(page: Page, specimen: BuiltSite) -> None:
    """The ribbon over what is not published keeps to the rules too."""
    opened(page, f"{specimen.url}/articles/specimen/")
    assert page.locator(".ribbon").is_visible()
    assert violations(page) == ""


def test_a_moved_page_has_no_violations(page: Page, sample: BuiltSite) -> None:
    """The stub at an old address is a page too, for whoever stops the redirection."""
    old = next(iter(sample.stubs))
    text = (sample.folder / old.strip("/") / "index.html").read_text(encoding="utf-8")
    held = text.replace('http-equiv="refresh"', 'name="held"')
    assert held != text
    page.route(sample.url + old, lambda it: it.fulfill(body=held, content_type="text/html; charset=utf-8"))
    opened(page, sample.url + old)
    assert violations(page) == ""
