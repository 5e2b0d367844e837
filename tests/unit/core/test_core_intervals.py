"""What a written number or date leaves open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sitegen.core.edtf import parse_date
from sitegen.core.intervals import (
    Interval,
    date_bounds,
    half_digit,
    interval,
    iso,
    iso_day,
    iso_time,
    precision,
)
from sitegen.core.numbers import read_number
from sitegen.core.values import FuzzyDate, Number

ends = some.one_of(some.none(), some.decimals(-100, 100, places=1))
intervals = some.builds(Interval, ends, ends)


def number(text: str) -> Interval:
    found = read_number(text)
    assert isinstance(found, Number)
    return interval(found)


def day(text: str) -> FuzzyDate:
    found = parse_date(text)
    assert isinstance(found, FuzzyDate)
    return found


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ("84", "83.7", True),
        ("60", "83.7", False),
        ("84", "83.4", False),
        ("84", "85", False),
        ("84", "84.5", True),
        ("83.7", "83.65", True),
        ("83.7", "83.64", False),
        ("202", "202.8", False),
        ("~90", "89.2", True),
        ("≤ 3.67", "2", True),
        ("≤ 3.67", "3.68", False),
        ("≥ 20", "60", True),
        ("≥ 20", "19", False),
        ("≤ 20", "≥ 60", False),
        ("20–60", "45", True),
        ("20–60", "61.6", False),
    ],
)
def test_numbers_agree_as_far_as_they_are_written(a: str, b: str, agree: bool) -> None:
    """84 for 83.7 is rounding, 60 is another number; either way round."""
    assert number(a).overlaps(number(b)) is agree
    assert number(b).overlaps(number(a)) is agree


@pytest.mark.parametrize(
    ("text", "half"),
    [("83.7", "0.05"), ("83.70", "0.005"), ("84", "0.5"), ("6e9", "5e8"), ("0", "0.5"), ("-5.2", "0.05")],
)
def test_half_of_the_last_digit(text: str, half: str) -> None:
    """Zeros that are written count, those of a milliard do not."""
    assert half_digit(Decimal(text)) == Decimal(half)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("84", "83.5", "84.5"),
        ("~90", "89.1", "90.9"),
        ("~0.7", "0.65", "0.75"),
        ("≤ 3.67", None, "3.675"),
        ("< 20", None, "20.5"),
        ("≥ 20", "19.5", None),
        ("> 20", "19.5", None),
        ("20–60.5", "19.5", "60.55"),
    ],
)
def test_a_bound_opens_its_side(text: str, low: str | None, high: str | None) -> None:
    """“About” means one in a hundred, or half a digit where that is more."""
    expected = Interval(*(Decimal(it) if it is not None else None for it in (low, high)))
    assert number(text) == expected


@given(intervals, intervals)
def test_agreement_has_no_direction(a: Interval, b: Interval) -> None:
    """Who is compared with whom makes no difference, and what is open on both sides agrees with all."""
    assert a.overlaps(b) == b.overlaps(a)
    assert Interval(None, None).overlaps(a)


@pytest.mark.parametrize(
    ("text", "first", "last", "exact"),
    [
        ("2023", "2023-01-01", "2023-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2023-05-08", "2023-05-08", "2023-05-08", "day"),
        ("2023-05-08T21:30Z", "2023-05-08", "2023-05-08", "minute"),
        ("2018-05-08/..", "2018-05-08", None, "interval"),
        ("../2018-05", None, "2018-05-31", "interval"),
        ("2015/2016-02", "2015-01-01", "2016-02-29", "interval"),
    ],
)
def test_a_date_reaches_from_its_first_day_to_its_last(
    text: str, first: str | None, last: str | None, exact: str
) -> None:
    """As far as it is known."""
    bounds = tuple(date.fromisoformat(it) if it else None for it in (first, last))
    assert date_bounds(day(text)) == bounds
    assert precision(day(text)) == exact


@pytest.mark.parametrize(
    ("text", "iso", "rfc"),
    [
        ("2023-05", "2023-05", "2023-05-01T00:00:00Z"),
        ("0900", "0900", "0900-01-01T00:00:00Z"),
        ("2023-05-08T09:05+04:00", "2023-05-08", "2023-05-08T09:05:00+04:00"),
        ("2023-05-08T09:05-03:30", "2023-05-08", "2023-05-08T09:05:00-03:30"),
        ("2023-05-08T09:05", "2023-05-08", "2023-05-08T09:05:00Z"),
        ("../2018", "2018", "2018-01-01T00:00:00Z"),
    ],
)
def test_a_date_as_machines_write_it(text: str, iso: str, rfc: str) -> None:
    """ISO 8601 to the precision that is known; RFC 3339 for feeds."""
    assert (iso_day(day(text)), iso_time(day(text))) == (iso, rfc)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2012", "2012"),
        ("2012-07~", "2012-07"),
        ("2025-10-20", "2025-10-20"),
        ("2025-09-28T00:00Z", "2025-09-28T00:00:00Z"),
        ("2018-05-08/..", "2018-05-08"),
    ],
)
def test_iso_dates_claim_no_more_than_is_known(text: str, written: str) -> None:
    """A month stays a month for machines too."""
    assert iso(day(text)) == written
