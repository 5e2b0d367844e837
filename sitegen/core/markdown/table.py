"""Block rule `table`: tables as GitHub knows them, in which the `|` of `[[a|b]]` and `{fact:x|y}` parts no cells."""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from sitegen.core.markdown.page import Break, page_of
from sitegen.core.markdown.reference import REFERENCES

_RULER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_PART = re.compile(rf"(?P<escape>\\\|)|\\.|{REFERENCES.pattern}|(?P<bar>\|)")

MOST_CELLS = 65_536  # of one table; a short row is filled up, so a few bytes could ask for millions


class Cell(NamedTuple):
    """The words of a cell and where their characters stand."""

    content: str
    breaks: list[Break]


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A header row, a line of dashes and colons, and rows until a blank line or another block."""
    if start + 2 > end or state.is_code_block(start) or state.is_code_block(start + 1):
        return False
    if state.sCount[start + 1] < state.blkIndent:
        return False
    ruler = _line(state, start + 1)
    if "|" not in ruler + _line(state, start) or not _RULER.fullmatch(ruler):
        return False
    aligns = [_alignment(cell) for cell in ruler.strip(" \t").strip("|").split("|")]
    header = _cells(state, start)
    if "|" not in _line(state, start) or len(header) != len(aligns):
        return False
    if silent:
        return True
    state.push("table_open", "table", 1).map = lines = [start, 0]
    state.push("thead_open", "thead", 1)
    _row(state, start, header, aligns, "th")
    state.push("thead_close", "thead", -1)
    lines[1] = state.line = _rows(state, start + 2, end, aligns)
    state.push("table_close", "table", -1)
    return True


def _rows(state: StateBlock, start: int, end: int, aligns: list[str]) -> int:
    """Push the rows of the table's body; the line after them."""
    terminators = state.md.block.ruler.getRules("blockquote")
    last = min(end, start + MOST_CELLS // len(aligns))
    old, state.parentType = state.parentType, "table"
    line = start
    while line < last:
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent or state.is_code_block(line):
            break
        if any(rule(state, line, end, True) for rule in terminators):
            break
        if line == start:
            state.push("tbody_open", "tbody", 1)
        _row(state, line, _cells(state, line), aligns, "td")
        line += 1
    if line > start:
        state.push("tbody_close", "tbody", -1)
    state.parentType = old
    return line


def _row(state: StateBlock, line: int, cells: list[Cell], aligns: list[str], tag: str) -> None:
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    for index, align in enumerate(aligns):
        opening = state.push(f"{tag}_open", tag, 1)
        if tag == "th":
            opening.attrs["scope"] = "col"
        if align:
            opening.attrs["class"] = f"align-{align}"
        inline = state.push("inline", "", 0)
        inline.map = [line, line + 1]
        inline.children = []
        if index < len(cells):
            inline.content = cells[index].content
            inline.meta["breaks"] = cells[index].breaks
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)
    if len(cells) > len(aligns):
        page = page_of(state.env)
        page.report("B170", page.whole_line(line), cells=len(cells), columns=len(aligns))


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _alignment(cell: str) -> str:
    """The logical side that `:--`, `:-:` and `--:` ask for."""
    cell = cell.strip()
    if not cell.endswith(":"):
        return "start" if cell.startswith(":") else ""
    return "center" if cell.startswith(":") else "end"


def _cells(state: StateBlock, line: int) -> list[Cell]:
    """The cells of a row; an escaped bar is a bar of the text."""
    begin = state.bMarks[line] + state.tShift[line]
    column = begin - state.src.rfind("\n", 0, begin)
    text = _line(state, line).rstrip(" \t")
    cells: list[Cell] = []
    start, escapes = 0, list[int]()
    for part in _PART.finditer(text):
        if part["escape"]:
            escapes.append(part.start())
        elif part["bar"]:
            if part.start() or cells:
                cells.append(_cell(text, start, part.start(), escapes, line, column))
            start, escapes = part.end(), []
    if start < len(text):
        cells.append(_cell(text, start, len(text), escapes, line, column))
    return cells


def _cell(text: str, start: int, end: int, escapes: list[int], line: int, column: int) -> Cell:
    while start < end and text[start] in " \t":
        start += 1
    content, breaks = "", [Break(0, line, column + start)]
    for escape in escapes:
        content += text[start:escape]
        start = escape + 1
        breaks.append(Break(len(content), line, column + start))
    return Cell((content + text[start:end]).rstrip(" \t"), breaks)
