"""The sentences of a paragraph that refer to something, with their markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from sitegen.core.body import Block, Citation, FactRef, Html, Link, Part, Sentence
from sitegen.core.markdown.pieces import End, Hole, Piece, Solid, Start, Words, to_parts
from sitegen.locale import Locale

_HOLE, _CITATION = "\ufdd0", "\ufdd1"  # noncharacters stand for holes while borders are sought
# A set of characters comes first in each, so that what begins with another is passed over quickly.
_BORDER = re.compile(rf"(?P<stop>[.؟?!…۔][.؟?!…۔]*)[»”’\"'\)\]]*{_CITATION}*(?=\s|$)")
_ENCLOSED = re.compile(r"«[^«»]*»|“[^“”]*”|\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«\"])(?:[ولبف]?ال)?(?:[A-Za-zء-ي]|[أاد]\.[دم]|هـ|إلخ|الخ|(?:[A-Za-z]\.)+[A-Za-z]|Dr|Mr|Mrs|Prof|St|vs)$"
)


def sentences(
    pieces: Sequence[Piece], heading: str, locale: Locale, *, whole: bool = False
) -> list[Sentence]:
    """Those sentences of `pieces` that hold a link or a fact, without citations; `whole` takes all of them as one."""
    if not any(isinstance(it, Hole) and _refers(it.part) for it in pieces):
        return []
    marks = [_mark(it) for it in pieces]
    text = "".join(marks)
    borders = [len(text)] if whole else _borders(text)
    return [
        Sentence(heading, tuple(_unplaced(part) for part in to_parts(inside, locale)))
        for inside in _split(pieces, marks, borders)
    ]


def _unplaced(part: Part) -> Part:
    """`part` without its position: what quotes a sentence must not change when it moves."""
    if isinstance(part, Html | Block):
        return part
    return replace(part, line=0, column=0, end_column=0)


def _refers(part: Part) -> bool:
    """Whether `part` refers to something that has a page; a link to another place of the same page does not."""
    return isinstance(part, FactRef) or (
        isinstance(part, Link) and part.scheme != "source" and bool(part.target)
    )


def _mark(piece: Piece) -> str:
    """What stands for `piece` while borders are sought: one character for everything that is not words."""
    if isinstance(piece, Words):
        return piece.text
    if isinstance(piece, Hole):
        return _CITATION if isinstance(piece.part, Citation) else _HOLE
    if isinstance(piece, Solid):
        return "\n" if piece.text == "\n" else _HOLE
    return ""


def _borders(text: str) -> list[int]:
    """Offsets at which sentences end; the last one is the length of `text`."""
    enclosed = [it.span() for it in _ENCLOSED.finditer(text)]
    borders: list[int] = []
    at = 0
    for border in _BORDER.finditer(text):
        stop = border.start("stop")
        while at < len(enclosed) and enclosed[at][1] <= stop:
            at += 1
        if at < len(enclosed) and enclosed[at][0] < stop:
            continue
        if border["stop"] == "." and _ABBREVIATION.search(text, max(0, stop - 12), stop):
            continue
        borders.append(border.end())
    if not borders or text[borders[-1] :].strip():
        borders.append(len(text))
    else:
        borders[-1] = len(text)
    return borders


def _split(pieces: Sequence[Piece], marks: Sequence[str], borders: Sequence[int]) -> Iterator[list[Piece]]:
    """The pieces between borders, where they refer to something.

    An element that a border cuts is closed before it and opened again after it.
    """
    opened: list[Start] = []  # the elements around the current place,
    depth = 0  # and how many of them are open in `inside`
    inside: list[Piece] = []
    refers = False  # whether something in `inside` does
    at, turn = 0, 0
    for piece, mark in zip(pieces, marks, strict=True):
        if isinstance(piece, Start):
            opened.append(piece)
            continue
        if isinstance(piece, End):
            opened.pop()
            if depth > len(opened):
                inside.append(piece)
                depth -= 1
            continue
        length, offset = len(mark), 0
        while offset < length:
            if at + offset == borders[turn]:
                if refers:
                    yield _stripped([*inside, *(End(it.end) for it in reversed(opened[:depth]))])
                inside, depth, turn, refers = [], 0, turn + 1, False
            stop = min(length, borders[turn] - at)
            inside += opened[depth:]
            depth = len(opened)
            if isinstance(piece, Words):
                inside.append(piece if stop - offset == length else Words(mark[offset:stop]))
            elif mark != _CITATION:
                inside.append(piece)
                refers = refers or (isinstance(piece, Hole) and _refers(piece.part))
            offset = stop
        at += length
    if refers:
        yield _stripped(inside)


def _stripped(inside: list[Piece]) -> list[Piece]:
    """`inside` without the space around its words."""
    first = next((i for i, it in enumerate(inside) if not isinstance(it, Start)), None)
    if first is None:
        return []
    last = next(i for i in range(len(inside) - 1, -1, -1) if not isinstance(inside[i], End))
    head = inside[first]
    if isinstance(head, Words):
        inside[first] = Words(head.text.lstrip())
    tail = inside[last]
    if isinstance(tail, Words):
        inside[last] = Words(tail.text.rstrip())
    return inside
