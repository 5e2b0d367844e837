"""Running text: every number expression and foreign word in an island of its own.

What is wrapped, in a right-to-left locale:
- percents, ranges, decimals, spaced thousands, signed numbers, clock times, sums of money, numbers with a degree sign or
  a unit in Latin letters: shaped to the site's digits, isolated like fact values;
- dates with a month name: `<time datetime><bdi>`; ISO dates, phones, versions, 5+1: left to right, ASCII digits;
- URLs, e-mail addresses, handles: left to right, each right-to-left segment isolated once more so that order holds;
- every run of Latin letters, wherever it stands: `<bdi lang="en">`, or plain `<bdi>` when it has accented letters and
  so may be any language. A number after it can then never be drawn into it ("وكالة IAEA: 13 فبراير").
A plain integer is shaped but not wrapped: alone it has one visual order. Arabic letters are never wrapped next to
other Arabic letters, so no word is torn. In a left-to-right locale runs of right-to-left letters are isolated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup

from sitegen.locale.expressions import GAP, NUM, RTL, month_at_end, pattern
from sitegen.locale.isolates import FSI, PDI, html, ltr, time
from sitegen.locale.month_words import month_numbers
from sitegen.locale.numbers import isolated, signed_percent, spanned
from sitegen.locale.symbols import shaped, symbols
from sitegen.locale.tags import Locale
from sitegen.text import escaped, fold_digits, fold_number_signs, marked, strip_directional

_RTL_RUN = re.compile(f"[{RTL}](?:[ \u00a0{RTL}]*[{RTL}])?")
_INTEREST = re.compile("[0-9A-Za-z٠-٩۰-۹\u00c0-\u024f@#%٪&<>\"']")  # what would not stay as it is
_SIGNED = re.compile(
    rf"(?P<relation>[~≈≤≥±<>]{GAP}?)?(?P<sign>[+–-]?)(?P<number>.*?)(?P<unit>{GAP}?[°A-Za-zµ].*)?"
)
_GROUPED = re.compile(r"\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_DASH = re.compile(f"{GAP}?[–—-]{GAP}?")


def prose(text: str, locale: Locale) -> Markup:
    """Plain `text` as HTML: escaped, numbers shaped to the locale's digits, numbers and foreign words isolated."""
    return marked(prose_html(text, locale))


def prose_html(text: str, locale: Locale) -> str:
    """`prose` for those who put it together with more."""
    if locale.direction == "ltr":
        return _left_to_right(text)
    if _INTEREST.search(text) is None:
        return text
    pieces: list[str] = []
    done = 0
    for match in pattern(locale).finditer(text):
        start = match.start()
        kind = match.lastgroup or ""
        if kind == "num" and len(match.group()) == 4 and (month := _month_before(text, done, start, locale)):
            pieces += (
                escaped(text[done : month.start()]),
                _month_and_year(month.group(1), match.group(), locale),
            )
        else:
            pieces += (escaped(text[done:start]), _ISLANDS[kind](match, locale))
        done = match.end()
    pieces.append(escaped(text[done:]))
    return "".join(pieces)


def _left_to_right(text: str) -> str:
    if text.isascii() or _RTL_RUN.search(text) is None:
        return escaped(text)
    pieces: list[str] = []
    done = 0
    for run in _RTL_RUN.finditer(text):
        pieces += (escaped(text[done : run.start()]), f'<bdi dir="rtl">{escaped(run.group())}</bdi>')
        done = run.end()
    pieces.append(escaped(text[done:]))
    return "".join(pieces)


def _month_before(text: str, done: int, start: int, locale: Locale) -> re.Match[str] | None:
    """The month name that ends just before `start`, not reaching back before `done`."""
    return month_at_end(locale).search(text, max(done, start - 40), start)


def _month_and_year(month: str, year: str, locale: Locale) -> Markup:
    stamp = f"{fold_digits(year)}-{_month_number(month, locale):02d}"
    return time(stamp, f"{FSI}{month} {_shaped_number(year, locale)}{PDI}")


def _month_number(name: str, locale: Locale) -> int:
    return next(number for month, number in month_numbers(locale).items() if name.startswith(month))


def _shaped_number(written: str, locale: Locale) -> str:
    """A number as the locale writes it; the source uses "." for decimals and "," or spaces for groups, or ٫ and ٬."""
    folded = fold_number_signs(written)
    known = symbols(locale)
    if locale.digits != "latn":  # spaces between other digits would be seen as borders between numbers
        folded = re.sub(GAP, ",", folded)
    if _GROUPED.fullmatch(folded):
        folded = folded.replace(",", "\0").replace(".", known.decimal).replace("\0", known.group)
    elif _PLAIN.fullmatch(folded):
        folded = folded.replace(".", known.decimal)
    return shaped(folded, locale)


def _address(match: re.Match[str], locale: Locale) -> Markup:
    written = strip_directional(
        match.group()
    )  # controls in an address are an error; here they must not tear the markup
    return html(ltr(_RTL_RUN.sub(lambda run: f"{FSI}{run.group()}{PDI}", written)))


def _verbatim(match: re.Match[str], locale: Locale) -> Markup:
    # Arabic-Indic digits around a hyphen would run right to left even here.
    return html(ltr(fold_digits(match.group())))


def _iso(match: re.Match[str], locale: Locale) -> Markup:
    written = fold_digits(match.group())
    if not "01" <= written[5:7] <= "12":
        return _range(match, locale) if len(written) == 7 else _verbatim(match, locale)
    return time(written, ltr(written))


def _date(match: re.Match[str], locale: Locale) -> Markup:
    day, month, year = fold_digits(match["day"]), match["month"], match["year"]
    text = f"{shaped(day, locale)} {month}"
    stamp = f"{_month_number(month, locale):02d}-{int(day):02d}"
    if year:
        text += f" {_shaped_number(year, locale)}"
        stamp = f"{fold_digits(year)}-{stamp}"
    if not 1 <= int(day) <= 31:
        return html(text)
    return time(stamp, f"{FSI}{text}{PDI}")


def _range(match: re.Match[str], locale: Locale) -> Markup:
    dash = _DASH.search(match.group())
    assert dash is not None  # the rule has one
    low, high = match.group()[: dash.start()], match.group()[dash.end() :]
    return html(spanned(_one(low, locale), _one(high, locale), locale).replace("–", dash.group()))


def _one(written: str, locale: Locale) -> str:
    """An end of a range: a time, or a number with its currency, percent or degree sign, isolated."""
    if ":" in written:
        return ltr(shaped(fold_digits(written), locale))
    if "%" in written or "٪" in written:
        return signed_percent(_shaped_number(written.strip("%٪ \u00a0\u202f"), locale), locale)
    if "°" in written:
        _, number, degree = _pieces(written, locale)
        return ltr(_number_in_line(number, locale) + degree)
    sign = written[0] if written[0] in "$€£¥₪" else ""
    return (
        ltr(sign + _shaped_number(written[1:], locale))
        if sign
        else isolated(_shaped_number(written, locale), locale)
    )


def _money(match: re.Match[str], locale: Locale) -> Markup:
    number = re.sub(NUM, lambda it: _shaped_number(it.group(), locale), match.group())
    return html(ltr(number))


def _share(match: re.Match[str], locale: Locale) -> Markup:
    return _with_sign(match.group(), locale, True)


def _signed(match: re.Match[str], locale: Locale) -> Markup:
    return _with_sign(match.group(), locale, False)


@lru_cache(1 << 12)
def _with_sign(written: str, locale: Locale, share: bool) -> Markup:
    relation, number, _ = _pieces(written.rstrip("%٪ \u00a0\u202f") if share else written, locale)
    text = signed_percent(number, locale) if share else isolated(number, locale)
    return html(ltr(relation + text) if relation else text)


def _measure(match: re.Match[str], locale: Locale) -> Markup:
    relation, number, unit = _pieces(match.group(), locale)
    line = relation + _number_in_line(number, locale)
    if "°" in unit:
        return html(ltr(line + unit))
    letters = unit.lstrip(" \u00a0\u202f")
    gap = unit[: -len(letters)]
    return Markup('<bdi dir="ltr">{}{}<bdi lang="en">{}</bdi></bdi>').format(html(line), gap, letters)


def _pieces(written: str, locale: Locale) -> tuple[str, str, str]:
    """The relation of a number ("≤ "), the number shaped and with its sign, and its unit as written (" kg")."""
    parts = _SIGNED.fullmatch(written.replace("−", "-"))
    assert parts is not None  # every part is optional
    minus = symbols(locale).minus
    sign = minus if parts["sign"] == "-" or (parts["sign"] == "–" and minus != "-") else parts["sign"]
    number = _shaped_number(parts["number"].strip("%٪"), locale)
    return parts["relation"] or "", sign + number, parts["unit"] or ""


def _number_in_line(number: str, locale: Locale) -> str:
    """A shaped number as it stands in a left-to-right island: digits of another direction need one of their own."""
    return number if locale.digits == "latn" else isolated(number, locale)


def _clock(match: re.Match[str], locale: Locale) -> Markup:
    return html(_one(match.group(), locale))


def _latin(match: re.Match[str], locale: Locale) -> Markup:
    written = match.group()
    language = ' lang="en"' if written.isascii() else ""
    return marked(f"<bdi{language}>{escaped(written)}</bdi>")


def _number(match: re.Match[str], locale: Locale) -> str:
    shown = _shaped_number(match.group(), locale)
    return shown if match.group().isdigit() else html(isolated(shown, locale))


_ISLANDS: dict[str, Callable[[re.Match[str], Locale], str]] = {
    "url": _address,
    "mail": _verbatim,
    "handle": _verbatim,
    "iso": _iso,
    "date": _date,
    "phone": _verbatim,
    "clocks": _range,
    "clock": _clock,
    "ident": _verbatim,
    "angle": _verbatim,
    "range": _range,
    "money": _money,
    "measure": _measure,
    "share": _share,
    "signed": _signed,
    "latin": _latin,
    "num": _number,
}
