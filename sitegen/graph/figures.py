"""Gauges and timelines as a page shows them."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup
from msgspec.structs import replace

from sitegen.core.charts import curated, linear, rows, tiers, time_axis
from sitegen.core.facts import Fact, Scale, Threshold
from sitegen.core.intervals import date_bounds
from sitegen.core.values import FuzzyDate, Moment, Money, Number, Percent, Quantity, Value
from sitegen.graph.composing import Composer
from sitegen.graph.data_files import scale
from sitegen.graph.facts import fact_href
from sitegen.graph.registry import fact
from sitegen.graph.timelines import date_of, moment
from sitegen.graph.views import GaugeView, LinkView, MarkView, MomentView, TickView, TimelineView
from sitegen.graph.wording import NOTHING, stripped
from sitegen.locale import bare_date
from sitegen.text import parse_number

MOMENT_DISTANCE = 2.0  # in hundredths of a time axis: what a dot needs


def number_of(value: Value) -> Number | None:
    """The number of a value that has one."""
    return value.number if isinstance(value, Percent | Quantity | Money) else None


# -- gauges --------------------------------------------------------------------------------------------


def gauge_view(
    c: Composer, id: str, ids: tuple[str, ...], highlighted: frozenset[str], anchor: str
) -> GaugeView | None:
    """The facts `ids` as marks on the scale `id`, among its landmarks; None when there is no such scale."""
    found = scale(c.db, id)
    if found is None:
        return None
    facts = [it for one in ids if (it := fact(c.db, one)) and number_of(it.value)]
    own = {it.id for it in facts}
    marks = [mark for it in facts if (mark := _fact_mark(c, found, it, it.id in highlighted))]
    marks += [mark for it in found.thresholds if it.ref not in own and (mark := _landmark(c, found, it))]
    marks.sort(key=lambda it: (it.x, it.kind))
    lines = tiers([it.x for it in marks])
    placed = tuple(replace(it, row=row) for it, row in zip(marks, lines, strict=True))
    return GaugeView(anchor, c.words(found.label), c.words(found.note), found.display == "linear", placed)


def _place(c: Composer, it: Scale, value: Decimal) -> float:
    low, high = (parse_number(end) or Decimal(0) for end in it.range)
    if it.display == "linear":
        return linear(value, low, high)
    return curated(
        value, [number for one in it.thresholds if (number := _threshold_value(c, one)) is not None]
    )


def _threshold_value(c: Composer, it: Threshold) -> Decimal | None:
    if not it.ref:
        return parse_number(it.value)
    found = fact(c.db, it.ref)
    number = number_of(found.value) if found else None
    return number.value if number else None


def _fact_mark(c: Composer, on: Scale, it: Fact, highlight: bool) -> MarkView | None:
    number = number_of(it.value)
    if number is None:
        return None
    return MarkView(
        x=_place(c, on, number.upper or number.value),
        value=c.value(it),
        text=c.value_text(it),
        label=c.words(it.label),
        plain=c.plain(it.label),
        kind="fact",
        bound="about" if number.bound == "range" else number.bound,
        highlight=highlight,
        url=fact_href(c, it.id),
        as_of=c.date(it.as_of),
        certainty=it.certainty,
        row=0,
    )


def _landmark(c: Composer, on: Scale, it: Threshold) -> MarkView | None:
    value = _threshold_value(c, it)
    if value is None:
        return None
    own = fact(c.db, it.ref) if it.ref else None
    number = Number(value)
    shown = own or Fact(
        label=it.label, value=Percent(number) if on.unit == "%" else Quantity(number, on.unit)
    )
    return MarkView(
        x=_place(c, on, value),
        value=c.value(shown),
        text=c.value_text(shown),
        label=c.words(it.label),
        plain=c.plain(it.label),
        kind="threshold",
        bound="exact",
        highlight=False,
        url=fact_href(c, it.ref),
        as_of=NOTHING,
        certainty=own.certainty if own else "confirmed",
        row=0,
    )


# -- timelines -----------------------------------------------------------------------------------------


class Entry:
    """Something with a date that a timeline shows: a fact, or a line written in the block itself."""

    def __init__(self, day: FuzzyDate, label: Markup, fact: Fact | None = None) -> None:
        self.day, self.label, self.fact = day, label, fact


def fact_entries(c: Composer, ids: tuple[str, ...]) -> list[Entry]:
    """The facts that have a date, as entries."""
    return [
        Entry(day, c.words(it.label), it)
        for id in ids
        if (it := fact(c.db, id)) and (day := date_of(it)) is not None
    ]


def between(entries: list[Entry], first: FuzzyDate | None, last: FuzzyDate | None) -> list[Entry]:
    """The entries from the first day of `first` to the last day of `last`."""
    low = date_bounds(first)[0] if first else None
    high = date_bounds(last)[1] if last else None
    kept = []
    for it in entries:
        start, end = date_bounds(it.day)
        if (low and end and end < low) or (high and start and start > high):
            continue
        kept.append(it)
    return kept


def timeline_view(
    c: Composer, entries: list[Entry], title: Markup, url: str, anchor: str
) -> TimelineView | None:
    """Entries in the order of time on an axis; None when there are none."""
    if not entries:
        return None
    axis = time_axis([it.day for it in entries])
    levels = rows([it.x for it in axis.marks], MOMENT_DISTANCE)
    items: list[MomentView] = []
    for it, place, row in zip(entries, axis.marks, levels, strict=True):
        year = _year(c, it.day)
        items.append(
            _moment_view(c, it, year, not items or items[-1].year != year, place.x, place.width, row)
        )
    ticks = tuple(TickView(x, _tick(c, when)) for x, when in axis.ticks)
    years = tuple(dict.fromkeys(it.year for it in items))
    return TimelineView(anchor, title, url, tuple(items), ticks, years)


def _year(c: Composer, day: FuzzyDate) -> str:
    start = day.start or day.end
    assert start is not None
    return c.year(start.year)


def _tick(c: Composer, when: Moment) -> str:
    return bare_date(when, c.locale)


def _moment_view(
    c: Composer, it: Entry, year: str, first: bool, x: float, width: float, row: int
) -> MomentView:
    known = it.fact
    return MomentView(
        date=c.date(it.day),
        text=c.date_text(it.day),
        year=year,
        first_of_year=first,
        label=it.label,
        plain=stripped(it.label),
        url=fact_href(c, known.id) if known else "",
        certainty=known.certainty if known else "confirmed",
        status=known.status if known else "current",
        parties=_actors(c, known.id) if known and known.id else (),
        sources=c.cite_all(known.sources) if known else (),
        x=x,
        width=width,
        row=row,
    )


ACTORS = ("state", "organisation", "agency", "group", "person")


def _actors(c: Composer, id: str) -> tuple[LinkView, ...]:
    found = moment(c.db, id)
    actors = []
    for party in found.parties if found else ():
        it = c.find(party)
        if it and it.entity_kind in ACTORS:
            actors.append(party)
    return c.links(tuple(actors))
