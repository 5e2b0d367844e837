"""Lists in words: واشنطن وطهران ومسقط."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from markupsafe import Markup

from sitegen.locale.symbols import babel_locale
from sitegen.locale.tags import Locale
from sitegen.text import escaped, marked, strip_directional


@cache
def _glue(locale: Locale) -> tuple[str, str, str, str]:
    """What stands between two items of two, first and second, middle ones, and before the last."""
    patterns = babel_locale(locale).list_patterns["standard"]
    # Names and numbers come isolated, so CLDR's marks have nothing left to do.
    pair, start, middle, end = (
        strip_directional(patterns[name]).replace("{0}", "").replace("{1}", "")
        for name in ("2", "start", "middle", "end")
    )
    return pair, start, middle, end


def listing_text(items: Sequence[str], locale: Locale) -> str:
    """`listing` as plain text; the items are taken as they are."""
    if len(items) < 2:
        return items[0] if items else ""
    pair, start, middle, end = _glue(locale)
    if len(items) == 2:
        return f"{items[0]}{pair}{items[1]}"
    return f"{items[0]}{start}{middle.join(items[1:-1])}{end}{items[-1]}"


def listing(items: Sequence[str | Markup], locale: Locale) -> Markup:
    """The items joined as the language joins them; plain ones are escaped, `Markup` is kept."""
    return marked(listing_text([it if isinstance(it, Markup) else escaped(it) for it in items], locale))
