"""Month names as authors write them, for finding dates in prose."""

from __future__ import annotations

from functools import cache

from sitegen.locale.dates import month_names
from sitegen.locale.symbols import babel_locale
from sitegen.locale.tags import Locale

_ARABIC = (  # common, Levantine and Maghrebi, from January
    "يناير|كانون الثاني|جانفي",
    "فبراير|شباط|فيفري",
    "مارس|آذار",
    "أبريل|إبريل|نيسان|أفريل",
    "مايو|أيار|ماي",
    "يونيو|حزيران|جوان",
    "يوليو|تموز|جويلية|يوليوز",
    "أغسطس|آب|أوت|غشت",
    "سبتمبر|أيلول|شتنبر",
    "أكتوبر|تشرين الأول",
    "نوفمبر|تشرين الثاني|نونبر",
    "ديسمبر|كانون الأول|دجنبر",
)


@cache
def month_numbers(locale: Locale) -> dict[str, int]:
    """Every known spelling of a month in the language of the locale, with its number."""
    if locale.language == "ar":
        return {name: at for at, names in enumerate(_ARABIC, start=1) for name in names.split("|")}
    alone = babel_locale(locale).months["stand-alone"]["wide"]
    found = {alone[at]: at for at in range(1, 13)}
    return found | {name: at for at, name in enumerate(month_names(locale), start=1)}
