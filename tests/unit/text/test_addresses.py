"""Slugs, heading ids, paths."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text import (
    HeadingIds,
    arabic_slug,
    heading_id,
    is_path_component,
    is_slug,
    percent_encoded,
    slugify,
    truncate,
)


@pytest.mark.parametrize("slug", ["oman-us-iran-talks-2023-06", "a", "9" * 80])
def test_case_40_ascii_slugs_are_accepted(slug: str) -> None:
    """The default style takes a-z, 0-9 and single hyphens, up to 80."""
    assert is_slug(slug)


@pytest.mark.parametrize("slug", ["", "A", "a--b", "-a", "a-", "عمان", "a_b", "9" * 81, "a\n"])
def test_case_40_other_slugs_are_refused(slug: str) -> None:
    """Anything else is not an address by default."""
    assert not is_slug(slug)


@given(st.text(alphabet="عُمانَلـإ \u200f-،A1"))
def test_case_40_arabic_slug_is_short_nfc_and_bare(text: str) -> None:
    """The Arabic style holds at most 120 bytes of NFC without harakat, and is stable."""
    slug = arabic_slug(text * 9)
    assert len(slug.encode()) <= 120
    assert unicodedata.is_normalized("NFC", slug)
    assert not set(slug) & set("ُـَ\u200f ")
    assert slug == "" or is_slug(slug, "arabic")


def test_arabic_slug_is_cut_between_words() -> None:
    """Half a word is no address; one endless word is cut at a letter."""
    assert arabic_slug("محادثات عُمان: لماذا الآن؟") == "محادثات-عمان-لماذا-الآن"
    assert set(arabic_slug("كلمات " * 30).split("-")) == {"كلمات"}
    assert arabic_slug("ا" * 100) == "ا" * 60


def test_case_41_component_of_128_letters_is_refused() -> None:
    """127 Arabic letters fit a file system, 128 do not."""
    assert is_path_component("ا" * 127)
    assert not is_path_component("ا" * 128)
    assert not any(map(is_path_component, ["", ".", "..", "a/b", "a\0"]))


def test_slugs_are_proposed_from_latin_only() -> None:
    """Arabic without vowels would give noise, so nothing is proposed."""
    assert slugify("Oman's Talks — 2023 Élan") == "omans-talks-2023-elan"
    assert slugify("محادثات مسقط") == ""
    assert is_slug(slugify("word " * 40))


def test_paths_are_percent_encoded_in_upper_case() -> None:
    """NFD and NFC give one address; slashes stay, an encoded path is encoded once more."""
    assert percent_encoded("/م/a b") == "/%D9%85/a%20b"
    assert percent_encoded("/\u0627\u0654") == percent_encoded("/أ") == "/%D8%A3"
    assert percent_encoded("%D9") == "%25D9"


def test_heading_ids_keep_arabic() -> None:
    """Letters stay, harakat, tatweel and punctuation go."""
    assert heading_id("عُمان: لماذا «الوســيط»؟") == "عمان-لماذا-الوسيط"
    assert heading_id("Q&A 5+1") == "qa-51"
    assert heading_id("؟!") == "section"


def test_equal_headings_are_counted() -> None:
    """Duplicates get -2, -3; an id taken by hand is stepped over."""
    ids = HeadingIds()
    assert ids.claim("الأطراف-2")
    assert [ids.make("الأطراف") for _ in range(3)] == ["الأطراف", "الأطراف-3", "الأطراف-4"]
    assert not ids.claim("الأطراف")


@given(st.lists(st.sampled_from(["a", "a 2", "a-2", "a 2 2", "ب", "!", "section"])))
def test_heading_ids_are_unique(headings: list[str]) -> None:
    """No two headings share an id, whatever they say."""
    ids = HeadingIds()
    made = [ids.make(heading) for heading in headings]
    assert len(set(made)) == len(made)


def test_ten_thousand_equal_headings_take_one_look_each() -> None:
    """Making an id does not walk over those made before."""

    class Counted(set[str]):
        looks = 0

        def __contains__(self, item: object) -> bool:
            Counted.looks += 1
            return super().__contains__(item)

    ids = HeadingIds()
    ids._taken = Counted()
    for _ in range(10_000):
        ids.make("قسم")
    assert Counted.looks <= 20_000


@given(st.text(alphabet="اب ُ\u0301e،.\u200d\n"), st.integers(0, 30))
def test_truncation_fits_and_tears_nothing(text: str, length: int) -> None:
    """The excerpt fits, and never leaves a mark without its letter."""
    short = truncate(text, length)
    assert len(short) <= length
    assert "\n" not in short


def test_truncation_cuts_between_words() -> None:
    """A description ends after a whole word."""
    assert truncate("محادثات غير مباشرة، في مسقط", 20) == "محادثات غير مباشرة…"
    assert truncate("قصير", 20) == "قصير"
    assert truncate("عُُمان", 3) == "…"
