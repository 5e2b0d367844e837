"""Inline rule `emphasis`: CommonMark's, and stars that touch an Arabic word across punctuation work too.

Proclitics attach to the next word, so `لـ**"أكسيوس"**` and `و**«الردع»**` are ordinary text; CommonMark leaves their
stars literal because a letter stands outside and punctuation inside.
"""

from __future__ import annotations

import unicodedata

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_STOPS = frozenset(".,;:!?،؛؟۔…%٪")


def emphasis(state: StateInline, silent: bool) -> bool:
    """Push each marker of a run as text that may become a tag when its partner is found."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    run = state.scanDelims(state.pos, marker == "*")
    opens, closes = run.can_open, run.can_close
    if marker == "*":
        before = state.src[state.pos - 1] if state.pos else " "
        end = state.pos + run.length
        after = state.src[end] if end < state.posMax else " "
        opens = opens or (_is_arabic(before) and _may_begin(after))
        closes = closes or (_is_arabic(after) and _may_end(before))
    for _ in range(run.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=run.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos += run.length
    return True


def _is_arabic(char: str) -> bool:
    """An Arabic letter, tatweel or a mark on one."""
    return ("\u0610" <= char <= "\u08ff" or "\ufb50" <= char <= "\ufefc") and unicodedata.category(char) in (
        "Lo",
        "Lm",
        "Mn",
    )


def _may_begin(char: str) -> bool:
    """Punctuation that can be the first character of emphasised words."""
    category = unicodedata.category(char)
    return category[0] in "PS" and category not in ("Pe", "Pf") and char not in _STOPS


def _may_end(char: str) -> bool:
    """Punctuation that can be the last character of emphasised words."""
    category = unicodedata.category(char)
    return category[0] in "PS" and category not in ("Ps", "Pi")
