"""Text in, parts and findings out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from sitegen.core.body import EMPTY, Body, Parts, Sentence
from sitegen.core.markdown.body_reader import BodyReader
from sitegen.core.markdown.controls import report_controls
from sitegen.core.markdown.inline import InlineReader
from sitegen.core.markdown.located import MOST_SEARCHED
from sitegen.core.markdown.page import MOST_OUTPUT, Break, OutputTooLargeError, Page, Place
from sitegen.core.markdown.parser import parser
from sitegen.core.markdown.pieces import to_parts
from sitegen.core.markdown.sentences import sentences
from sitegen.errors import Diagnostic, Span
from sitegen.locale import Locale

LARGEST_BODY = 512 * 1024  # bytes of UTF-8

_LINE_END = re.compile(r"\r\n?")


class ParsedBody(Struct, frozen=True):
    """A body and what is wrong with it."""

    body: Body = EMPTY
    diagnostics: tuple[Diagnostic, ...] = ()


class ParsedInline(Struct, frozen=True):
    """A line of inline Markdown, as front matter has it; its sentences stand under no heading."""

    parts: Parts = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    sentences: tuple[Sentence, ...] = ()


def parse_body(text: str, path: str, first_line: int, locale: Locale, lined: bool = False) -> ParsedBody:
    """The Markdown `text`, which begins at line `first_line` (from 1) of the file `path`; never raises.

    With `lined`, block elements carry `data-line`, their line in the file.
    """
    text = _LINE_END.sub("\n", text)
    page = Page(path, text.split("\n"), first_line)
    start = page.whole_line(0)
    size = len(text.encode("utf-8", "replace"))
    if size > LARGEST_BODY:
        page.report("B191", start, size=size // 1024, limit=LARGEST_BODY // 1024)
        return ParsedBody(EMPTY, page.diagnostics())
    tokens = parser().parse(text, {"page": page})
    body = EMPTY
    try:
        body = BodyReader(page, locale, lined).read(tokens)
    except OutputTooLargeError:
        page.report("B192", start, limit=MOST_OUTPUT // 1024 // 1024)
    if page.tangles > MOST_SEARCHED:
        page.report("B193", start)
    report_controls(page, text, tokens, locale.language)
    return ParsedBody(body, page.diagnostics())


def parse_inline(text: str, at: Span, locale: Locale, lines: Sequence[str] = ()) -> ParsedInline:
    """The inline Markdown `text` of the field at `at`; never raises.

    Places are exact when the field is `text` as it stands, plain or in quotes, or put together from `lines` (those of
    the file from that of `at` on) without escapes; otherwise they are `at`.
    """
    text = _LINE_END.sub("\n", text)
    here = Place(at.line, at.column, at.end_column)
    breaks = _field_breaks(text, at, lines)
    page = Page(at.path, [], at.line, None if breaks else here)
    size = len(text.encode("utf-8", "replace"))
    if size > LARGEST_BODY:
        page.report("B191", here, size=size // 1024, limit=LARGEST_BODY // 1024)
        return ParsedInline((), page.diagnostics())
    token = parser().parseInline(text, {"page": page})[0]
    token.meta["breaks"] = breaks
    parts: Parts = ()
    found: list[Sentence] = []
    try:
        pieces = InlineReader(page, locale).read_token(token)
        parts = to_parts(pieces, locale)
        found = sentences(pieces, "", locale)
    except OutputTooLargeError:
        page.report("B192", here, limit=MOST_OUTPUT // 1024 // 1024)
    report_controls(page, text, [token], locale.language, token)
    return ParsedInline(parts, page.diagnostics(), tuple(found))


def _field_breaks(text: str, at: Span, lines: Sequence[str]) -> list[Break]:
    """Where the lines of a field stand, `at` being where it begins; empty if that cannot be told."""
    quotes = (at.end_column - at.column - len(text)) / 2
    if quotes in (0, 1) and "\n" not in text:
        return [Break(0, 0, at.column + int(quotes))]
    breaks: list[Break] = []
    offset = 0
    for index, line in enumerate(lines):
        begin = 0 if breaks else at.column - 1
        begin += not breaks and line[begin : begin + 1] in ("'", '"')
        words = line[begin:].strip()
        offset += len(text) - offset - len(text[offset:].lstrip())
        rest = text[offset:].rstrip()
        if words:
            breaks.append(Break(offset, index, begin + len(line[begin:]) - len(line[begin:].lstrip()) + 1))
        if words.startswith(rest):  # and no more, but for a quotation mark or a comment
            return breaks
        if not rest.startswith(words):
            return []
        offset += len(words)
    return []
