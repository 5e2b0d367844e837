"""Every type of value of a fact, as HTML and as plain text."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from markupsafe import Markup

from sitegen.core.formatting import date_text, format_date, format_value, value_text
from sitegen.core.values import (
    Agreement,
    Boolean,
    Event,
    FuzzyDate,
    Moment,
    Money,
    Number,
    Parties,
    Percent,
    Person,
    Place,
    Quantity,
    Quotation,
    Text,
    Unknown,
    Url,
    Value,
)
from sitegen.locale import get_locale

AR = get_locale("ar")
EN = get_locale("en")
MAY = Moment(2023, 5)

CASES: list[tuple[Value, str]] = [
    (FuzzyDate("2023-05~", MAY, approximate=True), "نحو مايو 2023"),
    (FuzzyDate("2018-05-08/..", Moment(2018, 5, 8), interval=True), "منذ 8 مايو 2018"),
    (Percent(Number(Decimal("83.7"), "up_to")), "حتى 83.7%"),
    (Percent(Number(Decimal(20), "range", Decimal(60))), "20%–60%"),
    (Quantity(Number(Decimal(5060), "up_to"), "device"), "حتى 5,060 جهازاً"),
    (Quantity(Number(Decimal("202.8")), "kg", "U"), "202.8 كغ"),
    (Money(Number(Decimal("6e9")), "USD"), "6 مليارات دولار"),
    (Parties(("iran", "oman")), "IRAN وOMAN"),
    (Place(ref="oman"), "OMAN"),
    (Place(text="مسقط"), "مسقط"),
    (Place(latitude=Decimal("23.61"), longitude=Decimal("58.59")), "23.61, 58.59"),
    (Person("grossi", "المدير العام"), "GROSSI"),
    (Quotation("لا دليل"), "«لا دليل»"),
    (Agreement("jcpoa"), "JCPOA"),
    (Event("توقيع"), "توقيع"),
    (Url("https://example.org/"), "https://example.org/"),
    (Text("غير مباشرة"), "غير مباشرة"),
    (Boolean(True), "نعم"),
    (Unknown(), "غير معروف"),
]


@pytest.mark.parametrize(("value", "shown"), CASES)
def test_html_and_plain_text_say_the_same(value: Value, shown: str) -> None:
    """Both forms of a value have the same words, and these words."""
    plain = value_text(value, AR, str.upper)
    assert re.sub("[\u2066-\u2069]", "", plain) == shown
    assert format_value(value, AR, str.upper).striptags() == shown


def test_references_may_be_links() -> None:
    """What `names` returns as markup stays markup, and plain names are escaped."""
    linked = format_value(Parties(("iran", "oman")), AR, lambda ref: Markup(f"<a>{ref}</a>"))
    assert linked == "<a>iran</a> و<a>oman</a>"
    assert format_value(Place(ref="x"), AR, lambda ref: "<x>") == "&lt;x&gt;"


def test_long_style_adds_basis_and_role() -> None:
    """The long form spells the unit out and says on which basis it is weighed."""
    mass = Quantity(Number(Decimal(300)), "kg", "UF6")
    assert format_value(mass, AR, str, "long").striptags() == "300 كيلوغرام (UF6)"
    assert value_text(Person("x", "المدير"), AR, lambda ref: "غروسي", "long") == "غروسي (المدير)"


def test_text_values_are_escaped_and_isolated() -> None:
    """A text is prose: numbers in it are islands, markup in it is text."""
    assert format_value(Text("<b> 90%"), AR, str) == '&lt;<bdi lang="en">b</bdi>&gt; <bdi dir="ltr">90%</bdi>'


def test_english_pages_have_english_words() -> None:
    """The same value on a page in English."""
    assert value_text(Percent(Number(Decimal(90), "about")), EN, str) == "about 90%"
    assert (
        format_date(FuzzyDate("2023-05-08", Moment(2023, 5, 8)), EN)
        == '<time datetime="2023-05-08">May 8, 2023</time>'
    )


def test_an_interval_without_ends_is_unknown() -> None:
    """Nothing is invented for ../.. ."""
    assert date_text(FuzzyDate("../..", None, interval=True), AR) == "غير معروف"
    assert format_date(FuzzyDate("../..", None, interval=True), AR) == "غير معروف"
