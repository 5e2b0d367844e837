"""Numbers as intervals: what a written number leaves open, so that rounding is never taken for contradiction."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from msgspec import Struct

from sitegen.core.values import FuzzyDate, Moment, Number


class Interval(Struct, frozen=True):
    """All values between the ends; None is without end on that side. The ends themselves belong to the neighbours."""

    low: Decimal | None
    high: Decimal | None

    def overlaps(self, other: Interval) -> bool:
        """Whether some value satisfies both."""
        return not (
            (self.high is not None and other.low is not None and self.high <= other.low)
            or (other.high is not None and self.low is not None and other.high <= self.low)
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


def iso_day(date: FuzzyDate) -> str:
    """First day of a date in ISO form, or its year or month when the day is not known."""
    start = date.start or date.end
    assert start is not None
    return "-".join([f"{start.year:04}", *(f"{part:02}" for part in (start.month, start.day) if part)])


def iso_time(date: FuzzyDate) -> str:
    """First moment of a date in RFC 3339; midnight UTC when no hour is known."""
    start = date.start or date.end
    assert start is not None
    day = f"{start.year:04}-{start.month or 1:02}-{start.day or 1:02}"
    minutes = start.offset or 0
    sign, (hours, rest) = "+" if minutes >= 0 else "-", divmod(abs(minutes), 60)
    zone = f"{sign}{hours:02}:{rest:02}" if minutes else "Z"
    return f"{day}T{start.hour or 0:02}:{start.minute or 0:02}:00{zone}"


def iso(date: FuzzyDate) -> str:
    """Start of a date in ISO 8601, exactly as precise as it is known: "2012-07", "2025-10-20", or with its hour."""
    start = date.start or date.end
    return iso_time(date) if start and start.hour is not None else iso_day(date)


def instant(it: Moment) -> datetime:
    """A moment with an hour; it is UTC when it names no zone."""
    zone = timezone(timedelta(minutes=it.offset or 0))
    return datetime(it.year, it.month or 1, it.day or 1, it.hour or 0, it.minute or 0, tzinfo=zone)
