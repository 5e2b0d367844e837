"""What a reader sees, by the Unicode bidirectional algorithm: the acceptance cases 1-12 on the order of numbers."""

from __future__ import annotations

import html
import re
from decimal import Decimal

import pytest
from bidi import get_display
from markupsafe import Markup

from sitegen.locale import get_locale, number, percent, prose

AR = get_locale("ar")
EG = get_locale("ar-EG")
FA = get_locale("fa")
LEFT = get_locale("ar", percent_side="left")

CONTEXTS = ("بلغت {} أمس", "{} نص", "{}", "وكالة IAEA {}", "العدد 5 {}", "نص ({})", "«{}» نص")
ATTACHED = ("نص و{}", "نص بـ{} أمس", "نص لـ{}", "نص ل{} أمس", "نص وبـ{}، ثم")
_ISOLATES = {
    '<bdi dir="ltr">': "\u2066",
    '<bdi dir="rtl">': "\u2067",
    "<bdi>": "\u2068",
    '<bdi lang="en">': "\u2068",
}


def seen(markup: str) -> str:
    """The characters of a line of a right-to-left page from left to right."""
    text = markup
    for tag, char in _ISOLATES.items():
        text = text.replace(tag, char)
    text = html.unescape(re.sub("<[^>]*>", "", text.replace("</bdi>", "\u2069")))
    return re.sub("[\u200e\u200f\u061c\u2066-\u2069]", "", get_display(text, base_dir="R"))


def seen_in_contexts(markup: Markup) -> list[str]:
    return [seen(context.format(markup)) for context in CONTEXTS]


def everywhere(text: str, markup: Markup) -> bool:
    return all(text in line for line in seen_in_contexts(markup))


def attached(text: str, written: str) -> bool:
    """Whether `text` is seen wherever `written` follows a proclitic, as in running text."""
    return all(text in seen(prose(context.format(written), AR)) for context in ATTACHED)


def test_a_bare_percent_would_be_seen_in_two_ways() -> None:
    """The fault that isolates heal: after Arabic the sign jumps to the other side."""
    assert seen("بلغت 90% أمس") == "سمأ %90 تغلب"
    assert seen("90%") == "90%"


def test_case_01_percent_has_one_visual_order() -> None:
    """90% keeps its sign on the right in all seven contexts, from a fact and from prose."""
    assert everywhere("90%", percent(Decimal(90), AR))
    assert everywhere("90%", prose("90%", AR))
    for written in ("90%", "-5%", "+5%", "–5%", "<5%", ">5%", "≤5%"):
        assert attached(written, written), written
    assert attached("-5%", "−5%")


def test_case_02_minus_is_on_the_left() -> None:
    """-5.2 shows its minus on the left in all contexts."""
    assert everywhere("-5.2", number(Decimal("-5.2"), AR))
    assert everywhere("-5.2", prose("-5.2", AR))
    assert attached("-5.2", "-5.2")
    assert attached("-5.2", "−5.2")
    assert seen(prose("بين بـ-5 و-7", AR)) == "-7و -5ـب نيب"


def test_case_03_range_starts_at_the_right() -> None:
    """3.67%–20% begins at the reading side and each number stays whole."""
    assert everywhere("20%–3.67%", percent(Decimal("3.67"), AR, upper=Decimal(20)))
    assert everywhere("20%–3.67%", prose("3.67%–20%", AR))
    assert everywhere("٪٢٠–٪٣٫٦٧", percent(Decimal("3.67"), EG, upper=Decimal(20)))


@pytest.mark.parametrize("written", ["2015–2018", "2015-2018"])
def test_case_04_years_are_the_same_in_cell_and_prose(written: str) -> None:
    """A range of years starts at the right wherever it stands."""
    dash = written[4]
    assert everywhere(f"2018{dash}2015", prose(written, AR))


def test_case_05_iso_date_is_never_reversed() -> None:
    """2023-05-08 never shows as 08-05-2023."""
    assert everywhere("2023-05-08", prose("2023-05-08", AR))
    assert everywhere("2023-05-08", prose("٢٠٢٣-٠٥-٠٨", EG))


def test_case_06_phone_number_is_kept() -> None:
    """A phone number keeps its groups in order."""
    assert everywhere("+971 4 123-4567", prose("+971 4 123-4567", AR))


def test_case_07_arabic_iri_keeps_the_order_of_its_segments() -> None:
    """Each Arabic segment reads right to left, but the path runs left to right."""
    line = prose("انظر https://example.com/ar/أخبار/ايران/.", AR)
    assert "https://example.com/ar/رابخأ/ناريا/" in seen(line)
    assert seen(line).startswith(".")


def test_case_08_day_stays_beside_its_month() -> None:
    """A Latin name before a date does not pull the day to itself."""
    assert seen(prose("وكالة IAEA: 13 فبراير 2018", AR)) == "2018 رياربف 13 :IAEA ةلاكو"
    assert seen(prose("موقع IAEA 13 جهازاً", AR)) == "ًازاهج 13 IAEA عقوم"


def test_case_09_arabic_indic_percent_sign_is_on_the_left() -> None:
    """٩٠٪ in Arabic-Indic digits has its sign on the left everywhere; so has Persian, and Latin when asked."""
    assert everywhere("٪٩٠", percent(Decimal(90), EG))
    assert everywhere("٪٩٠", prose("90%", EG))
    assert everywhere("٪۹۰", percent(Decimal(90), FA))
    assert everywhere("%90", percent(Decimal(90), LEFT))


def test_case_10_dollar_sign_is_kept() -> None:
    """$5.3 keeps its sign on the left."""
    assert everywhere("$5.3", prose("$5.3", AR))


def test_case_11_full_stop_after_a_latin_name_is_at_the_left_end() -> None:
    """The sentence ends where a right-to-left sentence ends."""
    assert seen(prose("قال موقع Axios.", AR)) == ".Axios عقوم لاق"


def test_case_12_parentheses_around_a_latin_name_are_right() -> None:
    """(JCPOA) at the end of a line keeps both parentheses."""
    # At a right-to-left level brackets are drawn mirrored, which the algorithm leaves to the renderer.
    assert seen(prose("الاتفاق (JCPOA)", AR)) == ")JCPOA( قافتالا"


def test_group_of_5_plus_1_is_not_reversed() -> None:
    """5+1 after an Arabic word stays 5+1."""
    assert seen(prose("مجموعة 5+1", AR)) == "5+1 ةعومجم"


def test_a_sign_between_two_numbers_belongs_to_the_second() -> None:
    """In "5 $5.3" the dollar sign stays on the left of 5.3."""
    assert "$5.3" in seen(prose("العدد 5 $5.3", AR))


@pytest.mark.parametrize("dash", ["–", "—", "-", " – "])
def test_clock_times_are_whole_and_their_range_starts_at_the_right(dash: str) -> None:
    """10:30–12:00 is two times, not the numbers 30–12 between two others."""
    assert seen(prose(f"الجلسة 10:30{dash}12:00 ثم", AR)) == f"مث 12:00{dash}10:30 ةسلجلا"
    assert seen(prose(f"الجلسة ١٠:٣٠{dash}١٢:٠٠ ثم", EG)) == f"مث ١٢:٠٠{dash}١٠:٣٠ ةسلجلا"
    assert everywhere("10:30", prose("10:30", AR))


def test_a_range_takes_no_part_of_a_number_with_a_colon() -> None:
    """The ends of a range are whole: an hour may end at a time, and a ratio is none."""
    assert seen(prose("من 10–12:30 ثم", AR)) == "مث 12:30–10 نم"
    assert seen(prose("من 10:30–12 ثم", AR)) == "مث 12–10:30 نم"
    assert seen(prose("نسبة 1:5–7:9 هنا", AR)) == "انه 7:9–1:5 ةبسن"


@pytest.mark.parametrize("text", ["-20°C", "−20 °C", "20°", "<5 °C", "-5 kg", "60 km/h", "5 km²"])
def test_a_number_and_its_unit_are_one_piece(text: str) -> None:
    """-20°C keeps its sign on the left and its unit on the right."""
    assert everywhere(text.replace("−", "-"), prose(text, AR))


def test_a_degree_sign_before_arabic_letters_or_minutes_stays_with_them() -> None:
    """°م reads from right to left, and 45°30′ is one angle."""
    assert seen(prose("بلغت -5°م أمس", AR)) == "سمأ م°-5 تغلب"
    assert seen(prose("عند 45°30′ شرقاً", AR)).startswith("ًاقرش 45°30′")
    assert seen(prose("بين 20–30°C هنا", AR)) == "انه 30°C–20 نيب"


@pytest.mark.parametrize("gap", [" ", "\u00a0", "\u202f"])
def test_thousands_parted_by_spaces_are_one_number(gap: str) -> None:
    """1 000 is not 000 1; other digits take the separator of their locale."""
    number = f"1{gap}234{gap}567"
    assert everywhere(number, prose(number, AR))
    assert everywhere(f"1{gap}000 kg", prose(f"1{gap}000 kg", AR))
    assert everywhere("١٬٢٣٤٬٥٦٧", prose(number, EG))
    assert seen(prose("بين 1 000–2 000 نسمة", AR)) == "ةمسن 2 000–1 000 نيب"


@pytest.mark.parametrize(
    "text", ["كلمة-5", "يورانيوم-235", "ال-20", "طائرة ف-16", "قاذفة ب-52", "في 2015 100 شخص", "من 5 10 مرات"]
)
def test_a_hyphen_that_is_no_sign_and_a_space_that_parts_no_thousands_are_left(text: str) -> None:
    """Names with a number, and two numbers beside each other, are as they were."""
    assert prose(text, AR) == text
