"""What is wrong with a content file by itself, whatever the others say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sitegen.core.article import Article
from sitegen.core.documents import Parsed
from sitegen.core.relative_dates import Spot, relative_dates
from sitegen.engine.db import Db, query
from sitegen.errors import Diagnostic, Span, diagnostic
from sitegen.graph.links import facts_shown, sentences
from sitegen.graph.queries import Kind, page_lang, parsed
from sitegen.graph.standing import standing
from sitegen.graph.texts import inline_texts, parsed_text
from sitegen.graph.things import identity


@query
def own_problems(db: Db, kind: Kind, path: str) -> tuple[Diagnostic, ...]:
    """Findings that need no other file, without the lines they stand in."""
    document = parsed(db, kind, path)
    found = [*document.diagnostics, *parsed_text(db, kind, path).diagnostics]
    if isinstance(document.value, Article) and document.value.kind == "explainer":
        found += _of_days_that_move(db, path, document)
    # While the file is at hand: to read it once more would cost more than all of this.
    identity(db, kind, path)
    sentences(db, kind, path)
    if kind == "article":
        facts_shown(db, path)
        standing(db, path)
    return tuple(found)


def _of_days_that_move(db: Db, path: str, document: Parsed[Any]) -> Iterator[Diagnostic]:
    if not page_lang(db, "article", path).startswith("ar"):
        return
    for spot in relative_dates(document.body.replace("\r\n", "\n")):
        at = Span(path, document.body_line + spot.line, spot.column, spot.end_column)
        yield diagnostic("T501", at, words=spot.words)
    for one in inline_texts(document.value):
        place = document.place(one.place) or Span(path)
        for spot in relative_dates(one.text):
            yield diagnostic("T501", _inside(place, one.text, spot), words=spot.words)


def _inside(place: Span, text: str, spot: Spot) -> Span:
    """Where words of a front matter text stand; the whole text when it is not written as it reads."""
    quote = (place.end_column - place.column - len(text)) / 2
    if quote not in (0, 1) or "\n" in text:
        return place
    start = place.column + int(quote) - 1
    return Span(place.path, place.line, start + spot.column, start + spot.end_column)
