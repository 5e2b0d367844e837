"""HTML put together from plain text, without the objects that `Markup` makes of every piece on the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import markupsafe
from markupsafe import Markup


def _slowly(text: str) -> str:
    return str(markupsafe.escape(text))


# What `escape` rests on is no promise of the library, so it may be missing one day.
escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", _slowly)
"""Plain text as HTML. Not for `Markup`, which it would escape once more."""

marked: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Finished HTML as `Markup`."""
