"""The lines of a `:::` block that holds a list or questions, as tokens."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from sitegen.core.markdown.blocks import BlockKind
from sitegen.core.markdown.page import Break, Page, Place, page_of
from sitegen.text import fold_digits, nearest

_ITEM = re.compile(r"[-*+•][ \t]+(?P<words>\S.*)")
_QUESTION = re.compile(
    r"(?:[-*+•][ \t]+)?(?P<mark>q|س|سؤال|a|ج|جواب)[ \t]*:[ \t]*(?P<words>.*)", re.IGNORECASE
)
_QUESTION_MARKS = ("q", "س", "سؤال")
_CLASSES = re.compile(r"[ \t]*\{(?P<names>\.[\w-]+(?:[ \t]+\.[\w-]+)*)\}$")
_DATE = re.compile(r"(?P<date>[0-9٠-٩۰-۹][0-9٠-٩۰-۹TZ:+./~?%-]*)[ \t]*:[ \t]+")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def push_lines(state: StateBlock, kind: BlockKind, start: int, end: int) -> None:
    """Push the items of a list body, or the questions and answers of `qa`."""
    page = page_of(state.env)
    first = len(state.tokens)
    current: Token | None = None
    starting: Callable[[str], re.Match[str] | None] = (
        _QUESTION.fullmatch if kind.form == "questions" else _ITEM.fullmatch
    )
    for line in range(start, end):
        begin = state.bMarks[line] + state.tShift[line]
        text = state.src[begin : state.eMarks[line]].rstrip()
        column = begin - state.src.rfind("\n", 0, begin)
        if not text:
            current = None
        elif match := starting(text):
            current = _push_item(state, match, line, column)
        elif current is None:
            place = Place(page.first_line + line, column, column + len(text))
            page.report("B127" if kind.form == "questions" else "B126", place, name=kind.name)
        else:
            current.meta["breaks"].append(Break(len(current.content) + 1, line, column))
            current.content += "\n" + text
            assert current.map is not None
            current.map[1] = line + 1
    if kind.form == "questions":
        _check_questions(page, state.tokens[first:])
        return
    for token, inline in zip(state.tokens[first::2], state.tokens[first + 1 :: 2], strict=True):
        _take_classes(page, kind, token, inline)
        if kind.form == "events":
            _take_date(page, token, inline)


def _push_item(state: StateBlock, match: re.Match[str], line: int, column: int) -> Token:
    item = state.push("site_item", "", 0)
    item.map = [line, line + 1]
    item.meta = {"classes": (), "date": ""}
    if "mark" in match.re.groupindex:
        item.meta["question"] = match["mark"].lower() in _QUESTION_MARKS
    inline = state.push("inline", "", 0)
    inline.map = item.map
    inline.children = []
    inline.content = match["words"]
    inline.meta["breaks"] = [Break(0, line, column + match.start("words"))]
    return inline


def _take_classes(page: Page, kind: BlockKind, item: Token, inline: Token) -> None:
    """Move `{.highlight}` from the end of the words to the item."""
    match = _CLASSES.search(inline.content)
    if match is None:
        return
    names = tuple(name[1:] for name in match["names"].split())
    for name in names:
        if name not in kind.classes:
            known = ", ".join(nearest(name, kind.classes) or kind.classes) or "–"
            page.report("B129", page.place(inline, *match.span("names")), name=name, known=known)
    item.meta["classes"] = tuple(name for name in names if name in kind.classes)
    inline.content = inline.content[: match.start()]


def _take_date(page: Page, item: Token, inline: Token) -> None:
    """Move `2023-05:` from the start of the words to the item."""
    match = _DATE.match(inline.content)
    if match:
        item.meta["date"] = fold_digits(match["date"])
        cut = match.end()
        origin = inline.meta["breaks"][0]
        inline.content = inline.content[cut:]
        inline.meta["breaks"] = [
            Break(0, origin.line, origin.column + cut),
            *(Break(it.offset - cut, it.line, it.column) for it in inline.meta["breaks"][1:]),
        ]
    elif not _ID.fullmatch(inline.content) and not inline.content.startswith(("[[", "{")):
        page.report("B131", page.place(inline, 0, len(inline.content)))


def _check_questions(page: Page, tokens: list[Token]) -> None:
    """Report an answer without its question and a question without its answer."""
    pending: Token | None = None
    for item, inline in zip(tokens[::2], tokens[1::2], strict=True):
        place = page.place(inline, 0, max(1, len(inline.content)))
        if not inline.content.strip():
            page.report("B134", place)
        if item.meta["question"]:
            if pending is not None:
                page.report("B132", page.place(pending, 0, len(pending.content)))
            pending = inline
        elif pending is None:
            page.report("B133", place)
        else:
            pending = None
    if pending is not None:
        page.report("B132", page.place(pending, 0, len(pending.content)))
