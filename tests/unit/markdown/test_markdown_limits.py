"""Hostile and unlucky bodies stay within bounds, and what is left out is said (B190–B199)."""

from __future__ import annotations

import pytest
from show import ARABIC

from sitegen.core.body import EMPTY, Html
from sitegen.core.markdown import parse_body, plain_text
from sitegen.core.markdown.located import MOST_SEARCHED
from sitegen.core.markdown.page import MOST_FINDINGS, MOST_OUTPUT


def codes(text: str) -> set[str]:
    return {it.code for it in parse_body(text, "x.md", 1, ARABIC).diagnostics}


@pytest.mark.parametrize(
    "text", [">" * 60 + " كلمة", "- " * 60 + "كلمة", "\n".join("  " * i + "- كلمة" for i in range(60))]
)
def test_deep_nesting_is_reported_and_loses_no_words(text: str) -> None:
    """B190; what lies deeper is a paragraph."""
    parsed = parse_body(text, "x.md", 1, ARABIC)
    assert {it.code for it in parsed.diagnostics} == {"B190"}
    assert plain_text(parsed.body.parts).count("كلمة") == text.count("كلمة")


def test_a_body_that_is_too_large_is_not_parsed() -> None:
    """B191."""
    assert codes("ا" * 262_144) == set()
    parsed = parse_body("ا" * 262_145, "x.md", 1, ARABIC)
    assert [it.code for it in parsed.diagnostics] == ["B191"]
    assert parsed.body == EMPTY


@pytest.mark.parametrize(
    "definition",
    [
        "[a]: /" + "x" * 2000,
        "[a]: https://example.com/" + "ع" * 900,
        '[a]: https://x.y "' + "t" * 90_000 + '"',
    ],
)
def test_definitions_cannot_multiply_beyond_a_page(definition: str) -> None:
    """B192: a definition used a hundred thousand times."""
    parsed = parse_body(definition + "\n\n" + "[a]" * 60_000, "x.md", 1, ARABIC)
    assert "B192" in {it.code for it in parsed.diagnostics}
    assert parsed.body == EMPTY


@pytest.mark.parametrize("text", ["![" * 40_000, "![" * 40_000 + "]", "[" * 40_000, "<![CDATA[" * 40_000])
def test_brackets_without_end_stop_the_search(text: str) -> None:
    """B193: the search gives up after a budget, and prints the rest as text."""
    parsed = parse_body(text, "x.md", 1, ARABIC)
    assert "B193" in {it.code for it in parsed.diagnostics}
    assert len(plain_text(parsed.body.parts).strip()) == len(text)


def test_brackets_that_are_text_cost_little() -> None:
    """Ten thousand notes in brackets are no tangle."""
    assert codes("[نص] " * 10_000) == set()
    assert MOST_SEARCHED > 5 * 10_000


def test_many_findings_are_counted_by_rule() -> None:
    """B199 names the rule and the number of those not listed, and hides no other rule."""
    findings = parse_body("<b> " * 50 + "\n\n[x](javascript:y)", "x.md", 1, ARABIC).diagnostics
    assert [it.code for it in findings].count("B101") == MOST_FINDINGS
    assert {it.code for it in findings} == {"B101", "B102", "B199"}
    (rest,) = (it for it in findings if it.code == "B199")
    assert dict(rest.args) == {"count": str(50 - MOST_FINDINGS), "rule": "B101"}


def test_twelve_thousand_equal_headings_have_ids_of_their_own() -> None:
    """One counter for each id, so the work stays linear."""
    body = parse_body("## نص\n" * 12_000, "x.md", 1, ARABIC).body
    assert len({it.id for it in body.headings}) == 12_000


@pytest.mark.parametrize(
    "text",
    [
        "*a_ " * 30_000,
        "**a *" * 30_000,
        "ا**(م " * 30_000,
        "".join("`" * i + "a" for i in range(600)),
        "[[a|" * 30_000,
        "[[a|b [ " * 30_000,
        "{fact:a|b" * 30_000,
        "[^a" * 30_000,
        "<!-- a" * 30_000 + "-->",
        "<a x='" * 30_000,
        "(نص. [[a]] " * 20_000,
        "«نص. [[a]] " * 20_000,
        ":::facts\n" * 30_000,
        "[a\n" * 50_000,
        "|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n" + "a\n" * 50_000,
        "\u2067ا\n\n" * 30_000,
        "\x00\x01\ufeff" * 10_000,
    ],
    ids=lambda it: ascii(it[:12]),
)
def test_repetition_is_survived(text: str) -> None:
    """Nothing raises, and output stays below the limit of a page."""
    body = parse_body(text, "x.md", 1, ARABIC).body
    assert sum(len(it.html) for it in body.parts if isinstance(it, Html)) < MOST_OUTPUT
