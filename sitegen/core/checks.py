"""Checks of facts against the words around them, and against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec.structs import replace

from sitegen.core.facts import Fact
from sitegen.core.intervals import Interval, date_bounds, half_digit, interval
from sitegen.core.numbers import scale_of
from sitegen.core.values import FuzzyDate, Money, Number, Percent, Quantity
from sitegen.text import fold_number_signs, parse_number

# A number of its own: not the 6 of UF6 nor the 235 of يورانيوم-235, but the 60 of «بـ60%» and of 20-60.
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])(?<![^\W\d_]-)((?:(?<!\w)[+-])?\d+(?:[.,\u00a0\u202f]\d+)*)(?:\s+(\w+))?"
)
_YEAR = re.compile("1[89][0-9]{2}|20[0-9]{2}")


def drift(fact: Fact, words: str) -> str:
    """The first number in `words` that `fact` does not allow, or "".

    `words` are an author's own for the value: 84 for 83.7% is rounding, 60 is another value, and of "up to 83.7%"
    too: the sentence states the fact's number, it does not guess within it. Numbers that stand in the label of the
    fact too ("stock of 60%") are names, not values, and so are years.
    """
    number = number_of(fact)
    if number is None:
        return ""
    stated = (
        replace(number, bound="exact")
        if number.bound in ("up_to", "less_than", "at_least", "more_than")
        else number
    )
    allowed = interval(stated)
    names = {parse_number(match[1]) for match in _NUMBER.finditer(fold_number_signs(fact.label))}
    for match in _NUMBER.finditer(fold_number_signs(words)):
        said = parse_number(match[1])
        if said is None or said in names or _YEAR.fullmatch(match[1]):
            continue
        factor, half = scale_of(match[2] or ""), half_digit(said)
        if not Interval((said - half) * factor, (said + half) * factor).overlaps(allowed):
            return match[0].strip()
    return ""


def number_of(fact: Fact) -> Number | None:
    """The number of a fact that has one."""
    return fact.value.number if isinstance(fact.value, Percent | Quantity | Money) else None


def first_out_of_order(days: Sequence[FuzzyDate | None]) -> int | None:
    """The place of the first date that lies wholly before one above it; vague dates may overlap."""
    latest: date | None = None
    for place, day in enumerate(days):
        start, end = date_bounds(day) if day else (None, None)
        if latest and end and end < latest:
            return place
        if start and (latest is None or start > latest):
            latest = start
    return None


Disagreement = Literal["", "contradiction", "rounding", "one day apart"]


def measured(fact: Fact) -> tuple[str, ...]:
    """What a fact measures, unit and basis included; facts compare under the same one, and never under ()."""
    if not (fact.subject and fact.property) or fact.status != "current":
        return ()
    match fact.value:
        case Percent():
            kind = ("%", "")
        case Quantity(unit=unit, basis=basis):
            kind = (unit, basis)
        case Money(currency=currency):
            kind = (currency, "")
        case FuzzyDate():
            kind = ("date", "")
        case _:
            return ()
    return fact.subject, fact.property, fact.measure, *kind


def disagreement(a: Fact, b: Fact) -> Disagreement:
    """How two facts that measure the same thing differ.

    Values of different days are a series, and what is disputed or unknown has its positions: neither differs.
    Precision counts: 84 and 83.7 only differ by rounding, "2023-05" and "2023-05-08" not at all.
    """
    if a.as_of and b.as_of and a.as_of.lexeme != b.as_of.lexeme:
        return ""
    if not {a.certainty, b.certainty} <= {"confirmed", "reported"}:
        return ""
    if (a.id and a.id == b.equivalent_to) or (b.id and b.id == a.equivalent_to):
        return ""
    if isinstance(a.value, FuzzyDate) and isinstance(b.value, FuzzyDate):
        return _dates(a.value, b.value, bool(a.tz and b.tz))
    first, second = number_of(a), number_of(b)
    if first is None or second is None:
        return ""
    if not interval(first).overlaps(interval(second)):
        return "contradiction"
    alike = (first.bound, first.value, first.upper) == (second.bound, second.value, second.upper)
    return "rounding" if not alike and first.bound == second.bound == "exact" else ""


def _dates(a: FuzzyDate, b: FuzzyDate, zoned: bool) -> Disagreement:
    (a_start, a_end), (b_start, b_end) = date_bounds(a), date_bounds(b)
    early, late = (a_end, b_start) if a_end and b_start and a_end < b_start else (b_end, a_start)
    if early is None or late is None or early >= late:
        return ""
    single = a_start == a_end and b_start == b_end
    return "one day apart" if single and (late - early).days == 1 and not zoned else "contradiction"
