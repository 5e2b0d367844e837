"""Block rule `nesting`: what is nested too deeply stays text and is reported, instead of vanishing."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from sitegen.core.markdown.page import page_of

DEEPEST = 24  # levels of quotations and lists; a list counts two


def nesting(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the rest of a container at the deepest level as one paragraph."""
    if silent or state.level < DEEPEST:
        return False
    page = page_of(state.env)
    page.report("B190", page.whole_line(start), levels=DEEPEST)
    state.push("paragraph_open", "p", 1).map = [start, end]
    token = state.push("inline", "", 0)
    token.content = state.getLines(start, end, state.blkIndent, False).strip()
    token.map = [start, end]
    token.children = []
    state.push("paragraph_close", "p", -1)
    state.line = end
    return True
