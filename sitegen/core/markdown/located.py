"""CommonMark's own inline rules, with their places noted and their searches bounded."""

from __future__ import annotations

from collections.abc import Callable

from markdown_it import rules_inline
from markdown_it.rules_inline import StateInline

from sitegen.core.markdown.page import page_of

InlineRule = Callable[[StateInline, bool], bool]

MOST_SEARCHED = 4_000_000  # characters searched in vain for a closing bracket, in one text
_PLACED = ("link_open", "image", "html_inline", "code_inline")


def located(rule: InlineRule) -> InlineRule:
    """`rule`, noting in `meta["at"]` of its token which characters of the content it took."""

    def run(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[known : known + 2]:  # text that was pending may come first
                if token.type in _PLACED:
                    token.meta["at"] = (start, state.pos)
                    break
        return True

    return run


def bounded(rule: InlineRule) -> InlineRule:
    """`rule`, which looks for a `]`, until a text has cost `MOST_SEARCHED`: thousands of `![` would take minutes."""

    def run(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.src[start] not in "[!":
            return False
        page = page_of(state.env)
        if page.tangles > MOST_SEARCHED:
            return False
        if rule(state, silent):
            return True
        page.tangles += _searched(state, start)
        return False

    return run


def _searched(state: StateInline, start: int) -> int:
    """How many characters were read to find that the bracket at `start` makes no link."""
    inside = state.src.find("[", start, start + 2) + 1
    if not inside:
        return 0
    close = state.src.find("]", inside, state.posMax)
    simple = close != -1 and state.src.find("[", inside, close) == -1
    return (close if simple else state.posMax) - start


link = located(bounded(rules_inline.link))
image = located(bounded(rules_inline.image))
autolink = located(rules_inline.autolink)
html_inline = located(rules_inline.html_inline)
backticks = located(rules_inline.backtick)
