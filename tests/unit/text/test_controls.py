"""Characters that nobody sees."""

from __future__ import annotations

import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import Span, diagnostic
from sitegen.messages import MESSAGES, sentence
from sitegen.text import audit, audit_body, clean, strip_directional, xml_text


def codes(text: str, lang: str = "ar") -> list[str]:
    return [it.code for it in audit_body(text, lang)]


def test_case_18_mark_in_a_key_is_named() -> None:
    """A key with RLM is a second key that looks like the first: the message says U+200F."""
    (found,) = audit("title\u200f")
    assert (found.offset, found.code) == (5, "S150")
    message = sentence(diagnostic(found.code, Span("a.md", 3, 6), char=found.label))
    assert "U+200F RIGHT-TO-LEFT MARK" in message


@pytest.mark.parametrize(
    "char", ["\u200b", "\u202e", "\u2067", "\u061c", "\u00ad", "\ufeff", "\u2028", "\x00", "\u200d"]
)
def test_no_invisible_character_hides_in_an_identifier(char: str) -> None:
    """Keys, slugs, URLs and ids hold only what can be seen."""
    assert [it.char for it in audit(f"ab{char}c")] == [char]


def test_case_19_override_in_body_is_an_error() -> None:
    """RLO can make text read as something else."""
    assert codes("نص \u202eabc\u202c نص") == ["B150"]
    assert MESSAGES["B150"].severity == "error"


@pytest.mark.parametrize(
    "text", ["\u2067نص", "\u2067نص\n\nنص\u2069", "نص\u2069", "\u2066نص\u202c", "\u202aنص"]
)
def test_case_20_unclosed_isolate_is_an_error(text: str) -> None:
    """What is opened in a paragraph is closed in it, by its own counterpart."""
    assert "B151" in codes(text)
    assert MESSAGES["B151"].severity == "error"


def test_balanced_isolates_are_fine() -> None:
    """Nesting is allowed."""
    assert codes("\u2067ن \u206690%\u2069 ص\u2069 \u202aabc\u202c") == []


def test_marks_are_mentioned_and_persian_letters_only_in_arabic() -> None:
    """A mark is information; ZWNJ and ک are right in Persian and slips in Arabic."""
    assert codes("نص\u200f") == ["B152"]
    assert codes("می\u200cک") == ["B155", "B154", "B155"]
    assert codes("می\u200cک", "fa") == []
    assert codes("نص\u2028") == ["B153"]
    assert codes("لـ«أكسيوس»") == []


def test_clean_text_is_left_alone() -> None:
    """Tatweel and ornaments are text, not dirt."""
    assert clean("لـ ﷺ عُمان").text == "لـ ﷺ عُمان"
    assert clean("لـ").offsets == ()


def test_cleaning_keeps_the_way_back() -> None:
    """Columns in messages are those of the file as the editor shows it."""
    cleaned = clean("\ufeffﻻ\u200bب\n\u0627\u0654!")
    assert cleaned.text == "لاب\nأ!"
    assert [cleaned.raw(at) for at in range(len(cleaned.text))] == [1, 2, 3, 4, 5, 7]


@given(st.text(alphabet="اأبٔ\u0654\u0301eé\ufeff\u200b\u00adﻻﷲ\n가ᄀ\u1161"))
def test_cleaning_gives_nfc_once_and_for_all(text: str) -> None:
    """The result is NFC, has as many offsets as it needs, and cleaning it again changes nothing."""
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned.text)
    assert clean(cleaned.text).text == cleaned.text
    assert cleaned.text.count("\n") == text.count("\n")
    if cleaned.offsets:
        assert len(cleaned.offsets) == len(cleaned.text) + 1
        assert list(cleaned.offsets) == sorted(cleaned.offsets)


@given(st.text(alphabet=st.characters(codec=None)))
def test_filtered_text_is_valid_xml(text: str) -> None:
    """No character of a title can break the feed."""
    kept = xml_text(text).replace("&", "").replace("<", "").replace(">", "")
    ElementTree.fromstring(f"<a>{kept}</a>")


def test_directional_characters_can_be_stripped() -> None:
    """Words put inside an island cannot close it."""
    assert strip_directional("a\u2069\u200fb") == "ab"
