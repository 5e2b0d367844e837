"""YAML as positioned text: every scalar exactly as written, with its style and its place, and nothing else.

The tree is built from parser events, never by a YAML loader: a loader types `NO` and `14:30`, keeps the last of two
equal keys, follows merges without end and recurses until the process dies.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import yaml
from msgspec import Struct

from sitegen.core.decoding import FORBIDDEN, Lines, decode, scrub
from sitegen.core.syntax import MAX_DEPTH, explain
from sitegen.errors import Diagnostic
from sitegen.text import audit, clean, label

MAX_FRONT_MATTER: Final = 64 * 1024  # bytes
MAX_MARKDOWN: Final = 512 * 1024
MAX_DATA: Final = 4 * 1024 * 1024
_JOINERS = "\u200c\u200d"  # part of Persian words, and keys of `facts` are words


class Mark(Struct, frozen=True, array_like=True, gc=False):
    """Where a node stands; line and columns from 1 in code points, `end_column` 0 when it ends on another line."""

    line: int
    column: int
    end_column: int = 0


class Scalar(Struct, frozen=True):
    """Text as written, in NFC; `plain` when it carries no quotes and is no block."""

    text: str
    at: Mark
    plain: bool = True

    @property
    def absent(self) -> bool:
        """Whether it says that there is nothing: an empty plain scalar, `null` or `~`."""
        return self.plain and self.text in ("", "~", "null")


class Items(Struct, frozen=True):
    items: tuple[Node, ...]
    at: Mark


class Pairs(Struct, frozen=True):
    pairs: tuple[tuple[Scalar, Node], ...]
    at: Mark

    def get(self, key: str) -> Node | None:
        """The value of `key`, if it is there."""
        return next((value for name, value in self.pairs if name.text == key), None)


Node: TypeAlias = Scalar | Items | Pairs


class Document(Struct):
    """A file taken apart: its tree (None when its YAML cannot be read), its body, and what was found so far."""

    source: Lines
    root: Node | None = None
    body: str = ""
    body_line: int = 1
    found: list[Diagnostic] = []


def read_markdown(path: str, data: bytes) -> Document:
    """A Markdown file with front matter between two lines `---`."""
    source = decode(path, data, MAX_MARKDOWN)
    if isinstance(source, Diagnostic):
        return Document(Lines(path, []), found=[source])
    lines = source.lines
    if lines[0].rstrip() != "---":
        return Document(source, body="\n".join(lines), found=[source.finding("S119", 1, 1)])
    close = next((n for n in range(1, len(lines)) if lines[n].rstrip() == "---"), 0)
    if not close:
        return Document(source, found=[source.finding("S130", 1, 1, 4)])
    document = Document(source, body="\n".join(lines[close + 1 :]), body_line=close + 2)
    _grow(document, 2, close, MAX_FRONT_MATTER)
    return document


def read_yaml(path: str, data: bytes) -> Document:
    """A data file: YAML from the first line to the last."""
    source = decode(path, data, MAX_DATA)
    if isinstance(source, Diagnostic):
        return Document(Lines(path, []), found=[source])
    document = Document(source)
    _grow(document, 1, len(source.lines), MAX_DATA)
    return document


def _grow(document: Document, first: int, last: int, limit: int) -> None:
    """Read lines `first` to `last` into the tree of `document`."""
    source = document.source
    text, document.found = scrub(source, first, last)
    if len(text.encode()) > limit:
        document.found.append(source.finding("S117", first, 1, size=len(text) // 1024, limit=limit // 1024))
        return
    builder = _Builder(source, first - 1, document.found)
    try:
        document.root = builder.tree(text)
    except _DepthError:
        document.root = None
    except yaml.MarkedYAMLError as error:
        document.found.append(explain(error, source, first - 1))


class _DepthError(Exception):
    """The tree cannot be trusted any more; the reason has been reported."""


class _Builder:
    """Parser events to nodes, without recursion deeper than MAX_DEPTH."""

    def __init__(self, source: Lines, offset: int, found: list[Diagnostic]) -> None:
        self.source = source
        self.offset = offset  # lines of the file before the YAML begins
        self.found = found
        self.depth = 0
        self.escapes = False  # whether there may be characters that the text of the file does not show

    def tree(self, text: str) -> Node:
        self.escapes = "\\" in text
        events = _events(text)
        empty = Scalar("", Mark(self.offset + 1, 1))
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if event.tags:
                    self.report("S109", self.mark(event), what="%TAG")
                if root is not None:
                    self.report("S132", self.mark(event))
                    break
                root = self.node(next(events), events)
        return root or empty

    def report(self, code: str, at: Mark, /, **args: object) -> None:
        self.found.append(self.source.finding(code, at.line, at.column, at.end_column, **args))

    def mark(self, event: Any) -> Mark:
        """Where a node stands; of a block scalar, its first line."""
        at = self._extent(event)
        if isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">"):
            return self._first_content(at.line) or Mark(at.line, at.column, at.column + 1)
        return at

    def _extent(self, event: Any) -> Mark:
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column + 1
        last = end.column + 1 if end.line == line else 0
        return Mark(line + self.offset + 1, column, last if last > column else 0)

    def _first_content(self, line: int) -> Mark | None:
        """The first written line of the block scalar whose indicator stands on `line`."""
        lines = self.source.lines
        for number in range(line + 1, len(lines) + 1):
            text = lines[number - 1]
            if text.strip():
                indent = len(text) - len(text.lstrip())
                return Mark(number, indent + 1, len(text.rstrip()) + 1)
        return None

    def node(self, event: Any, events: Iterator[Any]) -> Node:
        if type(event) is yaml.ScalarEvent and not event.anchor and not event.tag:  # nearly all are
            return self.scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self.report("S109", self.mark(event), what=f"*{event.anchor}")
            return Scalar("", self.mark(event))
        if event.anchor:
            self.report("S109", self.mark(event), what=f"&{event.anchor}")
        if event.tag:
            self.report("S109", self.mark(event), what=event.tag.replace("tag:yaml.org,2002:", "!!"))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.report("S116", self.mark(event), limit=MAX_DEPTH)
            raise _DepthError
        node = (
            self.pairs(event, events)
            if isinstance(event, yaml.MappingStartEvent)
            else self.items(event, events)
        )
        self.depth -= 1
        return node

    def items(self, start: Any, events: Iterator[Any]) -> Items:
        items: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            item = self.node(event, events)
            if start.flow_style and isinstance(item, Scalar) and item.plain and "،" in item.text:
                self.report("S114", item.at, value=item.text)
            items.append(item)
        return Items(tuple(items), self._extent(start))

    def pairs(self, start: Any, events: Iterator[Any]) -> Pairs:
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, Mark] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key, value = self.node(event, events), self.node(next(events), events)
            if not isinstance(key, Scalar):
                self.report("S133", key.at)
                continue
            key = self.clean_key(key)
            if key.text in seen:
                self.report("S101", key.at, key=key.text, first=seen[key.text].line)
                continue
            seen[key.text] = key.at
            pairs.append((key, value))
        return Pairs(tuple(pairs), self._extent(start))

    def clean_key(self, key: Scalar) -> Scalar:
        """The key without what cannot be seen in it; a merge is reported here, since it is a key like any other."""
        if key.plain and key.text == "<<":
            self.report("S109", key.at, what="<<")
        hidden = () if key.text.isascii() else tuple(it for it in audit(key.text) if it.char not in _JOINERS)
        if not hidden:
            return key
        self.report("S150", key.at, char=hidden[0].label)
        gone = str.maketrans("", "", "".join(it.char for it in hidden))
        return Scalar(key.text.translate(gone), key.at, key.plain)

    def scalar(self, event: Any) -> Scalar:
        text: str = event.value
        style = event.style
        plain = not style
        at = self.mark(event) if style in ("|", ">") else self._extent(event)
        if self.escapes and style == '"' and (hidden := FORBIDDEN.search(text)):  # written as an escape
            self.report("S131", at, char=label(hidden[0]))
            text = FORBIDDEN.sub(" ", text)
        if not text.isascii():
            text = clean(text).text
        if plain:
            self.check_cut(event)
        return Scalar(text, at, plain)

    def check_cut(self, event: Any) -> None:
        """`title: word #tag` loses `#tag` to a comment; a comment that is meant has a space after its #."""
        end = event.end_mark
        number = end.line + self.offset + 1
        if number > len(self.source.lines) or "#" not in self.source.lines[number - 1]:
            return
        rest = self.source.lines[number - 1][end.column :]
        lost = rest.lstrip()
        if lost.startswith("#") and lost != rest and len(lost) > 1 and lost[1] not in " \t#!":
            column = end.column + 1 + len(rest) - len(lost)
            self.report("S115", Mark(number, column, column + len(lost)), value=event.value, lost=lost)


def _events(text: str) -> Iterator[Any]:
    """Parser events of `text`; libyaml's where it was built, else the pure parser's, which are the same."""
    return iter(PARSER(text).get_event, None)


class PureParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's parser without its loader."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


def _fastest() -> Any:
    if not yaml.__with_libyaml__:
        return PureParser
    from yaml._yaml import CParser

    return CParser


PARSER: Any = _fastest()
