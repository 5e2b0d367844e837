"""Numbers as people write them in facts: with a bound, as a range, in thousands and millions."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from sitegen.core.problem import Problem, problem
from sitegen.core.values import Bound, Number
from sitegen.text import fold_number_signs, parse_number

_BOUNDS: dict[str, Bound] = {
    "≤": "up_to",
    "<=": "up_to",
    "≥": "at_least",
    ">=": "at_least",
    "<": "less_than",
    ">": "more_than",
    "~": "about",
    "≈": "about",
}
_FIGURE = r"[+-]?\d(?:[\d.,،\u00a0\u2009\u202f]*\d)?(?:[eE]\+?\d+)?"
_WRITTEN = re.compile(
    rf"(?P<bound>≤|<=|≥|>=|<|>|~|≈)?\s*(?P<low>{_FIGURE})\s*(?P<sign>%)?"
    rf"(?:\s*[-–—]\s*(?P<high>{_FIGURE}))?(?P<rest>.*)",
    re.DOTALL,
)
_SCALE_WORDS = {
    word: exponent
    for exponent, words in {
        3: "ألف ألفا ألفاً آلاف الف thousand",
        6: "مليون مليونا مليوناً ملايين million",
        9: "مليار مليارا ملياراً مليارات بليون بلايين billion",
        12: "تريليون تريليونا تريليونات trillion",
    }.items()
    for word in words.split()
}
_DUALS = {
    word: exponent
    for exponent, words in {
        3: "ألفا ألفي ألفان ألفين",
        6: "مليونا مليوني مليونان مليونين",
        9: "مليارا ملياري ملياران مليارين",
    }.items()
    for word in words.split()
}
_PERCENT_WORDS = ("%", "في المئة", "بالمئة", "في المائة", "بالمائة", "percent")
_LARGEST = 30  # powers of ten that anything in the news reaches


def scale_of(word: str) -> Decimal:
    """What a word multiplies the number before it by: a million for «مليون», 1 for any other word."""
    return Decimal(1).scaleb(_SCALE_WORDS.get(word, 0))


class Measured(Struct, frozen=True):
    """A number and the words after it."""

    number: Number
    rest: str = ""


def read_measured(text: str) -> Measured | Problem | None:
    """The number `text` begins with and what follows it; None when it begins with none, S123 when it is ill-written.

    "≤ 300 kg" is up_to 300 and "kg"; "20–60%" a range and "%"; "6 مليار دولار" 6E+9 and "دولار"; "ملياري دولار" 2E+9.
    """
    folded = fold_number_signs(text.strip())
    first, _, after = folded.partition(" ")
    if first in _DUALS:
        return Measured(Number(Decimal(2).scaleb(_DUALS[first])), after.strip())
    match = _WRITTEN.fullmatch(folded)
    if match is None:
        return None
    low, high = _decimal(match["low"]), _decimal(match["high"] or "0")
    if low is None or high is None:
        return problem("S123", value=text)
    rest = match["rest"].strip()
    if match["sign"] and not rest.startswith("%"):
        rest = f"% {rest}".strip() if rest else "%"
    word, _, after = rest.partition(" ")
    if word in _SCALE_WORDS:
        low, high, rest = low.scaleb(_SCALE_WORDS[word]), high.scaleb(_SCALE_WORDS[word]), after.strip()
    if match["high"] is None:
        return Measured(Number(low, _BOUNDS.get(match["bound"] or "", "exact")), rest)
    if match["bound"] or high <= low:
        return problem("S127", value=text)
    return Measured(Number(low, "range", high), rest)


def read_number(text: str) -> Number | Problem:
    """`text` as a number and nothing else; S123 when it is more or less than that."""
    measured = read_measured(text)
    if isinstance(measured, Measured) and not measured.rest:
        return measured.number
    return measured if isinstance(measured, Problem) else problem("S123", value=text)


def is_percent(rest: str) -> bool:
    """Whether the words after a number say "per cent" and nothing else."""
    return rest in _PERCENT_WORDS


def check_percent(number: Number) -> Problem | None:
    """S112 when a share lies outside 0–100, with the decimal point put where it may have been."""
    for figure in (number.value, number.upper):
        if figure is not None and not 0 <= figure <= 100:
            return problem("S112", value=f"{figure:f}", way=_with_point(figure))
    return None


def _with_point(figure: Decimal) -> str:
    """The digits of `figure` with a point after two of them (one, if two make more than 100)."""
    digits = f"{abs(figure):f}".replace(".", "").lstrip("0") or "0"
    return f"{digits[:2]}.{digits[2:] or '0'}" if len(digits) > 2 else f"{digits[:1]}.{digits[1:] or '0'}"


def _decimal(text: str) -> Decimal | None:
    number = parse_number(text)
    if number is None or number.adjusted() > _LARGEST:
        return None
    return number
