"""Umm al-Qura dates beside Gregorian ones; needs the optional package hijridate."""

from __future__ import annotations

from datetime import date as calendar_date
from importlib import import_module

from sitegen.locale.isolates import FSI, PDI
from sitegen.locale.symbols import shaped
from sitegen.locale.tags import Locale

FIRST_YEAR, LAST_YEAR = 1343, 1500  # AH: what the Umm al-Qura table covers
_FIRST_DAY, _LAST_DAY = calendar_date(1924, 8, 1), calendar_date(2077, 11, 16)

# CLDR's names; hijridate spells some differently, and a site needs one spelling.
_MONTHS = (
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
)


class HijriError(ValueError):
    """The day has no Hijri date here: it lies outside 1343–1500 AH, or hijridate is not installed."""


def hijri(day: calendar_date) -> tuple[int, int, int]:
    """Year, month and day AH of a Gregorian day by the Umm al-Qura table; raises `HijriError`."""
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise HijriError(f"{day.isoformat()} is outside {FIRST_YEAR}–{LAST_YEAR} AH")
    try:
        converter = import_module("hijridate").Gregorian
    except ModuleNotFoundError as missing:
        raise HijriError("Hijri dates need the package hijridate") from missing
    found = converter(day.year, day.month, day.day).to_hijri()
    return int(found.year), int(found.month), int(found.day)


def hijri_text(day: calendar_date, locale: Locale) -> str:
    """ "18 شوال 1444 هـ" as an island of plain text, in Arabic; raises `HijriError`."""
    year, month, number = hijri(day)
    return f"{FSI}{shaped(str(number), locale)} {_MONTHS[month - 1]} {shaped(str(year), locale)} هـ{PDI}"
