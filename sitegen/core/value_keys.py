"""The keys that say what a fact is worth, and which of them belong to which type."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from msgspec.structs import fields as struct_fields

from sitegen.core.binding import SHORTHANDS
from sitegen.core.frontmatter import Node
from sitegen.core.values import Bound, FactType, FuzzyDate, SourceId
from sitegen.core.words import Currency, Figure, Lang, Ref


class Raw(Struct, frozen=True):
    """What stands under `value`, to be read when the type is known."""

    node: Node


class Original(Struct, frozen=True):
    """The words of a quotation in their own language."""

    text: str
    lang: Lang = ""
    via: SourceId = SourceId("")


class ValueKeys(Struct, frozen=True, kw_only=True):
    """Every key of a fact that takes part in its value; which ones belong together depends on the type."""

    type: FactType | None = None
    value: Raw | None = None
    bound: Bound | None = None
    max: Figure = ""
    decimals: int | None = None
    unit: str = ""
    basis: str = ""
    currency: Currency = ""
    ref: Ref = ""
    role: str = ""
    during: FuzzyDate | None = None
    lat: Figure = ""
    lon: Figure = ""
    speaker: Ref = ""
    original: Original | None = None
    translation: str = ""
    date: FuzzyDate | None = None
    place: Ref = ""
    parties: tuple[Ref, ...] = ()
    outcome: str = ""
    signed: FuzzyDate | None = None
    in_force: FuzzyDate | None = None


SHORTHANDS[Raw] = lambda _reading, node, _path: Raw(node)

NUMERIC: Final = frozenset({"bound", "max", "decimals"})
BELONGS: Final[dict[FactType, frozenset[str]]] = {
    "date": frozenset(),
    "percent": NUMERIC,
    "quantity": NUMERIC | {"unit", "basis"},
    "money": NUMERIC | {"currency"},
    "party": frozenset({"ref", "parties"}),
    "place": frozenset({"ref", "lat", "lon"}),
    "person": frozenset({"ref", "role", "during"}),
    "quote": frozenset({"speaker", "original", "translation", "date"}),
    "agreement": frozenset({"ref", "parties", "signed", "in_force"}),
    "event": frozenset({"date", "place", "parties", "outcome"}),
    "url": frozenset(),
    "text": frozenset(),
    "boolean": frozenset(),
    "unknown": frozenset(),
}
# A key that only one type has says which type is meant when `type` is not written.
TELLING: Final[dict[str, FactType]] = {
    "currency": "money",
    "unit": "quantity",
    "lat": "place",
    "lon": "place",
    "speaker": "quote",
    "original": "quote",
    "role": "person",
    "signed": "agreement",
    "in_force": "agreement",
    "outcome": "event",
}
VALUE_KEYS: Final = frozenset(field.encode_name for field in struct_fields(ValueKeys))
