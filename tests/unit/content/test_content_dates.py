"""Dates with precision."""

from __future__ import annotations

from datetime import date as civil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.core.edtf import looks_like_date, parse_date
from sitegen.core.problem import Problem
from sitegen.core.values import FuzzyDate, Moment


@pytest.mark.parametrize(
    ("written", "start"),
    [
        ("2015", Moment(2015)),
        ("2023-05", Moment(2023, 5)),
        ("2023-05-08", Moment(2023, 5, 8)),
        ("2024-02-29", Moment(2024, 2, 29)),
        ("2023-06-15T09:00+04:00", Moment(2023, 6, 15, 9, 0, 240)),
        ("2025-09-28T00:00Z", Moment(2025, 9, 28, 0, 0, 0)),
        ("2025-09-27T20:00-04:30", Moment(2025, 9, 27, 20, 0, -270)),
        ("2025-09-27T20:00:00Z", Moment(2025, 9, 27, 20, 0, 0)),
        ("٢٠٢٣-٠٥-٠٨", Moment(2023, 5, 8)),
        ("۲۰۲۳-۰۵", Moment(2023, 5)),
    ],
)
def test_a_date_keeps_the_precision_it_is_written_with(written: str, start: Moment) -> None:
    """What is not written is None, whatever the digits."""
    date = parse_date(written)
    assert isinstance(date, FuzzyDate)
    assert (date.start, date.end, date.interval) == (start, None, False)


@pytest.mark.parametrize(
    ("written", "approximate", "uncertain"),
    [
        ("2023-05~", True, False),
        ("2023-05?", False, True),
        ("2023-05%", True, True),
        ("2023-05", False, False),
    ],
)
def test_marks_say_about_and_unsure(written: str, approximate: bool, uncertain: bool) -> None:
    """~ is about, ? is unsure, % is both."""
    date = parse_date(written)
    assert isinstance(date, FuzzyDate)
    assert (date.approximate, date.uncertain, date.lexeme) == (approximate, uncertain, written)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2023-08-10/2023-09-18", Moment(2023, 8, 10), Moment(2023, 9, 18)),
        ("2018-05-08/..", Moment(2018, 5, 8), None),
        ("../2018", None, Moment(2018)),
        ("2021/2021-06", Moment(2021), Moment(2021, 6)),
        (
            "2025-09-28T02:00+04:00/2025-09-27T23:00Z",
            Moment(2025, 9, 28, 2, 0, 240),
            Moment(2025, 9, 27, 23, 0, 0),
        ),
    ],
)
def test_an_interval_may_be_open(written: str, start: Moment | None, end: Moment | None) -> None:
    """`..` leaves one end open; an end earlier only by time zone is no error."""
    date = parse_date(written)
    assert isinstance(date, FuzzyDate)
    assert (date.start, date.end, date.interval) == (start, end, True)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2023-13-08", "S110"),
        ("2026-02-30", "S110"),
        ("2023-02-29", "S110"),
        ("2023-05-00", "S110"),
        ("2023-00", "S110"),
        ("0000", "S110"),
        ("2023-05-08T24:00", "S110"),
        ("2023-05-08T09:60", "S110"),
        ("2023-05-08T09:00+15:00", "S110"),
        ("2023-05-08T09:00:30Z", "S110"),
        ("2023-05-08T09:00+04:75", "S110"),
        ("../..", "S110"),
        ("2018/", "S110"),
        ("2018/2019/2020", "S110"),
        ("مايو الماضي", "S110"),
        ("", "S110"),
        ("2023-05-08x", "S110"),
        ("2019/2018", "S135"),
        ("2019-05-08/2019-05-07", "S135"),
        ("08/05/2023", "S111"),
        ("٨/٥/٢٠٢٣", "S111"),
    ],
)
def test_what_is_no_date_is_a_problem(written: str, code: str) -> None:
    """Impossible, ambiguous and reversed dates each have their code."""
    problem = parse_date(written)
    assert isinstance(problem, Problem)
    assert problem.code == code


def test_an_ambiguous_date_names_both_readings() -> None:
    """8 May or 5 August: the author chooses."""
    problem = parse_date("08/05/2023")
    assert isinstance(problem, Problem)
    assert problem.args == {"value": "08/05/2023", "first": "2023-05-08", "second": "2023-08-05"}


@pytest.mark.parametrize(
    ("written", "way"),
    [
        ("2023/5/8", "2023-05-08"),
        ("2023-5", "2023-05"),
        ("2023.05.08", "2023-05-08"),
        ("13/2/2023", "2023-02-13"),
        ("2015-2018", "2015/2018"),
        ("2015–2018", "2015/2018"),
        ("2023-06-15 09:00", "2023-06-15T09:00"),
    ],
)
def test_a_date_in_other_dress_is_told_how_to_be_written(written: str, way: str) -> None:
    """When only one date can be meant, the message says it."""
    problem = parse_date(written)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.args["way"]) == ("S125", way)
    assert isinstance(parse_date(way), FuzzyDate)


_DAYS = st.dates(civil(1000, 1, 1), civil(9999, 12, 31))
_ZONES = st.sampled_from(["", "Z", "+00:00", "-00:00", "+03:30", "-14:00", "+14:00"])


@st.composite
def _points(draw: st.DrawFn) -> str:
    day = draw(_DAYS).isoformat()
    length = draw(st.sampled_from([4, 7, 10]))
    text = day[:length]
    if length == 10 and draw(st.booleans()):
        time = draw(st.times())
        text += f"T{time:%H:%M}{draw(_ZONES)}"
    return text + draw(st.sampled_from(["", "~", "?", "%"]))


@given(
    st.one_of(
        _points(),
        st.tuples(_points(), st.sampled_from(["..", ""])).map("/".join),
        st.tuples(_points(), _points()).map("/".join),
    )
)
def test_the_lexeme_of_a_date_parses_to_the_same_date(written: str) -> None:
    """Reading what was read changes nothing, and the lexeme is canonical."""
    date = parse_date(written)
    if isinstance(date, FuzzyDate):
        again = parse_date(date.lexeme)
        assert again == date


@given(_points(), st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]))
def test_digits_of_any_system_make_the_same_date(written: str, digits: str) -> None:
    """Arabic and Persian digits fold to the ASCII lexeme."""
    assert parse_date(written.translate(str.maketrans("0123456789", digits))) == parse_date(written)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_problem(written: str) -> None:
    """Nothing raises."""
    assert isinstance(parse_date(written), FuzzyDate | Problem)
    assert looks_like_date(written) in (True, False)
