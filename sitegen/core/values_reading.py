"""The keys that say what a fact is worth, and the typed value they make together."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from msgspec import Struct
from msgspec.structs import fields as struct_fields

from sitegen.core.binding import BAD, SHORTHANDS, Bad, Reading, join, read_text, shape, unwrap
from sitegen.core.currencies import ISO_4217
from sitegen.core.edtf import parse_date
from sitegen.core.frontmatter import Items, Mark, Node, Scalar
from sitegen.core.inference import Inferred, infer, party_refs, unknown_unit
from sitegen.core.numbers import Measured, check_percent, is_percent, read_measured, read_number
from sitegen.core.problem import Problem, problem
from sitegen.core.values import (
    Agreement,
    Boolean,
    Bound,
    Event,
    FactType,
    FuzzyDate,
    Money,
    Number,
    Parties,
    Percent,
    Person,
    Place,
    Quantity,
    Quotation,
    SourceId,
    Text,
    Unknown,
    Url,
    Value,
)
from sitegen.core.words import Currency, Figure, Lang, Ref
from sitegen.locale.units import unit_id
from sitegen.messages import MESSAGES
from sitegen.text import nearest


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

_NUMERIC: Final = frozenset({"bound", "max", "decimals"})
BELONGS: Final[dict[FactType, frozenset[str]]] = {
    "date": frozenset(),
    "percent": _NUMERIC,
    "quantity": _NUMERIC | {"unit", "basis"},
    "money": _NUMERIC | {"currency"},
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
_TELLING: Final[dict[str, FactType]] = {
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


class Making:
    """The making of one value: the keys, and where to report what is wrong with them."""

    def __init__(self, reading: Reading, keys: ValueKeys, label: str, path: str, at: Mark) -> None:
        self.reading = reading
        self.keys = keys
        self.label = label
        self.path = path
        self.at = at  # of the whole fact

    @property
    def node(self) -> Node | None:
        return self.keys.value.node if self.keys.value else None

    def refuse(self, wrong: Problem, key: str = "value") -> Bad:
        """Report `wrong` where `key` stands, or at the fact."""
        span = self.reading.places.get(join(self.path, key))
        at = Mark(span.line, span.column, span.end_column) if span else self.at
        return self.reading.refuse(wrong, at)

    def text(self) -> str | Bad:
        """The text under `value`; "" when there is none."""
        return read_text(self.reading, self.node, self.path) if self.node else ""

    def value(self) -> Value | Bad:
        """The typed value."""
        kind = self.keys.type or self._told()
        if kind is None:
            return self._inferred()
        for key in VALUE_KEYS - BELONGS[kind] - {"type", "value"}:
            if getattr(self.keys, key) not in ("", None, ()):
                return self.refuse(problem("S151", key=key, type=kind), key)
        return _MAKERS[kind](self)

    def _told(self) -> FactType | None:
        for key, kind in _TELLING.items():
            if getattr(self.keys, key):
                return kind
        return None

    def _inferred(self) -> Value | Bad:
        if self.node is None:
            return self.refuse(problem("S103", key="value"))
        found = read_short(self.reading, self.node, self.label)
        if isinstance(found, Percent | Quantity | Money) and any(getattr(self.keys, key) for key in _NUMERIC):
            number = self._bounded(found.number)
            return number if isinstance(number, Bad) else _with_number(found, number)
        return found

    def number(self) -> Measured | Bad:
        """The number under `value` with the words after it, under `bound`, `max` and `decimals`."""
        text = self.text()
        if isinstance(text, Bad):
            return text
        measured = read_measured(text) or problem("S123", value=text)
        if not text:
            return self.refuse(problem("S103", key="value"))
        if isinstance(measured, Problem):
            return self.refuse(measured)
        number = self._bounded(measured.number)
        return number if isinstance(number, Bad) else Measured(number, measured.rest)

    def _bounded(self, number: Number) -> Number | Bad:
        keys = self.keys
        bound: Bound = keys.bound or number.bound
        upper = number.upper
        if keys.max:
            top = read_number(keys.max)
            assert isinstance(top, Number)  # the form of `max` has been checked
            bound, upper = keys.bound or "range", top.value
        if number.bound not in ("exact", bound) or (bound == "range") != (upper is not None):
            return self.refuse(problem("S152"), "bound" if keys.bound else "max")
        if upper is not None and upper <= number.value:
            return self.refuse(
                problem("S127", value=f"{number.value:f}–{upper:f}"), "max" if keys.max else "value"
            )
        if keys.decimals is None:
            return Number(number.value, bound, upper)
        step = Decimal(1).scaleb(-keys.decimals) if 0 <= keys.decimals <= 12 else Decimal(0)
        figures = [it.quantize(step) for it in (number.value, upper) if it is not None] if step else []
        if (
            not step
            or figures[0] != number.value
            or figures[-1] != (number.value if upper is None else upper)
        ):
            return self.refuse(problem("S153", value=f"{number.value:f}", decimals=keys.decimals), "decimals")
        return Number(figures[0], bound, None if upper is None else figures[-1])


def read_short(reading: Reading, node: Node, label: str) -> Value | Bad:
    """The value of `label: value`, with a report when it cannot be, or may not, be what it looks like."""
    if isinstance(node, Items):
        refs = _refs_in(node)
        return Parties(refs) if refs else reading.report("S154", node.at)
    if not isinstance(node, Scalar) or node.absent:
        return reading.report("S104", node.at, wanted="text", found=shape(node))
    text = read_text(reading, node, "")
    if isinstance(text, Bad):
        return text
    found: Inferred = infer(label, text, node.plain)
    if found.problem is not None:
        reading.refuse(found.problem, node.at)
        if MESSAGES[found.problem.code].severity == "error":
            return BAD
    return BAD if found.value is None else found.value


def _refs_in(node: Items) -> tuple[str, ...]:
    """The parties in a list of "[[iran]]", or in [[iran]] without quotes; none if anything else is among them."""
    bare = unwrap(node)
    if isinstance(bare, Scalar) and len(node.items) == 1 and isinstance(node.items[0], Items):
        return (bare.text,)
    refs: list[str] = []
    for item in node.items:
        inner = _refs_in(item) if isinstance(item, Items) else ()
        if isinstance(item, Scalar):
            inner = party_refs(item.text)
        if not inner:
            return ()
        refs.extend(inner)
    return tuple(refs)


def _with_number(value: Percent | Quantity | Money, number: Number) -> Value:
    if isinstance(value, Percent):
        return Percent(number)
    if isinstance(value, Quantity):
        return Quantity(number, value.unit, value.basis)
    return Money(number, value.currency)


def _date(making: Making) -> Value | Bad:
    text = making.text()
    if isinstance(text, Bad):
        return text
    date = parse_date(text)
    return making.refuse(date) if isinstance(date, Problem) else date


def _percent(making: Making) -> Value | Bad:
    measured = making.number()
    if isinstance(measured, Bad):
        return measured
    if measured.rest and not is_percent(measured.rest):
        return making.refuse(problem("S155", value=measured.rest))
    wrong = check_percent(measured.number)
    return making.refuse(wrong) if wrong else Percent(measured.number)


def _quantity(making: Making) -> Value | Bad:
    measured = making.number()
    if isinstance(measured, Bad):
        return measured
    word = making.keys.unit or measured.rest
    if making.keys.unit and measured.rest and unit_id(measured.rest) != unit_id(making.keys.unit):
        return making.refuse(problem("S155", value=measured.rest))
    if not word:
        return making.refuse(problem("S103", key="unit"))
    unit = unit_id(word)
    if unit is None and (not making.keys.unit or unknown_unit(word).code == "S113"):
        making.refuse(unknown_unit(word), "unit")  # a unit of its own, written in full, is taken at its word
    return Quantity(measured.number, unit or word, making.keys.basis)


def _money(making: Making) -> Value | Bad:
    measured = making.number() if making.keys.currency else None
    if measured is None:
        short = making._inferred()
        if isinstance(short, Bad | Money):
            return short
        return making.refuse(problem("S121", value=making.label))
    if isinstance(measured, Bad):
        return measured
    currency = making.keys.currency
    if currency not in ISO_4217:
        close = nearest(currency, ISO_4217, 1)
        return making.refuse(problem("S156", value=currency, way=close[0] if close else "USD"), "currency")
    if measured.rest:
        return making.refuse(problem("S155", value=measured.rest))
    return Money(measured.number, currency)


def _party(making: Making) -> Value | Bad:
    refs = making.keys.parties or tuple(filter(None, [making.keys.ref]))
    if making.node is not None:
        if isinstance(making.node, Items):
            refs += _refs_in(making.node) or tuple(
                it.text for it in map(unwrap, making.node.items) if isinstance(it, Scalar)
            )
        else:
            text = making.text()
            if isinstance(text, Bad):
                return text
            refs += party_refs(text) or (text,)
    return Parties(refs) if refs else making.refuse(problem("S103", key="value"))


def _place(making: Making) -> Value | Bad:
    text, keys = making.text(), making.keys
    if isinstance(text, Bad):
        return text
    latitude, longitude = (_figure(it) for it in (keys.lat, keys.lon))
    if (latitude is None) != (longitude is None):
        return making.refuse(problem("S103", key="lon" if longitude is None else "lat"))
    for key, figure, most in (("lat", latitude, 90), ("lon", longitude, 180)):
        if figure is not None and abs(figure) > most:
            return making.refuse(problem("S157", value=f"{figure:f}", most=most), key)
    refs = party_refs(text)
    if not (text or keys.ref):
        return making.refuse(problem("S103", key="value"))
    return Place("" if refs else text, keys.ref or "".join(refs[:1]), latitude, longitude)


def _figure(text: str) -> Decimal | None:
    number = read_number(text) if text else None
    return number.value if isinstance(number, Number) else None


def _person(making: Making) -> Value | Bad:
    ref = _ref(making)
    return ref if isinstance(ref, Bad) else Person(ref, making.keys.role, making.keys.during)


def _ref(making: Making) -> str | Bad:
    """The entity under `ref`, or under `value`."""
    node = unwrap(making.node) if making.node is not None else None
    text = making.keys.ref or (read_text(making.reading, node, making.path) if node is not None else "")
    return text or making.refuse(problem("S103", key="ref"))


def _quote(making: Making) -> Value | Bad:
    text, keys = making.text(), making.keys
    if isinstance(text, Bad):
        return text
    if not text:
        return making.refuse(problem("S103", key="value"))
    original = keys.original or Original("")
    return Quotation(
        text, keys.speaker, original.text, original.lang, original.via, keys.translation, keys.date
    )


def _agreement(making: Making) -> Value | Bad:
    ref, keys = _ref(making), making.keys
    return ref if isinstance(ref, Bad) else Agreement(ref, keys.parties, keys.signed, keys.in_force)


def _event(making: Making) -> Value | Bad:
    text, keys = making.text(), making.keys
    if isinstance(text, Bad):
        return text
    if not (text or keys.date or keys.outcome):
        return making.refuse(problem("S103", key="value"))
    return Event(text, keys.date, keys.place, keys.parties, keys.outcome)


def _url(making: Making) -> Value | Bad:
    text = making.text()
    if isinstance(text, Bad):
        return text
    found = infer("", text)
    wrong = problem("S147", value=text, form="an address on the web", sample="https://example.org/page")
    return found.value if isinstance(found.value, Url) else making.refuse(wrong)


def _text(making: Making) -> Value | Bad:
    text = making.text()
    if isinstance(text, Bad):
        return text
    return Text(text) if text else making.refuse(problem("S103", key="value"))


def _boolean(making: Making) -> Value | Bad:
    text = making.text()
    if isinstance(text, Bad):
        return text
    found = infer("", text)
    wrong = problem("S129", value=text, known="true, false")
    return found.value if isinstance(found.value, Boolean) else making.refuse(wrong)


def _nobody_knows(making: Making) -> Value | Bad:
    text = making.text()
    if isinstance(text, Bad):
        return text
    return Unknown() if text in ("", "?", "؟") else making.refuse(problem("S158", value=text))


_MAKERS: dict[FactType, Callable[[Making], Value | Bad]] = {
    "date": _date,
    "percent": _percent,
    "quantity": _quantity,
    "money": _money,
    "party": _party,
    "place": _place,
    "person": _person,
    "quote": _quote,
    "agreement": _agreement,
    "event": _event,
    "url": _url,
    "text": _text,
    "boolean": _boolean,
    "unknown": _nobody_knows,
}
