"""Block rule `reference`: CommonMark's link definitions, except that `[^id]: …` is no link."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import reference as commonmark_reference


def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave `[^id]:` to the citation rule, which reports it."""
    if state.src.startswith("[^", state.bMarks[start] + state.tShift[start]):
        return False
    return commonmark_reference(state, start, end, silent)
