"""A positioned tree and a struct type make a value, the place of each part of it, and every finding.

Nothing stops at the first error: a field that cannot be read is reported and left at its default, a struct that lacks
a required field is reported and comes out as `BAD`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields as struct_fields

from sitegen.core.frontmatter import Items, Node, Pairs, Scalar
from sitegen.core.reading import BAD, Bad, Read, Reading, join, wrong_shape
from sitegen.core.scalars import (
    choice_reader,
    read_count,
    read_date,
    read_plain,
    read_text,
    read_truth,
    text_reader,
)
from sitegen.core.values import FactId, FuzzyDate, Slug, SourceId
from sitegen.core.words import FACT, SLUG, SOURCE, Form
from sitegen.text import nearest

T = TypeVar("T")

NEW_TYPES: dict[Any, Form] = {Slug: SLUG, FactId: FACT, SourceId: SOURCE}


class Field(Struct, frozen=True):
    """How one key of a mapping is read."""

    key: str
    name: str  # of the struct's attribute
    annotation: Any
    read: Read
    required: bool


SHORTHANDS: dict[Any, Read] = {}  # types with readers of their own, filled by the modules that know them


@cache
def fields_of(cls: type[Struct]) -> dict[str, Field]:
    """The keys that a mapping for `cls` may have."""
    return {
        field.encode_name: Field(
            field.encode_name,
            field.name,
            field.type,
            reader_of(field.type),
            field.default is NODEFAULT and field.default_factory is NODEFAULT,
        )
        for field in struct_fields(cls)
    }


def reader_of(annotation: Any) -> Read:
    """The function that reads a node as `annotation`."""
    if annotation in SHORTHANDS:
        return SHORTHANDS[annotation]
    if annotation in NEW_TYPES:
        return text_reader(NEW_TYPES[annotation])
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _form_reader(arguments[1])
    if origin in (Union, UnionType):
        return reader_of(next(it for it in arguments if it is not NoneType))
    if origin is Literal:
        return choice_reader(arguments)
    if origin is tuple:
        if arguments[1] is not Ellipsis:
            return _fixed_reader(tuple(reader_of(it) for it in arguments))
        return _list_reader(reader_of(arguments[0]))
    if origin is dict:
        return _table_reader(reader_of(arguments[1]))
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return lambda reading, node, path: read_struct(reading, node, annotation, path)
    return _PLAIN[annotation]


def read_struct(
    reading: Reading, node: Node, cls: type[T], path: str, given: dict[str, Any] | None = None
) -> T | Bad:
    """`node` as a `cls`; `given` fills attributes that the mapping does not write."""
    if not isinstance(node, Pairs):
        return wrong_shape(reading, node, "mapping")
    fields = fields_of(cast("type[Struct]", cls))
    values = {**(given or {}), **read_fields(reading, node, fields, path)}
    check_required(reading, node, fields, values)
    missing = [it for it in fields.values() if it.required and values.get(it.name, BAD) is BAD]
    if missing:
        if not path:  # the rest of a document is still worth checking
            reading.partial = cls(**{**values, **{it.name: _stand_in(it.annotation) for it in missing}})
        return BAD
    return cls(**values)


def _stand_in(annotation: Any) -> Any:
    """The emptiest value of a type."""
    if annotation is FuzzyDate:
        return FuzzyDate("", None)
    origin = get_origin(annotation)
    if origin is Literal:
        return get_args(annotation)[0]
    return origin() if origin in (dict, tuple) else ""


def read_fields(
    reading: Reading, node: Pairs, fields: dict[str, Field], path: str, also: Iterable[str] = ()
) -> dict[str, Any]:
    """The attributes that `node` writes; what cannot be read is `BAD` when required, else left out.

    Keys outside `fields` and `also` are S102. An absent value (empty, null) counts as not written.
    """
    values: dict[str, Any] = {}
    for key, value in node.pairs:
        field = fields.get(key.text)
        if field is None:
            if key.text not in also:
                unknown_key(reading, key, {*fields, *also})
            continue
        if isinstance(value, Scalar) and value.absent:
            continue
        where = join(path, key.text)
        reading.place(where, value.at)
        result = field.read(reading, value, where)
        if result is not BAD or field.required:
            values[field.name] = result
    return values


def check_required(reading: Reading, node: Pairs, fields: dict[str, Field], values: dict[str, Any]) -> None:
    """S103 for each required key that is not written, at the mapping."""
    for field in fields.values():
        if field.required and field.name not in values:
            written = node.get(field.key)
            reading.report("S103", written.at if written else node.at, key=field.key)


def unknown_key(reading: Reading, key: Scalar, known: Iterable[str]) -> None:
    """S102 with the key that was probably meant."""
    close = nearest(key.text, known, 1)
    if close:
        reading.report("S102", key.at, key=key.text, way=close[0])
    else:
        reading.report("S128", key.at, key=key.text, known=", ".join(sorted(known)))


def _form_reader(form: Form) -> Read:
    if form.name == "names":
        return _read_names
    if form.name == "name-lists":
        return _read_name_lists
    return text_reader(form)


def _list_reader(read_item: Read) -> Read:
    def read(reading: Reading, node: Node, path: str) -> Any:
        if not isinstance(node, Items):
            return wrong_shape(reading, node, "list")
        values: list[Any] = []
        for item in node.items:
            where = join(path, len(values))  # places follow the values that there are
            reading.place(where, item.at)
            value = read_item(reading, item, where)
            if value is not BAD:
                values.append(value)
        return tuple(values)

    return read


def _fixed_reader(readers: tuple[Read, ...]) -> Read:
    def read(reading: Reading, node: Node, path: str) -> Any:
        if not isinstance(node, Items) or len(node.items) != len(readers):
            return reading.report("S148", node.at, count=len(readers))
        values = tuple(
            one(reading, item, join(path, i))
            for i, (one, item) in enumerate(zip(readers, node.items, strict=True))
        )
        return BAD if BAD in values else values

    return read


def _table_reader(read_value: Read) -> Read:
    def read(reading: Reading, node: Node, path: str) -> Any:
        if not isinstance(node, Pairs):
            return wrong_shape(reading, node, "mapping")
        values: dict[str, Any] = {}
        for key, value in node.pairs:
            reading.place(join(path, key.text), value.at)
            result = read_value(reading, value, join(path, key.text))
            if result is not BAD:
                values[key.text] = result
        return values

    return read


def _read_names(reading: Reading, node: Node, path: str) -> Any:
    if isinstance(node, Pairs):
        return _table_reader(read_text)(reading, node, path)
    text = read_text(reading, node, path)
    return text if isinstance(text, Bad) else {"": text}


def _read_name_lists(reading: Reading, node: Node, path: str) -> Any:
    read_list = _list_reader(read_text)
    if isinstance(node, Pairs):
        return _table_reader(read_list)(reading, node, path)
    names = read_list(reading, node, path)
    return names if names is BAD else {"": names}


_PLAIN: dict[Any, Read] = {str: read_plain, bool: read_truth, int: read_count}
SHORTHANDS[FuzzyDate] = read_date
