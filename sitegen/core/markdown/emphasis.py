"""Inline rule `emphasis`: CommonMark's, and stars that touch an Arabic word across punctuation work too.

Proclitics attach to the next word, so `لـ**"أكسيوس"**` and `و**«الردع»**` are ordinary text; CommonMark leaves their
stars literal because a letter stands outside and punctuation inside.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_STOPS = frozenset(".,;:!?،؛؟۔…%٪")


def emphasis(state: StateInline, silent: bool) -> bool:
    """Push each marker of a run as text that may become a tag when its partner is found."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    start = end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    opens, closes = _turns(
        marker, state.src[start - 1] if start else " ", state.src[end] if end < state.posMax else " "
    )
    for _ in range(start, end):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=end - start,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos = end
    return True


@lru_cache(1 << 12)
def _turns(marker: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether markers between two characters may open and may close."""
    stop_before, stop_after = (isMdAsciiPunct(ord(it)) or isPunctChar(it) for it in (before, after))
    gap_before, gap_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    left = not gap_after and (not stop_after or gap_before or stop_before)
    right = not gap_before and (not stop_before or gap_after or stop_after)
    if marker == "_":
        return left and (not right or stop_before), right and (not left or stop_after)
    return left or (_is_arabic(before) and _may_begin(after)), right or (
        _is_arabic(after) and _may_end(before)
    )


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
