"""What CLDR knows of a locale's numbers, read once: separators, signs, grouping, digits."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sitegen.locale.tags import Digits, Locale

if TYPE_CHECKING:
    from babel.core import Locale as BabelLocale

_ZEROS: dict[Digits, str] = {"latn": "0", "arab": "٠", "arabext": "۰"}
_LRM = "\u200e"


class Symbols(NamedTuple):
    """The parts a number is built from; marks that an isolate makes superfluous (LRM) are left out."""

    decimal: str
    group: str
    minus: str
    percent: str
    percent_prefix: str  # with the sign, where it comes first (Turkish)
    percent_suffix: str  # with the sign, where it comes last
    grouping: tuple[int, int]
    shaping: dict[int, str] | None  # from ASCII digits; None when they stay


@cache
def babel_locale(locale: Locale) -> BabelLocale:
    """Babel's view of the locale."""
    from babel.core import Locale as BabelLocale

    return BabelLocale.parse(locale.babel_tag)


@cache
def symbols(locale: Locale) -> Symbols:
    """The number symbols of the locale in its own digits.

    Babel shapes no digits and ignores CLDR's percent and minus signs, so we take the table and not its formatters.
    """
    known = babel_locale(locale)
    table = known.number_symbols[locale.digits]
    pattern = known.percent_formats[None]
    percent = table["percentSign"].replace(_LRM, "")
    zero = ord(_ZEROS[locale.digits])
    return Symbols(
        decimal=table["decimal"],
        group=table["group"],
        minus=table["minusSign"].replace(_LRM, ""),
        percent=percent,
        percent_prefix=pattern.prefix[0].replace("%", percent),
        percent_suffix=pattern.suffix[0].replace("%", percent),
        grouping=known.decimal_formats[None].grouping,
        shaping=None if locale.digits == "latn" else {ord("0") + i: chr(zero + i) for i in range(10)},
    )


def shaped(digits: str, locale: Locale) -> str:
    """`digits` (ASCII) in the digits of the locale; separators are not touched."""
    shaping = symbols(locale).shaping
    return digits.translate(shaping) if shaping else digits


def grouped(whole: str, known: Symbols) -> str:
    """The whole part of a number with its separators: "5060" -> "5,060"."""
    if len(whole) <= 3:
        return whole
    head, tail = whole[: -known.grouping[0]], [whole[-known.grouping[0] :]]
    size = known.grouping[1]
    while len(head) > size:
        head, piece = head[:-size], head[-size:]
        tail.append(piece)
    if head:
        tail.append(head)
    return known.group.join(reversed(tail))
