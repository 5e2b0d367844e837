"""Core rule `heading_id`: `## Title {#id}` takes its id from the author."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore

_EXPLICIT = re.compile(r"(?:^|[ \t]+)[\u200e\u200f\u061c]*\{#(?P<id>[^\s{}]*)\}[\u200e\u200f\u061c]*$")


def heading_id(state: StateCore) -> None:
    """Cut `{#id}` off the words of a heading and keep it in `meta["id"]` of its token."""
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type != "heading_open" or not inline.content.endswith(("}", "\u200e", "\u200f", "\u061c")):
            continue
        match = _EXPLICIT.search(inline.content)
        if match:
            opening.meta["id"] = match["id"]
            opening.meta["at"] = match.span("id")
            inline.content = inline.content[: match.start()]
