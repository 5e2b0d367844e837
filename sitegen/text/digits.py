"""Numbers as written in any of the three digit systems of our languages."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {ord("٠") + i: str(i) for i in range(10)} | {ord("۰") + i: str(i) for i in range(10)}
_SIGNS = {ord("٫"): ".", ord("٬"): ",", ord("٪"): "%", ord("−"): "-", ord("\N{FULLWIDTH PERCENT SIGN}"): "%"}
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"))
_FOLD = _DIGITS | _SIGNS
_NUMBER = re.compile(
    r"[+-]?(?:\d{1,3}(?P<group>[,\u00a0\u2009\u202f])\d{3}(?:(?P=group)\d{3})*|\d+)(?:\.\d+)?(?:[eE]\+?\d{1,2})?"
)
_LONGEST = 64  # characters; nothing that people write about is longer


def fold_digits(text: str) -> str:
    """`text` with every Arabic-Indic and Persian digit as its ASCII digit; same length."""
    return text.translate(_DIGITS)


def fold_number_signs(text: str) -> str:
    """`text` with digits, ٫ ٬ ٪ and the minus sign in ASCII; same length, for reading numbers by pattern."""
    return text.translate(_FOLD)


def parse_number(text: str) -> Decimal | None:
    """The number written in `text`, with the decimals that are written (83.70 keeps its zero); None if it is none.

    Reads "83.7", "٨٣٫٧", "1,234.5", "١٬٢٣٤", "-5.2", "6e9". A comma groups thousands and nothing else.
    """
    folded = text.translate(_FOLD | _MARKS).strip()
    if len(folded) > _LONGEST:
        return None
    match = _NUMBER.fullmatch(folded)
    if match is None:
        return None
    group = match["group"]
    return Decimal(folded.replace(group, "") if group else folded)
