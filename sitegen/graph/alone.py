"""What a content file says by itself: what is wrong with it whatever the others say, and what it refers to.

Both are told with their places, so that a file is not read once more when it is checked against the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from sitegen.core.article import Article
from sitegen.core.body import Block, Item
from sitegen.core.documents import Parsed
from sitegen.core.edtf import parse_date
from sitegen.core.markdown import ParsedInline, parse_inline
from sitegen.core.problem import Problem
from sitegen.core.relative_dates import Spot, relative_dates
from sitegen.core.values import FuzzyDate
from sitegen.engine.db import Db, query
from sitegen.errors import Diagnostic, Span, diagnostic
from sitegen.graph.links import facts_shown, sentences
from sitegen.graph.queries import Kind, identity, locale_of, page_lang, parsed
from sitegen.graph.references import Reference, in_front_matter, in_prose
from sitegen.graph.standing import standing
from sitegen.graph.strings import has_words
from sitegen.graph.texts import Inline, ParsedText, inline_texts, parsed_text
from sitegen.locale import get_locale


class Entry(Struct, frozen=True, array_like=True):
    """An entry of a `timeline` block and where it stands; without a day of its own it has that of a fact."""

    at: Span
    day: FuzzyDate | None = None
    fact: str = ""


class Alone(Struct, frozen=True):
    """What a file says by itself; places in front matter texts count from their own start."""

    findings: tuple[Diagnostic, ...] = ()
    references: tuple[Reference, ...] = ()  # of its fields and its body
    inlines: dict[str, tuple[Reference, ...]] = {}  # of its front matter texts
    timelines: tuple[tuple[Entry, ...], ...] = ()
    broken_draft: bool = False  # an article that cannot be read and is not for the public


@query
def alone(db: Db, kind: Kind, path: str) -> Alone:
    """What can be told of a file without the others."""
    document = parsed(db, kind, path)
    text = parsed_text(db, kind, path)
    value = document.value or document.partial
    blocks = [it for it in text.body.parts if isinstance(it, Block)]
    written = [_placed(document, path, it) for it in in_front_matter(value)] if value else []
    inlines = {place: tuple(in_prose(it.parts)) for place, it in text.inlines.items()}
    _lay(db, kind, path)
    return Alone(
        tuple(_findings(db, kind, path, document, text, blocks)),
        (*written, *in_prose(text.body.parts)),
        {place: found for place, found in inlines.items() if found},
        tuple(_entries(path, it) for it in blocks if it.name == "timeline"),
        document.value is None and isinstance(value, Article) and value.draft,
    )


def _lay(db: Db, kind: Kind, path: str) -> None:
    """Ask what others will, while the file is at hand: to read it once more would cost more than all of this."""
    identity(db, kind, path)
    sentences(db, kind, path)
    if kind == "article":
        facts_shown(db, path)
        standing(db, path)


def _placed(document: Parsed[Any], path: str, it: Reference) -> Reference:
    at = document.place(it.place) or Span(path)
    return replace(it, place="", line=at.line, column=at.column, end_column=at.end_column)


@query(persist=False)
def lines(db: Db, path: str) -> tuple[str, ...]:
    """The lines of a file, for excerpts."""
    text = (db.read(path) or b"").decode("utf-8", errors="replace")
    return tuple(re.split(r"\r\n|\r|\n", text))


def placed_inline(db: Db, kind: Kind, path: str, it: Inline) -> ParsedInline:
    """A front matter text with the exact places of what stands in it; its file is read for that."""
    at = parsed(db, kind, path).place(it.place) or Span(path)
    source = lines(db, path)[at.line - 1 :]
    return parse_inline(it.text, at, locale_of(db, page_lang(db, kind, path)), source)


# -- findings ------------------------------------------------------------------------------------------


def _findings(
    db: Db, kind: Kind, path: str, document: Parsed[Any], text: ParsedText, blocks: Iterable[Block]
) -> Iterator[Diagnostic]:
    yield from document.diagnostics
    yield from text.diagnostics
    for one in inline_texts(document.value):
        if text.inlines[one.place].diagnostics:
            yield from placed_inline(db, kind, path, one).diagnostics
    for block in blocks:
        yield from _of_dates(path, block)
    if isinstance(document.value, Article):
        yield from _of_article(db, path, document)


_DATES = ("from", "to", "since", "date")  # arguments of blocks


def _of_dates(path: str, block: Block) -> Iterator[Diagnostic]:
    """Dates of a block that are none."""
    written = [(_span(path, block), text) for name, text in block.args if name in _DATES]
    if block.name == "timeline":
        written += [(_span(path, item), item.date) for item in block.items if item.date]
    for at, text in written:
        if isinstance(wrong := parse_date(text), Problem):
            yield diagnostic(wrong.code, at, **wrong.args)


def _entries(path: str, timeline: Block) -> tuple[Entry, ...]:
    found = []
    for item in timeline.items:
        day = parse_date(item.date) if item.date else None
        known = None if isinstance(day, Problem) else day
        found.append(Entry(_span(path, item), known, "" if item.date else item.text))
    return tuple(found)


def _span(path: str, it: Block | Item) -> Span:
    return Span(path, it.line, it.column, it.end_column)


def _of_article(db: Db, path: str, document: Parsed[Article]) -> Iterator[Diagnostic]:
    """What only articles must not do: show internal facts of their own, speak where the theme does not, age."""
    it = document.value
    assert it is not None
    for n, use in enumerate(it.facts):
        if use.fact and use.fact.visibility == "internal":
            yield diagnostic("W801", document.place(f"facts.{n}") or Span(path), fact=use.fact.label)
    if it.lang and (wrong := of_language(db, it.lang)):
        yield replace(wrong, at=document.place("lang") or Span(path))
    if it.kind == "explainer" and page_lang(db, "article", path).startswith("ar"):
        yield from _of_days_that_move(path, document)


def of_language(db: Db, lang: str) -> Diagnostic | None:
    """Pages in a language that the theme does not speak would speak two."""
    language = get_locale(lang).language
    return None if has_words(db, language) else diagnostic("C108", Span(""), lang=language)


def _of_days_that_move(path: str, document: Parsed[Article]) -> Iterator[Diagnostic]:
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
