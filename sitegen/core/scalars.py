"""Readers of single texts: words in their forms, choices, dates, counts, yes and no."""

from __future__ import annotations

import re
from functools import cache

from sitegen.core.edtf import parse_date
from sitegen.core.frontmatter import Items, Node, Scalar
from sitegen.core.numbers import read_number
from sitegen.core.problem import Problem
from sitegen.core.reading import Bad, Read, Reading, wrong_shape
from sitegen.core.values import FuzzyDate
from sitegen.core.words import Form
from sitegen.locale import UnknownLocaleError, get_locale
from sitegen.text import audit, audit_body, nearest

_TRUTHS = {"true": True, "false": False, "نعم": True, "لا": False}
_SERIOUS = frozenset({"B150", "B151", "B153"})  # what hides in prose and is an error everywhere
_FARTHEST = 1_000_000_000  # more than anything is counted or ordered by
_WIKI = re.compile(r"\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_REFERENCE = re.compile(r"\[\[[^\[\]]+\]\]|\{fact:[^{}]*\}|\]\((?:fact|entity|term|topic|article):[^()]*\)")


def unwrap(node: Node) -> Node:
    """The text in `[[iran]]`, which YAML takes for a list in a list, and in `"[[iran]]"`; else `node` itself."""
    while isinstance(node, Items) and len(node.items) == 1:
        node = node.items[0]
    if isinstance(node, Scalar) and (match := _WIKI.fullmatch(node.text)):
        return Scalar(match[1].strip(), node.at, node.plain)
    return node


def read_text(reading: Reading, node: Node, path: str) -> str | Bad:
    """`node` as prose; what hides in it is an error."""
    text = read_word(reading, node)
    if isinstance(text, Bad) or text.isascii():
        return text
    for finding in audit_body(text, reading.lang):
        if finding.code in _SERIOUS:
            return reading.report(finding.code, node.at, char=finding.label)
    return text


def read_plain(reading: Reading, node: Node, path: str) -> str | Bad:
    """`node` as prose that is shown as it stands, so that it may hold no reference."""
    text = read_text(reading, node, path)
    refused = None if isinstance(text, Bad) else check_plain(text)
    return reading.refuse(refused, node.at) if refused else text


def check_plain(text: str) -> Problem | None:
    """Why `text` cannot be shown as it stands, or None."""
    found = _REFERENCE.search(text)
    return Problem("S164", {"value": found[0]}) if found else None


def read_word(reading: Reading, node: Node) -> str | Bad:
    """`node` as text of any kind."""
    if not isinstance(node, Scalar) or node.absent:
        return wrong_shape(reading, node, "text")
    return node.text.strip()


def check_form(text: str, form: Form) -> Problem | None:
    """Why `text` is not written as `form` wants it, or None."""
    hidden = audit(text)
    if hidden:
        return Problem("S150", {"char": hidden[0].label})
    if form.longest and len(text) > form.longest:
        return Problem("S146", {"limit": str(form.longest), "size": str(len(text))})
    if form.name in ("old-path", "media-path") and not _stays_inside(text):
        return Problem("S124", {"value": text})
    if form.name == "figure":
        number = read_number(text)
        return number if isinstance(number, Problem) else None
    if form.pattern and _compiled(form.pattern).search(text) is None:
        code = "S106" if form.name in ("slug", "fact", "source") else "S147"
        return Problem(code, {"value": text, "sample": form.sample, "form": form.about})
    if form.name == "lang" and text and not _is_language(text):
        return Problem("S163", {"value": text})
    return Problem("S126") if not text else None


def _stays_inside(path: str) -> bool:
    """Whether a path names one place below its root, whatever reads it."""
    parts = path.strip("/").split("/")
    return "//" not in path and not any(part[:1] in (".", "-") for part in parts if part)


def _is_language(tag: str) -> bool:
    try:
        get_locale(tag)
    except UnknownLocaleError:
        return False
    return True


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def text_reader(form: Form) -> Read:
    def read(reading: Reading, node: Node, path: str) -> str | Bad:
        if form.name == "inline":
            return read_text(reading, node, path)
        text = read_word(reading, unwrap(node) if form.name == "ref" else node)
        if isinstance(text, Bad):
            return text
        problem = check_form(text, form)
        if problem:
            return reading.refuse(problem, node.at)
        return text.removeprefix("SG-") if form.name == "code" else text

    return read


def choice_reader(choices: tuple[str, ...]) -> Read:
    def read(reading: Reading, node: Node, path: str) -> str | Bad:
        text = read_text(reading, node, path)
        if isinstance(text, Bad) or text in choices:
            return text
        close = nearest(text, choices, 1)
        if close:
            return reading.report("S105", node.at, value=text, way=close[0])
        return reading.report("S129", node.at, value=text, known=", ".join(choices))

    return read


def read_date(reading: Reading, node: Node, path: str) -> FuzzyDate | Bad:
    text = read_text(reading, node, path)
    if isinstance(text, Bad):
        return text
    date = parse_date(text)
    return reading.refuse(date, node.at) if isinstance(date, Problem) else date


def read_truth(reading: Reading, node: Node, path: str) -> bool | Bad:
    text = read_text(reading, node, path)
    if isinstance(text, Bad):
        return text
    truth = _TRUTHS.get(text.lower())
    return reading.report("S129", node.at, value=text, known="true, false") if truth is None else truth


def read_count(reading: Reading, node: Node, path: str) -> int | Bad:
    text = read_text(reading, node, path)
    if isinstance(text, Bad):
        return text
    number = read_number(text)
    whole = not isinstance(number, Problem) and number.bound == "exact" and number.value == int(number.value)
    if isinstance(number, Problem) or not whole or abs(number.value) > _FARTHEST:
        return reading.report("S123", node.at, value=text)
    return int(number.value)
