"""Shortening that no reader notices."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200d\ufe0e\ufe0f"


def truncate(text: str, length: int) -> str:
    """`text` on one line in at most `length` code points, cut between words and marked with "…".

    A first word that is too long by itself is cut between graphemes.
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    room = max(length - 1, 0)
    at = line.rfind(" ", 0, room + 1)
    if at <= 0:
        at = room
        while at > 0 and _continues(line, at):
            at -= 1
    return line[:at].rstrip(" ،,؛;:–—-(«") + "…" if length > 0 else ""


def _continues(line: str, at: int) -> bool:
    """Whether the character at `at` belongs to the grapheme before it."""
    return bool(unicodedata.combining(line[at])) or line[at] in _JOINERS or line[at - 1] == "\u200d"
