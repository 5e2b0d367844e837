"""Numbers, quantities, money, dates and lists as a locale writes them."""

from __future__ import annotations

import re
from datetime import date as calendar_date
from decimal import Decimal

import babel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.core.values import Moment
from sitegen.locale import (
    HijriError,
    Locale,
    counted_text,
    date,
    date_text,
    duration,
    get_locale,
    hijri,
    hijri_text,
    interval,
    interval_text,
    listing,
    money,
    money_text,
    number_text,
    percent,
    percent_text,
    quantity,
    quantity_text,
    unit_id,
)
from sitegen.text import parse_number

AR, EG, FA, UR, HE, EN = (get_locale(tag) for tag in ("ar", "ar-EG", "fa", "ur", "he", "en"))


def bare(text: str) -> str:
    """Text without isolates."""
    return re.sub("[\u2066-\u2069]", "", text)


def test_case_28_percent_by_region() -> None:
    """Egypt writes ٣٫٦٧٪ with CLDR's mark, Morocco 3,67%."""
    assert bare(percent_text(Decimal("3.67"), EG)) == "٣٫٦٧٪\u061c"
    assert bare(percent_text(Decimal("3.67"), get_locale("ar_MA"))) == "3,67%"


@pytest.mark.parametrize(
    ("tag", "shown"), [("ar_LB", "١٣ شباط ٢٠٢٣"), ("ar_DZ", "13 فيفري 2023"), ("ar", "13 فبراير 2023")]
)
def test_case_29_months_by_region(tag: str, shown: str) -> None:
    """Every region has its own month names."""
    assert bare(date_text(Moment(2023, 2, 13), get_locale(tag))) == shown


def test_case_29_months_hold_for_every_pattern() -> None:
    """Without the year, or without the day, Lebanon still writes شباط; Morocco writes ماي."""
    assert bare(date_text(Moment(2023, 2, 13), get_locale("ar_LB", digits="latn"), "day")) == "13 شباط"
    assert bare(date_text(Moment(2023, 2), get_locale("ar_LB", digits="latn"))) == "شباط 2023"
    assert bare(date_text(Moment(2023, 5), get_locale("ar_MA"))) == "ماي 2023"


def test_case_30_list_of_three() -> None:
    """Arabic joins every item with و."""
    assert listing(["واشنطن", "طهران", "مسقط"], AR) == "واشنطن وطهران ومسقط"
    assert listing(["<a>", "b", "c"], EN) == "&lt;a&gt;, b, and c"
    assert listing(["א", "ב"], HE) == "א וב"


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        ("0", "0 يوم"),
        ("1", "يوم واحد"),
        ("2", "يومان"),
        ("3", "3 أيام"),
        ("10", "10 أيام"),
        ("11", "11 يوماً"),
        ("99", "99 يوماً"),
        ("100", "100 يوم"),
        ("103", "103 أيام"),
        ("3.5", "3.5 يوم"),
    ],
)
def test_case_31_arabic_plurals(count: str, shown: str) -> None:
    """One and two are words, then the three plural forms take their turns."""
    assert bare(quantity_text(Decimal(count), "day", AR)) == shown


@pytest.mark.parametrize(
    "day", [calendar_date(1924, 7, 31), calendar_date(2077, 11, 17), calendar_date(622, 7, 16)]
)
def test_case_32_hijri_outside_its_table_is_an_error(day: calendar_date) -> None:
    """No table reaches before 1343 or beyond 1500 AH, and no guess is made."""
    with pytest.raises(HijriError, match="1343"):
        hijri(day)


def test_hijri_date_is_marked() -> None:
    """A Hijri date says that it is one."""
    assert bare(hijri_text(calendar_date(2023, 5, 8), AR)) == "18 شوال 1444 هـ"


def test_dual_follows_its_preposition() -> None:
    """نحو يومين, not نحو يومان."""
    assert quantity_text(Decimal(2), "day", AR, bound="about") == "نحو يومين"
    assert quantity_text(Decimal(2), "centrifuge", AR, bound="up_to") == "حتى جهازي طرد"


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        (AR, "440.9 كغ"),
        (EG, "٤٤٠٫٩ كغ"),
        (FA, "۴۴۰٫۹ کیلوگرم"),
        (UR, "440.9 کلوگرام"),
        (HE, '440.9 ק"ג'),
        (EN, "440.9 kg"),
    ],
)
def test_quantity_in_every_language(locale: Locale, shown: str) -> None:
    """A unit has a form in each of our languages."""
    assert bare(quantity_text(Decimal("440.9"), "kg", locale)) == shown


def test_unknown_unit_is_printed_as_it_is() -> None:
    """A free word is no error here, and cannot break out of its island."""
    assert quantity(Decimal(7), "قنبلة\u2069<b>", AR) == (
        '<data value="7"><bdi dir="rtl"><bdi dir="ltr">7</bdi> قنبلة&lt;b&gt;</bdi></data>'
    )


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("كغ", "kg"),
        ("كيلوغراماً", "kg"),
        ("يومين", "day"),
        ("أيام", "day"),
        ("سنة", "year"),
        ("جهاز", "device"),
        ("KM", "km"),
        ("x", None),
    ],
)
def test_units_are_recognised_in_all_forms(word: str, unit: str | None) -> None:
    """What authors write leads to one id."""
    assert unit_id(word) == unit


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("6e9", "6 مليارات دولار"),
        ("1e9", "مليار دولار"),
        ("2e9", "مليارا دولار"),
        ("11e6", "11 مليون دولار"),
        ("5.3e9", "5.3 مليار دولار"),
        ("1234567", "1,234,567 دولاراً"),
    ],
)
def test_money_in_words(value: str, shown: str) -> None:
    """The scale is a word that agrees with its number; odd sums keep every digit."""
    assert bare(money_text(Decimal(value), "USD", AR)) == shown


def test_money_elsewhere() -> None:
    """English takes the symbol, exact sums every digit, a range one scale."""
    assert money_text(Decimal("6e9"), "USD", EN) == "$6 billion"
    assert bare(money_text(Decimal("6e9"), "USD", AR, form="exact")) == "6,000,000,000 دولار"
    assert bare(money_text(Decimal("6e9"), "USD", AR, upper=Decimal("7e9"))) == "6–7 مليارات دولار"
    assert 'data value="6000000000"' in money(Decimal("6e9"), "USD", AR)


def test_bounds_are_words() -> None:
    """A bound is said, in every language."""
    value = Decimal(90)
    urdu = babel.Locale.parse("ur").number_symbols["latn"]["percentSign"]  # which CLDR has changed
    assert percent(value, AR, bound="about") == '<data value="90">نحو <bdi dir="ltr">90%</bdi></data>'
    assert [bare(percent_text(value, locale, bound="at_least")) for locale in (AR, FA, UR, HE, EN)] == [
        "لا يقل عن 90%",
        "دست‌کم ۹۰٪",
        f"کم از کم 90{urdu}",
        "לפחות 90%",
        "at least 90%",
    ]


def test_dates_say_their_doubts() -> None:
    """~ and ? become words; the machine date has neither."""
    may = Moment(2023, 5)
    assert date(may, AR, approximate=True) == 'نحو <time datetime="2023-05"><bdi>مايو 2023</bdi></time>'
    assert date(may, AR, uncertain=True) == '<time datetime="2023-05"><bdi>مايو 2023</bdi></time> (غير مؤكد)'


def test_intervals_say_shared_parts_once() -> None:
    """The year is not repeated, nor the month within one; open ends have their own words."""
    assert (
        bare(interval_text(Moment(2023, 8, 10), Moment(2023, 9, 18), AR)) == "من 10 أغسطس إلى 18 سبتمبر 2023"
    )
    assert bare(interval_text(Moment(2023, 8, 10), Moment(2023, 8, 18), AR)) == "من 10 إلى 18 أغسطس 2023"
    assert bare(interval_text(Moment(2018, 5, 8), None, AR)) == "منذ 8 مايو 2018"
    assert bare(interval_text(None, Moment(2018, 5, 8), AR)) == "حتى 8 مايو 2018"
    assert interval(Moment(2015), Moment(2018), AR) == (
        '<bdi dir="rtl"><time datetime="2015"><bdi dir="ltr">2015</bdi></time>–'
        '<time datetime="2018"><bdi dir="ltr">2018</bdi></time></bdi>'
    )


def test_levant_months_on_request() -> None:
    """A site may name months the Levant's way, or both ways."""
    day = Moment(2018, 5, 8)
    assert bare(date_text(day, get_locale("ar", months="levant"))) == "8 أيار 2018"
    assert bare(date_text(day, get_locale("ar", months="both"))) == "8 أيار/مايو 2018"
    assert bare(date_text(day, get_locale("ar-LB", months="both", digits="latn"))) == "8 أيار/مايو 2018"


def test_a_minute_has_its_zone() -> None:
    """A time without its zone would be a different fact."""
    moment = Moment(2025, 9, 28, 0, 0, 0)
    assert date(moment, AR).startswith('<time datetime="2025-09-28T00:00Z">')
    assert bare(date_text(moment, AR)) == "28 سبتمبر 2025، 00:00 بتوقيت غرينتش"
    assert bare(date_text(Moment(2025, 9, 28, 3, 30, 210), AR)) == "28 سبتمبر 2025، 03:30 (UTC+3:30)"


def test_durations_are_counted_words() -> None:
    """P15Y is fifteen years; nonsense is refused."""
    assert bare(quantity_text(Decimal(15), "year", AR)) == "15 سنة"
    assert "15" in duration("P15Y", AR)
    assert duration("P2Y", AR) == '<data value="P2Y">سنتان</data>'
    with pytest.raises(ValueError, match="P"):
        duration("P", AR)


def test_theme_phrases_choose_among_six_forms() -> None:
    """The phrase with its number agrees; a missing form falls back to "other"."""
    forms = {
        "one": "مقال واحد",
        "two": "مقالان",
        "few": "{n} مقالات",
        "many": "{n} مقالاً",
        "other": "{n} مقال",
    }
    assert [bare(counted_text(count, forms, AR)) for count in (0, 1, 2, 3, 12, 100)] == [
        "0 مقال",
        "مقال واحد",
        "مقالان",
        "3 مقالات",
        "12 مقالاً",
        "100 مقال",
    ]


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_what_is_written_reads_back(value: Decimal) -> None:
    """Formatting and parsing are inverse in all three digit systems; written zeros survive."""
    for locale in (AR, EG, FA, EN):
        back = parse_number(number_text(value, locale))
        assert back is not None
        assert back == value
        assert back.as_tuple().exponent == value.as_tuple().exponent
