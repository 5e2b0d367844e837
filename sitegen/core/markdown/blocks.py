"""The `:::` blocks: their names, arguments and the form of what stands between the fences."""

from __future__ import annotations

from typing import Literal, NamedTuple

BlockName = Literal[
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

BodyForm = Literal["ids", "events", "items", "questions", "markdown"]
"""What a block holds.

ids: `- id {.highlight}`, an id or a name a line.
events: `- 2023-05: words` or `- id` a line.
items: `- words`, inline Markdown.
questions: `س: …` then `ج: …` (or `q: …`, `a: …`), inline Markdown; a blank line ends an answer.
markdown: paragraphs, lists, anything but another block.
"""


class Argument(NamedTuple):
    """`key=value` after the name; quotes around the value let it hold spaces."""

    name: str
    alias: str  # the same in Arabic
    required: bool = False


class BlockKind(NamedTuple):
    """A block that may stand in a body."""

    name: BlockName
    aliases: tuple[str, ...]
    form: BodyForm
    arguments: tuple[Argument, ...] = ()
    may_be_empty: tuple[str, ...] = ()  # when one of these arguments is given
    classes: tuple[str, ...] = ()  # that an item may carry: `{.highlight}`


_USE = Argument("use", "من-سجل")
_TITLE = Argument("title", "عنوان")

BLOCKS: tuple[BlockKind, ...] = (
    BlockKind("facts", ("حقائق",), "ids", (_TITLE,), classes=("highlight",)),
    BlockKind(
        "timeline",
        ("خط-زمني", "الخط-الزمني"),
        "events",
        (_USE, Argument("from", "من"), Argument("to", "إلى"), Argument("party", "طرف"), _TITLE),
        ("use", "party"),
        ("highlight",),
    ),
    BlockKind(
        "gauge",
        ("مقياس", "مؤشر"),
        "ids",
        (Argument("scale", "سلم", required=True), _TITLE),
        classes=("highlight",),
    ),
    BlockKind("who", ("من-هم", "أطراف"), "ids", (_TITLE,)),
    BlockKind("qa", ("أسئلة", "سؤال-وجواب"), "questions", (_TITLE,)),
    BlockKind(
        "quote",
        ("اقتباس",),
        "markdown",
        (_USE, Argument("speaker", "قائل"), Argument("source", "مصدر"), Argument("date", "تاريخ")),
        ("use",),
    ),
    BlockKind("known", ("معروف", "نعرف"), "items", (_TITLE,)),
    BlockKind("unknown", ("مجهول", "لا-نعرف"), "items", (_TITLE,)),
    BlockKind("disputed", ("خلاف", "محل-خلاف"), "items", (_TITLE,)),
    BlockKind(
        "changed", ("تغير", "ما-تغير"), "markdown", (Argument("since", "منذ"), Argument("date", "تاريخ"))
    ),
    BlockKind("glossary", ("مصطلحات", "مسرد"), "ids", (_TITLE,)),
    BlockKind(
        "correction",
        ("تصويب", "تصحيح"),
        "markdown",
        (Argument("date", "تاريخ"), Argument("severity", "درجة")),
    ),
)

BY_NAME: dict[str, BlockKind] = {name: kind for kind in BLOCKS for name in (kind.name, *kind.aliases)}
