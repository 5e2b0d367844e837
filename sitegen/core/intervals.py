"""Numbers as intervals: what a written number leaves open, so that rounding is never taken for contradiction."""

from __future__ import annotations

import calendar
from datetime import date
from decimal import Decimal

from msgspec import Struct

from sitegen.core.values import FuzzyDate, Moment, Number


class Interval(Struct, frozen=True):
    """All values a statement allows; None is without end on that side."""

    low: Decimal | None
    high: Decimal | None

    def overlaps(self, other: Interval) -> bool:
        """Whether some value satisfies both."""
        return not (
            (self.high is not None and other.low is not None and self.high < other.low)
            or (other.high is not None and self.low is not None and other.high < self.low)
        )


def half_digit(value: Decimal) -> Decimal:
    """Half a unit of the last written digit: 0.05 for 83.7, 0.5 for 84, half a milliard for 6 مليار."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5).scaleb(exponent - 1)


def interval(number: Number) -> Interval:
    """The values that `number` allows, by its bound and its written precision."""
    value, half = number.value, half_digit(number.value)
    match number.bound:
        case "exact":
            return Interval(value - half, value + half)
        case "about":
            slack = max(abs(value) / 100, half)
            return Interval(value - slack, value + slack)
        case "up_to" | "less_than":
            return Interval(None, value + half)
        case "at_least" | "more_than":
            return Interval(value - half, None)
        case "range":
            upper = number.upper if number.upper is not None else value
            return Interval(value - half, upper + half_digit(upper))


def first_day(moment: Moment) -> date:
    """The earliest day that a moment may mean."""
    return date(moment.year, moment.month or 1, moment.day or 1)


def last_day(moment: Moment) -> date:
    """The latest day that a moment may mean."""
    month = moment.month or 12
    return date(moment.year, month, moment.day or calendar.monthrange(moment.year, month)[1])


def date_bounds(day: FuzzyDate) -> tuple[date | None, date | None]:
    """Earliest and latest day of a date; None where an interval is open."""
    start = first_day(day.start) if day.start else None
    if day.interval:
        return start, last_day(day.end) if day.end else None
    return start, last_day(day.start) if day.start else None


def precision(day: FuzzyDate) -> str:
    """How exact a date is: interval, year, month, day or minute."""
    if day.interval:
        return "interval"
    start = day.start
    assert start is not None
    if start.hour is not None:
        return "minute"
    return "day" if start.day else "month" if start.month else "year"
