"""Every rule by example: title, input, expected output and findings (tests/fixtures/markdown)."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from show import ARABIC, parsed

from sitegen.core.markdown import parse_body
from sitegen.messages import MESSAGES, hint, sentence

FIXTURES = Path(__file__).parents[2] / "fixtures" / "markdown"


class Example(NamedTuple):
    title: str
    text: str
    expected: str


def examples(path: Path) -> list[Example]:
    """The examples of one file; title, input and expectation each end with a line of a single full stop."""
    fields = [field.strip("\n") for field in ("\n" + path.read_text(encoding="utf-8")).split("\n.\n")]
    return [Example(*fields[at : at + 3]) for at in range(0, len(fields) - 2, 3)]


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(example, id=f"{path.stem}: {example.title}")
        for path in sorted(FIXTURES.glob("*.md"))
        for example in examples(path)
    ],
)
def test_text_becomes_what_the_fixture_says(example: Example) -> None:
    """The output and the findings are exactly those written down."""
    assert parsed(example.text) == example.expected


def test_every_finding_of_the_body_has_an_example() -> None:
    """Each code that the parser can report occurs in a fixture, or in the tests of limits."""
    written = "".join(path.read_text(encoding="utf-8") for path in FIXTURES.glob("*.md"))
    limits = (Path(__file__).parent / "test_markdown_limits.py").read_text(encoding="utf-8")
    missing = [code for code in MESSAGES if code.startswith("B") and code not in written + limits]
    assert missing == []


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.md")), ids=lambda it: it.stem)
def test_every_finding_can_be_said_in_both_languages(path: Path) -> None:
    """The words of a message fit what the parser fills in."""
    for example in examples(path):
        for finding in parse_body(example.text, "x.md", 1, ARABIC).diagnostics:
            for language in ("en", "ar"):
                assert sentence(finding, language)
                assert "{" not in hint(finding, language).replace("{fact:", "").replace("{#", "")
