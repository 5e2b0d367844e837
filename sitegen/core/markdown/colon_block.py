"""Block rule `colon_block`: `:::name key=value`, lines, `:::`.

The lines become tokens between `site_block_open` and `site_block_close`: those of Markdown, or one `site_item` with its
inline token a line (see `BodyForm`). Blocks do not nest.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from sitegen.core.markdown.block_lines import push_lines
from sitegen.core.markdown.blocks import BLOCKS, BY_NAME, Argument, BlockKind
from sitegen.core.markdown.page import Page, Place, page_of
from sitegen.text import nearest

_FENCE = re.compile(r":::+[ \t]*(?P<name>[^\s=:{}\"«]+(?!\S))?(?P<rest>.*)")
_PAIR = re.compile(r"[ \t]+(?P<key>[^\s=]+)=(?P<value>\"[^\"]*\"|«[^»]*»|[^\s\"«]\S*)(?=[ \t]|$)")


def colon_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a whole block; what is wrong with it is reported and its lines stay ordinary Markdown."""
    match = None if state.is_code_block(start) else _fence(state, start)
    if match is None:
        return False
    if silent:
        return True
    page = page_of(state.env)
    place = _place(state, page, start)
    state.line = start + 1
    if not match["name"]:
        page.report("B125" if not match["rest"].strip() else "B128", place, text=match["rest"].strip())
        return True
    close = _closing(state, start, end)
    if close is None:
        page.report("B124", place, name=match["name"])
        return True
    kind = BY_NAME.get(match["name"].lower())
    if kind is None:
        _report_unknown(page, place, match["name"])
        _tokenize(state, start + 1, close)
    else:
        _push(state, kind, _arguments(page, place, kind, match["rest"]), (start, close), place)
    state.line = close + 1
    return True


def _fence(state: StateBlock, line: int) -> re.Match[str] | None:
    begin = state.bMarks[line] + state.tShift[line]
    return (
        _FENCE.fullmatch(state.src, begin, state.eMarks[line]) if state.src.startswith(":::", begin) else None
    )


def _closing(state: StateBlock, start: int, end: int) -> int | None:
    """The line of the `:::` that ends the block; None if another block begins or the container ends first."""
    for line in range(start + 1, end):
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            return None
        fence = _fence(state, line)
        if fence:
            return None if fence["name"] or fence["rest"].strip() else line
    return None


def _place(state: StateBlock, page: Page, line: int) -> Place:
    begin = state.bMarks[line] + state.tShift[line]
    column = begin - state.src.rfind("\n", 0, begin)
    words = state.src[begin : state.eMarks[line]].rstrip()
    return Place(page.first_line + line, column, column + len(words))


def _report_unknown(page: Page, place: Place, name: str) -> None:
    close = nearest(name, BY_NAME) or tuple(kind.name for kind in BLOCKS)
    page.report("B120", place, name=name, known=", ".join(close))


def _arguments(page: Page, place: Place, kind: BlockKind, text: str) -> tuple[tuple[str, str], ...]:
    """The `key=value` pairs after the name, keys in English."""
    known: dict[str, Argument] = {key: it for it in kind.arguments for key in (it.name, it.alias)}
    found: dict[str, str] = {}
    end = 0
    for pair in _PAIR.finditer(text):
        if pair.start() != end:
            break
        end = pair.end()
        argument = known.get(pair["key"])
        if argument is None:
            close = nearest(pair["key"], known) or tuple(it.name for it in kind.arguments) or ("–",)
            page.report("B121", place, key=pair["key"], name=kind.name, known=", ".join(close))
        elif argument.name in found:
            page.report("B122", place, key=pair["key"])
        else:
            found[argument.name] = pair["value"].strip('"«»')
    if text[end:].strip():
        page.report("B128", place, text=text[end:].strip())
    for argument in kind.arguments:
        if argument.required and argument.name not in found:
            page.report("B123", place, key=argument.name, name=kind.name)
    return tuple(found.items())


def _push(
    state: StateBlock,
    kind: BlockKind,
    args: tuple[tuple[str, str], ...],
    lines: tuple[int, int],
    place: Place,
) -> None:
    start, close = lines
    token = state.push("site_block_open", "", 1)
    token.map = [start, close + 1]
    token.meta = {"kind": kind, "args": args, "place": place}
    known = len(state.tokens)
    if kind.form == "markdown":
        _tokenize(state, start + 1, close)
    else:
        push_lines(state, kind, start + 1, close)
    if len(state.tokens) == known and not {key for key, _ in args} & set(kind.may_be_empty):
        page_of(state.env).report("B130", place, name=kind.name)
    state.push("site_block_close", "", -1)


def _tokenize(state: StateBlock, start: int, end: int) -> None:
    """Parse the lines between the fences as Markdown that cannot look beyond them."""
    line_max, state.lineMax = state.lineMax, end
    parent, state.parentType = state.parentType, "root"
    state.md.block.tokenize(state, start, end)
    state.lineMax, state.parentType = line_max, parent
