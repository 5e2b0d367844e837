"""Sums of money: "6 مليارات دولار" in words of scale, or every digit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from markupsafe import Markup

from sitegen.locale.isolates import data, html, rtl
from sitegen.locale.numbers import number_text
from sitegen.locale.symbols import babel_locale
from sitegen.locale.tags import Locale
from sitegen.locale.units import plural_category
from sitegen.locale.words import Bound, bounded

MoneyForm = Literal["words", "exact"]


class _Scale(NamedTuple):
    """A power of ten in words; Arabic before a noun: one, two (nominative, oblique), 3-10, other."""

    factor: Decimal
    places: int  # decimals that may stand before the word
    ar: tuple[str, str, str, str, str]
    en: str
    fa: str
    ur: str
    he: str


_SCALES = (
    _Scale(
        Decimal(10) ** 12,
        2,
        ("تريليون", "تريليونا", "تريليوني", "تريليونات", "تريليون"),
        "trillion",
        "تریلیون",
        "کھرب",
        "טריליון",
    ),
    _Scale(
        Decimal(10) ** 9,
        2,
        ("مليار", "مليارا", "ملياري", "مليارات", "مليار"),
        "billion",
        "میلیارد",
        "ارب",
        "מיליארד",
    ),
    _Scale(
        Decimal(10) ** 6,
        2,
        ("مليون", "مليونا", "مليوني", "ملايين", "مليون"),
        "million",
        "میلیون",
        "ملین",
        "מיליון",
    ),
    _Scale(Decimal(10) ** 3, 0, ("ألف", "ألفا", "ألفي", "آلاف", "ألف"), "thousand", "هزار", "ہزار", "אלף"),
)
_NAMES: dict[str, tuple[tuple[str, str, str, str, str], str, str, str]] = {
    # code: Arabic (one, two, 3-10, 11-99, other), Persian, Urdu, Hebrew
    "USD": (("دولار واحد", "دولاران", "دولارات", "دولاراً", "دولار"), "دلار", "ڈالر", "דולר"),
    "EUR": (("يورو واحد", "يورو", "يورو", "يورو", "يورو"), "یورو", "یورو", "אירו"),
    "GBP": (
        ("جنيه إسترليني واحد", "جنيهان إسترلينيان", "جنيهات إسترلينية", "جنيهاً إسترلينياً", "جنيه إسترليني"),
        "پوند",
        "پاؤنڈ",
        'ליש"ט',
    ),
    "IRR": (
        ("ريال إيراني واحد", "ريالان إيرانيان", "ريالات إيرانية", "ريالاً إيرانياً", "ريال إيراني"),
        "ریال",
        "ایرانی ریال",
        "ריאל איראני",
    ),
    "OMR": (
        ("ريال عُماني واحد", "ريالان عُمانيان", "ريالات عُمانية", "ريالاً عُمانياً", "ريال عُماني"),
        "ریال عمان",
        "عمانی ریال",
        "ריאל עומאני",
    ),
    "QAR": (
        ("ريال قطري واحد", "ريالان قطريان", "ريالات قطرية", "ريالاً قطرياً", "ريال قطري"),
        "ریال قطر",
        "قطری ریال",
        "ריאל קטארי",
    ),
    "SAR": (
        ("ريال سعودي واحد", "ريالان سعوديان", "ريالات سعودية", "ريالاً سعودياً", "ريال سعودي"),
        "ریال سعودی",
        "سعودی ریال",
        "ריאל סעודי",
    ),
    "AED": (
        ("درهم إماراتي واحد", "درهمان إماراتيان", "دراهم إماراتية", "درهماً إماراتياً", "درهم إماراتي"),
        "درهم امارات",
        "اماراتی درہم",
        "דירהם",
    ),
    "IQD": (
        ("دينار عراقي واحد", "ديناران عراقيان", "دنانير عراقية", "ديناراً عراقياً", "دينار عراقي"),
        "دینار عراق",
        "عراقی دینار",
        "דינר עיראקי",
    ),
    "KWD": (
        ("دينار كويتي واحد", "ديناران كويتيان", "دنانير كويتية", "ديناراً كويتياً", "دينار كويتي"),
        "دینار کویت",
        "کویتی دینار",
        "דינר כוויתי",
    ),
    "ILS": (("شيكل واحد", "شيكلان", "شواكل", "شيكلاً", "شيكل"), "شکل", "شیکل", "שקל"),
    "KRW": (("وون واحد", "وون", "وون", "وون", "وون"), "وون", "وون", "וון"),
    "RUB": (("روبل واحد", "روبلان", "روبلات", "روبلاً", "روبل"), "روبل", "روبل", "רובל"),
    "CNY": (("يوان واحد", "يوانان", "يوانات", "يواناً", "يوان"), "یوان", "یوآن", "יואן"),
}


def money_text(
    value: Decimal,
    currency: str,
    locale: Locale,
    *,
    bound: Bound = "exact",
    upper: Decimal | None = None,
    form: MoneyForm = "words",
) -> str:
    """`money` as plain text with isolate characters."""
    last = value if upper is None else upper
    scale = _scale_for(last, value, form)
    factor = scale.factor if scale else Decimal(1)
    count, end = _plain(value / factor), None if upper is None else _plain(upper / factor)
    oblique = bound != "exact"
    alone = _pair_in_words(count, scale, locale, oblique) if end is None else ""
    numeral = "" if alone else number_text(count, locale, upper=end)
    words = alone or (_scale_word(end or count, scale, locale) if scale else "")
    if locale.direction == "ltr" and locale.language == "en":
        text = _symbol(currency, locale) + f"{numeral} {words}".strip()
    else:
        text = " ".join(
            it for it in (numeral, words, _name(last if not scale else None, currency, locale)) if it
        )
    return bounded(rtl(text) if locale.direction == "rtl" else text, bound, locale)


def money(
    value: Decimal,
    currency: str,
    locale: Locale,
    *,
    bound: Bound = "exact",
    upper: Decimal | None = None,
    form: MoneyForm = "words",
) -> Markup:
    """A sum in whole currency units as `<data><bdi>`: `Decimal(6000000000)`, "USD" -> "6 مليارات دولار".

    Form "words" takes the largest scale (thousand to trillion) that keeps at most two decimals (none for thousands),
    and all digits where there is none; "exact" always gives all digits. `currency` is ISO 4217.
    """
    text = money_text(value, currency, locale, bound=bound, upper=upper, form=form)
    return html(text) if upper is not None else data(f"{value:f}", text)


def _plain(value: Decimal) -> Decimal:
    """`value` without exponent and without the zeros of a division."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short


def _scale_for(largest: Decimal, smallest: Decimal, form: MoneyForm) -> _Scale | None:
    if form == "exact":
        return None
    for scale in _SCALES:
        if abs(largest) >= scale.factor:
            short = all(value % (scale.factor.scaleb(-scale.places)) == 0 for value in (largest, smallest))
            return scale if short else None
    return None


def _pair_in_words(count: Decimal, scale: _Scale | None, locale: Locale, oblique: bool) -> str:
    """Arabic says one and two of a scale without a digit: مليار دولار، مليارا دولار."""
    if scale is None or locale.language != "ar" or count not in (1, 2):
        return ""
    return scale.ar[0] if count == 1 else scale.ar[2 if oblique else 1]


def _scale_word(count: Decimal, scale: _Scale, locale: Locale) -> str:
    match locale.language:
        case "ar":
            return scale.ar[3 if plural_category(count, locale) == "few" else 4]
        case "fa":
            return scale.fa
        case "ur":
            return scale.ur
        case "he":
            return scale.he
        case _:
            return scale.en


def _name(count: Decimal | None, currency: str, locale: Locale) -> str:
    """The currency after its number; `count` is None after a scale word, which takes the singular."""
    known = _NAMES.get(currency)
    if known is None or locale.language not in ("ar", "fa", "ur", "he"):
        return _babel_name(currency, locale)
    arabic, persian, urdu, hebrew = known
    if locale.language != "ar":
        return {"fa": persian, "ur": urdu, "he": hebrew}[locale.language]
    if count is None:
        return arabic[4]
    return arabic[{"few": 2, "many": 3}.get(plural_category(count, locale), 4)]


@cache
def _babel_name(currency: str, locale: Locale) -> str:
    names: Mapping[str, str] = babel_locale(locale).currencies
    return names.get(currency, currency)


@cache
def _symbol(currency: str, locale: Locale) -> str:
    found: str = babel_locale(locale).currency_symbols.get(currency, "")
    return found or currency + "\u00a0"
