"""Where marks stand: on the scale, in order, and never on top of each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sitegen.core.charts import MARGIN, MOST_TICKS, curated, linear, order_key, rows, tiers, time_axis
from sitegen.core.edtf import parse_date
from sitegen.core.intervals import first_day
from sitegen.core.values import FuzzyDate

numbers = some.decimals(-1000, 1000, places=2)
landmarks = some.lists(some.decimals("0.01", 1000, places=2), max_size=8)
places = some.lists(some.floats(0, 100).map(lambda it: round(it, 2)), max_size=30)
days = some.dates(date(1, 1, 1), date(9999, 12, 31))
points = some.one_of(
    some.integers(1, 9999).map(lambda it: f"{it:04}"),
    days.map(lambda it: it.isoformat()),
    days.map(lambda it: it.isoformat()[:7]),
)
written = some.one_of(
    points,
    points.map(lambda it: f"{it}/.."),
    points.map(lambda it: f"../{it}"),
    some.tuples(points, points).map("/".join),
)
dates = written.map(parse_date).filter(lambda it: isinstance(it, FuzzyDate))


def day(text: str) -> FuzzyDate:
    found = parse_date(text)
    assert isinstance(found, FuzzyDate)
    return found


@given(numbers, numbers, numbers)
def test_a_place_is_on_the_scale(value: Decimal, low: Decimal, high: Decimal) -> None:
    """Whatever the value and the ends."""
    assert 0 <= linear(value, low, high) <= 100


@given(numbers, numbers, numbers, numbers)
def test_an_even_scale_keeps_order(a: Decimal, b: Decimal, low: Decimal, high: Decimal) -> None:
    """The larger number never stands left of the smaller."""
    assert linear(min(a, b), low, high) <= linear(max(a, b), low, high)


def test_an_even_scale_is_even() -> None:
    """Ends at the ends, the middle in the middle."""
    assert [linear(Decimal(it), Decimal(0), Decimal(100)) for it in ("0", "3.67", "50", "100", "120")] == [
        0.0,
        3.67,
        50.0,
        100.0,
        100.0,
    ]


@given(numbers, landmarks)
def test_a_curated_place_is_on_the_scale(value: Decimal, marks: list[Decimal]) -> None:
    """Below the first landmark, above the last, negative."""
    assert 0 <= curated(value, marks) <= 100


@given(numbers, numbers, landmarks)
def test_a_curated_scale_keeps_order(a: Decimal, b: Decimal, marks: list[Decimal]) -> None:
    """That is all it promises."""
    assert curated(min(a, b), marks) <= curated(max(a, b), marks)


@given(landmarks.filter(bool))
def test_landmarks_stand_at_even_distances(marks: list[Decimal]) -> None:
    """Whatever lies between them."""
    found = [curated(it, marks) for it in sorted(set(marks))]
    step = 100 / len(found)
    assert found == [pytest.approx(step * (n + 0.5), abs=0.01) for n in range(len(found))]


@given(places, some.floats(0.5, 30))
def test_marks_in_a_row_never_collide(xs: list[float], distance: float) -> None:
    """Neighbours in one row stand at least the distance apart, and a row is used only if the ones before are full."""
    chosen = rows(xs, distance)
    assert len(chosen) == len(xs)
    for row in set(chosen):
        inside = sorted(x for x, it in zip(xs, chosen, strict=True) if it == row)
        assert all(b - a >= distance for a, b in pairwise(inside))
    assert set(chosen) == set(range(len(set(chosen))))
    for x, row in zip(xs, chosen, strict=True):
        for lower in range(row):
            assert any(x - other < distance for other, it in zip(xs, chosen, strict=True) if it == lower)


def test_marks_that_stand_apart_share_a_row() -> None:
    """Only those that would collide move down."""
    assert rows([0, 50, 52, 100], 10) == (0, 0, 1, 0)
    assert rows([5, 5, 5], 10) == (0, 1, 2)
    assert rows([], 10) == ()


@given(places)
def test_words_never_share_a_line(xs: list[float]) -> None:
    """Each mark has a line of its own below the axis, those nearer the middle above the others."""
    lines = tiers(xs)
    assert sorted(lines) == list(range(len(xs)))
    outward = [abs(xs[mark] - 50) for mark in sorted(range(len(xs)), key=lambda it: lines[it])]
    assert outward == sorted(outward)


@given(some.lists(dates, min_size=1, max_size=8))
def test_a_time_axis_holds_every_date(found: list[FuzzyDate]) -> None:
    """Marks and their stretches lie between the margins, in the order given; ticks are few and in order."""
    axis = time_axis(found)
    assert len(axis.marks) == len(found)
    for mark in axis.marks:
        assert mark.width >= 0
        assert mark.x >= MARGIN
        assert mark.x + mark.width <= 100 - MARGIN + 0.011
    xs = [x for x, _ in axis.ticks]
    assert xs == sorted(xs)
    assert len(xs) <= MOST_TICKS + 2


@given(some.lists(days, min_size=2, max_size=8))
def test_a_time_axis_keeps_order(found: list[date]) -> None:
    """A later day never stands left of an earlier."""
    marks = time_axis([day(it.isoformat()) for it in found]).marks
    pairs = sorted(zip(found, (it.x for it in marks), strict=True))
    assert [x for _, x in pairs] == sorted(it.x for it in marks)


def test_a_time_axis_spans_its_dates() -> None:
    """The first at the left margin, the last at the right, an open end reaches the last; ticks at whole years."""
    axis = time_axis([day("2015-07-14"), day("2018-05-08/.."), day("2025-10-18"), day("2016/2018")])
    assert [it.x for it in axis.marks[::2]] == [MARGIN, 100 - MARGIN]
    assert axis.marks[1].x + axis.marks[1].width == pytest.approx(100 - MARGIN, abs=0.011)
    assert axis.marks[3].width > 0
    assert {(it.month, it.day) for _, it in axis.ticks} == {(None, None)}
    assert [it.year for _, it in axis.ticks] == [2016, 2018, 2020, 2022, 2024]


def test_an_interval_within_its_own_precision_has_no_width() -> None:
    """From December of a year to that year: the middle of the end lies before the start."""
    assert time_axis([day("2023-12/2023"), day("2023-01")]).marks[0].width == 0


def test_no_dates_no_axis() -> None:
    """An empty timeline draws nothing."""
    assert time_axis([]).marks == time_axis([]).ticks == ()


@given(dates, dates)
def test_dates_are_ordered_by_their_first_day(a: FuzzyDate, b: FuzzyDate) -> None:
    """Of two that begin together the vaguer comes first."""
    first, second = sorted((a, b), key=order_key)
    begin, then = (first_day(start) for it in (first, second) if (start := it.start or it.end))
    assert begin <= then
    assert order_key(day("2023-05")) < order_key(day("2023-05-01")) < order_key(day("2023-05-08"))
