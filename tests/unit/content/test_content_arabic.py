"""Arabic text in YAML: what other readers lose silently."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml
from content_files import article, codes, facts, only, where

from sitegen.core.values import Number, Percent
from sitegen.messages import hint, sentence


def test_case_18_a_key_with_a_right_to_left_mark_is_named() -> None:
    """`title<RLM>` is not `title`: the message says which character, and where."""
    finding = only(article(head="title\u200f: عنوان\nsummary: ملخص\npublished: 2025-10-31\n"))
    assert finding.code == "S150"
    assert "U+200F" in sentence(finding)
    assert finding.at.line == 2


def test_case_21_a_duplicate_key_is_an_error() -> None:
    """YAML would keep the last; both lines are named."""
    finding = only(article("title: عنوان آخر"))
    assert (finding.code, where(finding)) == ("S101", (6, 1, 6))
    assert dict(finding.args)["first"] == "2"


@pytest.mark.parametrize("second", ["title\u200f", "\u200ftitle", "ti\u200btle"])
def test_case_21_a_key_that_only_looks_different_is_a_duplicate(second: str) -> None:
    """An invisible mark does not make a second key."""
    assert "S101" in codes(article(f"{second}: آخر"))


def test_case_21_composed_and_decomposed_keys_are_one() -> None:
    """أ in one code point and in two are the same label."""
    assert codes(article("facts:\n  \u0623مر: نص\n  \u0627\u0654مر: نص")) == ["S101"]


def test_case_22_a_title_with_a_colon_must_be_quoted() -> None:
    """The message writes the quoted line out; quoted, it reads as it stands."""
    broken = only(article(head="title: تقرير: مسقط تستضيف\nsummary: س\npublished: 2025-10-31\n"))
    assert (broken.code, broken.at.line) == ("S107", 2)
    assert 'title: "تقرير: مسقط تستضيف"' in hint(broken)
    mended = article(head='title: "تقرير: مسقط تستضيف"\nsummary: س\npublished: 2025-10-31\n')
    assert mended.value is not None
    assert mended.value.title == "تقرير: مسقط تستضيف"


def test_case_23_an_arabic_comma_in_a_list_is_noticed() -> None:
    """`[أ، ب، ج]` is one item for YAML."""
    finding = only(article("known: [أ، ب، ج]"))
    assert (finding.code, where(finding)) == ("S114", (6, 9, 16))
    assert codes(article('known: ["أ، ب", ج]')) == []


def test_case_24_a_value_cut_at_a_hash_is_noticed() -> None:
    """`وسم #إيران` would lose its second word; quotes or a space after # make it clear."""
    finding = only(article("short_title: وسم #إيران"))
    assert (finding.code, where(finding)) == ("S115", (6, 18, 24))
    assert codes(article('short_title: "وسم #إيران"')) == []
    assert codes(article("short_title: وسم # تعليق")) == []
    assert codes(article("short_title: وسم#إيران")) == []
    assert codes(article("short_title: #إيران")) == ["S115"]


def test_case_25_a_country_called_no_stays_norway() -> None:
    """YAML 1.1 takes NO for false."""
    parsed = article("facts:\n  البلد: NO\nimage: {src: a.jpg, alt: no}\nshort_title: yes")
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert parsed.value.image is not None
    assert (parsed.value.image.alt, parsed.value.short_title) == ("no", "yes")
    assert yaml.safe_load("a: NO") == {"a": False}


@pytest.mark.parametrize(
    "written", ["14:30", "3:10", "010", "1.10", "1e3", "0o17", ".5", "+1", "null_", "2001:db8::1"]
)
def test_case_26_a_time_stays_text(written: str) -> None:
    """No scalar is turned into a number, octal or sexagesimal."""
    parsed = article(f"short_title: {written}")
    assert parsed.value is not None
    assert parsed.value.short_title == written


@pytest.mark.parametrize("written", ["٣٫٦٧", "۳٫۶۷", "3.67"])
def test_case_27_arabic_digits_parse_to_a_decimal(written: str) -> None:
    """٣٫٦٧ is exactly 3.67."""
    parsed = facts(f"- {{id: cap, label: سقف, type: percent, value: {written}, sources: [a]}}")
    assert parsed.value is not None
    assert parsed.value[0].value == Percent(Number(Decimal("3.67")))


@pytest.mark.parametrize(
    ("text", "code"),
    [("عنوان \u202eمقلوب", "B150"), ("عنوان \u2067مفتوح", "B151"), ("عنوان \u2069مغلق", "B151")],
)
def test_direction_overrides_in_a_text_are_errors(text: str, code: str) -> None:
    """A title is prose: what holds in the body holds there."""
    assert codes(article(f"short_title: {text}")) == [code]


def test_persian_words_keep_their_joiners() -> None:
    """ZWNJ is spelling in a label; in an id it is an error."""
    assert codes(article("facts:\n  می\u200cخواهد: متن")) == []
    assert codes(article("topics: [iran\u200c-file]")) == ["S150"]


def test_text_is_read_in_composed_form() -> None:
    """NFD in the file, NFC in the value; zero-width spaces are gone."""
    parsed = article("short_title: \u0627\u0654مر\u200b ما")
    assert parsed.value is not None
    assert parsed.value.short_title == "\u0623مر ما"
