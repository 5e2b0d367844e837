"""HTML put together from plain text, without the objects that `Markup` makes of every piece on the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from markupsafe import Markup, _escape_inner  # type: ignore[attr-defined]  # what `escape` rests on

escaped: Callable[[str], str] = _escape_inner
"""Plain text as HTML. Not for `Markup`, which it would escape once more."""

marked: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Finished HTML as `Markup`."""
