"""Cards, focus and the ways of a reader without a mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from built_site import BuiltSite
from playwright.sync_api import Browser, Locator, Page, ViewportSize
from visits import NARROW, WIDE, ask, opened, window

ARTICLE = "/articles/fordow-sample/"
SIZES = {"wide": WIDE, "narrow": NARROW}


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> ViewportSize:
    return SIZES[request.param]


@pytest.fixture
def unscripted(browser: Browser, sample: BuiltSite, size: ViewportSize) -> Iterator[Page]:
    """An article in a browser that runs no scripts."""
    with window(browser, sample, size, java_script_enabled=False, reduced_motion="reduce") as page:
        opened(page, sample.url + ARTICLE)
        yield page


@pytest.fixture
def scripted(browser: Browser, sample: BuiltSite) -> Iterator[Page]:
    """An article in a wide window."""
    with window(browser, sample, reduced_motion="reduce") as page:
        opened(page, sample.url + ARTICLE)
        yield page


def references(page: Page) -> list[Locator]:
    """The names and facts of the text that have a card."""
    return page.locator(".ref:has(> .card), .fact:has(> .card)").all()


def cut_off(page: Page, card: Locator) -> bool:
    """Whether a part of the card is outside the window."""
    box, size = card.bounding_box(), page.viewport_size
    assert box is not None
    assert size is not None
    return not (
        box["x"] >= -0.5
        and box["y"] >= -0.5
        and box["x"] + box["width"] <= size["width"] + 0.5
        and box["y"] + box["height"] <= size["height"] + 0.5
    )


def test_a_card_opens_under_the_pointer_without_a_script(unscripted: Page) -> None:
    """Every card is shown whole while the pointer is on its link, and gone after."""
    found = references(unscripted)
    assert len(found) >= 10
    for it in found:
        link, card = it.locator("> a"), it.locator("> .card")
        assert not card.is_visible()
        link.hover()
        assert card.is_visible()
        assert not cut_off(unscripted, card), card.inner_text()
        unscripted.mouse.move(1, 1)


def test_a_card_opens_on_focus_without_a_script(unscripted: Page) -> None:
    """The keyboard opens every card that the pointer opens, whole."""
    for it in references(unscripted):
        it.locator("> a").focus()
        card = it.locator("> .card")
        assert card.is_visible()
        assert not cut_off(unscripted, card), card.inner_text()


def test_a_card_can_be_entered(scripted: Page) -> None:
    """The pointer may move from the link onto the card, to read it at leisure (WCAG 1.4.13)."""
    it = references(scripted)[0]
    link, card = it.locator("> a"), it.locator("> .card")
    link.hover()
    start, end = link.bounding_box(), card.bounding_box()
    assert start is not None
    assert end is not None
    middle = start["x"] + start["width"] / 2
    assert end["x"] < middle < end["x"] + end["width"]
    scripted.mouse.move(middle, end["y"] + end["height"] / 2, steps=20)
    assert card.is_visible()


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_escape_puts_a_card_away(scripted: Page, way: str) -> None:
    """Escape closes the card while pointer and focus stay; it opens again when they come back."""
    first, second = references(scripted)[:2]
    link, card = first.locator("> a"), first.locator("> .card")
    getattr(link, way)()
    assert card.is_visible()
    scripted.keyboard.press("Escape")
    assert not card.is_visible()
    if way == "hover":
        scripted.mouse.move(1, 1)
    else:
        second.locator("> a").focus()
    getattr(link, way)()
    assert card.is_visible()


def test_a_card_tells_what_its_link_is_described_by(scripted: Page) -> None:
    """The link names its card, so that a screen reader can read it."""
    for it in references(scripted):
        described = it.locator("> a").get_attribute("aria-describedby")
        assert described == it.locator("> .card").get_attribute("id")


@pytest.mark.parametrize("path", ["/", ARTICLE, "/facts/", "/timelines/"])
def test_focus_is_always_seen(browser: Browser, sample: BuiltSite, size: ViewportSize, path: str) -> None:
    """Each of the first forty stops of the Tab key has a ring of 2 pixels at least and is in the window."""
    with window(browser, sample, size, reduced_motion="reduce") as page:
        opened(page, sample.url + path)
        stops = []
        for _ in range(40):
            page.keyboard.press("Tab")
            stops.append(ask(page, "focus"))
        stops = [it for it in stops if not it["end"]]
        assert len(stops) > 20
        assert [it["name"] for it in stops if it["ring"] < 2 or not it["inView"]] == []


def test_the_first_stop_skips_to_the_content(scripted: Page) -> None:
    """The first press of Tab offers the way past the menu, and Enter takes it."""
    scripted.keyboard.press("Tab")
    assert "skip" in ask(scripted, "focus")["name"]
    scripted.keyboard.press("Enter")
    assert scripted.evaluate("document.activeElement.id") == "content"
