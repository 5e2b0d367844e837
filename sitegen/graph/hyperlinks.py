"""The HTML of links."""

from __future__ import annotations

from markupsafe import Markup

from sitegen.text import escaped, marked


def anchor(url: str, words: Markup, lang: str = "") -> Markup:
    """A plain link, or the words alone when there is nowhere to go."""
    if not url:
        return words
    language = f' lang="{escaped(lang)}"' if lang else ""
    return marked(f'<a href="{escaped(url)}"{language}>{words}</a>')


def reference(look: str, url: str, words: Markup) -> Markup:
    """A link of running text; `look` is its class."""
    return marked(f'<a class="ref-link {escaped(look)}" href="{escaped(url)}">{words}</a>')


def carded(
    look: str, url: str, words: Markup, number: int, title: Markup, text: Markup, english: str
) -> Markup:
    """A link of running text and the card it opens, the `number`-th of its page."""
    foreign = f' <bdi lang="en">{escaped(english)}</bdi>' if english else ""
    return marked(
        f'<span class="ref"><a class="ref-link {escaped(look)}" href="{escaped(url)}" aria-describedby="card-{number}">'
        f'{words}</a><span class="card" id="card-{number}" role="tooltip"><span class="card-title">{title}{foreign}'
        f'</span> <span class="card-text">{text}</span></span></span>'
    )
