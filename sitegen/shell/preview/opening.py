"""Opening sources: what a tab names, an address, a fact or a file, becomes a place in a file and an editor at it."""

from __future__ import annotations

import json
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from sitegen.errors import SiteError, Span
from sitegen.shell.preview import editor
from sitegen.shell.preview.answers import as_json
from sitegen.shell.preview.http import Answer, Request, plain
from sitegen.shell.preview.jobs import Jobs, Urgency
from sitegen.shell.preview.maker import Maker


class Source(NamedTuple):
    """A place in a source file, and where that file lies on disk."""

    at: Span
    place: str


def answer(request: Request, maker: Maker, jobs: Jobs, command: tuple[str, ...]) -> Answer:
    """Start the editor at a place of the page or of a finding: {file, line} or {at, line} or {fact}.

    Without a `command` for it, the place is all that is answered.
    """
    try:
        asked = json.loads(request.body)
        line, column = max(1, int(asked.get("line", 1))), max(1, int(asked.get("column", 1)))
        source = jobs.ask(Urgency.PAGE, lambda: _source(maker, asked, line, column)).result()
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return plain(400)
    except SiteError:  # while the settings of the site have errors, nobody knows where anything is
        return plain(404)
    if source is None:
        return plain(404)
    at = source.at
    try:
        if command:
            editor.start(editor.command(command, source.place, at.line, at.column))
    except OSError:
        return plain(502)
    return as_json({"file": at.path, "line": at.line, "column": at.column, "opened": bool(command)})


def _source(maker: Maker, asked: dict[str, object], line: int, column: int) -> Source | None:
    at: Span | None
    if "fact" in asked:
        at = maker.fact(str(asked["fact"]))
    elif "file" in asked:
        at = Span(str(asked["file"]), line, column)
    else:
        at = maker.source(decoded(str(asked.get("at", ""))))
        at = Span(at.path, line if "line" in asked else at.line, column) if at else None
    place = maker.place(at.path) if at else None
    return Source(at, place) if at and place else None


def decoded(path: str) -> str:
    """A path as a browser names it, as text."""
    return normalize("NFC", unquote(path))
