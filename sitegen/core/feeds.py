"""Atom and the sitemap, written by hand: percent-encoded addresses, XML 1.0 characters only, no build time inside."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape  # xml.sax has one too, and loads an HTTP client with it

from msgspec import Struct

from sitegen.text import xml_text


class Entry(Struct, frozen=True):
    """One entry of a feed; times are RFC 3339, `url` is absolute and percent-encoded, `html` is finished HTML.

    `id` is what readers know the entry by, for ever; "" means `url`.
    """

    url: str
    title: str
    summary: str
    html: str
    published: str
    updated: str
    authors: tuple[str, ...] = ()
    lang: str = ""
    dir: str = ""
    id: str = ""


class Feed(Struct, frozen=True):
    url: str  # of the feed itself
    home: str
    title: str
    subtitle: str
    lang: str
    dir: str
    updated: str
    author: str


def _text(text: str) -> str:
    return escape(xml_text(text), quote=False)


def _attribute(text: str) -> str:
    return f'"{escape(xml_text(text))}"'


def _title(text: str, direction: str) -> str:
    """A title in an isolate of its page's direction where its first letter or digit would say otherwise.

    Titles of feeds carry no `dir`: a reader's program takes the direction from the first strong character.
    """
    first = next((it for it in text if it.isalnum()), "")
    if direction == "rtl" and first and first.isascii():
        return _text(f"\u2067{text}\u2069")
    return _text(text)


def atom(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """An Atom 1.0 document."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_attribute(feed.lang)}>',
        f"<id>{_text(feed.url)}</id>",
        f"<title>{_title(feed.title, feed.dir)}</title>",
        *([f"<subtitle>{_text(feed.subtitle)}</subtitle>"] if feed.subtitle else []),
        f'<link rel="self" type="application/atom+xml" href={_attribute(feed.url)}/>',
        f'<link rel="alternate" type="text/html" href={_attribute(feed.home)}/>',
        f"<updated>{_text(feed.updated)}</updated>",
        f"<author><name>{_text(feed.author)}</name></author>",
    ]
    for entry in entries:
        lines += _entry(entry, feed)
    return "\n".join([*lines, "</feed>", ""]).encode("utf-8")


def _entry(entry: Entry, feed: Feed) -> list[str]:
    lang, direction = entry.lang or feed.lang, entry.dir or feed.dir
    content = f'<div dir="{direction}" lang="{lang}">{entry.html}</div>'
    return [
        "<entry>",
        f"<id>{_text(entry.id or entry.url)}</id>",
        f"<title>{_title(entry.title, direction)}</title>",
        f'<link rel="alternate" type="text/html" href={_attribute(entry.url)}/>',
        f"<published>{_text(entry.published)}</published>",
        f"<updated>{_text(entry.updated)}</updated>",
        *(f"<author><name>{_text(name)}</name></author>" for name in entry.authors),
        f"<summary>{_text(entry.summary)}</summary>",
        f'<content type="html" xml:lang={_attribute(lang)}>{_text(content)}</content>',
        "</entry>",
    ]


def sitemap_index(parts: Iterable[str]) -> bytes:
    """A list of sitemaps by their absolute URLs."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<sitemap><loc>{_text(url)}</loc></sitemap>" for url in parts),
        "</sitemapindex>",
        "",
    ]
    return "\n".join(lines).encode("utf-8")


def sitemap(pages: Iterable[tuple[str, str]]) -> bytes:
    """A sitemap of (absolute URL, ISO day or "") pairs."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for url, changed in pages:
        modified = f"<lastmod>{_text(changed)}</lastmod>" if changed else ""
        lines.append(f"<url><loc>{_text(url)}</loc>{modified}</url>")
    return "\n".join([*lines, "</urlset>", ""]).encode("utf-8")
