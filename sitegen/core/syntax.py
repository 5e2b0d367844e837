"""What a YAML parser's complaint means to someone who writes articles, and the way out."""

from __future__ import annotations

from typing import Any, Final

import yaml

from sitegen.core.decoding import Lines
from sitegen.errors import Diagnostic

MAX_DEPTH: Final = 16  # of nested lists and mappings

# Part of the parser's words (libyaml's or the pure parser's) -> our code, asked in this order.
_MEANINGS = (
    ("maximum nesting", "S116"),  # some libyaml scan far ahead of what is read, and count brackets themselves
    ("mapping values are not allowed", "S107"),  # title: report: Oman
    ("mapping keys are not allowed", "S134"),  # value: ?
    ("sequence entries are not allowed", "S136"),  # key: - item
    ("block sequence entries are not allowed", "S136"),
    ("while scanning a quoted scalar", "S137"),
    ("while scanning a double-quoted scalar", "S137"),
    ("while scanning a single-quoted scalar", "S137"),
    ("while parsing a quoted scalar", "S138"),  # "\q"
    ("unknown escape character", "S138"),
    ("while scanning a block scalar", "S139"),  # value: > 5%
    ("while parsing a flow sequence", "S140"),
    ("while parsing a flow mapping", "S141"),
    ("cannot start any token", "S142"),  # value: @name, %60, `code`
    ("could not find expected ':'", "S143"),
    ("while parsing a block mapping", "S144"),
    ("while parsing a block collection", "S144"),
    ("while scanning an anchor", "S109"),
    ("while scanning an alias", "S109"),
    ("tag", "S109"),
)
_AT_START = frozenset({"S137", "S140", "S141", "S143"})  # better shown where the thing was opened


def explain(error: yaml.MarkedYAMLError, source: Lines, offset: int) -> Diagnostic:
    """The finding for `error`, raised for YAML that begins after line `offset` of `source`."""
    words = f"{error.context or ''} {error.problem or ''}"
    code = next((code for part, code in _MEANINGS if part in words), "S100")
    mark: Any = error.problem_mark or error.context_mark
    if code == "S137" and "escape" in words:
        code = "S138"
    if code in _AT_START and error.context_mark is not None:
        mark = error.context_mark
    line, column = (mark.line + offset + 1, mark.column + 1) if mark is not None else (offset + 1, 1)
    if line > len(source.lines):  # at the very end
        line = max(len(source.lines), 1)
        column = len(source.lines[line - 1]) + 1 if source.lines else 1
    text = source.lines[line - 1] if source.lines else ""
    args: dict[str, object] = {"problem": " ".join(words.split())}
    if code == "S116":
        args["limit"] = MAX_DEPTH
    if code == "S107":
        args["way"] = _quoted(text)
    if code in ("S142", "S109"):
        char = text[column - 1 : column]
        args |= {"char": char, "what": char}
    return source.finding(code, line, column, column + 1, **args)


def _quoted(line: str) -> str:
    """`line` with its value in quotes, which is what its author meant."""
    key, colon, value = line.partition(": ")
    value = value.strip().replace("\\", "\\\\").replace('"', '\\"')
    return f'{key.strip()}{colon}"{value}"' if value else line.strip()
