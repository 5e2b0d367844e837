"""Core rules `arabic_list` and `arabic_digits`: `١. أول` and `١- أول` begin ordered lists.

The list rule of CommonMark knows ASCII digits only. So markers are rewritten, character for character, before blocks
are found, and whatever turned out to be no marker gets its own digits back.
"""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.core.markdown.page import page_of
from sitegen.text import fold_digits

# At most three digits: a line that begins with a year is a sentence.
_DIGIT = re.compile("[٠-٩۰-۹]")
_MARKER = re.compile(r"^(?:[ \t>]|[-*+][ \t])*(?P<mark>[٠-٩۰-۹]{1,3}[.)-])(?=[ \t])", re.MULTILINE)


def arabic_list(state: StateCore) -> None:
    """Rewrite markers of Arabic-Indic digits in ASCII."""
    if not state.inlineMode and _DIGIT.search(state.src):
        state.src, state.env["markers"] = _MARKER.subn(_ascii, state.src)


def _ascii(match: re.Match[str]) -> str:
    before = match.group()[: match.start("mark") - match.start()]
    return before + fold_digits(match["mark"][:-1]) + match["mark"][-1].replace("-", ")")


def arabic_digits(state: StateCore) -> None:
    """Give text and code that began like a marker its own digits back."""
    lines = page_of(state.env).lines
    for token in state.tokens if state.env.get("markers") else ():
        if token.map and token.content:
            first = token.map[0] + (token.type == "fence")
            if any(_MARKER.match(lines[index]) for index in range(first, min(token.map[1], len(lines)))):
                token.content = "\n".join(_restored(token, first, lines))


def _restored(token: Token, first: int, lines: list[str]) -> list[str]:
    """The lines of the content of `token` with the digits of their source lines."""
    pieces = token.content.split("\n")
    for at, piece in enumerate(pieces):
        match = _MARKER.match(lines[first + at]) if first + at < len(lines) else None
        if match is None:
            continue
        written = lines[first + at][match.start("mark") :].rstrip()
        rewritten = _MARKER.sub(_ascii, lines[first + at])[match.start("mark") :].rstrip()
        if piece.rstrip().endswith(rewritten):
            pieces[at] = piece.replace(rewritten, written)
    return pieces
