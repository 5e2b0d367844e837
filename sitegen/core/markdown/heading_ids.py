"""Ids for all headings of a text: what the author wrote first, the others from their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from markdown_it.token import Token

from sitegen.core.markdown.page import Page
from sitegen.text import HeadingIds, audit

_ID = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")


def give_ids(page: Page, tokens: Sequence[Token]) -> None:
    """Set `meta["id"]` of every heading token; ids of the author that cannot be kept are reported."""
    ids = HeadingIds()
    headings = [pair for pair in pairwise(tokens) if pair[0].type == "heading_open"]
    for token, inline in headings:
        explicit = token.meta.get("id")
        if explicit is None:
            continue
        place = page.place(inline, *token.meta["at"])
        if not _ID.fullmatch(explicit) or audit(explicit):
            page.report("B142", place, id=explicit)
            token.meta["id"] = None
        elif not ids.claim(explicit):
            page.report("B141", place, id=explicit)
            token.meta["id"] = None
    for token, inline in headings:
        if token.meta.get("id") is None:
            token.meta["id"] = ids.make(_words(inline.children or ()))


def _words(children: Sequence[Token]) -> str:
    """The plain words of a heading, for its id; a reference without words gives its target."""
    words: list[str] = []
    for child, after in zip_longest(children, children[1:]):
        if child.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif child.type == "link_open" and after.type == "link_close":
            words.append(str(child.meta.get("target", "")))
        else:
            words.append(child.content)
    return "".join(words)
