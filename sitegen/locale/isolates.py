"""Directional isolates, written once: text with U+2066–U+2069, turned into `<bdi>` for HTML.

Every formatter builds the plain text; `html` makes the markup. So both always say the same.
"""

from __future__ import annotations

from markupsafe import Markup, escape

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"


def ltr(text: str) -> str:
    """`text` as a left-to-right island."""
    return f"{LRI}{text}{PDI}"


def rtl(text: str) -> str:
    """`text` as a right-to-left island."""
    return f"{RLI}{text}{PDI}"


def html(text: str) -> Markup:
    """Isolated text as HTML: escaped, with a `<bdi>` for each isolate."""
    escaped = str(escape(text))
    if PDI in escaped:
        escaped = (
            escaped.replace(LRI, '<bdi dir="ltr">')
            .replace(RLI, '<bdi dir="rtl">')
            .replace(FSI, "<bdi>")
            .replace(PDI, "</bdi>")
        )
    return Markup(escaped)


def data(value: str, text: str) -> Markup:
    """Isolated text as `<data value=…>`; `value` is ASCII, for machines."""
    return Markup(f'<data value="{escape(value)}">{html(text)}</data>')


def time(stamp: str, text: str) -> Markup:
    """Isolated text as `<time datetime=…>`; `stamp` is a valid HTML date string."""
    return Markup(f'<time datetime="{escape(stamp)}">{html(text)}</time>')
