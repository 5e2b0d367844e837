"""The way through the pages of a long list, as it is seen and walked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from built_site import BuiltSite
from playwright.sync_api import Browser, Locator, Page, ViewportSize
from visits import NARROW, NARROWEST, WIDE, ask, opened, window

SIZES = {"wide": WIDE, "narrow": NARROW, "narrowest": NARROWEST}


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> ViewportSize:
    return SIZES[request.param]


@pytest.fixture
def page(browser: Browser, paged: BuiltSite, size: ViewportSize) -> Iterator[Page]:
    """A page in the middle of the list of all articles, in a browser that runs no scripts."""
    with window(browser, paged, size, java_script_enabled=False, reduced_motion="reduce") as page:
        opened(page, f"{paged.url}/articles/page/5/")
        yield page


def middle(it: Locator) -> float:
    """Where the middle of an element is, from the left of the window."""
    box = it.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


def test_the_way_back_is_on_the_right_and_the_way_on_is_on_the_left(page: Page) -> None:
    """As the language is read; the place in the list stands between them."""
    back, place, on = (page.locator(f".pager-{it}") for it in ("previous", "position", "next"))
    assert middle(on) < middle(place) < middle(back)


def test_the_numbers_run_from_right_to_left_in_one_line(page: Page) -> None:
    items = page.locator(".pager li").all()
    assert [it.inner_text() for it in items] == ["1", "…", "4", "5", "6", "…", "10"]
    places = [middle(it) for it in items]
    assert places == sorted(places, reverse=True)
    boxes = [it.bounding_box() for it in page.locator(".pager li a").all()]
    assert len({round(it["y"]) for it in boxes if it}) == 1


def test_numbers_are_large_enough_for_a_finger(page: Page) -> None:
    for it in page.locator(".pager li a").all():
        box = it.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 36


def test_the_place_in_the_list_reads_right(page: Page) -> None:
    assert page.locator(".pager-position").inner_text() == "صفحة 5 من 10"


@pytest.mark.parametrize("url", ["/articles/page/5/", "/entities/iran/", "/entities/iran/articles/page/2/"])
def test_every_number_of_a_long_list_is_isolated(browser: Browser, paged: BuiltSite, url: str) -> None:
    """In the way through its pages, and in the way to all of it."""
    with window(browser, paged) as page:
        opened(page, paged.url + url)
        assert ask(page, "bare") == []


def test_a_reader_walks_through_the_list_to_its_end(page: Page, paged: BuiltSite) -> None:
    """And sees every article from there on once."""
    seen = []
    while True:
        seen += [it.inner_text() for it in page.locator(".teaser-title").all()]
        if not page.locator(".pager-next").count():
            break
        page.locator(".pager-next").click()
        page.wait_for_load_state()
    assert page.url == f"{paged.url}/articles/page/10/"
    assert len(set(seen)) == len(seen) == 6


def test_the_page_shown_stands_out_without_colour(page: Page) -> None:
    """By its weight and the line below it."""
    current = page.locator('.pager [aria-current="page"]')
    other = page.locator(".pager li a:not([aria-current])").first
    weights = [it.evaluate("it => getComputedStyle(it).fontWeight") for it in (current, other)]
    lines = [it.evaluate("it => getComputedStyle(it).borderBlockEndColor") for it in (current, other)]
    assert weights == ["700", "400"]
    assert lines[0] != lines[1]


def test_a_screen_reader_is_told_what_the_numbers_are(page: Page) -> None:
    pager = page.get_by_role("navigation", name="صفحات القائمة")
    assert pager.get_by_role("link", name="صفحة 4").get_attribute("href") == "/articles/page/4/"
