"""Block tokens as a `Body`: HTML with holes, headings, and the sentences that refer to something."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from typing import cast

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from sitegen.core.body import Block, Body, FactRef, Heading, Html, Image, Item, Link, Part, Parts, Sentence
from sitegen.core.markdown.blocks import BlockKind
from sitegen.core.markdown.heading_ids import give_ids
from sitegen.core.markdown.inline import InlineReader
from sitegen.core.markdown.page import Page
from sitegen.core.markdown.pieces import Hole, Piece, Words, to_parts, to_text
from sitegen.core.markdown.sentences import sentences
from sitegen.core.markdown.sink import Sink
from sitegen.locale import Locale

_TABLE = {"ar": "جدول", "fa": "جدول", "ur": "جدول", "he": "טבלה"}
_OWN_WAYS = ("table_open", "table_close")  # tags that are not written as they are called
_CELL_GAP = Words(" · ")


class BodyReader:
    """Reads the block tokens of one text."""

    def __init__(self, page: Page, locale: Locale, lined: bool = False) -> None:
        self.page = page
        self.locale = locale
        self.lined = lined  # whether block elements tell their line of the file, as a preview wants
        self.inline = InlineReader(page, locale)
        self.heading = Heading(1, "", (), "")
        self.headings: list[Heading] = []
        self.fragments: list[str] = []
        self.sentences: list[Sentence] = []
        self.row: list[Piece] | None = None
        self.tables: Counter[str] = Counter()

    def read(self, tokens: Sequence[Token]) -> Body:
        """The whole body."""
        give_ids(self.page, tokens)
        parts = self._blocks(tokens)
        return Body(parts, tuple(self.headings), tuple(self.sentences), tuple(self.fragments))

    def _blocks(self, tokens: Sequence[Token]) -> Parts:
        sink = Sink(self.page)
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "site_block_open":
                end = next(i for i in range(index, len(tokens)) if tokens[i].type == "site_block_close")
                sink.add(self._block(token, tokens[index + 1 : end]))
                index = end
            elif token.type == "paragraph_open" and (figure := self._figure(tokens[index : index + 3])):
                sink.add(figure)
                index += 2
            elif token.type == "heading_open":
                self._heading(sink, token, tokens[index + 1])
                index += 2
            elif token.type == "inline":
                self._prose(sink, token)
            else:
                self._element(sink, token)
            index += 1
        return sink.parts()

    def _element(self, sink: Sink, token: Token) -> None:
        """Tags and code."""
        if token.nesting and token.type not in _OWN_WAYS:
            if not token.hidden:
                self._tag(sink, token)
            return
        match token.type:
            case "fence" | "code_block":
                sink.line(
                    f'<pre dir="ltr" tabindex="0"{self._line(token)}><code{_language(token)}>{html.escape(token.content)}</code></pre>'
                )
            case "hr":
                sink.line("<hr>")
            case "table_open":
                sink.open(
                    f'<div class="table-scroll" role="region" tabindex="0" aria-label="{self._table_label()}">'
                )
                sink.open("<table>")
            case "table_close":
                sink.close("</table>")
                sink.close("</div>")

    def _tag(self, sink: Sink, token: Token) -> None:
        if token.nesting == 1:
            if token.type == "tr_open":
                self.row = []
            attributes = [f' {key}="{html.escape(str(it))}"' for key, it in token.attrs.items()]
            sink.open(f"<{token.tag}{''.join(attributes)}{self._line(token)}>")
            return
        if token.type == "tr_close":
            self.sentences += sentences(self.row or [], self.heading.id, self.locale, whole=True)
            self.row = None
        sink.close(f"</{token.tag}>")

    def _prose(self, sink: Sink, token: Token) -> None:
        pieces = self.inline.read_token(token)
        sink.extend(to_parts(pieces, self.locale))
        if self.row is None:
            self.sentences += sentences(pieces, self.heading.id, self.locale)
        else:
            self.row += [_CELL_GAP, *pieces] if self.row else pieces

    def _figure(self, tokens: Sequence[Token]) -> Image | None:
        """The image that is all there is in a paragraph."""
        paragraph, inline, _ = tokens
        children = inline.children or []
        if paragraph.hidden or [child.type for child in children] != ["image"]:
            return None
        piece = self.inline.read_token(inline)[0]
        if not isinstance(piece, Hole) or not isinstance(piece.part, Image):
            return None
        image = piece.part
        return Image(image.src, image.alt, image.title, True, image.line, image.column, image.end_column)

    def _heading(self, sink: Sink, token: Token, inline: Token) -> None:
        level = max(2, int(token.tag[1]))
        pieces = self.inline.read_token(inline)
        parts = to_parts(pieces, self.locale)
        text = " ".join(to_text(pieces).split())
        name = str(token.meta["id"])
        self.fragments.append(name)
        if token.tag == "h1":
            self.page.report("B140", self.page.whole_line(_first_line(token)))
        elif token.level == 0 and level > self.heading.level + 1:
            self.page.report(
                "B144", self.page.whole_line(_first_line(token)), level=level, above=self.heading.level
            )
        if not text:
            self.page.report("B143", self.page.whole_line(_first_line(token)))
        if token.level == 0:
            self.heading = Heading(level, name, parts, text)
            self.headings.append(self.heading)
        sink.open(f'<h{level} id="{html.escape(name)}"{self._line(token)}>')
        sink.extend(parts)
        sink.close(f"</h{level}>")

    def _line(self, token: Token) -> str:
        """The attribute that tells where a block begins; nothing in what is published."""
        return f' data-line="{self.page.first_line + _first_line(token)}"' if self.lined and token.map else ""

    def _table_label(self) -> str:
        """A name for the scrolling region of a table that no other region of the page has."""
        label = _TABLE.get(self.locale.language, "Table")
        if self.heading.text:
            label += f": {self.heading.text}"
        self.tables[label] += 1
        count = self.tables[label]
        return html.escape(label if count == 1 else f"{label} ({count})")

    def _block(self, token: Token, tokens: Sequence[Token]) -> Part:
        kind = cast("BlockKind", token.meta["kind"])
        place, args = token.meta["place"], token.meta["args"]
        if kind.form == "markdown":
            return Block(kind.name, args, parts=self._blocks(tokens), **place._asdict())
        items = [self._item(kind, *pair) for pair in zip(tokens[::2], tokens[1::2], strict=True)]
        if kind.form != "questions":
            return Block(kind.name, args, items=tuple(items), **place._asdict())
        asked = [bool(item.meta["question"]) for item in tokens[::2]]
        pairs = tuple(
            (question, answer.parts)
            for question, answer, is_question, is_next in zip(
                items, items[1:], asked, asked[1:], strict=False
            )
            if is_question and not is_next
        )
        return Block(kind.name, args, pairs=pairs, **place._asdict())

    def _item(self, kind: BlockKind, item: Token, inline: Token) -> Item:
        pieces = self.inline.read_token(inline)
        if kind.form != "ids":
            self.sentences += sentences(pieces, self.heading.id, self.locale)
        parts = to_parts(pieces, self.locale)
        self.page.spend(sum(len(it.html) for it in parts if isinstance(it, Html)))
        place = self.page.place(inline, 0, len(inline.content))
        return Item(_item_text(pieces), parts, item.meta["classes"], item.meta["date"], *place)


def _item_text(pieces: list[Piece]) -> str:
    """The words of an item; of an item that is nothing but a reference, what it refers to."""
    match pieces:
        case [Hole(part=Link(target=name) | FactRef(fact=name))] if name:
            return name
    return " ".join(to_text(pieces).split())


def _first_line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _language(token: Token) -> str:
    words = unescapeAll(token.info).split(maxsplit=1)
    return f' class="language-{html.escape(words[0])}"' if words else ""
