"""Facts as they are written: short, rich, or taken from the registry; with what they cite and who disputes them."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from msgspec.structs import replace

from sitegen.core import shorthands as shorthands  # its types must be known before any struct is taken apart
from sitegen.core.binding import (
    SHORTHANDS,
    Field,
    check_required,
    fields_of,
    read_fields,
    unknown_key,
)
from sitegen.core.facts import Cited, Fact, FactUse, Position
from sitegen.core.frontmatter import Items, Mark, Node, Pairs, Scalar
from sitegen.core.making import Making, read_short
from sitegen.core.reading import BAD, Bad, Reading, join, wrong_shape
from sitegen.core.scalars import read_plain
from sitegen.core.value_keys import VALUE_KEYS, Raw, ValueKeys
from sitegen.core.values import Unknown, Value
from sitegen.core.values_reading import make_value

USE_KEYS: Final = frozenset({"use", "id", "label", "note", "featured", "order"})


@cache
def fact_fields() -> dict[str, Field]:
    """The keys of a fact besides those of its value."""
    return {key: field for key, field in fields_of(Fact).items() if key != "value"}


@cache
def _own_fields() -> dict[str, Field]:
    """Those that are read one by one; positions are read with the value."""
    return {key: field for key, field in fact_fields().items() if key != "positions"}


@cache
def use_fields() -> dict[str, Field]:
    """The keys that may stand beside `use`."""
    return {key: field for key, field in fields_of(FactUse).items() if key in USE_KEYS}


@cache
def _shown_fields() -> dict[str, Field]:
    """The keys of a rich fact that say how the article shows it."""
    return {key: field for key, field in fields_of(FactUse).items() if key in ("featured", "order")}


@cache
def fact_keys() -> frozenset[str]:
    """Every key that a rich fact may have."""
    return frozenset(fact_fields()) | VALUE_KEYS


@cache
def _listed_keys() -> frozenset[str]:
    """Every key that an item of `facts` may have."""
    return fact_keys() | USE_KEYS


def read_position(reading: Reading, node: Node, path: str, keys: ValueKeys, label: str) -> Position | Bad:
    """One side of a dispute; its value is of the fact's own type and unit."""
    if not isinstance(node, Pairs):
        return wrong_shape(reading, node, "mapping")
    fields = {key: field for key, field in fields_of(Position).items() if key != "value"}
    values = read_fields(reading, node, fields, path, ("value",))
    check_required(reading, node, fields, values)
    written = node.get("value")
    if isinstance(written, Scalar) and written.absent:
        written = None
    if written is None and "says" not in values:
        reading.report("S103", node.at, key="says")
    if written is not None:
        reading.place(join(path, "value"), written.at)
        own = ValueKeys(
            type=keys.type, value=Raw(written), unit=keys.unit, basis=keys.basis, currency=keys.currency
        )
        value = make_value(Making(reading, own, label, path, node.at))
        values["value"] = None if isinstance(value, Bad) else value
    return BAD if values.get("by", BAD) is BAD else Position(**values)


def read_fact(
    reading: Reading, node: Node, path: str, *, label: str = "", fact_id: str = "", registry: bool = False
) -> Fact | Bad:
    """A rich fact; `label` and `fact_id` stand in where the mapping has none."""
    if not isinstance(node, Pairs):
        return wrong_shape(reading, node, "mapping")
    fields, known = _own_fields(), fact_keys()
    values: dict[str, Any] = {"label": label} if label else {}
    if fact_id:
        values["id"] = fact_id
    values |= read_fields(reading, node, fields, path, known)
    before = len(reading.found)
    keys = ValueKeys(
        **read_fields(reading, node, fields_of(ValueKeys), path, {key.text for key, _ in node.pairs})
    )
    legible = len(reading.found) == before  # else more findings about the value would only repeat this one
    check_required(reading, node, fields, values)
    if registry and not values.get("id"):
        return BAD if node.get("id") else reading.report("S103", node.at, key="id")
    name = values.get("label", "")
    value = (
        _worth(reading, keys, values, name if isinstance(name, str) else "", path, node.at)
        if legible
        else BAD
    )
    if isinstance(value, Bad) or values.get("label", BAD) is BAD:
        return BAD
    values["value"] = value
    values["positions"] = _positions(
        reading, node.get("positions"), join(path, "positions"), keys, values["label"]
    )
    if values.get("certainty") == "disputed" and len(values["positions"]) < 2:
        reading.report("S120", node.at, label=values["label"])
    return Fact(**values)


def _worth(
    reading: Reading, keys: ValueKeys, values: dict[str, Any], label: str, path: str, at: Mark
) -> Value | Bad:
    silent = keys.value is None and keys.type is None
    if silent and values.get("certainty") == "unknown":
        return Unknown()
    return make_value(Making(reading, keys, label, path, at))


def _positions(
    reading: Reading, node: Node | None, path: str, keys: ValueKeys, label: str
) -> tuple[Position, ...]:
    if node is None or (isinstance(node, Scalar) and node.absent):
        return ()
    reading.place(path, node.at)
    if not isinstance(node, Items):
        wrong_shape(reading, node, "list")
        return ()
    found: list[Position] = []
    for item in node.items:
        where = join(path, len(found))
        reading.place(where, item.at)
        position = read_position(reading, item, where, keys, label)
        if isinstance(position, Position):
            found.append(position)
    return tuple(found)


def read_uses(reading: Reading, node: Node, path: str) -> tuple[FactUse, ...] | Bad:
    """The facts of an article: a list, or a mapping of `label: value`."""
    uses: list[FactUse] = []
    if isinstance(node, Pairs):
        for key, value in node.pairs:
            where = join(path, len(uses))
            reading.place(where, value.at)
            use = _labelled(reading, key, value, where)
            if isinstance(use, FactUse):
                uses.append(use)
        return tuple(uses)
    if not isinstance(node, Items):
        return wrong_shape(reading, node, "list")
    for item in node.items:
        where = join(path, len(uses))
        reading.place(where, item.at)
        use = _listed(reading, item, where)
        if isinstance(use, FactUse):
            uses.append(use)
    return tuple(uses)


def _listed(reading: Reading, node: Node, path: str) -> FactUse | Bad:
    """One item of the list: `use: id`, a rich fact, or one `label: value`."""
    if not isinstance(node, Pairs):
        return reading.report("S159", node.at)
    known = _listed_keys()
    keys = [key.text for key, _ in node.pairs]
    if "use" in keys:
        return _taken(reading, node, path)
    if len(keys) == 1 and keys[0] not in known:
        return _labelled(reading, *node.pairs[0], path)
    if keys and not known.intersection(keys):
        return reading.report("S159", node.at)
    own, shown = _split(reading, node, path)
    fact = read_fact(reading, own, path)
    return fact if isinstance(fact, Bad) else FactUse(fact=fact, **shown)


def _split(reading: Reading, node: Pairs, path: str) -> tuple[Pairs, dict[str, Any]]:
    """A rich fact of an article, and how the article shows it."""
    fields = _shown_fields()
    if not any(key.text in fields for key, _ in node.pairs):
        return node, {}
    shown = Pairs(tuple(it for it in node.pairs if it[0].text in fields), node.at)
    own = Pairs(tuple(it for it in node.pairs if it[0].text not in fields), node.at)
    return own, read_fields(reading, shown, fields, path)


def _labelled(reading: Reading, key: Scalar, value: Node, path: str) -> FactUse | Bad:
    """`label: value`, or `label:` with a rich fact under it."""
    reading.place(join(path, "label"), key.at)
    label = read_plain(reading, key, path)
    if isinstance(label, Bad):
        return label
    if isinstance(value, Pairs):
        own, shown = _split(reading, value, path)
        fact = read_fact(reading, own, path, label=label)
        return fact if isinstance(fact, Bad) else FactUse(fact=fact, **shown)
    reading.place(join(path, "value"), value.at)
    worth = read_short(reading, value, label)
    if isinstance(worth, Bad):
        return worth
    certainty: Any = "unknown" if isinstance(worth, Unknown) else "confirmed"
    return FactUse(fact=Fact(label=label, value=worth, certainty=certainty))


def _taken(reading: Reading, node: Pairs, path: str) -> FactUse | Bad:
    """`use: id` with what an article may say differently; anything else belongs to the registry (F201)."""
    fields = use_fields()
    for key, _ in node.pairs:
        if key.text in fields:
            continue
        if key.text in fact_keys():
            reading.report("F201", key.at, key=key.text)
        else:
            unknown_key(reading, key, USE_KEYS)
    values = read_fields(
        reading, Pairs(tuple(it for it in node.pairs if it[0].text in fields), node.at), fields, path
    )
    if not values.get("use"):
        if "use" not in reading.places:
            reading.report("S103", node.at, key="use")
        return BAD
    return FactUse(**values)


def with_sources(
    reading: Reading, uses: tuple[FactUse, ...], inherited: tuple[Cited, ...]
) -> tuple[FactUse, ...]:
    """Facts written in the article lean on the article's sources when they name none; P600 when that has none."""
    result: list[FactUse] = []
    for index, use in enumerate(uses):
        fact = use.fact
        if fact is not None and not fact.sources:
            if inherited:
                use = replace(use, fact=replace(fact, sources=inherited))
            elif needs_source(fact):
                reading.report("P600", reading.places[f"facts.{index}"], label=fact.label)
        result.append(use)
    return tuple(result)


def needs_source(fact: Fact) -> bool:
    """Whether someone claims to know this, so that a source must say so."""
    claimed = fact.certainty in ("confirmed", "reported") and not isinstance(fact.value, Unknown)
    return claimed and not (fact.sources or fact.common_knowledge)


SHORTHANDS[tuple[FactUse, ...]] = read_uses
