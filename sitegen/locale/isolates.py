"""Directional isolates, written once: text with U+2066–U+2069, turned into `<bdi>` for HTML.

Every formatter builds the plain text; `html` makes the markup. So both always say the same.
"""

from __future__ import annotations

from markupsafe import Markup

from sitegen.text import escaped, marked

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"


def ltr(text: str) -> str:
    """`text` as a left-to-right island."""
    return f"{LRI}{text}{PDI}"


def rtl(text: str) -> str:
    """`text` as a right-to-left island."""
    return f"{RLI}{text}{PDI}"


def html(text: str) -> Markup:
    """Isolated text as HTML: escaped, with a `<bdi>` for each isolate."""
    return marked(_html(text))


def _html(text: str) -> str:
    safe = escaped(text)
    if PDI not in safe:
        return safe
    return (
        safe.replace(LRI, '<bdi dir="ltr">')
        .replace(RLI, '<bdi dir="rtl">')
        .replace(FSI, "<bdi>")
        .replace(PDI, "</bdi>")
    )


def data(value: str, text: str) -> Markup:
    """Isolated text as `<data value=…>`; `value` is ASCII, for machines."""
    return marked(f'<data value="{escaped(value)}">{_html(text)}</data>')


def time(stamp: str, text: str) -> Markup:
    """Isolated text as `<time datetime=…>`; `stamp` is a valid HTML date string."""
    return marked(f'<time datetime="{escaped(stamp)}">{_html(text)}</time>')
