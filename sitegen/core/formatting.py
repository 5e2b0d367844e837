"""The values of facts in the words of a locale, as HTML and as plain text with isolate characters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeVar, assert_never

from markupsafe import Markup, escape

from sitegen import locale as words_of
from sitegen.core.values import (
    Agreement,
    Boolean,
    Event,
    FuzzyDate,
    Money,
    Parties,
    Percent,
    Person,
    Place,
    Quantity,
    Quotation,
    Text,
    Unknown,
    Url,
    Value,
)
from sitegen.locale import DateStyle, Locale, UnitForm

AnyText = TypeVar("AnyText", Markup, str)
ValueStyle = Literal["short", "long"]  # "long" spells units out and adds basis, role and time in office


def format_value(
    value: Value, locale: Locale, names: Callable[[str], Markup | str], style: ValueStyle = "short"
) -> Markup:
    """A value as HTML: numbers and dates isolated, with `<data>` or `<time>`; `names` shows a reference (a link, say).

    A URL and a quotation come without `<a>` and `<blockquote>`: the place they stand in decides about those.
    """
    match value:
        case FuzzyDate():
            return format_date(value, locale)
        case Percent(number):
            return words_of.percent(number.value, locale, bound=number.bound, upper=number.upper)
        case Quantity(number, unit):
            form = _unit_form(style)
            shown = words_of.quantity(
                number.value, unit, locale, bound=number.bound, upper=number.upper, form=form
            )
            return _with_note(shown, words_of.prose(value.basis, locale), style)
        case Money(number, currency):
            return words_of.money(number.value, currency, locale, bound=number.bound, upper=number.upper)
        case Parties(refs):
            return words_of.listing([names(ref) for ref in refs], locale)
        case Person(ref, role):
            return _with_note(escape(names(ref)), words_of.prose(role, locale), style)
        case Agreement(ref):
            return escape(names(ref))
        case Place():
            return escape(names(value.ref)) if value.ref else words_of.html(_place_text(value, locale))
        case Url(href):
            return words_of.html(words_of.ltr(href))
        case Quotation() | Event() | Text() | Boolean() | Unknown():
            return words_of.prose(_wording(value, locale), locale)
        case _:
            assert_never(value)


def value_text(value: Value, locale: Locale, names: Callable[[str], str], style: ValueStyle = "short") -> str:
    """`format_value` as plain text with isolate characters, for titles, feeds and descriptions."""
    match value:
        case FuzzyDate():
            return date_text(value, locale)
        case Percent(number):
            return words_of.percent_text(number.value, locale, bound=number.bound, upper=number.upper)
        case Quantity(number, unit):
            form = _unit_form(style)
            shown = words_of.quantity_text(
                number.value, unit, locale, bound=number.bound, upper=number.upper, form=form
            )
            return _with_note(shown, value.basis, style)
        case Money(number, currency):
            return words_of.money_text(number.value, currency, locale, bound=number.bound, upper=number.upper)
        case Parties(refs):
            return words_of.listing_text([names(ref) for ref in refs], locale)
        case Person(ref, role):
            return _with_note(names(ref), role, style)
        case Agreement(ref):
            return names(ref)
        case Place():
            return names(value.ref) if value.ref else _place_text(value, locale)
        case Url(href):
            return words_of.ltr(href)
        case Quotation() | Event() | Text() | Boolean() | Unknown():
            return _wording(value, locale)
        case _:
            assert_never(value)


def format_date(day: FuzzyDate, locale: Locale, style: DateStyle = "long") -> Markup:
    """A date or interval as `<time>`, with its doubts in words; styles as in `sitegen.locale.bare_date`."""
    if day.interval or day.start is None:
        return words_of.interval(
            day.start, day.end, locale, style, approximate=day.approximate, uncertain=day.uncertain
        )
    return words_of.date(day.start, locale, style, approximate=day.approximate, uncertain=day.uncertain)


def date_text(day: FuzzyDate, locale: Locale, style: DateStyle = "long") -> str:
    """`format_date` as plain text with isolate characters."""
    if day.interval or day.start is None:
        return words_of.interval_text(
            day.start, day.end, locale, style, approximate=day.approximate, uncertain=day.uncertain
        )
    return words_of.date_text(day.start, locale, style, approximate=day.approximate, uncertain=day.uncertain)


def _unit_form(style: ValueStyle) -> UnitForm:
    return "word" if style == "long" else "symbol"


def _with_note(shown: AnyText, note: AnyText, style: ValueStyle) -> AnyText:
    """The note in parentheses after what is shown, in the long style; both are markup or both plain."""
    return shown + " (" + note + ")" if note and style == "long" else shown


def _wording(value: Quotation | Event | Text | Boolean | Unknown, locale: Locale) -> str:
    """Values that are words already."""
    known = words_of.words(locale)
    match value:
        case Quotation(text):
            return f"«{text}»" if locale.script == "Arab" else f"“{text}”"
        case Event(text) | Text(text):
            return text
        case Boolean(truth):
            return known.yes if truth else known.no
        case Unknown():
            return known.unknown
        case _:
            assert_never(value)


def _place_text(place: Place, locale: Locale) -> str:
    """The name of a place, or its coordinates."""
    if place.text or place.latitude is None or place.longitude is None:
        return place.text
    latitude, longitude = (words_of.bare_number(it, locale) for it in (place.latitude, place.longitude))
    return words_of.ltr(f"{latitude}, {longitude}")
