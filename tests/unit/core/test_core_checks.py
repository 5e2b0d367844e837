"""Words against facts, facts against facts, days that move."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sitegen.core.checks import disagreement, drift, first_out_of_order, measured
from sitegen.core.documents import parse_registry
from sitegen.core.edtf import parse_date
from sitegen.core.facts import Fact
from sitegen.core.relative_dates import relative_dates
from sitegen.core.values import FactId, FuzzyDate


def fact(rest: str, label: str = "نسبة") -> Fact:
    parsed = parse_registry("f.yaml", f'- {{id: x, label: "{label}", sources: [a], {rest}}}'.encode(), "ar")
    assert parsed.value is not None
    assert parsed.diagnostics == ()
    return parsed.value[0]


@pytest.mark.parametrize(
    ("value", "words", "said"),
    [
        ("83.7%", "84%", ""),
        ("83.7%", "نحو ٨٤ في المئة", ""),
        ("83.7%", "٨٣٫٧٪", ""),
        ("83.7%", "85%", "85"),
        ("83.7%", "60%", "60"),
        ("83.7%", "بـ60%", "60"),
        ("83.7%", "و60%", "60"),
        ("83.7%", "بين 60 و84", "60 و84"),
        ("83.7%", "٦٠٪", "60"),
        ("83.7%", "أعلى أثر رُصد", ""),
        ("84%", "85%", "85"),
        ("20–60%", "بين 20% و60%", ""),
        ("20–60%", "20-60%", ""),
        ("≤ 3.67%", "3.67%", ""),
        ("≤ 3.67%", "5%", "5"),
        ("≤ 83.7%", "60%", "60"),
        ("≤ 83.7%", "84%", ""),
        ("≥ 60%", "90%", "90"),
        ("25 kg", "25 كغ من اليورانيوم-235", ""),
        ("25 kg", "25 كغ من UF6", ""),
        ("25 kg", "25 كغ عام 2023", ""),
        ('"1,234 kg"', "1,234 كغ", ""),
        ('"1,234 kg"', "1.234 كغ", "1.234 كغ"),
        ("5060 kg", "5 آلاف كغ", ""),
        ("6 مليار دولار", "6 مليارات دولار", ""),
        ("6 مليار دولار", "8 مليارات دولار", "8 مليارات"),
        ("6 مليار دولار", "6 ملايين دولار", "6 ملايين"),
        ('"-5.2 kg"', "-5.2 كغ", ""),
        ('"-5.2 kg"', "تغيّر -6 كغ", "-6 كغ"),
        ("2023-05-08", "60%", ""),
        ("كلام طويل هنا", "60%", ""),
    ],
)
def test_the_first_number_that_a_fact_does_not_allow(value: str, words: str, said: str) -> None:
    """Digits of any system; a prefix is no part of the number, a name with a number in it is none."""
    assert drift(fact(f"value: {value}"), words) == said


def test_numbers_of_the_label_are_names() -> None:
    """As written or otherwise: 60 and 60.0 are one name."""
    stock = fact("value: 440.9 kg", "مخزون 60%")
    assert drift(stock, "مخزون ٦٠٪: 440.9 كغ") == ""
    assert drift(stock, "مخزون 20%") == "20"


def test_what_a_fact_measures() -> None:
    """Subject, property, measure, unit and basis; nothing without a key, an end or a number."""
    key = "subject: iran, property: level, measure: product"
    assert measured(fact(f"value: 60%, {key}")) == ("iran", "level", "product", "%", "")
    assert measured(fact(f"value: 300 kg, basis: UF6, {key}"))[3:] == ("kg", "UF6")
    assert measured(fact(f"value: 6 مليار دولار, {key}"))[3:] == ("USD", "")
    assert measured(fact(f"value: 2023-05, {key}"))[3:] == ("date", "")
    assert measured(fact("value: 60%, subject: iran")) == ()
    assert measured(fact(f"value: 60%, {key}, status: superseded")) == ()
    assert measured(fact(f"value: كلام طويل هنا, {key}")) == ()


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("60%", "83.7%", "contradiction"),
        ("84%", "83.7%", "rounding"),
        ("84%", "84.0%", ""),
        ("~84%", "83.7%", ""),
        ("2023-05", "2023-05-08", ""),
        ("2023-05-08", "2023-05-09", "one day apart"),
        ("2023-05-08", "2023-05-10", "contradiction"),
        ("2023-05", "2023-06", "contradiction"),
        ("2018-05-08/..", "2017", "contradiction"),
        ("2018-05-08/..", "2020", ""),
        ("2022", "2023-01-01", "contradiction"),
    ],
)
def test_how_two_facts_differ(a: str, b: str, expected: str) -> None:
    """Whichever comes first."""
    one, other = (fact(f"value: {it}", "نسبة عام كذا") for it in (a, b))
    other = replace(other, id=FactId("y"))
    assert disagreement(one, other) == disagreement(other, one) == expected


def dates(*texts: str | None) -> list[FuzzyDate | None]:
    found: list[Any] = [parse_date(it) if it else None for it in texts]
    return found


@pytest.mark.parametrize(
    ("texts", "place"),
    [
        ((), None),
        (("2022", "2023"), None),
        (("2023-05-08", "2023-05"), None),
        (("2023-05", "2023-05-08", "2023"), None),
        (("2023-05-08", "2022"), 1),
        (("2021", None, "2023", "2022-06", "2024"), 3),
        (("2020/..", "2019"), 1),
        (("../2020", "2019"), None),
    ],
)
def test_the_first_date_out_of_order(texts: tuple[str | None, ...], place: int | None) -> None:
    """Only a date that lies wholly before one above it."""
    assert first_out_of_order(dates(*texts)) == place


def moved(text: str) -> list[str]:
    return [it.words for it in relative_dates(text)]


@pytest.mark.parametrize(
    "words",
    [
        "الشهر الماضي",
        "مايو الماضي",
        "السنوات الماضية",
        "الأسبوع المقبل",
        "الجمعة المقبلة",
        "العام الجاري",
        "تشرين الأول الماضي",
        "أمس",
        "يوم أمس",
        "بالأمس",
        "وحالياً",
        "حاليا",
        "مؤخراً",
        "حتى اليوم",
        "حتى الآن",
        "اليوم الاثنين",
        "الوقت الراهن",
        "غداً",
    ],
)
def test_days_that_move_are_found(words: str) -> None:
    """A closed list."""
    assert moved(f"قيل إنه وقع {words}.") == [words]
    assert moved(f"{words}\n") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "في اليوم نفسه",
        "في اليوم التالي",
        "حتى اليوم التالي",
        "صباح اليوم التالي",
        "منذ اليوم الأول",
        "ثلاث مرات في اليوم",
        "في أمس الحاجة",
        "غدا الأمر صعباً",
        "القرن الماضي",
        "في الماضي",
        "الجولة المقبلة",
        "يوم الاثنين 8 مايو 2023",
        "قال: «وقع أمس»",
        'قال: "وقع أمس\nأو اليوم الاثنين"',
        "> وقع أمس\n> وحالياً",
        ":::quote speaker=x\nوقع أمس.\n\nوحالياً.\n:::",
        "`أمس`",
        "```\nأمس\n```",
        "[رابط](أمس)",
        "[^أمس]",
    ],
)
def test_days_that_do_not_move_are_left_alone(text: str) -> None:
    """Days that the text has fixed, words of others, code and addresses, words that mean something else."""
    assert moved(text) == []


def test_the_place_of_a_day_that_moves() -> None:
    """Line from 0, columns from 1; what a line end tears is found on the first line."""
    text = "سطر\n\nقيل أمس. ثم\nوقع الشهر\nالماضي."
    assert [(it.line, it.column, it.end_column, it.words) for it in relative_dates(text)] == [
        (2, 5, 8, "أمس"),
        (3, 5, 10, "الشهر الماضي"),
    ]
