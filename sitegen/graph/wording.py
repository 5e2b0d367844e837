"""How a page writes: text, dates and numbers in its locale, and the words of the theme in its language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from types import MappingProxyType

from markupsafe import Markup
from msgspec.structs import replace

from sitegen.core.formatting import date_text, format_date
from sitegen.core.values import FuzzyDate, Moment
from sitegen.locale import Locale, bare_date, bare_number, counted, prose
from sitegen.locale.isolates import FSI, LRI, PDI, RLI

NOTHING = Markup("")


@lru_cache(64)
def _words(locale: Locale) -> Callable[[str], Markup]:
    """`prose` of a locale: titles, summaries and names stand on many pages."""
    return lru_cache(1 << 14)(partial(prose, locale=locale))


@lru_cache(64)
def _dates(locale: Locale) -> Callable[[FuzzyDate | None], Markup]:
    """`format_date` of a locale."""
    return lru_cache(1 << 12)(lambda day: format_date(day, locale) if day else NOTHING)


@lru_cache(64)
def _days(locale: Locale) -> Callable[[FuzzyDate | None], Markup]:
    """`format_date` of a locale without the hour."""
    date = _dates(locale)

    def write(day: FuzzyDate | None) -> Markup:
        if day is None or day.start is None or day.start.hour is None:
            return date(day)
        return date(replace(day, start=replace(day.start, hour=None, minute=None, offset=None)))

    return lru_cache(1 << 12)(write)


_numeral = lru_cache(1 << 10)(bare_number)
stripped = lru_cache(1 << 12)(Markup.striptags)
"""HTML as plain text."""


@lru_cache(1 << 12)
def _counted(number: int, names: tuple[str, ...], texts: tuple[str | None, ...], locale: Locale) -> Markup:
    forms = {name.rpartition("_")[2]: text for name, text in zip(names, texts, strict=True) if text}
    return counted(number, forms, locale)


@lru_cache(64)
def _forms(noun: str) -> tuple[str, ...]:
    return tuple(f"{noun}_{form}" for form in ("zero", "one", "two", "few", "many", "other"))


class Wording:
    """The words of one page."""

    words: Callable[[str], Markup]
    """Plain text of the content as HTML, its numbers and foreign words isolated."""
    date: Callable[[FuzzyDate | None], Markup]
    """A date as the page writes it, or nothing."""
    day: Callable[[FuzzyDate | None], Markup]
    """A date without the hour that may stand in it."""

    def __init__(self, locale: Locale, strings: Mapping[str, str]) -> None:
        self.locale = locale
        self.lang = locale.lang
        self.t = MappingProxyType(strings)  # templates must not change it
        self.words = _words(locale)
        self.date = _dates(locale)
        self.day = _days(locale)

    def plain(self, text: str) -> str:
        """Plain text of the content for places without markup, its numbers isolated by control characters."""
        return Markup(_BDI.sub(_isolate, prose(text, self.locale))).striptags()

    def date_text(self, day: FuzzyDate) -> str:
        """A date as plain text."""
        return date_text(day, self.locale)

    def year(self, year: int) -> str:
        """A year in the digits of the page, as plain text."""
        return bare_date(Moment(year), self.locale)

    def count(self, number: int, noun: str) -> Markup:
        """A counted noun of the theme: "3 صفحات"; its forms are the strings `<noun>_one` … `<noun>_other`."""
        names = _forms(noun)
        return _counted(number, names, tuple([self.t.get(name) for name in names]), self.locale)

    def numeral(self, number: int) -> str:
        """A small whole number in the digits of the page."""
        return _numeral(number, self.locale)


_BDI = re.compile(r"</?bdi[^>]*>")


def _isolate(tag: re.Match[str]) -> str:
    if tag[0].startswith("</"):
        return PDI
    return LRI if 'dir="ltr"' in tag[0] else RLI if 'dir="rtl"' in tag[0] else FSI
