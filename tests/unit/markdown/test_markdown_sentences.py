"""Sentences that refer to something, as backlinks and fact pages quote them."""

from __future__ import annotations

import pytest
from show import ARABIC, shown

from sitegen.core.body import Sentence
from sitegen.core.markdown import parse_body, parse_inline, plain_text
from sitegen.errors import Span


def sentences(text: str) -> tuple[Sentence, ...]:
    return parse_body(text, "x.md", 1, ARABIC).body.sentences


def texts(text: str) -> list[str]:
    return [words(it) for it in sentences(text)]


def words(it: Sentence) -> str:
    return " ".join(plain_text(it.parts).split())


def test_only_sentences_that_refer_are_kept() -> None:
    """A sentence without link or fact is left out; no page shows who cites a source."""
    assert texts("أولى. ثانية عن [[oman|عُمان]]. ثالثة {fact:x}! رابعة؟ خامسة.[^ap]") == [
        "ثانية عن عُمان.",
        "ثالثة !",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "بلغ 83.7 في المئة في [[fordow]] وحدها",
        "قال د. محمد عن [[oman]] شيئاً",
        "قال أ.د. محمد ورئيس U.S. قسم عن [[oman]]",
        "قال «هذا. وذاك.» عن [[oman]]",
        'قال "هذا. وذاك." عن [[oman]]',
        "ورد (انظر ذلك. ثم هذا) في [[oman]]",
        "اقرأ `a. b` عن [[oman]]",
        'قال "هذا.\nوذاك." عن [[oman]]',
    ],
)
def test_a_stop_inside_is_no_end(text: str) -> None:
    """Numbers, abbreviations, quotations, parentheses and code do not end a sentence."""
    (sentence,) = sentences(text)
    assert plain_text(sentence.parts).count("[") == 0
    assert words(sentence).split()[0] == text.split()[0]
    assert "oman" in words(sentence) or "fordow" in words(sentence)


def test_a_citation_after_the_stop_belongs_to_the_sentence_before() -> None:
    """`نص.[^a] نص` cites for the first sentence; who quotes a sentence does not show what it cites."""
    first, second = sentences("عن [[a]].[^a] عن [[b]][^b].")
    assert shown(first.parts) == "عن ⟦link :a⟧."
    assert shown(second.parts) == "عن ⟦link :b⟧."


def test_elements_cut_by_a_border_are_closed_and_opened_again() -> None:
    """Strong words over two sentences are strong in both."""
    first, second = sentences("**عن [[a]]. وعن [[b]]** و[هنا *عن [[c]](https://example.com)*.")
    assert shown(first.parts) == "<strong>عن ⟦link :a⟧.</strong>"
    assert shown(second.parts).startswith("<strong>وعن ⟦link :b⟧</strong> و")


def test_a_row_of_a_table_is_one_sentence() -> None:
    """Its cells are told apart by a dot in the middle."""
    (row,) = sentences("| أ | ب |\n|---|---|\n| [سقف](fact:cap). وحد | {fact:cap} |\n| س | ص |")
    assert shown(row.parts) == "⟦fact cap | سقف⟧. وحد · ⟦fact cap⟧"


def test_the_heading_above_is_named() -> None:
    """Before the first heading there is none."""
    found = sentences(
        "عن [[a]].\n\n## أول {#one}\n\n- عن [[b]].\n\n> عن [[c]].\n\n### ثانٍ\n\n:::known\n- عن [[d]].\n:::"
    )
    assert [it.heading for it in found] == ["", "one", "one", "ثان"]


def test_ids_of_a_block_and_headings_are_no_sentences() -> None:
    """A list of ids says nothing about them."""
    assert texts("## عن [[a]]\n\n:::who\n- [[oman]]\n:::") == []


def test_a_field_has_sentences_too() -> None:
    """`answer`, `known` and the like take part in backlinks."""
    parsed = parse_inline("عن [[oman]]. ثم لا شيء.", Span("x.md"), ARABIC)
    assert [words(it) for it in parsed.sentences] == ["عن oman."]
