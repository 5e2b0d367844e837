"""Checks of facts against the words around them, and against each other."""

from __future__ import annotations

import re

from sitegen.core.facts import Fact
from sitegen.core.intervals import Interval, half_digit, interval
from sitegen.core.numbers import scale_of
from sitegen.core.values import Money, Percent, Quantity
from sitegen.text import fold_number_signs, parse_number

_NUMBER = re.compile(r"(?<![\w.])(\d+(?:[.,]\d+)*)(?:\s+(\w+))?")
_YEAR = re.compile("1[89][0-9]{2}|20[0-9]{2}")


def drift(fact: Fact, words: str) -> str:
    """The first number in `words` that `fact` does not allow, or "".

    `words` are an author's own for the value: 84 for 83.7% is rounding, 60 is another value. Numbers that stand in
    the label of the fact too ("stock of 60%") are names, not values, and so are years.
    """
    if not isinstance(fact.value, Percent | Quantity | Money):
        return ""
    allowed = interval(fact.value.number)
    names = {match[1] for match in _NUMBER.finditer(fold_number_signs(fact.label))}
    for match in _NUMBER.finditer(fold_number_signs(words)):
        number = parse_number(match[1])
        if number is None or match[1] in names or _YEAR.fullmatch(match[1]):
            continue
        factor = scale_of(match[2] or "")
        half = half_digit(number)
        said = Interval((number - half) * factor, (number + half) * factor)
        if not said.overlaps(allowed):
            return match[0].strip()
    return ""
