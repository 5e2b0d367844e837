"""A fact: a value, the date it holds for, who says it, where that is written, and how certain it is."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sitegen.core.values import FactId, FuzzyDate, Slug, SourceId, Value
from sitegen.core.words import Duration, Figure, Inline, Lang, Ref, WebUrl, Zone

Certainty = Literal["confirmed", "reported", "disputed", "unknown"]
Lifecycle = Literal["current", "superseded", "corrected", "retracted"]
Visibility = Literal["public", "internal"]


class Cited(Struct, frozen=True, omit_defaults=True):
    """A source of `sources.yaml` and the place in it; a bare URL is a source of its own (`url`)."""

    ref: SourceId = SourceId("")
    url: WebUrl = ""
    locator: str = ""
    quote_original: str = ""


class Position(Struct, frozen=True, omit_defaults=True):
    """What one side of a dispute holds."""

    by: Ref
    says: Inline = ""
    value: Value | None = None
    sources: tuple[Cited, ...] = ()


class Fact(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A fact of the registry, or of one article when `id` is empty."""

    id: FactId = FactId("")
    label: str
    value: Value
    subject: Ref = ""
    property: Slug = Slug("")
    measure: Slug = Slug("")
    scale: Slug = Slug("")
    as_of: FuzzyDate | None = None
    published: FuzzyDate | None = None
    valid: FuzzyDate | None = None
    tz: Zone = ""
    duration: Duration = ""  # how long the limit holds
    certainty: Certainty = "confirmed"
    positions: tuple[Position, ...] = ()
    attribution: Ref = ""  # who says it
    via: Ref = ""  # who relayed it
    sources: tuple[Cited, ...] = ()
    status: Lifecycle = "current"
    supersedes: FactId = FactId("")
    superseded_by: FactId = FactId("")
    equivalent_to: FactId = FactId("")
    review_by: FuzzyDate | None = None
    review_every: Duration = ""
    note: Inline = ""
    sensitive: bool = False
    visibility: Visibility = "public"
    tags: tuple[str, ...] = ()
    common_knowledge: bool = False


class FactUse(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A fact as one article shows it: taken from the registry (`use`) or written in place (`fact`)."""

    use: FactId = FactId("")
    id: FactId = FactId("")  # another name for the fact of `use` in this article
    fact: Fact | None = None
    label: str = ""  # overrides the registry's label
    note: Inline = ""
    featured: bool = True
    order: int = 0

    @property
    def fact_id(self) -> str:
        """The id of the fact; "" when it belongs to this article alone."""
        return self.use or (self.fact.id if self.fact else "")


class Threshold(Struct, frozen=True, omit_defaults=True):
    """A named mark on a scale; its value is written here or taken from a fact (`ref`)."""

    label: str
    value: Figure = ""
    ref: FactId = FactId("")
    sources: tuple[Cited, ...] = ()


class Scale(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A measure on which facts are shown as marks of a gauge."""

    id: Slug
    label: str
    unit: str = "%"
    range: tuple[Figure, Figure] = ("0", "100")
    display: Literal["linear", "curated"] = "linear"
    note: Inline = ""
    thresholds: tuple[Threshold, ...] = ()


class Source(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Something published that a fact can lean on."""

    id: SourceId
    title: str
    publisher: str = ""
    authors: tuple[str, ...] = ()
    date: FuzzyDate | None = None
    accessed: FuzzyDate | None = None
    kind: Literal["news", "agency", "official", "reference", "academic", "media", "other"] = "other"
    url: WebUrl = ""
    archived: WebUrl = ""
    lang: Lang = ""
    via: SourceId = SourceId("")  # where it was seen, when not at first hand
    note: str = ""
