"""A Markdown body after parsing: finished HTML with holes where other pages' data goes.

The holes are filled when a page is rendered, so a fact that changes its value costs no second parse, and articles
may refer to each other without a cycle. `Markup` runs are already escaped HTML with numbers isolated.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct


class Html(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Finished HTML."""

    html: str


class Link(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A reference to something of this site: `[[oman|text]]`, `[text](entity:oman)`, `[text](../articles/x.md)`."""

    target: str  # id, alias or path as written; "" is the page itself
    # "" is `[[name]]`: any of them.
    scheme: Literal["", "entity", "term", "article", "topic", "source", "path"]
    html: str = ""  # the words of the link, finished HTML; "" means the target's own name
    fragment: str = ""
    line: int = 0
    column: int = 0
    end_column: int = 0
    origin: str = ""  # of a path: the file it is written in, from which it counts


class FactRef(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """`{fact:id}`, `{fact:id.field}`, `{fact:id|words}` and `[words](fact:id)`."""

    fact: str
    field: str = ""  # "", "as_of", "long", "label", "note", "source", ...
    html: str = ""  # the author's own words, finished HTML; "" means print the value
    text: str = ""  # the same words as plain text, for checking numbers in them
    line: int = 0
    column: int = 0
    end_column: int = 0


class Citation(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """`[^source-id]`; numbered by first appearance when rendered."""

    source: str
    line: int = 0
    column: int = 0
    end_column: int = 0


class Image(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """An image of `content/media/`."""

    src: str
    alt: str
    title: str = ""
    block: bool = False  # it is all there is in its paragraph, and so a figure
    line: int = 0
    column: int = 0
    end_column: int = 0


class Item(Struct, frozen=True, array_like=True, gc=False):
    """One line of a block's list: `- fact-id {.highlight}`, `- 2023-05: words` or plain words."""

    text: str  # plain text without attributes and date; of a lone reference, the id or name it refers to
    parts: tuple[Part, ...] = ()  # the same, parsed as inline Markdown
    classes: tuple[str, ...] = ()
    date: str = ""  # what stands before the colon in a `timeline`, digits in ASCII
    line: int = 0
    column: int = 0
    end_column: int = 0


class Block(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A `:::name key=value` block, Arabic names folded to the English ones."""

    name: Literal[
        "facts",
        "timeline",
        "gauge",
        "who",
        "qa",
        "quote",
        "known",
        "unknown",
        "disputed",
        "changed",
        "glossary",
        "correction",
    ]
    args: tuple[tuple[str, str], ...] = ()
    items: tuple[Item, ...] = ()  # of a list body
    pairs: tuple[tuple[Item, tuple[Part, ...]], ...] = ()  # question and answer of `qa`
    parts: tuple[Part, ...] = ()  # of a Markdown body
    line: int = 0
    column: int = 0
    end_column: int = 0


Part: TypeAlias = Html | Link | FactRef | Citation | Image | Block
Parts: TypeAlias = tuple[Part, ...]


class Heading(Struct, frozen=True, array_like=True, gc=False):
    level: int
    id: str
    parts: Parts
    text: str  # plain text, for the table of contents


class Sentence(Struct, frozen=True, array_like=True, gc=False):
    """A sentence that refers to something, for backlinks and fact pages."""

    heading: str  # id of the nearest heading above, or ""
    parts: Parts  # inline parts only, without positions and citations


class Body(Struct, frozen=True, array_like=True, gc=False):
    """All that a page needs of its Markdown."""

    parts: Parts = ()
    headings: tuple[Heading, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    fragments: tuple[str, ...] = ()  # ids of all headings, also of those in quotations and blocks


EMPTY = Body()
