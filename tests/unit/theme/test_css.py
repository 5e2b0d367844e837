"""The style sheet holds in both directions of writing, breaks no Arabic, and asks nothing of the outside."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

CSS = "assets/css/site.css"
PHYSICAL = re.compile(
    r"""(?x)
    (?<![\w-]) (?: (?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*
      | border-(?:top|bottom)-(?:left|right)-radius
      | left | right | top | bottom ) \s* :
    | (?<![\w-]) (?: float | clear | text-align | caption-side | resize ) \s* : \s* (?: left | right )
    | (?<![\w.-]) (?: margin | padding | inset | border-width ) \s* : \s* (?: [^;\s]+ \s+ ){3} [^;\s]+ \s* ;
    | \b to \s+ (?: left | right )
    """
)


@pytest.fixture(scope="session")
def rules(theme: Path) -> str:
    """The style sheet without its comments."""
    text = (theme / CSS).read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


@pytest.mark.parametrize(
    "line",
    [
        "a { margin-left: 1px; }",
        "a { left: 0; }",
        "a { text-align: right; }",
        "a { border-top-left-radius: 1px; }",
        "a { padding: 1px 2px 3px 4px; }",
        "a { float: left; }",
        "a { border-right: 0; }",
    ],
)
def test_the_lint_knows_a_physical_property(line: str) -> None:
    """Each way of naming a side of the screen is seen."""
    assert PHYSICAL.search(line)


@pytest.mark.parametrize(
    "line", ["a { margin-inline-start: 1px; }", "a { text-align: start; }", "a { padding: 1px 2px; }"]
)
def test_the_lint_lets_logical_properties_pass(line: str) -> None:
    """What follows the direction of writing is not taken for physical."""
    assert not PHYSICAL.search(line)


def test_no_physical_property(rules: str) -> None:
    """Nothing in the style sheet names a left or a right (case 16)."""
    assert [match[0].strip() for match in PHYSICAL.finditer(rules)] == []


@pytest.mark.parametrize(
    "forbidden",
    [
        r"letter-spacing",
        r"word-spacing",
        r"font-style:\s*(?:italic|oblique)",
        r"text-align:\s*justify",
        r"text-transform",
        r"!important",
    ],
)
def test_nothing_that_breaks_arabic_letters(rules: str, forbidden: str) -> None:
    """No spacing between joined letters, no slanted Arabic, no stretched lines, no overrule of the reader."""
    assert not re.search(forbidden, rules)


def test_lines_are_high_enough_for_vowel_marks(rules: str) -> None:
    """Text lines are at least 1.5 high, headings 1.4, so that harakat are not cut."""
    heights = [float(it) for it in re.findall(r"line-height:\s*([\d.]+);", rules)]
    assert heights
    assert [it for it in heights if it and it < 1.25] == []
    assert re.search(r"body \{[^}]*line-height: 1\.8;", rules)


def test_no_address_outside_the_theme(theme: Path, rules: str) -> None:
    """Every url() is a file of the theme, and nothing is imported."""
    addresses = re.findall(r"url\(([^)]*)\)", rules)
    assert addresses
    assert [it for it in addresses if not (theme / "assets/css" / it).resolve().is_file()] == []
    assert "@import" not in rules
    assert "//" not in rules


def test_motion_is_only_for_those_who_do_not_mind(rules: str) -> None:
    """Nothing moves outside a `prefers-reduced-motion: no-preference` rule."""
    calm = re.sub(r"@media \(prefers-reduced-motion: no-preference\) \{.*?\n\}", "", rules, flags=re.S)
    assert not re.search(r"transition|animation|scroll-behavior", calm)


def test_references_stay_inline(rules: str) -> None:
    """A link inside a word has no box of its own, or its letters would come apart (case 13)."""
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", rules):
        if re.search(r"\.ref(?:-\w+)?\s*(?:,|$)|\.fact\s*(?:,|$)", selector.strip(), re.M):
            assert not re.search(
                r"padding|margin|display|inline-size|float|border(?!-block-start-color)", body
            ), selector


def test_the_sheet_is_light(theme: Path) -> None:
    """At most 12 KB go over the wire for the style sheet, 3 KB for the script."""
    assert len(gzip.compress((theme / CSS).read_bytes())) <= 12 * 1024
    assert len((theme / "assets/js/site.js").read_bytes()) <= 3 * 1024
