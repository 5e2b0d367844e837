"""What running text says in digits and Latin letters, as one pattern: `pattern(locale)` names the rule that matched."""

from __future__ import annotations

import re
from functools import cache

from sitegen.locale.month_words import month_numbers
from sitegen.locale.tags import Locale

RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
GAP = "[ \u00a0\u202f]"

_D = "[0-9٠-٩۰-۹]"
_L = "A-Za-z\u00c0-\u024f"
# Thousands parted by spaces, or by commas, or not at all. Of "100 200 5" nobody can say what is parted.
_SPACED = rf"(?![0٠۰]){_D}{{1,3}}(?:{GAP}{_D}{{3}}(?!{_D})){{1,4}}(?!{GAP}{_D})"
NUM = rf"(?:{_SPACED}|{_D}+(?:[,٬]{_D}{{3}}(?!{_D}))*)(?:[.,٫]{_D}+)?"
_END = rf"(?![{_L}]|[.,٫٬:]?{_D})"  # so that no number is cut in two
_PERCENT = rf"{GAP}?[%٪](?![{_L}])"
_CLOCK = rf"(?<![0-9٠-٩۰-۹:.]){_D}{{1,2}}:[0-5٠-٥۰-۵]{_D}(?::[0-5٠-٥۰-۵]{_D})?(?![:.]?{_D}|[{_L}])"
# In 5°م the sign belongs to the letter.
_DEGREE = rf"{GAP}?°(?:{GAP}?[CFK](?![{_L}{RTL}]|{_D})|(?![{_L}{RTL}]|{_D}))"
_UNIT = r"(?:k?m/h|m/s|[kMGT]?Wh|[kMGT]W|[kmµ]?g|[kcmnµ]?m[²³]?|[kMG]?Hz|[mk]?V|[km]?Sv|[kMGT]?Bq)"
_MEASURE = rf"(?:{_DEGREE}|{GAP}?{_UNIT}(?![{_L}²³]|{_D}|[/'’&+._-][{_L}0-9]|{GAP}[{_L}]))"
_ONE = rf"(?:{_CLOCK}|[$€£¥₪]?{NUM}(?:{_PERCENT}|{_DEGREE})?)"
_DASHED = rf"(?:-|{GAP}?[–—]{GAP}?)"
_LATIN_WORD = rf"[{_L}][{_L}0-9]*(?:[.'’&+/_-]+[{_L}0-9]+)*"

# A sign belongs to the number behind it where no word stands before it, or nothing but proclitics: "بـ-5%", "و-5".
# After a bare letter, "-" and a whole number are a name: "ف-16", "ب-52"; but و joins numbers.
_TATWEEL = r"(?<=(?<!\w)[وفبلك]ـ)|(?<=(?<!\w)[وف][بلك]ـ)"
_APART = rf"(?:(?<!\w)|(?<=(?<!\w)و)|{_TATWEEL})"
_JOINED = rf"(?:(?<!\w)|(?<=(?<!\w)[وفبلك])|(?<=(?<!\w)[وف][بلك])|{_TATWEEL})"
_RELATION = rf"(?:(?:[~≈≤≥±]|{_JOINED}(?<![<>=-])[<>]){GAP}?)"

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
    ("clocks", rf"{_CLOCK}{_DASHED}{_CLOCK}"),
    ("clock", rf"{_CLOCK}(?!{_DASHED}{_D})"),
    ("ident", rf"{_D}+(?:[./:-]{_D}+){{2,}}(?![{_L}])|{_D}+(?:\+{_D}+)+"),
    ("angle", rf"{_D}{{1,3}}°{_D}{{1,2}}(?:[′']{_D}{{1,2}}[″\"]|[′'])?(?!{_D})"),
    ("range", rf"(?<!{_D}:){_ONE}{_DASHED}{_ONE}{_END}"),
    ("money", rf"[$€£¥₪]{GAP}?{NUM}|{NUM}{GAP}?[$€£¥₪](?![0-9٠-٩۰-۹])"),
    ("measure", rf"{_RELATION}?(?:{_JOINED}[+−-])?{NUM}{_MEASURE}"),
    ("share", rf"{_RELATION}?(?:{_JOINED}[+−–-])?(?:{NUM}{_PERCENT}|[%٪]{NUM})"),
    (
        "signed",
        rf"(?:{_RELATION}[+−-]?|{_APART}-|{_JOINED}(?:[+−]|[–-](?={_D}+[.,٫٬ \u00a0\u202f]{_D}))){NUM}{_END}",
    ),
    ("latin", rf"(?:{NUM})?{_LATIN_WORD}(?:{GAP}(?:&{GAP})?{_LATIN_WORD})*"),
    ("num", NUM),
)


@cache
def pattern(locale: Locale) -> re.Pattern[str]:
    """Any expression of a text in `locale`; the last group is the rule: url, date, range, share, latin, num …"""
    names = _any_month(locale)
    date = rf"(?P<day>{_D}{{1,2}}){GAP}(?P<month>{names})(?:{GAP}(?P<year>{_D}{{4}})(?!\w))?(?!\w)"
    # The charset in front lets the engine skip all letters that begin nothing.
    rules = "|".join(f"(?P<{name}>{rule or date})" for name, rule in _RULES)
    return re.compile(rf"(?=[0-9٠-٩۰-۹{_L}@#$€£¥₪%٪+−~≈≤≥±<>–-])(?:{rules})")


@cache
def _any_month(locale: Locale) -> str:
    """A month name, perhaps with its other name: "أيار/مايو", "سبتمبر (أيلول)"."""
    one = "(?:" + "|".join(sorted(map(re.escape, month_numbers(locale)), key=len, reverse=True)) + ")"
    return rf"{one}(?:{GAP}?/{GAP}?{one}|{GAP}\({one}\))?"


@cache
def month_at_end(locale: Locale) -> re.Pattern[str]:
    """A month name and a space at the end of a text."""
    return re.compile(rf"(?<!\w)({_any_month(locale)}){GAP}$")
