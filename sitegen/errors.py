"""A place, a sentence, a way out: everything that can be wrong is a `Diagnostic`."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "info"]


class Span(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A stretch of one line of a file; lines and columns count from 1, columns in code points."""

    path: str
    line: int = 1
    column: int = 1
    end_column: int = 0  # exclusive; 0 when the stretch has no known end


class Diagnostic(Struct, frozen=True, order=True):
    """One finding: where, which rule (a code of `sitegen.messages`), and the words to fill in."""

    at: Span
    code: str
    args: tuple[tuple[str, str], ...] = ()
    excerpt: str = ""  # the source line, without its line end


def diagnostic(code: str, at: Span, excerpt: str = "", **args: object) -> Diagnostic:
    """A `Diagnostic` whose message is filled from `args`."""
    return Diagnostic(at, code, tuple((name, str(value)) for name, value in sorted(args.items())), excerpt)


class SiteError(Exception):
    """The work cannot go on for the reasons given; the one exception that a user can cause."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = diagnostics
