"""From `label: value` to a typed value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.core.inference import infer
from sitegen.core.values import (
    Boolean,
    Bound,
    FuzzyDate,
    Money,
    Number,
    Parties,
    Percent,
    Quantity,
    Text,
    Unknown,
    Url,
)
from sitegen.messages import MESSAGES


def _number(text: str, bound: Bound = "exact", upper: str | None = None) -> Number:
    return Number(Decimal(text), bound, None if upper is None else Decimal(upper))


@pytest.mark.parametrize(
    "written",
    [
        "2023-05-08",
        "2023-05",
        "2023-05~",
        "2023-05?",
        "2018-05-08/..",
        "2023-08-10/2023-09-18",
        "2025-09-28T00:00Z",
        "٢٠٢٣-٠٥-٠٨",
    ],
)
def test_edtf_is_a_date(written: str) -> None:
    """The first row of the table of inference."""
    found = infer("التفعيل", written)
    assert found.type == "date"
    assert isinstance(found.value, FuzzyDate)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("83.7%", _number("83.7")),
        ("83.70%", _number("83.70")),
        ("٨٣٫٧٪", _number("83.7")),
        ("≤ 3.67%", _number("3.67", "up_to")),
        ("<=3.67 %", _number("3.67", "up_to")),
        ("≥20%", _number("20", "at_least")),
        ("<5%", _number("5", "less_than")),
        ("> 5%", _number("5", "more_than")),
        ("~90%", _number("90", "about")),
        ("20–60%", _number("20", "range", "60")),
        ("20%–60%", _number("20", "range", "60")),
        ("٢٠-٦٠٪", _number("20", "range", "60")),
        ("84 في المئة", _number("84")),
        ("84 بالمئة", _number("84")),
        ("0%", _number("0")),
        ("100%", _number("100")),
    ],
)
def test_a_number_with_a_percent_sign_is_a_percent(written: str, number: Number) -> None:
    """The bound comes from the sign before it, the digits stay as written."""
    found = infer("نسبة", written)
    assert found.value == Percent(number)
    assert isinstance(found.value, Percent)
    assert str(found.value.number.value) == str(number.value)


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("USD 6e9", "6000000000", "USD"),
        ("6 مليار دولار", "6000000000", "USD"),
        ("٦ مليارات دولار", "6000000000", "USD"),
        ("ملياري دولار", "2000000000", "USD"),
        ("1.5 مليون يورو", "1500000", "EUR"),
        ("300 ريال عُماني", "300", "OMR"),
        ("250 OMR", "250", "OMR"),
        ("$5.3", "5.3", "USD"),
        ("EUR ١٢", "12", "EUR"),
    ],
)
def test_a_number_with_a_currency_is_money(written: str, amount: str, currency: str) -> None:
    """Amounts are in whole units of the currency."""
    found = infer("الأموال", written)
    assert found.value == Money(_number(amount), currency)


@pytest.mark.parametrize(
    ("written", "amount", "unit"),
    [
        ("440.9 kg", "440.9", "kg"),
        ("440.9 كغ", "440.9", "kg"),
        ("30 يوم", "30", "day"),
        ("٣٠ يوماً", "30", "day"),
        ("1,234 كغ", "1234", "kg"),
        ("١٬٢٣٤ كغ", "1234", "kg"),
        ("5 آلاف كيلوغرام", "5000", "kg"),
    ],
)
def test_a_number_with_a_unit_is_a_quantity(written: str, amount: str, unit: str) -> None:
    """Units are recognised in every spelling of the table."""
    found = infer("المخزون", written)
    assert found.value == Quantity(_number(amount), unit)
    assert found.problem is None


def test_an_unknown_unit_is_kept_and_warned_of() -> None:
    """The type stays; the nearest unit is named if there is one."""
    near = infer("المخزون", "5 كيلغرام")
    assert near.problem is not None
    assert near.value == Quantity(_number("5"), "كيلغرام")
    assert (near.problem.code, MESSAGES[near.problem.code].severity) == ("S113", "warning")
    far = infer("المخزون", "5 زغاريد")
    assert far.problem is not None
    assert (far.type, far.problem.code) == ("quantity", "S149")


@pytest.mark.parametrize("written", ["[[oman]]", "[[oman|السلطنة]]", " [[oman]] "])
def test_a_reference_is_a_party(written: str) -> None:
    """The words after | are for prose, not for the fact."""
    assert infer("الوسيط", written, plain=False).value == Parties(("oman",))


def test_several_references_are_parties_in_order() -> None:
    """Arabic and Latin commas and و may stand between them."""
    assert infer("الأطراف", "[[iran]]، [[usa]] و[[عُمان]]").value == Parties(("iran", "usa", "عُمان"))


@pytest.mark.parametrize(
    ("written", "truth"), [("true", True), ("false", False), ("نعم", True), ("لا", False)]
)
def test_yes_and_no_are_boolean_without_quotes_only(written: str, truth: bool) -> None:
    """Quotes settle what is ambiguous."""
    assert infer("مباشرة", written).value == Boolean(truth)
    assert infer("مباشرة", written, plain=False).value == Text(written)


@pytest.mark.parametrize("written", ["?", "؟"])
def test_a_question_mark_says_that_nobody_knows(written: str) -> None:
    """In quotes or not: YAML does not take it without."""
    assert infer("المكان", written, plain=False).value == Unknown()


def test_an_address_is_a_url() -> None:
    """http and https only."""
    assert infer("الوثيقة", "https://example.org/a?b#c").value == Url("https://example.org/a?b#c")
    assert infer("الوثيقة", "javascript:alert(1)").value == Text("javascript:alert(1)")


@pytest.mark.parametrize("label", ["عام التوقيع", "في العام", "سنة الاتفاق", "تاريخ الاتفاق", "year signed"])
def test_four_digits_are_a_year_when_the_label_says_so(label: str) -> None:
    """عام, سنة and تاريخ as words of the label."""
    found = infer(label, "2015")
    assert isinstance(found.value, FuzzyDate)
    assert found.value.lexeme == "2015"


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("أجهزة الطرد", "1500"),
        ("عدد العاملين", "1500"),
        ("سنة", "0999"),
        ("تاريخ", "2101"),
        ("العدد", "٢٠١٥"),
    ],
)
def test_four_digits_otherwise_ask(label: str, written: str) -> None:
    """A part of another word, and years far away, do not count (F203)."""
    found = infer(label, written)
    assert found.value is None
    assert found.problem is not None
    assert found.problem.code == "F203"


def test_four_digits_in_quotes_are_text() -> None:
    """The way out that F203 names."""
    assert infer("العدد", "2015", plain=False).value == Text("2015")


@pytest.mark.parametrize(
    "written",
    [
        "غير مباشرة",
        "14:30",
        "3:10",
        "NO",
        "010",
        "1.10",
        "0x1F",
        "5",
        "60% من المخزون",
        "5 جولات جرت في مسقط",
        "نحو 84%",
        "IR-1",
        "4 + 1",
        "- 5",
    ],
)
def test_anything_else_is_text_exactly_as_written(written: str) -> None:
    """Nothing is turned into a number, a time or a truth behind the author's back."""
    found = infer("ملاحظة", written)
    assert (found.type, found.value) == ("text", Text(written))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("837%", "S112"),
        ("-5.2%", "S112"),
        ("20–837%", "S112"),
        ("3,67%", "S123"),
        ("٣،٦٧٪", "S123"),
        ("60–20%", "S127"),
        ("20–20%", "S127"),
        ("~20–60%", "S127"),
        ("300 ريال", "S121"),
        ("08/05/2023", "S111"),
        ("2023-13-08", "S110"),
        ("2015-2018", "S125"),
    ],
)
def test_what_is_nearly_a_value_is_a_problem_not_a_text(written: str, code: str) -> None:
    """A slip must not turn a typed fact into prose silently."""
    found = infer("القيمة", written)
    assert found.value is None
    assert found.problem is not None
    assert found.problem.code == code


def test_a_percent_that_lost_its_point_is_offered_it_back() -> None:
    """837 was 83.7."""
    found = infer("نسبة", "837%")
    assert found.problem is not None
    assert found.problem.args["way"] == "83.7"


@given(st.text(max_size=40), st.text(max_size=40), st.booleans())
def test_every_text_has_a_type_and_a_reason(label: str, written: str, plain: bool) -> None:
    """Inference never raises, and explains itself with a message that exists."""
    found = infer(label, written, plain)
    assert found.reason in MESSAGES
    assert (found.value is None) == (
        found.problem is not None and MESSAGES[found.problem.code].severity == "error"
    )


@given(st.decimals(0, 100, places=3), st.sampled_from(["", "≤", "≥", "~"]))
def test_digits_of_either_system_mean_the_same(share: Decimal, sign: str) -> None:
    """83.7% and ٨٣٫٧٪ are one value."""
    written = f"{sign}{share}%"
    arabic = written.translate(str.maketrans("0123456789.%", "٠١٢٣٤٥٦٧٨٩٫٪"))
    assert infer("نسبة", written) == infer("نسبة", arabic)
