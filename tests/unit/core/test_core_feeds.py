"""Feeds and sitemaps are well-formed whatever stands in them."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sitegen.core.feeds import Entry, Feed, atom, sitemap

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = "2025-10-31T00:00:00Z"
HOME = "https://example.org/"
words = some.text(some.characters(codec=None), max_size=40)  # lone surrogates included


def feed(title: str = "خلاصة", direction: str = "rtl") -> Feed:
    return Feed(f"{HOME}atom.xml", HOME, title, title, "ar", direction, DAY, title)


def entry(text: str = "مدخل", **more: str) -> Entry:
    return Entry(f"{HOME}a/", text, text, f"<p>{text}</p>", DAY, DAY, (text,), **more)


def allowed(text: str) -> str:
    """`text` as an XML parser gives it back."""
    kept = "".join(
        it
        for it in text
        if it in "\t\n\r" or " " <= it <= "\ud7ff" or "\ue000" <= it <= "\ufffd" or it > "\uffff"
    )
    return kept.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("char", ["\x0b", "\uffff", "\x00", "\x1f", "\ufffe", "\ud800"])
def test_a_feed_with_characters_that_xml_forbids_parses(char: str) -> None:
    """They are left out (case 44)."""
    found = Xml.fromstring(atom(feed(f"أ{char}ب"), [entry(f"ج{char}د")]))
    assert found.findtext(f"{ATOM}title") == "أب"
    assert found.findtext(f"{ATOM}entry/{ATOM}summary") == "جد"
    assert found.findtext(f"{ATOM}entry/{ATOM}content") == '<div dir="rtl" lang="ar"><p>جد</p></div>'


@given(words)
def test_a_feed_gives_back_what_was_put_in(text: str) -> None:
    """Markup in it is words, and all that XML can carry arrives."""
    found = Xml.fromstring(atom(feed(text), [entry(text)]))
    expected = allowed(text)
    assert found.findtext(f"{ATOM}subtitle", default="") == expected
    assert found.findtext(f"{ATOM}author/{ATOM}name") == expected
    assert found.findtext(f"{ATOM}entry/{ATOM}summary") == expected
    assert found.findtext(f"{ATOM}entry/{ATOM}content") == f'<div dir="rtl" lang="ar"><p>{expected}</p></div>'
    assert found.findtext(f"{ATOM}entry/{ATOM}title", default="").strip("\u2067\u2069") == expected.strip(
        "\u2067\u2069"
    )


@pytest.mark.parametrize(
    ("title", "direction", "isolated"),
    [
        ("84% من المخزون", "rtl", True),
        ("IAEA: تقرير", "rtl", True),
        ("«IAEA» تقرير", "rtl", True),
        ("تقرير IAEA", "rtl", False),
        ("٨٤٪ من المخزون", "rtl", False),
        ("84% of it", "ltr", False),
        ("", "rtl", False),
    ],
)
def test_a_title_that_starts_foreign_is_isolated(title: str, direction: str, isolated: bool) -> None:
    """Titles have no direction of their own, so their first letter would decide."""
    found = Xml.fromstring(atom(feed(direction=direction), [entry(title)]))
    expected = f"\u2067{title}\u2069" if isolated else title
    assert found.findtext(f"{ATOM}entry/{ATOM}title", default="") == expected


def test_an_entry_is_known_by_its_id() -> None:
    """Or by its address; the link is always the address."""
    for it, expected in ((entry(id=f"{HOME}a/#x"), f"{HOME}a/#x"), (entry(), f"{HOME}a/")):
        found = Xml.fromstring(atom(feed(), [it]))
        assert found.findtext(f"{ATOM}entry/{ATOM}id") == expected
        link = found.find(f"{ATOM}entry/{ATOM}link")
        assert link is not None
        assert link.get("href") == f"{HOME}a/"


def test_an_entry_has_the_language_of_its_page() -> None:
    """Else that of the feed."""
    found = Xml.fromstring(atom(feed(), [entry(lang="en", dir="ltr")]))
    content = found.find(f"{ATOM}entry/{ATOM}content")
    assert content is not None
    assert content.text == '<div dir="ltr" lang="en"><p>مدخل</p></div>'
    assert content.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


@given(some.lists(some.tuples(words, some.sampled_from(["", "2025-10-31"])), max_size=5))
def test_a_sitemap_lists_what_it_is_given(pages: list[tuple[str, str]]) -> None:
    """In order, with the day where there is one."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = Xml.fromstring(sitemap(pages))
    assert [it.findtext(f"{space}loc", default="") for it in found] == [allowed(url) for url, _ in pages]
    assert [it.findtext(f"{space}lastmod", default="") for it in found] == [day for _, day in pages]
