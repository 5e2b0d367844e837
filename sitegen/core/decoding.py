"""From the bytes of a content file to its lines: one encoding, one line end, no character that hides."""

from __future__ import annotations

import re

from msgspec import Struct

from sitegen.errors import Diagnostic, Span, diagnostic
from sitegen.text import label

_BOM = "\ufeff"
_EXCERPT = 400  # code points of a line that are worth showing
# What no content file needs: C0 and C1 controls, line ends that only some programs see, a BOM inside, halves of
# characters (only an escape can make them), non-characters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class Lines(Struct):
    """The text of one file, split at its line ends, which are gone."""

    path: str
    lines: list[str]

    def excerpt(self, line: int, column: int = 1) -> str:
        """The line that a finding shows; empty where there is none, or where the place is far inside a huge one."""
        if not 1 <= line <= len(self.lines) or column > _EXCERPT:
            return ""
        return self.lines[line - 1][:_EXCERPT]

    def finding(
        self, code: str, line: int, column: int, end_column: int = 0, /, **args: object
    ) -> Diagnostic:
        """A diagnostic at a place of this file."""
        span = Span(self.path, line, column, end_column)
        return diagnostic(code, span, self.excerpt(line, column), **args)


def decode(path: str, data: bytes, limit: int) -> Lines | Diagnostic:
    """The lines of `data`, or the reason why it cannot be read.

    CRLF and CR become LF and a leading byte order mark goes, so that columns count what an editor shows.
    """
    nothing = Lines(path, [])
    if len(data) > limit:
        return nothing.finding("S117", 1, 1, size=len(data) // 1024, limit=limit // 1024)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return nothing.finding("S118", 1, 1, found="UTF-16")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        return nothing.finding("S118", line, column, found=f"0x{data[error.start]:02X}")
    text = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    return Lines(path, text.split("\n"))


def scrub(source: Lines, first: int, last: int) -> tuple[str, list[Diagnostic]]:
    """Lines `first` to `last` (from 1, inclusive) for a YAML parser, with what had to be replaced.

    Forbidden characters and tabs become one space each, so that every column stays where it was.
    """
    text = "\n".join(source.lines[first - 1 : last]) + "\n"
    found: list[Diagnostic] = []
    if FORBIDDEN.search(text):
        found.extend(
            source.finding("S131", number, match.start() + 1, match.end() + 1, char=label(match[0]))
            for number in range(first, last + 1)
            for match in FORBIDDEN.finditer(source.lines[number - 1])
        )
        text = FORBIDDEN.sub(" ", text)
    if "\t" in text:
        for number in range(first, last + 1):
            line = source.lines[number - 1]
            indent = len(line) - len(line.lstrip(" \t"))
            if (tab := line.find("\t", 0, indent)) >= 0 and line.strip():
                found.append(source.finding("S108", number, tab + 1, tab + 2))
        text = text.replace("\t", " ")
    return text, found
