"""Numbers and foreign words in running text."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.locale import get_locale, prose

AR = get_locale("ar")
EG = get_locale("ar-EG")
EN = get_locale("en")


def text_of(markup: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", markup))


def test_text_without_numbers_is_only_escaped() -> None:
    """Plain Arabic gets no markup."""
    assert prose("«قال» <ثم> صمت", AR) == "«قال» &lt;ثم&gt; صمت"


def test_integers_and_percent_words_stay_words() -> None:
    """«84 في المئة» needs no island: a lone integer has one visual order."""
    assert prose("84 في المئة من 3 مواقع", AR) == "84 في المئة من 3 مواقع"


def test_only_the_number_is_wrapped_after_a_proclitic() -> None:
    """ب90% leaves the letter outside, so no word is torn."""
    assert prose("ب90%", AR) == 'ب<bdi dir="ltr">90%</bdi>'


def test_digits_take_the_system_of_the_page() -> None:
    """One digit system on a page: both ways of writing come out the same."""
    assert (
        prose("٣٫٦٧٪ و١٬٢٣٤ في ٢٠١٥", AR) == '<bdi dir="ltr">3.67%</bdi> و<bdi dir="ltr">1,234</bdi> في 2015'
    )
    assert prose("1,234.5 في 2015", EG) == '<bdi dir="rtl">١٬٢٣٤٫٥</bdi> في ٢٠١٥'


@pytest.mark.parametrize(
    ("written", "stamp"),
    [
        ("13 فبراير 2018", "2018-02-13"),
        ("8 أيار/مايو 2018", "2018-05-08"),
        ("29 أغسطس (آب)", "08-29"),
        ("3 كانون الثاني 2020", "2020-01-03"),
        ("تشرين الأول 2025", "2025-10"),
    ],
)
def test_a_date_with_a_month_name_is_a_time(written: str, stamp: str) -> None:
    """Machines read the date, readers its words."""
    assert prose(written, AR) == f'<time datetime="{stamp}"><bdi>{written}</bdi></time>'


def test_a_month_joined_to_a_proclitic_is_left_whole() -> None:
    """«بمايو 2023» is one word: no boundary may fall inside it."""
    assert prose("بمايو 2023", AR) == "بمايو 2023"


def test_a_day_that_no_month_has_is_no_date() -> None:
    """45 مارس is text."""
    assert prose("45 مارس", AR) == "45 مارس"


def test_latin_names_are_named_english_only_when_ascii() -> None:
    """An accented name may be of any language."""
    assert prose("موقع Axios و IR-6", AR) == 'موقع <bdi lang="en">Axios</bdi> و <bdi lang="en">IR-6</bdi>'
    assert prose("قصر Château", AR) == "قصر <bdi>Château</bdi>"
    assert prose("شركة A & B", AR) == 'شركة <bdi lang="en">A &amp; B</bdi>'


def test_versions_handles_and_mail_run_left_to_right() -> None:
    """Identifiers are islands with their digits as written."""
    for written in ("1.2.3", "13/2/2023", "@sitegen", "desk@example.org", "S/RES/2231"):
        assert f">{written}</bdi>" in prose(f"انظر {written} هنا", EG)


def test_a_bound_sign_belongs_to_its_number() -> None:
    """≤ would be mirrored and moved outside an island."""
    assert prose("≤ 3.67%", AR) == '<bdi dir="ltr">≤ <bdi dir="ltr">3.67%</bdi></bdi>'


def test_english_pages_isolate_arabic_words_only() -> None:
    """In a left-to-right page numbers need nothing."""
    assert prose("The word وسيط means 90% of it", EN) == 'The word <bdi dir="rtl">وسيط</bdi> means 90% of it'
    assert prose("90% & more", EN) == "90% &amp; more"


def test_dates_and_codes_for_machines_have_ascii_digits() -> None:
    """An ISO date is a time in any digits; Arabic-Indic digits around signs would run the wrong way."""
    assert prose("٢٠٢٣-٠٥-٠٨", EG) == '<time datetime="2023-05-08"><bdi dir="ltr">2023-05-08</bdi></time>'
    assert prose("١/٢/٢٠٢٣", EG) == '<bdi dir="ltr">1/2/2023</bdi>'


@given(st.lists(st.sampled_from([*"ابو 01%.-/&A", "مايو", " 2023", "13 ", "https://a.b/"])).map("".join))
def test_no_island_begins_or_ends_inside_a_word(text: str) -> None:
    """A boundary between two Arabic letters would tear the word."""
    assert re.search("[ء-ي]</?(?:bdi|time)[^>]*>(?:<[^>]*>)*[ء-ي]", prose(text, AR)) is None


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(st.text(alphabet="ابوم 0127٣٫.,-–+<&>$%\"'@#:/()aZé \u00a0مايو"))
def test_markup_is_balanced_and_no_letter_is_lost(text: str) -> None:
    """Whatever is written, the tags close and every word survives."""
    for locale in (AR, EG):
        shown = prose(text, locale)
        balance = _Balance()
        balance.feed(shown)
        assert balance.open == []
        letters = re.compile("[^ابومaZéي]+")
        assert letters.sub("", text_of(shown)) == letters.sub("", text)


@given(st.text(alphabet="اب 019.,-–+<&$aZ@/():"))
def test_in_ascii_digits_the_text_itself_is_unchanged(text: str) -> None:
    """Isolating adds tags and nothing else."""
    assert text_of(prose(text, AR)) == text
