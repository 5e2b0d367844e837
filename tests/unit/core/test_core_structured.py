"""JSON-LD inside a script element: nothing in it can end the element or break the parser."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sitegen.core import structured
from sitegen.core.article import ArticleKind
from sitegen.core.entities import EntityKind

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--",
    "]]>",
    "&amp;",
    "\u2028",
    "\u2029",
    '"',
    "\\",
    "\x0b",
]


class Scripts(HTMLParser):
    """The contents of the script elements of a page, as a browser would take them."""

    def __init__(self) -> None:
        super().__init__()
        self.contents: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag == "script":
            self.contents.append("")

    def handle_data(self, data: str) -> None:
        self.contents[-1] += data


def embedded(*nodes: structured.JsonLd) -> list[dict[str, object]]:
    """The nodes after their way through a page."""
    reader = Scripts()
    reader.feed(f'<script type="application/ld+json">{structured.script(*nodes)}</script>')
    reader.close()
    assert reader.tags == ["script"]
    graph = json.loads(reader.contents[0])["@graph"]
    assert isinstance(graph, list)
    return graph


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    """A headline of </script> does not end the script (case 44)."""
    assert embedded({"headline": words}) == [{"headline": words}]
    text = structured.script({"headline": words})
    assert not set(text) & set("<>&\u2028\u2029")


@given(some.text(), some.text())
def test_any_words_come_through(key: str, words: str) -> None:
    """Keys and values, in their own letters."""
    assert embedded({key: words}) == [{key: words}]


def test_arabic_is_written_as_it_is() -> None:
    """A third of the size of escapes, and people read it."""
    assert "عُمان" in structured.script({"name": "عُمان"})


def published(kind: ArticleKind, **more: object) -> structured.JsonLd:
    base: dict[str, object] = dict.fromkeys(
        ("url", "headline", "description", "lang", "published", "modified"), "x"
    )
    return structured.article(structured.Published(**{**base, "publisher": "", "kind": kind, **more}))


@pytest.mark.parametrize("kind", get_args(ArticleKind))
def test_every_kind_of_article_has_a_type(kind: ArticleKind) -> None:
    """A list, since some have two."""
    assert published(kind)["@type"]


@pytest.mark.parametrize("kind", get_args(EntityKind))
def test_every_kind_of_entity_has_a_type(kind: EntityKind) -> None:
    """With its names and its item of Wikidata."""
    node = structured.entity(
        kind, "https://example.org/x/", "س", ("ص",), "وصف", "https://www.wikidata.org/wiki/Q1", ""
    )
    assert node["@type"]
    assert (node["@id"], node["sameAs"]) == ("https://example.org/x/", "https://www.wikidata.org/wiki/Q1")
    assert node["alternateName"] == ["ص"]


def test_what_is_not_known_is_not_said() -> None:
    """An empty field would be a claim."""
    node = published("explainer")
    assert not {"image", "author", "publisher", "about", "citation", "correction"} & set(node)
    cited = published("explainer", citations=(("عنوان", "", ""),))
    assert cited["citation"] == [{"@type": "CreativeWork", "name": "عنوان"}]


def test_crumbs_and_events_are_numbered_from_one() -> None:
    """In the order given."""
    crumbs = structured.breadcrumbs((structured.Named("u1", "أ"), structured.Named("u2", "ب")))
    assert [(it["position"], it["item"]) for it in crumbs["itemListElement"]] == [(1, "u1"), (2, "u2")]
    events = structured.events("u", "خط", (("أ", "2023-05-08", "u1"), ("ب", "", "u2")))
    assert [(it["position"], it["item"].get("startDate")) for it in events["itemListElement"]] == [
        (1, "2023-05-08"),
        (2, None),
    ]
