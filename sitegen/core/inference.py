"""What `label: value` means: the ordered rules that turn a written value into a typed one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from sitegen.core.currencies import AMBIGUOUS, currency_code
from sitegen.core.edtf import looks_like_date, parse_date
from sitegen.core.numbers import Measured, check_percent, is_percent, read_measured
from sitegen.core.problem import Problem, problem
from sitegen.core.values import (
    Boolean,
    FactType,
    FuzzyDate,
    Money,
    Number,
    Parties,
    Percent,
    Quantity,
    Text,
    Unknown,
    Url,
    Value,
)
from sitegen.locale.units import unit_id, unit_names
from sitegen.text import fold_digits, nearest

_PARTIES = re.compile(r"\s*\[\[[^\[\]]+\]\](?:[\s،,و]+\[\[[^\[\]]+\]\])*\s*")
_PARTY = re.compile(r"\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_URL = re.compile(r"https?://[^\s/?#]+\S*")
_YEAR = re.compile(r"\d{4}", re.ASCII)
_YEAR_LABEL = re.compile(
    r"(?<!\w)(?:[وفبكل]|لل)?(?:ال)?(?:عام|سنة|تاريخ|سال|سنہ|تاریخ|שנת|שנה|תאריך|year|date)(?!\w)",
    re.IGNORECASE,
)
_TRUTHS = {"true": True, "false": False, "نعم": True, "لا": False}
_ISO_FIRST = re.compile(r"([A-Z]{3}|[$€£])\s*(?=[\d٠-٩۰-۹~≤≥<>≈-])(.*)", re.DOTALL)
_UNIT_WORDS = 2  # more words after a number are a sentence, unless the units table knows them


class Inferred(Struct, frozen=True):
    """What a written value was taken for; `value` is None when `problem` is an error."""

    type: FactType
    value: Value | None
    reason: str  # a code of `sitegen.messages` that says which rule decided
    problem: Problem | None = None


Rule: TypeAlias = Callable[[str, str, bool], Inferred | None]


def infer(label: str, text: str, plain: bool = True) -> Inferred:
    """The typed value of `label: text`; the first rule that knows the text decides, `plain` is False in quotes.

    Quotes settle what is ambiguous: a quoted year, true or false is text. The rest reads alike with and without.
    """
    stripped = text.strip()
    for rule in _RULES:
        found = rule(label, stripped, plain)
        if found is not None:
            return found
    return Inferred("text", Text(stripped), "F229")


def _unknown(label: str, text: str, plain: bool) -> Inferred | None:
    return Inferred("unknown", Unknown(), "F220") if text in ("?", "؟") else None


def _party(label: str, text: str, plain: bool) -> Inferred | None:
    refs = party_refs(text)
    return Inferred("party", Parties(refs), "F221") if refs else None


def party_refs(text: str) -> tuple[str, ...]:
    """The references in "[[iran]]" or "[[iran]] و[[usa]]"; none when there is anything else."""
    if "[[" not in text or not _PARTIES.fullmatch(text):
        return ()
    return tuple(it.strip() for it in _PARTY.findall(text))


def _truth(label: str, text: str, plain: bool) -> Inferred | None:
    truth = _TRUTHS.get(text.lower()) if plain else None
    return None if truth is None else Inferred("boolean", Boolean(truth), "F222")


def _url(label: str, text: str, plain: bool) -> Inferred | None:
    return Inferred("url", Url(text), "F223") if _URL.fullmatch(text) else None


def _year(label: str, text: str, plain: bool) -> Inferred | None:
    folded = fold_digits(text)
    if not _YEAR.fullmatch(folded):
        return None
    if not plain:
        return Inferred("text", Text(text), "F230")
    date = parse_date(folded)
    if isinstance(date, FuzzyDate) and 1000 <= int(folded) <= 2100 and _YEAR_LABEL.search(label):
        return Inferred("date", date, "F224")
    return Inferred("text", None, "F203", problem("F203", value=text))


def _date(label: str, text: str, plain: bool) -> Inferred | None:
    folded = fold_digits(text)
    if not looks_like_date(folded) or re.search(r"[^\d.T:Z/~?%+–—\s-]", folded):
        return None
    date = parse_date(text)
    if isinstance(date, Problem):
        return Inferred("date", None, "F225", date)
    return Inferred("date", date, "F225")


def _measured(label: str, text: str, plain: bool) -> Inferred | None:
    """Percent, money and quantity: all begin with a number or, in money, with the currency."""
    first = _ISO_FIRST.fullmatch(text)
    if first and currency_code(first[1]):
        measured = read_measured(first[2])
        if isinstance(measured, Measured) and not measured.rest:
            return Inferred("money", Money(measured.number, currency_code(first[1])), "F227")
    measured = read_measured(text)
    if measured is None:
        return None
    if isinstance(measured, Problem):
        rest = re.sub(r"^[\s\d٠-٩۰-۹.,،٫٬~≤≥<>≈–-]+", "", text)
        if is_percent(rest.replace("٪", "%")) or unit_id(rest) or currency_code(rest):
            return Inferred("percent" if "%" in rest or "٪" in rest else "quantity", None, "F226", measured)
        return None
    return _with_words(measured.number, measured.rest)


def _with_words(number: Number, rest: str) -> Inferred | None:
    if is_percent(rest):
        wrong = check_percent(number)
        return Inferred("percent", None if wrong else Percent(number), "F226", wrong)
    if code := currency_code(rest):
        return Inferred("money", Money(number, code), "F227")
    if rest in AMBIGUOUS:
        return Inferred("money", None, "F227", problem("S121", value=rest))
    if not rest or re.match(r"[^\w°]", rest) or rest[0].isdigit():
        return None
    if unit := unit_id(rest):
        return Inferred("quantity", Quantity(number, unit), "F228")
    if len(rest.split()) > _UNIT_WORDS or re.search(r"[\d:؛،,.!?؟]", rest):
        return None
    return Inferred("quantity", Quantity(number, rest), "F228", unknown_unit(rest))


def unknown_unit(word: str) -> Problem:
    """The warning that `word` is in no table, with the nearest unit there (S113, or S149 when nothing is near)."""
    close = nearest(word, unit_names(), 1)
    if close:
        return problem("S113", value=word, way=close[0])
    return problem("S149", value=word)


_RULES: tuple[Rule, ...] = (_unknown, _party, _truth, _url, _year, _date, _measured)
