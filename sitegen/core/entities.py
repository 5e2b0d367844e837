"""Named things: entities, terms and topics. Names are by language; the key "" is the site's own."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sitegen.core.article import Party
from sitegen.core.facts import Cited
from sitegen.core.values import FuzzyDate, Slug

EntityKind = Literal[
    "state", "person", "organisation", "agency", "group", "place", "facility", "agreement", "event", "media"
]


class Post(Struct, frozen=True):
    """An office a person held."""

    role: str
    org: str = ""
    during: FuzzyDate | None = None


class Avoid(Struct, frozen=True):
    text: str
    use: str = ""


class Ambiguous(Struct, frozen=True):
    text: str
    see: str = ""


class NotToConfuse(Struct, frozen=True):
    ref: str
    why: str = ""


class Entity(Struct, frozen=True, kw_only=True):
    """A state, person, organisation, place, agreement or event with a page of its own."""

    id: Slug
    kind: EntityKind
    name: dict[str, str]
    short: dict[str, str] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    avoid: tuple[Avoid, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    wikidata: str = ""
    country: str = ""  # ISO 3166 alpha-2
    member_of: tuple[str, ...] = ()
    parent: str = ""
    parties: tuple[Party, ...] = ()  # who took part in an event or signed an agreement
    positions: tuple[Post, ...] = ()
    role_in_file: str = ""
    date: FuzzyDate | None = None  # of an event or agreement
    summary: str = ""
    sources: tuple[Cited, ...] = ()


class Term(Struct, frozen=True, kw_only=True):
    """A word that needs explaining."""

    id: Slug
    term: dict[str, str]
    aliases: dict[str, tuple[str, ...]] = {}
    definition: str
    not_to_confuse: tuple[NotToConfuse, ...] = ()
    sources: tuple[Cited, ...] = ()


class Topic(Struct, frozen=True, kw_only=True):
    """A hub that gathers the articles of one file."""

    id: Slug
    title: str
    summary: str = ""
    state_of_play: str = ""
    as_of: FuzzyDate | None = None
    key_facts: tuple[str, ...] = ()
    reading_order: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    open_questions: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


