"""Quantities: "440.9 كغ", "3 أيام", "11 يوماً", "يومان"; durations of such; plural forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Literal

from markupsafe import Markup

from sitegen.locale.isolates import data, html, rtl
from sitegen.locale.lists import listing_text
from sitegen.locale.numbers import number_text
from sitegen.locale.symbols import babel_locale
from sitegen.locale.tags import Locale
from sitegen.locale.unit_table import UNITS, Unit
from sitegen.locale.words import Bound, bounded
from sitegen.text import normalise, strip_directional

UnitForm = Literal["symbol", "word"]

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_DURATION_UNITS = ("year", "month", "week", "day", "hour", "minute")


def unit_id(word: str) -> str | None:
    """The id of the unit that `word` names in any language ("كغ", "كيلوغرام", "kg", "أيام"), or None."""
    return _spellings().get(normalise(word.strip()))


def unit_names() -> tuple[str, ...]:
    """Every unit id and recognised spelling, for suggestions."""
    return tuple(sorted(set(UNITS) | set(_spellings())))


@cache
def _spellings() -> dict[str, str]:
    known: dict[str, str] = {}
    for name, unit in UNITS.items():
        counted = [it.removesuffix(" واحد").removesuffix(" واحدة") for it in unit.ar]
        plain = [*counted, *unit.en, unit.fa, *unit.ur, unit.he[2], *unit.symbols.values(), *unit.spellings]
        dual = [_oblique(unit.ar[1])]
        for spelling in (name, *plain, *dual):
            known.setdefault(normalise(spelling), name)
    return known


def plural_category(count: Decimal | int, locale: Locale) -> str:
    """CLDR's plural category of `count`: in Arabic 0 zero, 1 one, 2 two, 3-10 few, 11-99 many, else other."""
    found: str = babel_locale(locale).plural_form(count)
    return found


def plural(count: Decimal | int, forms: Mapping[str, str], locale: Locale) -> str:
    """The form for `count` among `forms` (by CLDR category; "other" stands in for a missing one)."""
    return forms.get(plural_category(count, locale)) or forms["other"]


def counted_text(count: int, forms: Mapping[str, str], locale: Locale) -> str:
    """`counted` as plain text with isolate characters."""
    return plural(count, forms, locale).replace("{n}", number_text(count, locale))


def counted(count: int, forms: Mapping[str, str], locale: Locale) -> Markup:
    """A phrase of the theme with its number: forms by CLDR category, `{n}` where the number goes.

    {"one": "مقال واحد", "two": "مقالان", "few": "{n} مقالات", "many": "{n} مقالاً", "other": "{n} مقال"}
    """
    return html(counted_text(count, forms, locale))


def quantity_text(
    value: Decimal,
    unit: str,
    locale: Locale,
    *,
    bound: Bound = "exact",
    upper: Decimal | None = None,
    decimals: int | None = None,
    form: UnitForm = "symbol",
) -> str:
    """`quantity` as plain text with isolate characters."""
    known = UNITS.get(unit)
    last = value if upper is None else upper
    if known is None:
        word = strip_directional(unit)
    elif form == "symbol" and locale.language in known.symbols:
        word = known.symbols[locale.language]
    elif upper is None and (alone := _count_in_words(value, known, locale, bound)):
        return bounded(alone, bound, locale)
    else:
        word = _inflected(last if decimals is None else round(last, decimals), known, locale)
    numeral = number_text(value, locale, upper=upper, decimals=decimals)
    text = f"{numeral} {word}" if word else numeral
    return bounded(rtl(text) if locale.direction == "rtl" else text, bound, locale)


def quantity(
    value: Decimal,
    unit: str,
    locale: Locale,
    *,
    bound: Bound = "exact",
    upper: Decimal | None = None,
    decimals: int | None = None,
    form: UnitForm = "symbol",
) -> Markup:
    """A number with its unit as `<data><bdi>`: "440.9 كغ", "3 أيام", "يومان"; `upper` makes a range without `<data>`.

    `unit` is an id of the table or a free word, printed as it is. Form "word" spells out units that have a symbol.
    In Arabic and Hebrew one and two are words. The word of a range agrees with its upper end.
    """
    text = quantity_text(value, unit, locale, bound=bound, upper=upper, decimals=decimals, form=form)
    return html(text) if upper is not None else data(f"{value:f}", text)


def _count_in_words(value: Decimal, unit: Unit, locale: Locale, bound: Bound) -> str:
    """ "يوم واحد", "يومان" (after a preposition "يومين"); "" when the count is written in digits."""
    if value.as_tuple().exponent != 0 or value not in (1, 2):
        return ""
    if locale.language == "ar":
        word = unit.ar[int(value) - 1]
        return word if value == 1 or bound == "exact" else _oblique(word)
    return unit.he[int(value) - 1] if locale.language == "he" else ""


def _oblique(dual: str) -> str:
    """يومان -> يومين, جهازا طرد -> جهازي طرد."""
    head, gap, rest = dual.partition(" ")
    if head.endswith("ان"):
        return head[:-2] + "ين" + gap + rest
    return head[:-1] + "ي" + gap + rest if head.endswith("ا") else dual


def _inflected(count: Decimal, unit: Unit, locale: Locale) -> str:
    category = plural_category(count, locale)
    match locale.language:
        case "ar":
            return unit.ar[{"few": 2, "many": 3}.get(category, 4)]
        case "he":
            return unit.he[2]
        case "fa":
            return unit.fa
        case "ur":
            return unit.ur[0 if category == "one" else 1]
        case _:
            return unit.en[0 if category == "one" else 1]


def duration_text(period: str, locale: Locale) -> str:
    """`duration` as plain text with isolate characters."""
    match = _DURATION.fullmatch(period)
    if match is None or not any(match.groups()):
        raise ValueError(f"not an ISO 8601 duration: {period!r}")
    parts = [
        quantity_text(Decimal(count), unit, locale, form="word")
        for count, unit in zip(match.groups(), _DURATION_UNITS, strict=True)
        if count
    ]
    return listing_text(parts, locale)


def duration(period: str, locale: Locale) -> Markup:
    """An ISO 8601 duration in words, as `<data>`: "P15Y" -> "15 سنة", "P1Y6M" -> "سنة واحدة و6 أشهر".

    HTML's `<time>` knows no durations of years or months. Raises ValueError when `period` is not one.
    """
    return Markup('<data value="{}">{}</data>').format(period, html(duration_text(period, locale)))
