"""The HTML of links.

Put together as plain strings, which is several times cheaper than `Markup.format`: every text goes through `escape`.
"""

from __future__ import annotations

from markupsafe import Markup, escape


def anchor(url: str, words: Markup | str, lang: str = "") -> Markup:
    """A plain link, or the words alone when there is nowhere to go."""
    if not url:
        return escape(words)
    language = f' lang="{escape(lang)}"' if lang else ""
    return Markup(f'<a href="{escape(url)}"{language}>{escape(words)}</a>')


def reference(look: str, url: str, words: Markup) -> Markup:
    """A link of running text; `look` is its class."""
    return Markup(f'<a class="ref-link {escape(look)}" href="{escape(url)}">{words}</a>')


def carded(
    look: str, url: str, words: Markup, number: int, title: Markup, text: Markup, english: str
) -> Markup:
    """A link of running text and the card it opens, the `number`-th of its page."""
    foreign = f' <bdi lang="en">{escape(english)}</bdi>' if english else ""
    return Markup(
        f'<span class="ref"><a class="ref-link {escape(look)}" href="{escape(url)}" aria-describedby="card-{number}">'
        f'{words}</a><span class="card" id="card-{number}" role="tooltip"><span class="card-title">{title}{foreign}'
        f'</span> <span class="card-text">{text}</span></span></span>'
    )
