"""A positioned tree and a struct type make a value, the place of each part of it, and every finding.

Nothing stops at the first error: a field that cannot be read is reported and left at its default, a struct that lacks
a required field is reported and comes out as `BAD`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields as struct_fields

from sitegen.core.decoding import Lines
from sitegen.core.edtf import parse_date
from sitegen.core.frontmatter import Items, Mark, Node, Pairs, Scalar
from sitegen.core.numbers import read_number
from sitegen.core.problem import Problem
from sitegen.core.values import FactId, FuzzyDate, Slug, SourceId
from sitegen.core.words import FACT, SLUG, SOURCE, Form
from sitegen.errors import Diagnostic, Span
from sitegen.text import audit, audit_body, nearest

T = TypeVar("T")


class Bad:
    """The type of `BAD`."""


BAD: Final = Bad()
NEW_TYPES: dict[Any, Form] = {Slug: SLUG, FactId: FACT, SourceId: SOURCE}
_TRUTHS = {"true": True, "false": False, "نعم": True, "لا": False}
_SERIOUS = frozenset({"B150", "B151", "B153"})  # what hides in prose and is an error everywhere
_WIKI = re.compile(r"\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")


class Reading:
    """The reading of one file: what was found, and where everything stands."""

    def __init__(self, source: Lines, lang: str = "") -> None:
        self.source = source
        self.lang = lang
        self.found: list[Diagnostic] = []
        self.places: dict[str, Span] = {}

    def report(self, code: str, at: Mark, /, **args: object) -> Bad:
        """Add a finding; the result says that there is no value."""
        self.found.append(self.source.finding(code, at.line, at.column, at.end_column, **args))
        return BAD

    def refuse(self, problem: Problem, at: Mark) -> Bad:
        """Add what was wrong with a text, now that its place is known."""
        return self.report(problem.code, at, **problem.args)

    def place(self, path: str, at: Mark) -> None:
        """Remember where the value at the dotted `path` stands."""
        self.places[path] = Span(self.source.path, at.line, at.column, at.end_column)


Read = Callable[[Reading, Node, str], Any]


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
        return _text_reader(NEW_TYPES[annotation])
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _form_reader(arguments[1])
    if origin in (Union, UnionType):
        return reader_of(next(it for it in arguments if it is not NoneType))
    if origin is Literal:
        return _choice_reader(arguments)
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
        return reading.report("S104", node.at, wanted="mapping", found=shape(node))
    fields = fields_of(cast("type[Struct]", cls))
    values = {**(given or {}), **read_fields(reading, node, fields, path)}
    check_required(reading, node, fields, values)
    if any(field.required and values.get(field.name, BAD) is BAD for field in fields.values()):
        return BAD
    return cls(**values)


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


def join(path: str, key: str | int) -> str:
    """`key` under the dotted `path`."""
    return f"{path}.{key}" if path else str(key)


def shape(node: Node) -> str:
    """What a node is, for messages."""
    if isinstance(node, Scalar):
        return "nothing" if node.absent else "text"
    return "list" if isinstance(node, Items) else "mapping"


def unwrap(node: Node) -> Node:
    """The text in `[[iran]]`, which YAML takes for a list in a list, and in `"[[iran]]"`; else `node` itself."""
    while isinstance(node, Items) and len(node.items) == 1:
        node = node.items[0]
    if isinstance(node, Scalar) and (match := _WIKI.fullmatch(node.text)):
        return Scalar(match[1].strip(), node.at, node.plain)
    return node


def read_text(reading: Reading, node: Node, path: str) -> str | Bad:
    """`node` as text that says something."""
    if not isinstance(node, Scalar) or node.absent:
        return reading.report("S104", node.at, wanted="text", found=shape(node))
    text = node.text.strip()
    if not text.isascii():
        for finding in audit_body(text, reading.lang):
            if finding.code in _SERIOUS:
                return reading.report(finding.code, node.at, char=finding.label)
    return text


def check_form(text: str, form: Form) -> Problem | None:
    """Why `text` is not written as `form` wants it, or None."""
    if form.name in ("inline", "names", "name-lists"):
        return None
    hidden = audit(text)
    if hidden:
        return Problem("S150", {"char": hidden[0].label})
    if form.longest and len(text) > form.longest:
        return Problem("S146", {"limit": str(form.longest), "size": str(len(text))})
    if form.name in ("old-path", "media-path") and not _stays_inside(text):
        return Problem("S124", {"value": text})
    if form.name == "figure":
        number = read_number(text)
        return number if isinstance(number, Problem) else None
    if form.pattern and _compiled(form.pattern).search(text) is None:
        code = "S106" if form.name in ("slug", "fact", "source") else "S147"
        return Problem(code, {"value": text, "sample": form.sample, "form": form.about})
    return Problem("S126") if not text else None


def _stays_inside(path: str) -> bool:
    """Whether a path names one place below its root, whatever reads it."""
    parts = path.strip("/").split("/")
    return "//" not in path and not any(part[:1] in (".", "-") for part in parts if part)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _text_reader(form: Form) -> Read:
    def read(reading: Reading, node: Node, path: str) -> str | Bad:
        text = read_text(reading, unwrap(node) if form.name == "ref" else node, path)
        if isinstance(text, Bad):
            return text
        problem = check_form(text, form)
        return reading.refuse(problem, node.at) if problem else text

    return read


def _form_reader(form: Form) -> Read:
    if form.name == "names":
        return _read_names
    if form.name == "name-lists":
        return _read_name_lists
    return _text_reader(form)


def _choice_reader(choices: tuple[str, ...]) -> Read:
    def read(reading: Reading, node: Node, path: str) -> str | Bad:
        text = read_text(reading, node, path)
        if isinstance(text, Bad) or text in choices:
            return text
        close = nearest(text, choices, 1)
        if close:
            return reading.report("S105", node.at, value=text, way=close[0])
        return reading.report("S129", node.at, value=text, known=", ".join(choices))

    return read


def _list_reader(read_item: Read) -> Read:
    def read(reading: Reading, node: Node, path: str) -> Any:
        if not isinstance(node, Items):
            return reading.report("S104", node.at, wanted="list", found=shape(node))
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
            return reading.report("S104", node.at, wanted="mapping", found=shape(node))
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


def _read_date(reading: Reading, node: Node, path: str) -> FuzzyDate | Bad:
    text = read_text(reading, node, path)
    if isinstance(text, Bad):
        return text
    date = parse_date(text)
    return reading.refuse(date, node.at) if isinstance(date, Problem) else date


def _read_truth(reading: Reading, node: Node, path: str) -> bool | Bad:
    text = read_text(reading, node, path)
    if isinstance(text, Bad):
        return text
    truth = _TRUTHS.get(text.lower())
    return reading.report("S129", node.at, value=text, known="true, false") if truth is None else truth


def _read_count(reading: Reading, node: Node, path: str) -> int | Bad:
    text = read_text(reading, node, path)
    if isinstance(text, Bad):
        return text
    number = read_number(text)
    if isinstance(number, Problem) or number.bound != "exact" or number.value != int(number.value):
        return reading.report("S123", node.at, value=text)
    return int(number.value)


_PLAIN: dict[Any, Read] = {str: read_text, bool: _read_truth, int: _read_count}
SHORTHANDS[FuzzyDate] = _read_date
