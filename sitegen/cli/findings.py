"""Findings as text for people, JSON for programs, and annotations for GitHub."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import click
import msgspec

from sitegen.errors import Diagnostic
from sitegen.messages import Language, hint, sentence, severity

FSI, PDI = "\u2068", "\u2069"  # first strong isolate, pop directional isolate
_STEERING = ("Cc", "Cs", "Zl", "Zp")
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_WITHOUT_LINES = ("C1", "C205", "O", "U", "V")
WIDTH = 100  # columns of an excerpt

_COLORS = {"error": "red", "warning": "yellow", "info": "cyan"}


def as_text(finding: Diagnostic, lang: Language) -> str:
    """Place, rule and sentence on one line, then the excerpt with a caret line, then the hint."""
    grade = severity(finding)
    at = finding.at
    head = click.style(f"{grade}[{finding.code}]", fg=_COLORS[grade], bold=True)
    lines = [f"{visible(at.path)}{_position(finding)}: {head}: {sentence(_isolated(finding), lang)}"]
    if finding.excerpt:
        lines += excerpt(finding)
    if way_out := hint(finding, lang):
        lines.append(f"   {click.style('hint:', bold=True)} {visible(way_out)}")
    return "\n".join(lines)


def _position(finding: Diagnostic) -> str:
    """Line and column, unless the finding is about an address, a folder or a name, which have none."""
    at = finding.at
    whole = (at.line, at.column, at.end_column) == (1, 1, 0) and not finding.excerpt
    return "" if whole and finding.code.startswith(_WITHOUT_LINES) else f":{at.line}:{at.column}"


def excerpt(finding: Diagnostic) -> list[str]:
    """The source line with its number, and carets below the stretch that is meant.

    A long line is cut around the stretch. The line stands in an isolate, so an Arabic one does not reorder the
    line number; carets are placed by display width.
    """
    text = finding.excerpt.replace("\t", " ")
    start = min(max(finding.at.column - 1, 0), len(text))
    end = max(finding.at.end_column - 1, start + 1)
    first = max(0, start - WIDTH // 2) if len(text) > WIDTH else 0
    last = min(len(text), first + WIDTH)
    before = "…" if first else ""
    after = "…" if last < len(text) else ""
    shown = visible(before + text[first:last] + after)
    indent = width(visible(before + text[first:start]))
    carets = max(1, width(visible(text[start : min(end, last)])))
    number = f"{finding.at.line:>5}"
    return [f"{number} | {FSI}{shown}{PDI}", f"{' ' * len(number)} | {' ' * indent}{'^' * carets}"]


def tally(findings: Sequence[Diagnostic]) -> str:
    """How many errors, warnings and remarks there are: "2 errors, 1 warning"."""
    grades = [severity(it) for it in findings]
    names = {"error": "error", "warning": "warning", "info": "remark"}
    counts = [(grades.count(grade), name) for grade, name in names.items() if grade in grades]
    return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts)


def as_json(findings: Sequence[Diagnostic], lang: Language) -> str:
    """A list of objects."""
    return msgspec.json.format(
        msgspec.json.encode(
            [
                {
                    "file": it.at.path,
                    "line": it.at.line,
                    "column": it.at.column,
                    "end_column": it.at.end_column or None,
                    "severity": severity(it),
                    "code": it.code,
                    "message": sentence(it, lang),
                    "hint": hint(it, lang),
                    "excerpt": it.excerpt,
                }
                for it in findings
            ]
        )
    ).decode()


def as_github(finding: Diagnostic, lang: Language) -> str:
    """A workflow command that shows the finding beside the changed line."""
    grade = {"error": "error", "warning": "warning", "info": "notice"}[severity(finding)]
    words = sentence(finding, lang)
    if way_out := hint(finding, lang):
        words = f"{words} ({way_out})"
    at = finding.at
    place = f"file={_escaped(at.path, ':,')},line={at.line},col={at.column}"
    return f"::{grade} {place},title={finding.code}::{_escaped(words)}"


def _escaped(text: str, also: str = "") -> str:
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def visible(text: str) -> str:
    """`text` without what would steer a terminal: controls, line ends and bidirectional controls become U+FFFD."""
    return "".join("\ufffd" if unicodedata.category(it) in _STEERING or it in _BIDI else it for it in text)


def width(text: str) -> int:
    """Columns that `text` takes on a terminal: marks and invisible characters 0, wide ones 2."""
    return sum(
        0
        if unicodedata.category(it) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(it) in "WF"
        else 1
        for it in text
    )


def _isolated(finding: Diagnostic) -> Diagnostic:
    """The finding with isolates around right-to-left words, so that they do not reorder the sentence."""
    args = []
    for name, value in finding.args:
        shown = visible(value)
        turned = any(unicodedata.bidirectional(it) in ("R", "AL", "AN") for it in shown)
        args.append((name, f"{FSI}{shown}{PDI}" if turned else shown))
    return msgspec.structs.replace(finding, args=tuple(args))
