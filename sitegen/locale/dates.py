"""Dates of any precision, and intervals of them, in the words of the locale."""

from __future__ import annotations

import re
from datetime import date as calendar_date
from functools import cache
from typing import Literal, Protocol

from markupsafe import Markup

from sitegen.locale.isolates import FSI, PDI, html, time
from sitegen.locale.numbers import isolated, spanned
from sitegen.locale.symbols import babel_locale, shaped
from sitegen.locale.tags import Locale
from sitegen.locale.words import words
from sitegen.text import marked

DateStyle = Literal["long", "full", "month", "day", "iso"]

_LEVANT = (
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
)
_FIELD = re.compile(r"'([^']*)'|(E+|[ML]+|d+|y+)|([^'EMLdy]+)")


class Moment(Protocol):
    """A year, month, day or minute of the Gregorian calendar; the parts that are None are not known."""

    @property
    def year(self) -> int: ...
    @property
    def month(self) -> int | None: ...
    @property
    def day(self) -> int | None: ...
    @property
    def hour(self) -> int | None: ...
    @property
    def minute(self) -> int | None: ...
    @property
    def offset(self) -> int | None:
        """Minutes east of UTC."""


@cache
def month_names(locale: Locale) -> tuple[str, ...]:
    """The twelve names as the locale writes them beside a day or year, from January."""
    wide = babel_locale(locale).months["format"][
        "wide"
    ]  # the only width that CLDR's regions of Arabic agree with
    own = tuple(wide[month] for month in range(1, 13))
    if locale.language != "ar" or locale.months == "locale":
        return own
    if locale.months == "levant":
        return _LEVANT
    return tuple(f"{levant}/{name}" for levant, name in zip(_LEVANT, _international(locale), strict=True))


def _international(locale: Locale) -> tuple[str, ...]:
    """The names that are not the Levant's: the locale's own, or common Arabic where those are the Levant's."""
    wide = babel_locale(locale).months["format"]["wide"]
    if wide[2] == _LEVANT[1]:
        wide = babel_locale(Locale("ar", "ar", "Arab", "", "latn")).months["format"]["wide"]
    return tuple(wide[month] for month in range(1, 13))


@cache
def _fields(locale: Locale, style: str) -> tuple[tuple[str, str], ...]:
    """A CLDR pattern as (kind, literal) pairs; kinds are E, M, d, y and "" for literals."""
    known = babel_locale(locale)
    match style:
        case "long" | "full":
            pattern = known.date_formats[style].pattern
        case "month":
            pattern = known.datetime_skeletons["yMMMM"].pattern
        case _:
            pattern = known.datetime_skeletons["MMMMd"].pattern
    found = []
    for quoted, field, literal in _FIELD.findall(pattern):
        found.append((field[0].replace("L", "M"), "") if field else ("", quoted or literal))
    return tuple(found)


def stamp(moment: Moment) -> str:
    """The moment as HTML and ISO 8601 write it: "2023", "2023-05", "2023-05-08", "2025-09-28T00:00Z"."""
    text = f"{moment.year:04d}"
    if moment.month is not None:
        text += f"-{moment.month:02d}"
    if moment.day is not None:
        text += f"-{moment.day:02d}"
    if moment.hour is not None:
        text += f"T{moment.hour:02d}:{moment.minute or 0:02d}"
        if moment.offset is not None:
            hours, minutes = divmod(abs(moment.offset), 60)
            text += f"{'-' if moment.offset < 0 else '+'}{hours:02d}:{minutes:02d}" if moment.offset else "Z"
    return text


def bare_date(moment: Moment, locale: Locale, style: DateStyle = "long") -> str:
    """The moment in words without an isolate; parts that are not known are left out.

    "long" 8 مايو 2023, "full" with the weekday, "month" مايو 2023, "day" 8 مايو, "iso" 2023-05-08 in ASCII.
    """
    if style == "iso":
        return stamp(moment)
    year = shaped(str(moment.year), locale)
    if moment.month is None:
        return year
    month = month_names(locale)[moment.month - 1]
    if moment.day is None:
        style = "month"
    parts = {"y": year, "M": month, "d": shaped(str(moment.day), locale), "E": ""}
    if style == "full" and moment.day is not None:
        weekday = calendar_date(moment.year, moment.month, moment.day).weekday()
        parts["E"] = babel_locale(locale).days["format"]["wide"][weekday]
    return "".join(parts[kind] if kind else literal for kind, literal in _fields(locale, style))


def isolated_date(moment: Moment, locale: Locale, style: DateStyle = "long") -> str:
    """The moment as an island of plain text: a bare year like a number, an ISO date left to right."""
    text = bare_date(moment, locale, style)
    if locale.direction == "ltr":
        return text
    if style == "iso":
        return f"\u2066{text}{PDI}"
    return isolated(text, locale) if moment.month is None else f"{FSI}{text}{PDI}"


def _clock(moment: Moment, locale: Locale) -> str:
    """ "00:00 بتوقيت غرينتش", "14:30 (UTC+3)", or "" without an hour."""
    if moment.hour is None:
        return ""
    clock = isolated(shaped(f"{moment.hour:02d}:{moment.minute or 0:02d}", locale), locale)
    if moment.offset is None:
        return clock
    if moment.offset == 0:
        return words(locale).utc.format(clock)
    hours, minutes = divmod(abs(moment.offset), 60)
    zone = f"UTC{'+' if moment.offset > 0 else '−'}{hours}" + (f":{minutes:02d}" if minutes else "")
    return f"{clock} ({zone if locale.direction == 'ltr' else f'{chr(0x2066)}{zone}{PDI}'})"


def _with_clock(day: str, moment: Moment, locale: Locale, style: DateStyle) -> str:
    clock = "" if style in ("iso", "month", "day") else _clock(moment, locale)
    comma = "، " if locale.script == "Arab" else ", "
    return f"{day}{comma}{clock}" if clock else day


def _qualified(text: Markup | str, locale: Locale, approximate: bool, uncertain: bool) -> str:
    """The date with its doubts in words; works on markup and on plain text alike."""
    if approximate:
        text = type(text)(words(locale).about).format(text)
    if uncertain:
        text = type(text)(words(locale).uncertain).format(text)
    return text


def date_text(
    moment: Moment,
    locale: Locale,
    style: DateStyle = "long",
    *,
    approximate: bool = False,
    uncertain: bool = False,
) -> str:
    """`date` as plain text with isolate characters."""
    text = _with_clock(isolated_date(moment, locale, style), moment, locale, style)
    return _qualified(text, locale, approximate, uncertain)


def date(
    moment: Moment,
    locale: Locale,
    style: DateStyle = "long",
    *,
    approximate: bool = False,
    uncertain: bool = False,
) -> Markup:
    """A date as `<time datetime=…><bdi>`: "8 مايو 2023", "نحو مايو 2023", "مايو 2023 (غير مؤكد)"; styles: `bare_date`."""
    text = time(stamp(moment), _with_clock(isolated_date(moment, locale, style), moment, locale, style))
    return marked(_qualified(text, locale, approximate, uncertain))


def interval_text(
    start: Moment | None,
    end: Moment | None,
    locale: Locale,
    style: DateStyle = "long",
    *,
    approximate: bool = False,
    uncertain: bool = False,
) -> str:
    """`interval` as plain text with isolate characters."""
    first = _first_end(start, end, locale, style)
    last = isolated_date(end, locale, style) if end else ""
    return _qualified(_joined(first, last, start, end, locale), locale, approximate, uncertain)


def interval(
    start: Moment | None,
    end: Moment | None,
    locale: Locale,
    style: DateStyle = "long",
    *,
    approximate: bool = False,
    uncertain: bool = False,
) -> Markup:
    """Two dates with what they share said once: "من 10 أغسطس إلى 18 سبتمبر 2023"; None is open: "منذ 8 مايو 2018".

    Each end is a `<time>`; two bare years make a range of numbers.
    """
    first = time(stamp(start), _first_end(start, end, locale, style)) if start else Markup("")
    last = time(stamp(end), isolated_date(end, locale, style)) if end else Markup("")
    return marked(_qualified(_joined(first, last, start, end, locale), locale, approximate, uncertain))


def _first_end(start: Moment | None, end: Moment | None, locale: Locale, style: DateStyle) -> str:
    """The start without the year and month that the end repeats."""
    if start is None:
        return ""
    if end is None or start.day is None or end.day is None or style == "iso" or start.year != end.year:
        return isolated_date(start, locale, style)
    day_first = next(kind for kind, _ in _fields(locale, "long") if kind) == "d"
    if start.month == end.month and day_first:
        return isolated(shaped(str(start.day), locale), locale)
    return isolated_date(start, locale, "day")


def _joined(first: str, last: str, start: Moment | None, end: Moment | None, locale: Locale) -> str:
    """Both ends in a phrase; `first` and `last` are both markup or both plain text."""
    known, kind = words(locale), type(first or last)
    if start and end:
        if start.month is None and end.month is None:
            if locale.direction == "ltr" or kind is str:
                return kind(spanned(first, last, locale))
            return html(spanned("\x00", "\x01", locale)).replace("\x00", first).replace("\x01", last)
        return kind(known.interval).format(first, last)
    if start:
        return kind(known.since).format(first)
    if end:
        return kind(known.until).format(last)
    return known.unknown
