"""The sentences of a paragraph that refer to something, with their markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from sitegen.core.body import Citation, FactRef, Html, Link, Part, Sentence
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
    marks = [it.text if isinstance(it, Words) else _mark(it) for it in pieces]
    text = "".join(marks)
    spans = [(0, len(text))] if whole else _spans(text, _references(pieces, marks))
    return [
        Sentence(heading, tuple([_unplaced(part) for part in to_parts(inside, locale)]))
        for inside in _cut(pieces, marks, spans)
    ]


def _unplaced(part: Part) -> Part:
    """`part` without its position: what quotes a sentence must not change when it moves."""
    return part if isinstance(part, Html) else replace(part, line=0, column=0, end_column=0)


def _refers(part: Part) -> bool:
    """Whether `part` refers to something that has a page; a link to another place of the same page does not."""
    return isinstance(part, FactRef) or (
        isinstance(part, Link) and part.scheme != "source" and bool(part.target)
    )


def _mark(piece: Piece) -> str:
    """What stands for `piece` while borders are sought: one character for everything that is not words."""
    if isinstance(piece, Hole):
        return _CITATION if isinstance(piece.part, Citation) else _HOLE
    if isinstance(piece, Solid):
        return "\n" if piece.text == "\n" else _HOLE
    return ""


def _references(pieces: Sequence[Piece], marks: Sequence[str]) -> Iterator[int]:
    """Offsets of what refers to something."""
    at = 0
    for piece, mark in zip(pieces, marks, strict=True):
        if isinstance(piece, Hole) and _refers(piece.part):
            yield at
        at += len(mark)


def _spans(text: str, references: Iterable[int]) -> list[tuple[int, int]]:
    """Where the sentences around `references` begin and end, each once."""
    stops = list(_BORDER.finditer(text))
    ends = [it.end() for it in stops]
    enclosed = [it.span() for it in _ENCLOSED.finditer(text)]
    spans: list[tuple[int, int]] = []
    end = 0
    for at in references:
        if at < end:  # in the sentence of the one before
            continue
        index = bisect_right(ends, at)
        before = next((n for n in range(index - 1, -1, -1) if _is_border(text, stops[n], enclosed)), None)
        after = next((n for n in range(index, len(stops)) if _is_border(text, stops[n], enclosed)), None)
        end = len(text) if after is None or text[ends[after] :].isspace() else ends[after]
        spans.append((0 if before is None else ends[before], end))
    return spans


def _is_border(text: str, match: re.Match[str], enclosed: Sequence[tuple[int, int]]) -> bool:
    """Whether a stop ends a sentence: not within brackets, and not after an abbreviation."""
    stop = match.start("stop")
    if any(start < stop < end for start, end in enclosed):
        return False
    return match["stop"] != "." or _ABBREVIATION.search(text, max(0, stop - 12), stop) is None


def _cut(
    pieces: Sequence[Piece], marks: Sequence[str], spans: Sequence[tuple[int, int]]
) -> Iterator[list[Piece]]:
    """The pieces within each span.

    An element that a border cuts is closed before it and opened again after it.
    """
    opened: list[Start] = []  # the elements around the current place,
    depth = 0  # and how many of them are open in `inside`
    inside: list[Piece] = []
    at, turn = 0, 0
    for piece, mark in zip(pieces, marks, strict=True):
        if isinstance(piece, Start):
            opened.append(piece)
        elif isinstance(piece, End):
            opened.pop()
            if depth > len(opened):
                inside.append(piece)
                depth -= 1
        begin, at = at, at + len(mark)
        while begin < at and turn < len(spans) and spans[turn][0] < at:
            first, last = max(spans[turn][0], begin), min(spans[turn][1], at)
            if first < last:
                inside += opened[depth:]
                depth = len(opened)
                if isinstance(piece, Words):
                    inside.append(
                        piece if last - first == len(mark) else Words(mark[first - begin : last - begin])
                    )
                elif mark != _CITATION:
                    inside.append(piece)
            if spans[turn][1] >= at and first < last:
                break
            yield _stripped([*inside, *(End(it.end) for it in reversed(opened[:depth]))])
            inside, depth, turn = [], 0, turn + 1
    if inside:
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
