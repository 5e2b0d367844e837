"""Parts as plain text."""

from __future__ import annotations

import html
import re

from sitegen.core.body import Block, Citation, FactRef, Html, Image, Link, Part, Parts

_TAG = re.compile(r"<[^>]*>")


def plain_text(parts: Parts) -> str:
    """The words of `parts`: a link without words gives its target, a fact without words nothing, an image its `alt`."""
    return "".join(map(_plain, parts))


def _plain(part: Part) -> str:
    match part:
        case Html():
            return unmarked(part.html)
        case Link():
            return unmarked(part.html) if part.html else part.target
        case FactRef():
            return part.text
        case Citation():
            return ""
        case Image():
            return part.alt
        case Block():
            lines = [plain_text(it.parts) for it in part.items]
            lines += [plain_text(words) for asked, answer in part.pairs for words in (asked.parts, answer)]
            return "\n".join([*lines, plain_text(part.parts)])


def unmarked(markup: str) -> str:
    """Finished HTML without its tags, entities resolved."""
    return html.unescape(_TAG.sub("", markup)) if "<" in markup or "&" in markup else markup
