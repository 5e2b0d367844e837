"""The HTML of links."""

from __future__ import annotations

from markupsafe import Markup


def anchor(url: str, words: Markup | str, lang: str = "") -> Markup:
    """A plain link, or the words alone when there is nowhere to go."""
    language = Markup(' lang="{}"').format(lang) if lang else ""
    if not url:
        return Markup("{}").format(words)
    return Markup('<a href="{}"{}>{}</a>').format(url, language, words)


def reference(look: str, url: str, words: Markup) -> Markup:
    """A link of running text; `look` is its class."""
    return Markup('<a class="ref-link {}" href="{}">{}</a>').format(look, url, words)


def carded(
    look: str, url: str, words: Markup, number: int, title: Markup, text: Markup, english: str
) -> Markup:
    """A link of running text and the card it opens, the `number`-th of its page."""
    foreign = Markup(' <bdi lang="en">{}</bdi>').format(english) if english else ""
    return Markup(
        '<span class="ref"><a class="ref-link {look}" href="{url}" aria-describedby="card-{number}">{words}</a>'
        '<span class="card" id="card-{number}" role="tooltip"><span class="card-title">{title}{foreign}</span> '
        '<span class="card-text">{text}</span></span></span>'
    ).format(look=look, url=url, number=number, words=words, title=title, foreign=foreign, text=text)
