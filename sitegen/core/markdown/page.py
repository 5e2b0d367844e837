"""What every rule may know of the text being parsed: its lines, where they stand in the file, what was found."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import MutableMapping
from itertools import islice
from typing import NamedTuple

from markdown_it.token import Token

from sitegen.errors import Diagnostic, Span, diagnostic

MOST_FINDINGS = 20  # of one code; there is always one, so that leaving others out hides no kind of mistake
MOST_OUTPUT = 32 * 1024 * 1024  # characters of one page


class OutputTooLargeError(Exception):
    """A small text asked for too much HTML, by definitions that it uses again and again."""


class Place(NamedTuple):
    """A stretch of one line of the file, as holes carry it; columns count from 1 in code points."""

    line: int
    column: int
    end_column: int


class Break(NamedTuple):
    """From `offset` in a token's content on, characters stand at `column` (from 1) of line `line` (from 0)."""

    offset: int
    line: int
    column: int


class Page:
    """One text on its way through the parser: source lines, findings, and the way back from content to file."""

    def __init__(self, path: str, lines: list[str], first_line: int, everywhere: Place | None = None) -> None:
        self.path = path
        self.lines = lines
        self.first_line = first_line
        self.everywhere = everywhere  # of a text whose characters cannot be traced to the file
        self.findings: list[Diagnostic] = []
        self.counts: Counter[str] = Counter()
        self.tangles = 0  # characters that were searched in vain for a closing bracket
        self.output = 0

    def spend(self, size: int) -> None:
        """Count `size` characters of output; OutputTooLargeError beyond `MOST_OUTPUT`."""
        self.output += size
        if self.output > MOST_OUTPUT:
            raise OutputTooLargeError

    def report(self, code: str, place: Place, **args: object) -> None:
        """Note a finding; beyond `MOST_FINDINGS` of a code they are only counted."""
        self.counts[code] += 1
        if self.counts[code] > MOST_FINDINGS:
            return
        index = place.line - self.first_line
        excerpt = self.lines[index] if 0 <= index < len(self.lines) else ""
        self.findings.append(diagnostic(code, Span(self.path, *place), excerpt, **args))

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings in the order of the file, each once."""
        for code, count in self.counts.items():
            if count > MOST_FINDINGS:
                last = next(it for it in reversed(self.findings) if it.code == code)
                self.findings.append(diagnostic("B199", last.at, rule=code, count=count - MOST_FINDINGS))
        return tuple(sorted(set(self.findings)))

    def whole_line(self, index: int) -> Place:
        """The words of line `index` (from 0)."""
        line = self.lines[index] if index < len(self.lines) else ""
        indent = len(line) - len(line.lstrip())
        return Place(self.first_line + index, indent + 1, len(line.rstrip()) + 1)

    def place(self, token: Token, start: int, end: int) -> Place:
        """Where characters `start` to `end` of the content of `token` stand in the file."""
        if self.everywhere:
            return self.everywhere
        breaks: list[Break] | None = token.meta.get("breaks")
        if breaks is None:
            breaks = token.meta["breaks"] = trace(token, self.lines)
        index = max(0, bisect_right(breaks, (start, 1 << 60)) - 1)
        origin = breaks[index]
        line_end = token.content.find("\n", start)
        if line_end != -1:
            end = min(end, line_end)
        below = next((it for it in islice(breaks, index + 1, None) if it.line != origin.line), None)
        if below and below.offset < end:  # a field folded from several lines
            end = start + len(token.content[start : below.offset].rstrip())
        column = origin.column + max(0, start - origin.offset)
        last = breaks[max(0, bisect_right(breaks, (max(start, end - 1), 1 << 60)) - 1)]
        return Place(self.first_line + origin.line, column, last.column + max(0, end - last.offset))


def page_of(env: MutableMapping[str, object]) -> Page:
    """The `Page` that `env` was given for."""
    page = env["page"]
    assert isinstance(page, Page)
    return page


def trace(token: Token, lines: list[str]) -> list[Break]:
    """Where each line of the content of an inline `token` begins in the file.

    A line of content is what remains of a source line after indents and the marks of lists and quotations.
    """
    breaks: list[Break] = []
    offset, first = 0, (token.map or [0])[0]
    for index, piece in enumerate(token.content.split("\n"), first):
        words = piece.strip(" \t")
        source = lines[index].rstrip() if index < len(lines) else ""
        column = len(source) - len(words) if source.endswith(words) else max(0, source.find(words))
        breaks.append(Break(offset + len(piece) - len(piece.lstrip(" \t")), index, column + 1))
        offset += len(piece) + 1
    return breaks
