"""Inline content between tokens and parts: words, elements around them, and holes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from sitegen.core.body import Html, Part, Parts
from sitegen.locale import Locale, prose_html


class Words(Struct, frozen=True, gc=False):
    """Plain words, not yet escaped."""

    text: str


class Solid(Struct, frozen=True, gc=False):
    """Finished HTML that is never cut: code, a line break."""

    html: str
    text: str


class Start(Struct, frozen=True, gc=False):
    """The start tag of an element; `end` is its end tag."""

    html: str
    end: str


class End(Struct, frozen=True, gc=False):
    """The end of the element that started last."""

    html: str


class Hole(Struct, frozen=True):
    """A part that is filled when the page is rendered; `text` are its words, as far as they are known."""

    part: Part
    text: str


Piece: TypeAlias = Words | Solid | Start | End | Hole


def to_parts(pieces: Iterable[Piece], locale: Locale) -> Parts:
    """`pieces` as parts, words escaped and their numbers isolated."""
    parts: list[Part] = []
    html: list[str] = []
    for piece in pieces:
        if isinstance(piece, Words):
            html.append(prose_html(piece.text, locale))
        elif isinstance(piece, Hole):
            if html:
                parts.append(Html("".join(html)))
                html = []
            parts.append(piece.part)
        else:
            html.append(piece.html)
    if html:
        parts.append(Html("".join(html)))
    return tuple(parts)


def to_html(pieces: Iterable[Piece], locale: Locale) -> str:
    """`pieces` as HTML; holes leave their words."""
    filled = (Words(it.text) if isinstance(it, Hole) else it for it in pieces)
    return "".join(part.html for part in to_parts(filled, locale) if isinstance(part, Html))


def to_text(pieces: Sequence[Piece]) -> str:
    """The words of `pieces` without markup."""
    return "".join([it.text for it in pieces if not isinstance(it, Start | End)])
