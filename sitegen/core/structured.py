"""Structured data: schema.org in JSON-LD, plain dictionaries with ASCII digits, ISO dates and no isolates."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from sitegen.core.article import ArticleKind
from sitegen.core.entities import EntityKind

JsonLd = dict[str, Any]

CONTEXT = "https://schema.org"

ARTICLE_TYPES: dict[ArticleKind, list[str]] = {
    "explainer": ["NewsArticle", "BackgroundNewsArticle"],
    "news": ["NewsArticle"],
    "factcheck": ["NewsArticle", "AnalysisNewsArticle"],
    "page": ["WebPage"],
}
ENTITY_TYPES: dict[EntityKind, str] = {
    "state": "Country",
    "person": "Person",
    "organisation": "Organization",
    "agency": "Organization",
    "group": "Organization",
    "place": "Place",
    "facility": "Place",
    "agreement": "CreativeWork",
    "event": "Event",
    "media": "NewsMediaOrganization",
}


class Named(Struct, frozen=True):
    """Something with a page: absolute URL, name, schema.org type."""

    url: str
    name: str
    type: str = "Thing"


def _reference(it: Named) -> JsonLd:
    return {"@type": it.type, "@id": it.url, "name": it.name}


def _without_empty(data: JsonLd) -> JsonLd:
    return {key: value for key, value in data.items() if value not in ("", None, [], {})}


class Published(Struct, frozen=True, kw_only=True):
    """What JSON-LD says of an article; dates are ISO 8601."""

    url: str
    headline: str
    description: str
    kind: ArticleKind
    lang: str
    published: str
    modified: str
    publisher: str
    authors: tuple[str, ...] = ()
    image: str = ""
    about: tuple[Named, ...] = ()
    mentions: tuple[Named, ...] = ()
    citations: tuple[tuple[str, str, str], ...] = ()  # title, publisher, URL
    corrections: tuple[tuple[str, str], ...] = ()  # ISO date, text


def article(it: Published) -> JsonLd:
    """A NewsArticle (or what its kind says) with what it is about, cites and corrects."""
    return _without_empty(
        {
            "@type": ARTICLE_TYPES[it.kind],
            "@id": it.url,
            "url": it.url,
            "mainEntityOfPage": it.url,
            "headline": it.headline,
            "description": it.description,
            "inLanguage": it.lang,
            "datePublished": it.published,
            "dateModified": it.modified,
            "image": it.image,
            "author": [{"@type": "Person", "name": name} for name in it.authors],
            "publisher": {"@type": "Organization", "name": it.publisher} if it.publisher else None,
            "about": [_reference(one) for one in it.about],
            "mentions": [_reference(one) for one in it.mentions],
            "citation": [
                _without_empty({"@type": "CreativeWork", "name": title, "publisher": publisher, "url": url})
                for title, publisher, url in it.citations
            ],
            "correction": [
                {"@type": "CorrectionComment", "datePublished": day, "text": text}
                for day, text in it.corrections
            ],
        }
    )


def breadcrumbs(crumbs: tuple[Named, ...]) -> JsonLd:
    """A BreadcrumbList in order."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": it.name, "item": it.url}
            for number, it in enumerate(crumbs, 1)
        ],
    }


def entity(
    kind: EntityKind, url: str, name: str, other_names: tuple[str, ...], summary: str, wikidata: str, day: str
) -> JsonLd:
    """A Person, Country, Organization, Place, Event or CreativeWork, with `sameAs` to Wikidata."""
    return _without_empty(
        {
            "@type": ENTITY_TYPES[kind],
            "@id": url,
            "url": url,
            "name": name,
            "alternateName": list(other_names),
            "description": summary,
            "sameAs": wikidata,
            "startDate" if kind == "event" else "dateCreated": day,
        }
    )


def defined_term(
    url: str, name: str, other_names: tuple[str, ...], definition: str, terms_url: str
) -> JsonLd:
    """A DefinedTerm of the site's glossary."""
    return _without_empty(
        {
            "@type": "DefinedTerm",
            "@id": url,
            "url": url,
            "name": name,
            "alternateName": list(other_names),
            "description": definition,
            "inDefinedTermSet": terms_url,
        }
    )


def events(url: str, name: str, items: tuple[tuple[str, str, str], ...]) -> JsonLd:
    """An ItemList of Events: (name, ISO date, URL)."""
    return {
        "@type": "ItemList",
        "@id": url,
        "name": name,
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "item": _without_empty({"@type": "Event", "name": label, "startDate": day, "url": link}),
            }
            for number, (label, day, link) in enumerate(items, 1)
        ],
    }


def dataset(
    url: str, name: str, description: str, lang: str, downloads: tuple[tuple[str, str], ...]
) -> JsonLd:
    """A Dataset with its downloads: (absolute URL, media type)."""
    return _without_empty(
        {
            "@type": "Dataset",
            "@id": url,
            "url": url,
            "name": name,
            "description": description,
            "inLanguage": lang,
            "distribution": [
                {"@type": "DataDownload", "contentUrl": link, "encodingFormat": media}
                for link, media in downloads
            ],
        }
    )


def website(url: str, name: str, description: str, lang: str) -> JsonLd:
    """The WebSite itself."""
    return _without_empty(
        {
            "@type": "WebSite",
            "@id": url,
            "url": url,
            "name": name,
            "description": description,
            "inLanguage": lang,
        }
    )


def web_page(url: str, name: str, lang: str) -> JsonLd:
    """A page with no richer type."""
    return {"@type": "WebPage", "@id": url, "url": url, "name": name, "inLanguage": lang}


# Inside <script> only these can end or confuse the element or the JavaScript parser.
_ESCAPES = {char.encode(): f"\\u{ord(char):04x}".encode() for char in "<>&\u2028\u2029"}


def script(*nodes: JsonLd) -> str:
    """The nodes as one JSON-LD document that is safe inside a `<script>` element."""
    document = {"@context": CONTEXT, "@graph": list(nodes)}
    text = msgspec.json.encode(document)
    for char, escape in _ESCAPES.items():
        text = text.replace(char, escape)
    return text.decode()
