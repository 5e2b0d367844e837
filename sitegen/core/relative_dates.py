"""Words that mean another day each day they are read («الشهر الماضي»): an explainer names the date instead.

The list is closed. Words that also mean something else are on it only in company that settles the matter: «اليوم» alone
may be any day, «حتى اليوم» may not, and «في اليوم التالي» follows a date that the text has given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_DAYS = "الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت"
_MONTHS = (
    "يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
    "|كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول"
)
_PERIODS = (
    "الأسبوع|الشهر|العام|الصيف|الشتاء|الربيع|الخريف|السنة"
    "|الأيام|الأسابيع|الأشهر|الشهور|الأعوام|السنوات|اليومين|الأسبوعين|الشهرين|العامين"
)
_DISTANCE = "(?:الماضي|المنصرم|الفائت|المقبل|القادم|الجاري|الحالي)(?:ة|ين|تين)?"
_PHRASES = (
    rf"(?:{_PERIODS}|{_MONTHS}|{_DAYS}) {_DISTANCE}",
    "(?:حتى|إلى|لغاية|منذ) (?:اليوم|الأمس|أمس|الآن)(?! (?:ال|نفس|ذات))",
    "(?:صباح|ظهر|مساء|فجر|ليل) (?:اليوم|أمس)(?! (?:ال|نفس|ذات))",
    rf"اليوم (?:{_DAYS})",
    "(?:ب?الأمس|أمس الأول|يوم أمس|أمس(?! الحاجة))",
    "حالياً|حاليا|مؤخراً|مؤخرا|غداً|بعد غد",
    "الوقت (?:الحالي|الراهن)",
)
_RELATIVE = re.compile(rf"(?<!\w)[وف]?(?:{'|'.join(_PHRASES)})(?!\w)".replace(" ", r"\s+"))
# Every phrase holds one of these; most texts hold none, and looking for them is a hundred times faster.
_HINTS = (
    *("ماضي", "منصرم", "فائت", "مقبل", "قادم", "جاري", "حالي", "راهن"),
    *("اليوم", "أمس", "الآن", "مؤخر", "غد"),
)
# What is quoted, code, or an address is not the author's own word.
_FOREIGN = re.compile(
    r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"|`+[^`]*`+|\]\([^()]*\)|\{fact:[^{}|]*|\[\^[^\]]*\]|https?://\S+|<[^<>]*>"
)
_BLANK = re.compile(r"\n[ \t]*\n")
_FENCE = re.compile(
    r"^ {0,3}(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^ {0,3}(?P=fence)[^\n]*$|\Z)", re.DOTALL | re.MULTILINE
)
_QUOTED_BLOCK = re.compile(r"^:::[ ]*(?:quote|اقتباس)\b.*?(?:^:::[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_QUOTED_LINE = re.compile(r"^ {0,3}>.*$", re.MULTILINE)


class Spot(Struct, frozen=True):
    """Words of a text; `line` counts from 0, columns in code points from 1, the end exclusive."""

    line: int
    column: int
    end_column: int
    words: str


def relative_dates(text: str) -> Iterator[Spot]:
    """The relative dates of Arabic Markdown, outside quotations, code and addresses."""
    telling = text.replace("بغداد", "")  # a name that is often there and means nothing
    if not any(hint in telling for hint in _HINTS):
        return
    for pattern in (_FENCE, _QUOTED_BLOCK, _QUOTED_LINE):
        text = pattern.sub(_blank, text)
    start, line, counted = 0, 0, 0
    for end in (*(it.end() for it in _BLANK.finditer(text)), len(text)):
        paragraph = _FOREIGN.sub(_blank, text[start:end])
        for match in _RELATIVE.finditer(paragraph):
            begin = start + match.start()
            line += text.count("\n", counted, begin)
            counted = begin
            column = begin - text.rfind("\n", 0, begin)
            length = len(match[0].split("\n")[0])
            yield Spot(line, column, column + length, " ".join(match[0].split()))
        start = end


def _blank(match: re.Match[str]) -> str:
    """As many characters that mean nothing, line ends kept."""
    return re.sub(r"[^\n]", "\ufffc", match[0])
