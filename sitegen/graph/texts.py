"""The Markdown of a content file: its body, and those texts of its front matter that may hold references."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from sitegen.core.article import Article
from sitegen.core.body import EMPTY, Body, Parts
from sitegen.core.entities import Topic
from sitegen.core.markdown import ParsedInline, parse_body, parse_inline, unlined
from sitegen.engine.db import Db, query
from sitegen.errors import Diagnostic, Span
from sitegen.graph.queries import Document, Kind, locale_of, page_lang, parsed


class Inline(Struct, frozen=True):
    """A front matter text that may hold references, with its place in the front matter (`qa.0.a`)."""

    place: str
    text: str


def inline_texts(it: Document | None) -> tuple[Inline, ...]:
    """The front matter texts of a page that are inline Markdown, in the order a reader meets them."""
    found: list[Inline] = []
    match it:
        case Article():
            found = [Inline("answer", it.answer), Inline("why_it_matters", it.why_it_matters)]
            found += [Inline(f"known.{n}", text) for n, text in enumerate(it.known)]
            found += [Inline(f"unknown.{n}", text) for n, text in enumerate(it.unknown)]
            for n, pair in enumerate(it.qa):
                found += [Inline(f"qa.{n}.q", pair.q), Inline(f"qa.{n}.a", pair.a)]
        case Topic():
            found = [Inline("state_of_play", it.state_of_play)]
            found += [Inline(f"open_questions.{n}", text) for n, text in enumerate(it.open_questions)]
        case _:
            pass
    return tuple(it for it in found if it.text)


class ParsedText(Struct, frozen=True):
    """The Markdown of a content file, and what is wrong with its body."""

    body: Body = EMPTY
    inlines: dict[str, ParsedInline] = {}  # by place; positions in them count from their own start
    diagnostics: tuple[Diagnostic, ...] = ()


@query(eager=True)
def parsed_text(db: Db, kind: Kind, path: str) -> ParsedText:
    """The Markdown of a content file with holes for what others know."""
    if db.setting("source_lines"):
        text = lined_text(db, kind, path)  # so that a preview parses once
        return replace(text, body=unlined(text.body))
    return _parsed(db, kind, path)


@query(persist=False)
def lined_text(db: Db, kind: Kind, path: str) -> ParsedText:
    """The same with blocks that tell their lines in the file."""
    return _parsed(db, kind, path, lined=True)


def _parsed(db: Db, kind: Kind, path: str, lined: bool = False) -> ParsedText:
    document = parsed(db, kind, path)
    locale = locale_of(db, page_lang(db, kind, path))
    whole = parse_body(document.body, path, document.body_line, locale, lined)
    here = Span(path)
    inlines = {it.place: parse_inline(it.text, here, locale) for it in inline_texts(document.value)}
    return ParsedText(whole.body, inlines, whole.diagnostics)


def body(db: Db, kind: Kind, path: str) -> Body:
    """The body of a content file as HTML with holes."""
    return parsed_text(db, kind, path).body


def shown_body(db: Db, kind: Kind, path: str) -> Body:
    """The body as its own page shows it; the preview asks for lines by the setting `source_lines`."""
    return lined_text(db, kind, path).body if db.setting("source_lines") else body(db, kind, path)


def inline(db: Db, kind: Kind, path: str, place: str) -> ParsedInline:
    """A front matter text, empty when it is not written."""
    return parsed_text(db, kind, path).inlines.get(place) or ParsedInline()


@query(eager=True)
def answer(db: Db, path: str) -> Parts:
    """The short answer of an article, for those who show no more of its text."""
    return inline(db, "article", path, "answer").parts
