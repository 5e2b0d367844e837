"""What a reader sees of awkward text, measured from the places of its letters: acceptance cases 1 to 14 in Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from built_site import BuiltSite
from playwright.sync_api import Browser, Page
from specimen import CONTEXTS, LINES, SEEN, SEEN_IN_INDIC_DIGITS
from visits import ask, opened, window

INDIC = str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")


@pytest.fixture(scope="module")
def page(browser: Browser, specimen: BuiltSite) -> Iterator[Page]:
    """A wide window on the awkward articles."""
    with window(browser, specimen) as page:
        yield page


def paragraphs(page: Page, heading: str) -> list[str]:
    """The lines under a heading of the article, as they are seen from left to right."""
    found = page.query_selector_all(f"#{heading} ~ p")
    return [ask(page, "seen", it) for it in found]


@pytest.fixture(scope="module")
def numbers(page: Page, specimen: BuiltSite) -> list[str]:
    opened(page, f"{specimen.url}/articles/specimen/")
    return paragraphs(page, "numbers")


@pytest.mark.parametrize(("written", "seen"), SEEN.items())
def test_a_number_is_seen_in_one_order_wherever_it_stands(
    numbers: list[str], written: str, seen: str
) -> None:
    """Cases 1 to 6 and 10: after Arabic, first, alone, after Latin, after a number, in brackets, in quotation marks."""
    start = list(SEEN).index(written) * len(CONTEXTS)
    lines = numbers[start : start + len(CONTEXTS)]
    assert len(lines) == len(CONTEXTS)
    assert [line for line in lines if seen not in line] == []


def test_a_bare_number_would_be_seen_in_two_orders(page: Page, specimen: BuiltSite) -> None:
    """The measure has power: without an isolate the sign of 90% jumps to the other side after Arabic."""
    opened(page, f"{specimen.url}/articles/specimen/")
    element = page.query_selector("#numbers + p")
    assert element is not None
    element.evaluate("it => { it.textContent = 'بلغت 90% فيها' }")
    assert "%90" in ask(page, "seen", element)


@pytest.mark.parametrize(("written", "seen"), LINES.items())
def test_a_line_is_seen_as_it_should_be(page: Page, specimen: BuiltSite, written: str, seen: str) -> None:
    """Cases 7, 8, 11 and 12: addresses, Latin names before dates, full stops and brackets after them."""
    opened(page, f"{specimen.url}/articles/specimen/")
    assert paragraphs(page, "lines")[list(LINES).index(written)] == seen


@pytest.mark.parametrize(("written", "seen"), SEEN_IN_INDIC_DIGITS.items())
def test_arabic_indic_digits_keep_their_order(
    page: Page, specimen: BuiltSite, written: str, seen: str
) -> None:
    """Case 9: on a page with Arabic-Indic digits the percent sign is on the left, everywhere."""
    opened(page, f"{specimen.url}/articles/specimen-eg/")
    start = list(SEEN_IN_INDIC_DIGITS).index(written) * len(CONTEXTS)
    lines = paragraphs(page, "numbers")[start : start + len(CONTEXTS)]
    assert len(lines) == len(CONTEXTS)
    assert [line for line in lines if seen not in line] == []


def test_titles_cells_and_drawings_show_numbers_as_prose_does(page: Page, specimen: BuiltSite) -> None:
    """The one order holds in the heading of the page, in its summary and in a table."""
    opened(page, f"{specimen.url}/articles/specimen/")
    for selector, seen in (
        ("h1", "20%–3.67%"),
        (".deck", "2018–2015"),
        ("#figures ~ .table-scroll td", "20%–3.67%"),
    ):
        element = page.query_selector(selector)
        assert element is not None
        assert seen in ask(page, "seen", element), selector


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_a_word_with_a_link_inside_keeps_its_letters_joined(
    page: Page, specimen: BuiltSite, nth: int
) -> None:
    """Case 13: «ب[[سلطنة]]» is exactly as wide as the same letters in one piece."""
    opened(page, f"{specimen.url}/articles/specimen/")
    element = page.query_selector_all("#joined ~ p")[nth]
    element.evaluate(
        "it => it.querySelectorAll('strong').forEach(one => { one.style.fontWeight = 'inherit' })"
    )
    as_it_is, in_one_piece = ask(page, "widths", element)
    assert as_it_is == pytest.approx(in_one_piece, abs=0.1)


def test_a_parted_word_would_be_wider(page: Page, specimen: BuiltSite) -> None:
    """The measure has power: an inline-block inside a word takes other shapes of its letters."""
    opened(page, f"{specimen.url}/articles/specimen/")
    element = page.query_selector("#joined + p")
    assert element is not None
    element.evaluate(
        "it => { it.innerHTML = 'ب<span>سلطنة</span>'; it.lastChild.style.display = 'inline-block' }"
    )
    as_it_is, in_one_piece = ask(page, "widths", element)
    assert abs(as_it_is - in_one_piece) > 1


def test_code_is_read_from_left_to_right(page: Page, specimen: BuiltSite) -> None:
    """Case 14: `a < b` in an Arabic line runs from left to right and its sign is not mirrored."""
    opened(page, f"{specimen.url}/articles/specimen/")
    inline, block = page.query_selector("#code ~ p code"), page.query_selector("#code ~ pre")
    assert inline is not None
    assert block is not None
    assert ask(page, "seen", inline) == "a < b && c > 5%"
    assert ask(page, "seen", block) == 'if a < b: print("50%")'
    # A sign is mirrored at right-to-left levels alone, and these have none.
    for element in (inline, block):
        assert element.evaluate("it => getComputedStyle(it).direction") == "ltr"
        assert element.evaluate("it => getComputedStyle(it).unicodeBidi") == "isolate"
