"""Named things: entities, terms and topics. Names are by language; the key "" is the site's own."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from sitegen.core.article import Party
from sitegen.core.facts import Cited
from sitegen.core.values import FactId, FuzzyDate, Slug
from sitegen.core.words import Country, Inline, NameLists, Names, Ref, Wikidata

EntityKind = Literal[
    "state", "person", "organisation", "agency", "group", "place", "facility", "agreement", "event", "media"
]


class Post(Struct, frozen=True, omit_defaults=True):
    """An office a person held."""

    role: str
    org: Ref = ""
    during: FuzzyDate | None = None


class Avoid(Struct, frozen=True, omit_defaults=True):
    """A wording that the house does not use."""

    text: str
    use: str = ""


class Ambiguous(Struct, frozen=True, omit_defaults=True):
    """A spelling that looks like a name of this but may mean another."""

    text: str
    not_: Ref = field(default="", name="not")  # the entity that is not meant
    see: Ref = ""


class NotToConfuse(Struct, frozen=True, omit_defaults=True):
    """A neighbour that readers take for this."""

    ref: Ref
    why: str = ""


class Entity(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A state, person, organisation, place, agreement or event with a page of its own."""

    id: Slug
    kind: EntityKind
    name: Names
    short: Names = {}
    aliases: NameLists = {}
    avoid: tuple[Avoid, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    wikidata: Wikidata = ""
    country: Country = ""
    member_of: tuple[Ref, ...] = ()
    parent: Ref = ""
    parties: tuple[Party, ...] = ()  # who took part in an event or signed an agreement
    positions: tuple[Post, ...] = ()
    role_in_file: str = ""
    date: FuzzyDate | None = None  # of an event or agreement
    summary: str = ""
    sources: tuple[Cited, ...] = ()


class Term(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A word that needs explaining."""

    id: Slug
    term: Names
    aliases: NameLists = {}
    definition: Inline
    not_to_confuse: tuple[NotToConfuse, ...] = ()
    sources: tuple[Cited, ...] = ()


class Topic(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A hub that gathers the articles of one file."""

    id: Slug
    title: str
    summary: str = ""
    state_of_play: Inline = ""
    as_of: FuzzyDate | None = None
    key_facts: tuple[FactId, ...] = ()
    reading_order: tuple[Ref, ...] = ()
    parties: tuple[Ref, ...] = ()
    open_questions: tuple[Inline, ...] = ()
    terms: tuple[Ref, ...] = ()
