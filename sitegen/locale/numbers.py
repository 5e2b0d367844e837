"""Numbers and percents: shaped, signed and isolated."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from markupsafe import Markup

from sitegen.locale.isolates import LRI, PDI, RLI, data, html
from sitegen.locale.symbols import grouped, symbols
from sitegen.locale.tags import Locale
from sitegen.locale.words import Bound, bounded

_EN_DASH = "–"


def bare_number(value: Decimal | int, locale: Locale, decimals: int | None = None) -> str:
    """`value` in the digits of the locale without an isolate: for places that isolate by themselves.

    `decimals` rounds half up to that many places; without it the written decimals stay.
    """
    known = symbols(locale)
    value = Decimal(value)
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    written = f"{value:f}"
    negative = written[0] == "-"
    whole, point, fraction = written.lstrip("-").partition(".")
    text = grouped(whole, known) + known.decimal + fraction if point else grouped(whole, known)
    if known.shaping:
        text = text.translate(known.shaping)
    return known.minus + text if negative else text


def isolated(number: str, locale: Locale) -> str:
    """A formatted number as an island: left to right, or right to left with Arabic-Indic digits.

    Left-to-right pages need no islands.
    """
    if locale.direction == "ltr":
        return number
    return f"{RLI}{number}{PDI}" if locale.digits == "arab" else f"{LRI}{number}{PDI}"


def spanned(low: str, high: str, locale: Locale) -> str:
    """Two isolated ends as a range that starts at the reading side."""
    return f"{low}{_EN_DASH}{high}" if locale.direction == "ltr" else f"{RLI}{low}{_EN_DASH}{high}{PDI}"


def number_text(
    value: Decimal | int,
    locale: Locale,
    *,
    bound: Bound = "exact",
    upper: Decimal | None = None,
    decimals: int | None = None,
) -> str:
    """`number` as plain text with isolate characters."""
    text = isolated(bare_number(value, locale, decimals), locale)
    if upper is not None:
        text = spanned(text, isolated(bare_number(upper, locale, decimals), locale), locale)
    return bounded(text, bound, locale)


def number(
    value: Decimal | int,
    locale: Locale,
    *,
    bound: Bound = "exact",
    upper: Decimal | None = None,
    decimals: int | None = None,
) -> Markup:
    """A number as `<data><bdi>`: written decimals stay unless `decimals` says otherwise; `upper` makes a range."""
    text = number_text(value, locale, bound=bound, upper=upper, decimals=decimals)
    return html(text) if upper is not None else data(f"{Decimal(value):f}", text)


def percent_text(
    value: Decimal,
    locale: Locale,
    *,
    bound: Bound = "exact",
    upper: Decimal | None = None,
    decimals: int | None = None,
) -> str:
    """`percent` as plain text with isolate characters."""
    text = _one_percent(value, locale, decimals)
    if upper is not None:
        text = spanned(text, _one_percent(upper, locale, decimals), locale)
    return bounded(text, bound, locale)


def percent(
    value: Decimal,
    locale: Locale,
    *,
    bound: Bound = "exact",
    upper: Decimal | None = None,
    decimals: int | None = None,
) -> Markup:
    """A share of 100 (`Decimal("83.7")` is 83.7%) as `<data value="83.7"><bdi>`; `upper` makes a range without `<data>`."""
    text = percent_text(value, locale, bound=bound, upper=upper, decimals=decimals)
    return html(text) if upper is not None else data(f"{value:f}", text)


def _one_percent(value: Decimal, locale: Locale, decimals: int | None) -> str:
    return signed_percent(bare_number(value, locale, decimals), locale)


def signed_percent(number: str, locale: Locale) -> str:
    """A formatted number with its percent sign, isolated; the sign stands where R4 wants it.

    The sign goes left by standing outside the number's own island, so no mark pollutes copied text.
    """
    known = symbols(locale)
    if locale.direction == "rtl":
        if locale.digits == "arab":
            return f"{RLI}{number}{known.percent}{PDI}"
        if locale.digits == "arabext" or locale.percent_side == "left":
            return f"{RLI}{LRI}{number}{PDI}{known.percent}{PDI}"
    return isolated(f"{known.percent_prefix}{number}{known.percent_suffix}", locale)
