"""A fact: a value, the date it holds for, who says it, where that is written, and how certain it is."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sitegen.core.values import FactId, FuzzyDate, Slug, SourceId, Value

Certainty = Literal["confirmed", "reported", "disputed", "unknown"]
Lifecycle = Literal["current", "superseded", "corrected", "retracted"]
Visibility = Literal["public", "internal"]


class Cited(Struct, frozen=True):
    """A source of `sources.yaml` and the place in it; a bare URL is a source of its own (`url`)."""

    ref: SourceId = SourceId("")
    url: str = ""
    locator: str = ""
    quote_original: str = ""


class Position(Struct, frozen=True):
    """What one side of a dispute holds."""

    by: str  # entity
    says: str = ""
    value: Value | None = None
    sources: tuple[Cited, ...] = ()


class Fact(Struct, frozen=True, kw_only=True):
    """A fact of the registry, or of one article when `id` is empty."""

    id: FactId = FactId("")
    label: str
    value: Value
    subject: str = ""  # entity
    property: str = ""
    measure: str = ""
    scale: str = ""
    as_of: FuzzyDate | None = None
    published: FuzzyDate | None = None
    valid: FuzzyDate | None = None
    tz: str = ""
    duration: str = ""  # ISO 8601: how long the limit holds
    certainty: Certainty = "confirmed"
    positions: tuple[Position, ...] = ()
    attribution: str = ""  # entity that says it
    via: str = ""  # entity that relayed it
    sources: tuple[Cited, ...] = ()
    status: Lifecycle = "current"
    supersedes: str = ""
    superseded_by: str = ""
    equivalent_to: str = ""
    review_by: FuzzyDate | None = None
    review_every: str = ""
    note: str = ""
    sensitive: bool = False
    visibility: Visibility = "public"
    tags: tuple[str, ...] = ()
    common_knowledge: bool = False


class FactUse(Struct, frozen=True, kw_only=True):
    """A fact as one article shows it: taken from the registry (`use`) or written in place (`fact`)."""

    use: FactId = FactId("")
    fact: Fact | None = None
    label: str = ""  # overrides the registry's label
    note: str = ""
    featured: bool = True
    order: int = 0


class Threshold(Struct, frozen=True):
    """A named mark on a scale; its value is written here or taken from a fact (`ref`)."""

    label: str
    value: str = ""
    ref: FactId = FactId("")
    sources: tuple[Cited, ...] = ()


class Scale(Struct, frozen=True, kw_only=True):
    """A measure on which facts are shown as marks of a gauge."""

    id: Slug
    label: str
    unit: str = "%"
    range: tuple[str, str] = ("0", "100")
    display: Literal["linear", "curated"] = "linear"
    note: str = ""
    thresholds: tuple[Threshold, ...] = ()


class Source(Struct, frozen=True, kw_only=True):
    """Something published that a fact can lean on."""

    id: SourceId
    title: str
    publisher: str = ""
    authors: tuple[str, ...] = ()
    date: FuzzyDate | None = None
    accessed: FuzzyDate | None = None
    kind: Literal["news", "agency", "official", "reference", "academic", "media", "other"] = "other"
    url: str = ""
    archived: str = ""
    lang: str = ""
    via: str = ""
    note: str = ""
