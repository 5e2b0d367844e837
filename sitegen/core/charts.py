"""Where the marks of a gauge and of a timeline stand: positions from 0 to 100, as pure arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from sitegen.core.intervals import first_day
from sitegen.core.values import FuzzyDate, Moment


def linear(value: Decimal, low: Decimal, high: Decimal) -> float:
    """The place of `value` on an even scale from `low` to `high`, clamped to 0–100."""
    if high <= low:
        return 0.0
    return round(float(min(max((value - low) / (high - low), Decimal(0)), Decimal(1)) * 100), 2)


def curated(value: Decimal, landmarks: Sequence[Decimal]) -> float:
    """The place of `value` among landmarks that stand at even distances over the whole scale, whatever lies between.

    Only the order means something on such a scale; a page that shows it must say so.
    """
    marks = sorted(set(landmarks))
    if not marks:
        return 50.0
    step = 100 / len(marks)
    places = [step * (rank + 0.5) for rank in range(len(marks))]
    if value <= marks[0]:
        share = max(float(value / marks[0]), 0.0) if marks[0] > 0 else 1.0
        return round(places[0] * share, 2)
    for (low, here), (high, there) in pairwise(zip(marks, places, strict=True)):
        if value <= high:
            return round(here + (there - here) * float((value - low) / (high - low)), 2)
    return round(places[-1] + step / 2, 2)


def rows(places: Sequence[float], distance: float) -> tuple[int, ...]:
    """The row of each mark so that marks in one row stand at least `distance` apart; few rows, lowest first."""
    last: list[float] = []
    chosen: dict[int, int] = {}
    for index in sorted(range(len(places)), key=lambda it: (places[it], it)):
        row = next((it for it, edge in enumerate(last) if places[index] - edge >= distance), len(last))
        if row == len(last):
            last.append(0.0)
        last[row] = places[index]
        chosen[index] = row
    return tuple(chosen[index] for index in range(len(places)))


def tiers(places: Sequence[float]) -> tuple[int, ...]:
    """The line below the axis on which the words of each mark stand, when words run from their mark to the middle.

    Each mark has a line of its own; marks nearer the middle come first, so that no words cross the leader of a mark on
    their own side.
    """
    order = sorted(range(len(places)), key=lambda it: (abs(places[it] - 50), places[it]))
    return tuple(order.index(it) for it in range(len(places)))


def middle_day(it: Moment) -> int:
    """Ordinal of the middle of a year, month or day."""
    if it.month is None:
        return date(it.year, 7, 1).toordinal()
    return date(it.year, it.month, it.day or 15).toordinal()


def order_key(it: FuzzyDate) -> tuple[int, int]:
    """Sorts dates by their earliest day; a vaguer date comes first."""
    start = it.start or it.end
    assert start is not None
    precision = 3 if start.day else 2 if start.month else 1
    return first_day(start).toordinal(), precision


class Stretch(Struct, frozen=True):
    x: float
    width: float = 0.0


class Axis(Struct, frozen=True):
    """A time axis: the marks in the order given, and ticks at the starts of years or months."""

    marks: tuple[Stretch, ...]
    ticks: tuple[tuple[float, Moment], ...]


MARGIN = 4.0  # keeps marks off the ends of the axis
STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600, 1200, 2400, 6000, 12000)  # months between ticks
MOST_TICKS = 8


def time_axis(dates: Sequence[FuzzyDate]) -> Axis:
    """Places dates on an even axis that spans them; open intervals end with the axis."""
    if not dates:
        return Axis((), ())
    starts = [middle_day(it.start or it.end or Moment(1)) for it in dates]
    ends = [middle_day(it.end) if it.interval and it.start and it.end else None for it in dates]
    low, high = min(starts), max([*starts, *(end for end in ends if end)])
    span = max(high - low, 1)

    def place(ordinal: int) -> float:
        return round(MARGIN + (100 - 2 * MARGIN) * (ordinal - low) / span, 2)

    marks = []
    for it, start, end in zip(dates, starts, ends, strict=True):
        reach = end if end is not None else high if it.interval and it.start else start
        reach = max(reach, start)  # of "2023-12/2023" the middle of the end lies before the start
        marks.append(Stretch(place(start), round(place(reach) - place(start), 2)))
    return Axis(tuple(marks), _ticks(low, high, place))


def _ticks(low: int, high: int, place: Callable[[int], float]) -> tuple[tuple[float, Moment], ...]:
    first, last = date.fromordinal(low), date.fromordinal(high)
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((it for it in STEPS if months / it <= MOST_TICKS), STEPS[-1])
    start = first.year * 12 + first.month - 1
    start = -(-start // step) * step
    ticks = []
    for count in range(start, last.year * 12 + last.month, step):
        moment = Moment(count // 12, None if step % 12 == 0 else count % 12 + 1)
        ordinal = first_day(moment).toordinal()
        if low <= ordinal <= high:
            ticks.append((place(ordinal), moment))
    return tuple(ticks)
