"""The typed value that the keys of a fact make together, type by type."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from operator import attrgetter

from msgspec.structs import replace

from sitegen.core.currencies import ISO_4217
from sitegen.core.edtf import parse_date
from sitegen.core.frontmatter import Items, Scalar
from sitegen.core.inference import infer, party_refs, unknown_unit
from sitegen.core.making import Making, read_short, refs_in
from sitegen.core.numbers import check_percent, is_percent, read_number
from sitegen.core.problem import Problem, problem
from sitegen.core.reading import Bad
from sitegen.core.scalars import check_plain, read_text, unwrap
from sitegen.core.value_keys import BELONGS, NUMERIC, TELLING, VALUE_KEYS, Original, ValueKeys
from sitegen.core.values import (
    TYPE_OF,
    Agreement,
    Boolean,
    Event,
    FactType,
    Money,
    Number,
    Parties,
    Percent,
    Person,
    Place,
    Quantity,
    Quotation,
    Text,
    Unknown,
    Url,
    Value,
)
from sitegen.locale.units import unit_id
from sitegen.text import nearest


def make_value(making: Making) -> Value | Bad:
    """The typed value; its type is written, told by a key that only one type has, or inferred from the text."""
    kind = making.keys.type or next(
        (kind for key, kind in TELLING.items() if getattr(making.keys, key)), None
    )
    if kind is None:
        return _inferred(making)
    return _foreign(making, kind) or _MAKERS[kind](making)


def _foreign(making: Making, kind: FactType) -> Bad | None:
    """S151 for a key that a value of this type does not have."""
    take = _foreign_values(kind)
    if take(making.keys) == take(_NOTHING):  # nearly always
        return None
    for key in _foreign_keys(kind):
        if getattr(making.keys, key) not in ("", None, ()):
            return making.refuse(problem("S151", key=key, type=kind), key)
    return None


@cache
def _foreign_keys(kind: FactType) -> list[str]:
    return sorted(VALUE_KEYS - BELONGS[kind] - {"type", "value"})


_NOTHING = ValueKeys()


@cache
def _foreign_values(kind: FactType) -> attrgetter[object]:
    return attrgetter(*_foreign_keys(kind))


def _inferred(making: Making) -> Value | Bad:
    if making.node is None:
        return making.refuse(problem("S103", key="value"))
    found = read_short(making.reading, making.node, making.label)
    if isinstance(found, Bad):
        return found
    if foreign := _foreign(making, TYPE_OF[type(found)]):
        return foreign
    if isinstance(found, Quantity):
        found = replace(found, basis=making.keys.basis)
    bounded = any(getattr(making.keys, key) not in ("", None) for key in NUMERIC)
    if isinstance(found, Percent | Quantity | Money) and bounded:
        number = making.bounded(found.number)
        return number if isinstance(number, Bad) else _with_number(found, number)
    return found


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
        short = _inferred(making)
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
            refs += refs_in(making.node) or tuple(
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
    refused = check_plain(text)
    if refused:
        return making.refuse(refused)
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
