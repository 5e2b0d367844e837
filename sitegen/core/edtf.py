"""Dates with precision: the part of EDTF level 1 that news needs, minutes and zones included."""

from __future__ import annotations

import re
from calendar import monthrange

from sitegen.core.problem import Problem, problem
from sitegen.core.values import FuzzyDate, Moment
from sitegen.text import fold_digits

_POINT = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::00)?(Z|[+-]\d{2}:\d{2})?)?)?)?([~?%]?)", re.ASCII
)
_LOOSE = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?", re.ASCII)  # 2023/5/8
_DAY_OR_MONTH_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_YEARS = re.compile(r"(\d{4})\s*[-–—]\s*(\d{4})", re.ASCII)
_DATE_LIKE = re.compile(r"\d{4}[-/.]\d|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}[~?]$|\.\./\d{4}", re.ASCII)
_FURTHEST = 14 * 60  # minutes that a zone may lie from UTC


def looks_like_date(text: str) -> bool:
    """Whether `text` is meant as a date, well written or not."""
    return _DATE_LIKE.match(fold_digits(text.strip())) is not None


def parse_date(text: str) -> FuzzyDate | Problem:
    """The date written in `text`, digits of any system; S110 not a date, S111 ambiguous, S135 ends before it begins.

    "2015", "2023-05", "2023-05-08", "2025-09-28T00:00Z", "2023-05~" (about), "2023-05?" (unsure), "2023-05%" (both),
    "2023-08-10/2023-09-18", "2018-05-08/..", "../2018". The lexeme of the result parses to the same date.
    """
    folded = fold_digits(text.strip())
    start_text, slash, end_text = folded.partition("/")
    if not slash:
        point = _point(folded)
        if point is None:
            return _explain(text, folded)
        moment, mark = point
        return FuzzyDate(_lexeme(moment) + mark, moment, None, False, mark in ("~", "%"), mark in ("?", "%"))
    if start_text == end_text == "..":
        return _explain(text, folded)
    start = None if start_text == ".." else _point(start_text)
    end = None if end_text == ".." else _point(end_text)
    if (start is None and start_text != "..") or (end is None and end_text != ".."):
        return _explain(text, folded)
    if start and end and _before(end[0], start[0]):
        return problem("S135", value=text)
    marks = {mark for point in (start, end) if point for mark in (point[1],)}
    lexeme = "/".join(_lexeme(point[0]) + point[1] if point else ".." for point in (start, end))
    return FuzzyDate(
        lexeme,
        start[0] if start else None,
        end[0] if end else None,
        True,
        bool(marks & {"~", "%"}),
        bool(marks & {"?", "%"}),
    )


def _point(text: str) -> tuple[Moment, str] | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute = (None if part is None else int(part) for part in match.groups()[:5])
    assert year is not None
    if year == 0 or (month is not None and not 1 <= month <= 12):
        return None
    if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        return None
    if (hour or 0) > 23 or (minute or 0) > 59:
        return None
    offset = _offset(match[6])
    if offset is not None and abs(offset) > _FURTHEST:
        return None
    return Moment(year, month, day, hour, minute, offset), match[7]


def _offset(zone: str | None) -> int | None:
    """Minutes east of UTC; beyond any zone when the minutes are impossible."""
    if not zone:
        return None
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:])
    size = hours * 60 + minutes if minutes < 60 else _FURTHEST + 1
    return -size if zone[0] == "-" else size


def _lexeme(moment: Moment) -> str:
    text = f"{moment.year:04}"
    if moment.month is not None:
        text += f"-{moment.month:02}"
    if moment.day is not None:
        text += f"-{moment.day:02}"
    if moment.hour is not None:
        text += f"T{moment.hour:02}:{moment.minute:02}"
    if moment.offset is not None:
        sign, size = ("-", -moment.offset) if moment.offset < 0 else ("+", moment.offset)
        text += "Z" if not size else f"{sign}{size // 60:02}:{size % 60:02}"
    return text


def _before(a: Moment, b: Moment) -> bool:
    """Whether `a` is surely earlier than `b`, as far as both are precise."""
    if a.offset != b.offset and a.day is not None and b.day is not None:
        return (a.year, a.month or 0, a.day + 1) < (b.year, b.month or 0, b.day)  # zones: a day's grace
    for left, right in (
        (a.year, b.year),
        (a.month, b.month),
        (a.day, b.day),
        (a.hour, b.hour),
        (a.minute, b.minute),
    ):
        if left is None or right is None or left == right:
            if left == right and left is not None:
                continue
            return False
        return left < right
    return False


def _explain(text: str, folded: str) -> Problem:
    """Why `text` is no date, with the spelling that was probably meant."""
    if match := _DAY_OR_MONTH_FIRST.fullmatch(folded):
        a, b, year = match.groups()
        readings = [f"{year}-{m:0>2}-{d:0>2}" for d, m in ((a, b), (b, a))]
        valid = [reading for reading in dict.fromkeys(readings) if _point(reading)]
        if len(valid) == 2:
            return problem("S111", value=text, first=valid[0], second=valid[1])
        if valid:
            return problem("S125", value=text, way=valid[0])
    if match := _LOOSE.fullmatch(folded):
        year, _, month, day = match.groups()
        way = f"{year}-{month:0>2}" + (f"-{day:0>2}" if day else "")
        if _point(way):
            return problem("S125", value=text, way=way)
    if match := _YEARS.fullmatch(folded):
        return problem("S125", value=text, way=f"{match[1]}/{match[2]}")
    way = re.sub(r"(?<=\d)[ t](?=\d\d:\d\d)", "T", folded).replace("z", "Z")
    if way != folded and _point(way):
        return problem("S125", value=text, way=way)
    return problem("S110", value=text)
