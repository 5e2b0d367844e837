"""Arabic folded for search, matching and sorting."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text import collation_key, normalise, normalise_with_offsets, without_proclitics

ARABIC = "اأإآىيةهكوبلعمُنَ٠٣ک\u0640\u200f aEéﻻ\u0301"


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("إيران", "ايران"),
        ("عُمان", "عمان"),
        ("لـلذرّية", "للذريه"),
        ("المستوى", "المستوي"),
        ("مسؤول", "مسئول"),
        ("کی", "كي"),
        ("٨٣٫٧٪", "83.7%"),
        ("Axios", "AXIOS"),
        ("ﻻ", "لا"),
    ],
)
def test_spellings_of_one_word_are_equal(written: str, sought: str) -> None:
    """What a reader takes for the same word matches."""
    assert normalise(written) == normalise(sought)


def test_letters_that_differ_stay_apart() -> None:
    """Folding does not confuse words."""
    assert normalise("قطر") != normalise("مطر")


@given(st.text(alphabet=ARABIC))
def test_normalise_is_idempotent(text: str) -> None:
    """Folding twice is folding once."""
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet=ARABIC))
def test_offsets_lead_back_to_the_original(text: str) -> None:
    """Each folded letter comes from the slice of the original that it points at."""
    written = unicodedata.normalize("NFC", text)
    folded = normalise_with_offsets(written)
    assert folded.text == normalise(written)
    assert list(folded.offsets) == sorted(folded.offsets)
    if folded.text:
        start, end = folded.original(0, len(folded.text))
        assert normalise(written[start:end]) == folded.text


def test_offsets_cover_marks() -> None:
    """The slice of a match includes the harakat of its letters."""
    folded = normalise_with_offsets("في عُمان")
    start = folded.text.index("عمان")
    assert "في عُمان"[slice(*folded.original(start, start + 4))] == "عُمان"


def test_proclitics_come_off_longest_first() -> None:
    """Every reading of the word is offered; stems under four letters are not."""
    assert without_proclitics("وبالدوحه") == ("وبالدوحه", "بالدوحه", "الدوحه", "دوحه")
    assert "الولايات" in without_proclitics("للولايات")
    assert without_proclitics("وقطر") == ("وقطر",)
    assert without_proclitics("مسقط") == ("مسقط",)


def test_sorting_ignores_article_and_hamza() -> None:
    """العراق sorts under ع, ايطاليا before الكويت, ألمانيا under ا, rounds by number."""
    names = ["الكويت", "العراق", "ايطاليا", "ألمانيا", "إيران", "پاکستان", "تركيا", "الجولة 10", "الجولة 2"]
    assert sorted(names, key=collation_key) == [
        "ألمانيا",
        "إيران",
        "ايطاليا",
        "پاکستان",
        "تركيا",
        "الجولة 2",
        "الجولة 10",
        "العراق",
        "الكويت",
    ]


def test_words_that_only_seem_to_have_the_article_keep_it() -> None:
    """المانيا and التزام begin with alef, not with ال."""
    assert collation_key("المانيا")[0] == collation_key("ألمانيا")[0]
    assert collation_key("التزام")[0].startswith("ال")
