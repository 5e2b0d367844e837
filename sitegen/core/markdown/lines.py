"""Lines that blocks tell for previews, taken out again: what other pages make of a body must not know them."""

from __future__ import annotations

import re

from msgspec.structs import replace

from sitegen.core.body import Block, Body, Html, Part, Parts

# Only a tag can hold this: in text and in attributes of others the quotation marks are escaped.
_LINE = re.compile(r' data-line="\d+"')


def unlined(body: Body) -> Body:
    """A body as `parse_body` makes it without `lined`."""
    return replace(body, parts=_without(body.parts))


def _without(parts: Parts) -> Parts:
    return tuple(_plain(it) for it in parts)


def _plain(it: Part) -> Part:
    match it:
        case Html():
            return Html(_LINE.sub("", it.html)) if "data-line" in it.html else it
        case Block():
            pairs = tuple((question, _without(answer)) for question, answer in it.pairs)
            return replace(it, pairs=pairs, parts=_without(it.parts))
        case _:
            return it
