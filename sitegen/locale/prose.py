"""Running text: every number expression and foreign word in an island of its own.

What is wrapped, in a right-to-left locale:
- percents, ranges, decimals, signed numbers, sums of money: shaped to the site's digits, isolated like fact values;
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
from functools import cache

from markupsafe import Markup, escape

from sitegen.locale.isolates import FSI, PDI, html, ltr, time
from sitegen.locale.month_words import month_numbers
from sitegen.locale.numbers import isolated, signed_percent, spanned
from sitegen.locale.symbols import shaped, symbols
from sitegen.locale.tags import Locale
from sitegen.text import fold_digits, fold_number_signs, strip_directional

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RTL_RUN = re.compile(f"[{_RTL}](?:[ \u00a0{_RTL}]*[{_RTL}])?")
_INTEREST = re.compile("[0-9A-Za-z٠-٩۰-۹\u00c0-\u024f@#%٪]")

_D = "[0-9٠-٩۰-۹]"
_L = "A-Za-z\u00c0-\u024f"
_GAP = "[ \u00a0\u202f]"
_NUM = rf"{_D}+(?:[,٬]{_D}{{3}}(?!{_D}))*(?:[.,٫]{_D}+)?"
_ONE = rf"[$€£¥₪]?{_NUM}(?:{_GAP}?[%٪](?![{_L}]))?"
_LATIN_WORD = rf"[{_L}][{_L}0-9]*(?:[.'’&+/_-]+[{_L}0-9]+)*"
_RULES = (  # first match wins
    ("url", r"(?:https?://|www\.)[^\s<>\"«»“”]*[^\s<>\"«»“”.,،؛:;!?؟)\]]"),
    ("mail", r"[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    ("handle", rf"[@#](?=[A-Za-z_])[{_L}0-9_]+"),
    (
        "iso",
        rf"(?:{_D}{{4}})-{_D}{{2}}(?:-{_D}{{2}}(?:T{_D}{{2}}:{_D}{{2}}(?:Z|[+-]{_D}{{2}}:{_D}{{2}})?)?)?(?![\w-])",
    ),
    ("date", ""),  # by language
    ("phone", rf"\+{_D}(?:[ \u00a0()-]{{0,2}}{_D}){{6,}}"),
    ("ident", rf"{_D}+(?:[./:-]{_D}+){{2,}}(?![{_L}])|{_D}+(?:\+{_D}+)+"),
    ("range", rf"{_ONE}(?:-|{_GAP}?[–—]{_GAP}?){_ONE}(?![{_L}])"),
    ("money", rf"[$€£¥₪]{_GAP}?{_NUM}|{_NUM}{_GAP}?[$€£¥₪](?![0-9٠-٩۰-۹])"),
    ("share", rf"(?:[~≈≤≥±]{_GAP}?)?(?:(?<!\w)[+−-])?(?:{_NUM}{_GAP}?[%٪](?![{_L}])|[%٪]{_NUM})"),
    ("signed", rf"(?:[~≈≤≥±]{_GAP}?|(?<!\w)[+−-]){_NUM}(?![{_L}])"),
    ("latin", rf"(?:{_NUM})?{_LATIN_WORD}(?:{_GAP}(?:&{_GAP})?{_LATIN_WORD})*"),
    ("num", _NUM),
)
_SIGNED = re.compile(rf"(?P<relation>[~≈≤≥±]{_GAP}?)?(?P<sign>[+-]?)(?P<number>.*)")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_DASH = re.compile("[ \u00a0\u202f]?[–—-][ \u00a0\u202f]?")


@cache
def _pattern(locale: Locale) -> re.Pattern[str]:
    names = _any_month(locale)
    date = rf"(?P<day>{_D}{{1,2}}){_GAP}(?P<month>{names})(?:{_GAP}(?P<year>{_D}{{4}})(?!\w))?(?!\w)"
    # The charset in front lets the engine skip all letters that begin nothing.
    rules = "|".join(f"(?P<{name}>{rule or date})" for name, rule in _RULES)
    return re.compile(rf"(?=[0-9٠-٩۰-۹{_L}@#$€£¥₪%٪+−~≈≤≥±-])(?:{rules})")


@cache
def _any_month(locale: Locale) -> str:
    """A month name, perhaps with its other name: "أيار/مايو", "سبتمبر (أيلول)"."""
    one = "(?:" + "|".join(sorted(map(re.escape, month_numbers(locale)), key=len, reverse=True)) + ")"
    return rf"{one}(?:{_GAP}?/{_GAP}?{one}|{_GAP}\({one}\))?"


@cache
def _month_at_end(locale: Locale) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({_any_month(locale)}){_GAP}$")


def prose(text: str, locale: Locale) -> Markup:
    """Plain `text` as HTML: escaped, numbers shaped to the locale's digits, numbers and foreign words isolated."""
    if locale.direction == "ltr":
        return _left_to_right(text)
    if _INTEREST.search(text) is None:
        return escape(text)
    pieces: list[str] = []
    done = 0
    for match in _pattern(locale).finditer(text):
        start = match.start()
        kind = match.lastgroup or ""
        if kind == "num" and len(match.group()) == 4 and (month := _month_before(text, done, start, locale)):
            pieces += (
                escape(text[done : month.start()]),
                _month_and_year(month.group(1), match.group(), locale),
            )
        else:
            pieces += (escape(text[done:start]), _ISLANDS[kind](match, locale))
        done = match.end()
    pieces.append(escape(text[done:]))
    return Markup("".join(pieces))


def _left_to_right(text: str) -> Markup:
    if text.isascii() or _RTL_RUN.search(text) is None:
        return escape(text)
    pieces: list[str] = []
    done = 0
    for run in _RTL_RUN.finditer(text):
        pieces += (escape(text[done : run.start()]), f'<bdi dir="rtl">{escape(run.group())}</bdi>')
        done = run.end()
    pieces.append(escape(text[done:]))
    return Markup("".join(pieces))


def _month_before(text: str, done: int, start: int, locale: Locale) -> re.Match[str] | None:
    """The month name that ends just before `start`, not reaching back before `done`."""
    return _month_at_end(locale).search(text, max(done, start - 40), start)


def _month_and_year(month: str, year: str, locale: Locale) -> Markup:
    stamp = f"{fold_digits(year)}-{_month_number(month, locale):02d}"
    return time(stamp, f"{FSI}{month} {_shaped_number(year, locale)}{PDI}")


def _month_number(name: str, locale: Locale) -> int:
    return next(number for month, number in month_numbers(locale).items() if name.startswith(month))


def _shaped_number(written: str, locale: Locale) -> str:
    """A number as the locale writes it; the source uses "." for decimals and "," for groups, or ٫ and ٬."""
    folded = fold_number_signs(written)
    known = symbols(locale)
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
    """A number with its currency or percent sign, isolated."""
    if "%" in written or "٪" in written:
        return signed_percent(_shaped_number(written.strip("%٪ \u00a0\u202f"), locale), locale)
    sign = written[0] if written[0] in "$€£¥₪" else ""
    return (
        ltr(sign + _shaped_number(written[1:], locale))
        if sign
        else isolated(_shaped_number(written, locale), locale)
    )


def _money(match: re.Match[str], locale: Locale) -> Markup:
    number = re.sub(_NUM, lambda it: _shaped_number(it.group(), locale), match.group())
    return html(ltr(number))


def _share(match: re.Match[str], locale: Locale) -> Markup:
    return _with_sign(match.group(), locale, share=True)


def _signed(match: re.Match[str], locale: Locale) -> Markup:
    return _with_sign(match.group(), locale, share=False)


def _with_sign(written: str, locale: Locale, *, share: bool) -> Markup:
    parts = _SIGNED.fullmatch(written.replace("−", "-"))
    assert parts is not None  # every part is optional
    sign = symbols(locale).minus if parts["sign"] == "-" else parts["sign"]
    number = sign + _shaped_number(parts["number"].strip("%٪ \u00a0\u202f"), locale)
    text = signed_percent(number, locale) if share else isolated(number, locale)
    relation = parts["relation"] or ""
    return html(ltr(relation + text) if relation else text)


def _latin(match: re.Match[str], locale: Locale) -> Markup:
    written = match.group()
    return Markup('<bdi lang="en">{}</bdi>' if written.isascii() else "<bdi>{}</bdi>").format(written)


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
    "ident": _verbatim,
    "range": _range,
    "money": _money,
    "share": _share,
    "signed": _signed,
    "latin": _latin,
    "num": _number,
}
