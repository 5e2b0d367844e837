"""What a fact can be worth: numbers with bounds, dates with precision, parties, quotes and the rest.

Numbers keep their lexeme (the text as written, digits folded to ASCII) beside the `Decimal`, because the number
of written digits says how precise the value is.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NewType

from msgspec import Struct

Slug = NewType("Slug", str)  # article, entity, term, topic: ^[a-z0-9]+(-[a-z0-9]+)*$
FactId = NewType("FactId", str)
SourceId = NewType("SourceId", str)

Bound = Literal["exact", "about", "up_to", "at_least", "less_than", "more_than", "range"]


class Number(Struct, frozen=True, omit_defaults=True):
    """A number as written; `upper` is the far end when `bound` is "range"."""

    value: Decimal
    bound: Bound = "exact"
    upper: Decimal | None = None


class Percent(Struct, frozen=True, omit_defaults=True, tag=True):
    number: Number


class Quantity(Struct, frozen=True, omit_defaults=True, tag=True):
    number: Number
    unit: str  # id in the units table of `sitegen.locale`, or a free word in the site's language
    basis: str = ""  # what is weighed or counted: "U mass", "UF6"


class Money(Struct, frozen=True, omit_defaults=True, tag=True):
    number: Number  # in whole currency units: 6 مليار is 6000000000
    currency: str  # ISO 4217


class Moment(Struct, frozen=True, omit_defaults=True, order=True):
    """A year, month, day or minute of the Gregorian calendar; the parts that are None are not known."""

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    offset: int | None = None  # minutes east of UTC


class FuzzyDate(Struct, frozen=True, omit_defaults=True, tag=True):
    """A date of EDTF level 1 (subset): `start` alone is a point, with `interval` it runs to `end` or stays open."""

    lexeme: str  # canonical EDTF: "2023-05~"
    start: Moment | None
    end: Moment | None = None
    interval: bool = False
    approximate: bool = False  # ~
    uncertain: bool = False  # ?


class Parties(Struct, frozen=True, omit_defaults=True, tag=True):
    refs: tuple[str, ...]  # as written between [[ ]]; resolved when rendered


class Place(Struct, frozen=True, omit_defaults=True, tag=True):
    text: str = ""
    ref: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


class Person(Struct, frozen=True, omit_defaults=True, tag=True):
    ref: str
    role: str = ""
    during: FuzzyDate | None = None


class Quotation(Struct, frozen=True, omit_defaults=True, tag=True):
    text: str
    speaker: str = ""  # entity
    original: str = ""
    original_lang: str = ""
    original_source: str = ""  # where the original words stand
    translation: str = ""  # who translated: "ours" or a name
    date: FuzzyDate | None = None


class Agreement(Struct, frozen=True, omit_defaults=True, tag=True):
    ref: str
    parties: tuple[str, ...] = ()
    signed: FuzzyDate | None = None
    in_force: FuzzyDate | None = None


class Event(Struct, frozen=True, omit_defaults=True, tag=True):
    text: str = ""
    date: FuzzyDate | None = None
    place: str = ""
    parties: tuple[str, ...] = ()
    outcome: str = ""


class Url(Struct, frozen=True, omit_defaults=True, tag=True):
    href: str


class Text(Struct, frozen=True, omit_defaults=True, tag=True):
    text: str


class Boolean(Struct, frozen=True, omit_defaults=True, tag=True):
    truth: bool


class Unknown(Struct, frozen=True, omit_defaults=True, tag=True):
    """Nobody knows, and that is worth saying."""


Value = (
    FuzzyDate
    | Percent
    | Quantity
    | Money
    | Parties
    | Place
    | Person
    | Quotation
    | Agreement
    | Event
    | Url
    | Text
    | Boolean
    | Unknown
)

FactType = Literal[
    "date",
    "percent",
    "quantity",
    "money",
    "party",
    "place",
    "person",
    "quote",
    "agreement",
    "event",
    "url",
    "text",
    "boolean",
    "unknown",
]

TYPE_OF: dict[type[Value], FactType] = {
    FuzzyDate: "date",
    Percent: "percent",
    Quantity: "quantity",
    Money: "money",
    Parties: "party",
    Place: "place",
    Person: "person",
    Quotation: "quote",
    Agreement: "agreement",
    Event: "event",
    Url: "url",
    Text: "text",
    Boolean: "boolean",
    Unknown: "unknown",
}
