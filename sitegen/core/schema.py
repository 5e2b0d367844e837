"""JSON Schema (draft 2020-12) of every content file, from the types that the reader binds to."""

from __future__ import annotations

from collections.abc import Callable
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeAlias, Union, get_args, get_origin

from msgspec import Struct

from sitegen.core import destinations
from sitegen.core.article import Article, Party
from sitegen.core.binding import NEW_TYPES, Field, fields_of
from sitegen.core.config import Author, Site
from sitegen.core.descriptions import DESCRIPTIONS
from sitegen.core.entities import Entity, Term, Topic
from sitegen.core.facts import Cited, Fact, FactUse, Position, Scale, Source
from sitegen.core.facts_reading import USE_KEYS, fact_fields, use_fields
from sitegen.core.value_keys import Raw, ValueKeys
from sitegen.core.values import FuzzyDate
from sitegen.core.words import SLUG, Form

Schema: TypeAlias = dict[str, Any]

KINDS: Final = ("article", "entity", "term", "topic", "facts", "sources", "scales", "site")
# YAML tools type plain scalars, so a title may reach them as a number: what we read as text can be any of these.
_SCALAR: Final = ["string", "number", "boolean"]
_POINT = r"[0-9٠-٩۰-۹]{4}(-[0-9٠-٩۰-۹]{2}(-[0-9٠-٩۰-۹]{2}(T[0-9٠-٩۰-۹:]+(Z|[+-][0-9٠-٩۰-۹:]+)?)?)?)?[~?%]?"
_DATE: Final[Schema] = {
    "type": ["string", "integer"],
    "pattern": rf"^({_POINT}|({_POINT}|\.\.)/({_POINT}|\.\.))$",
    "examples": ["2023", "2023-05", "2023-05-08", "2023-05~", "2018-05-08/.."],
}
_REF_ITEM: Final[Schema] = {"type": ["string", "array"]}  # iran, "[[iran]]", [[iran]]


def json_schema(kind: str) -> Schema:
    """The schema of one kind of content file; KeyError for a kind that there is not."""
    build: dict[str, Callable[[_Definitions], Schema]] = {
        "article": lambda it: it.of(Article, optional=("id", "slug")),
        "entity": lambda it: it.of(Entity, optional=("id",)),
        "term": lambda it: it.of(Term, optional=("id",)),
        "topic": lambda it: it.of(Topic, optional=("id",)),
        "facts": lambda it: _collection("facts", it.rich_fact(needs="id"), it.rich_fact("Fact by id", ())),
        "sources": lambda it: _collection("sources", it.of(Source), it.named(Source)),
        "scales": lambda it: _collection("scales", it.of(Scale), it.named(Scale)),
        "site": lambda it: it.of(Site),
    }
    definitions = _Definitions()
    root = build[kind](definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"sitegen: {kind}",
        **root,
        "$defs": dict(sorted(definitions.made.items())),
    }


def _collection(name: str, item: Schema, member: Schema) -> Schema:
    """A list of items, or members by id; either may stand under a key of its own."""
    plain = [{"type": "array", "items": item}, {"type": "object", "additionalProperties": member}]
    wrapped = {
        "type": "object",
        "properties": {name: {"anyOf": plain}},
        "required": [name],
        "additionalProperties": False,
    }
    return {"anyOf": [wrapped, *plain, {"type": "null"}]}


class _Definitions:
    """Schemas of structs, each made once and referred to by name."""

    def __init__(self) -> None:
        self.made: dict[str, Schema] = {}

    def of(self, cls: type[Struct], optional: tuple[str, ...] = ()) -> Schema:
        """A mapping for `cls`; keys in `optional` have a default that its type does not know."""
        return self.mapping(cls.__name__, (cls.__doc__ or "").split("\n")[0], fields_of(cls), cls, optional)

    def named(self, cls: type[Struct]) -> Schema:
        """The same below a key that is its id."""
        name = f"{cls.__name__} by id"
        return self.mapping(name, (cls.__doc__ or "").split("\n")[0], fields_of(cls), cls, ("id",))

    def mapping(
        self, name: str, about: str, fields: dict[str, Field], cls: Any, optional: tuple[str, ...] = ()
    ) -> Schema:
        reference = {"$ref": "#/$defs/" + name.replace(" ", "-")}
        key = name.replace(" ", "-")
        if key not in self.made:
            self.made[key] = {}  # a struct that contains itself ends here
            required = [
                field.key for field in fields.values() if field.required and field.key not in optional
            ]
            self.made[key] = _object(
                about,
                {field.key: self.property(field, DESCRIPTIONS[cls][field.key]) for field in fields.values()},
                required,
            )
        return reference

    def property(self, field: Field, about: str) -> Schema:
        schema = self.annotation(field.annotation)
        if not field.required:
            schema = _or_null(schema)
        return {"description": about, **schema}

    def rich_fact(self, name: str = "Fact", needs: str | tuple[str, ...] = ()) -> Schema:
        """A fact with all its keys; `label` is required, and what `needs` names."""
        key = name.replace(" ", "-") if needs != "id" else "Fact-of-the-registry"
        if key not in self.made:
            self.made[key] = {}
            properties = {
                it.key: self.property(it, DESCRIPTIONS[Fact][it.key]) for it in fact_fields().values()
            }
            worth = {
                it.key: self.property(it, DESCRIPTIONS[ValueKeys][it.key])
                for it in fields_of(ValueKeys).values()
            }
            required = ["label", needs] if isinstance(needs, str) else ["label", *needs]
            self.made[key] = _object(
                "A fact with its value and where it comes from.", properties | worth, required
            )
        return {"$ref": f"#/$defs/{key}"}

    def annotation(self, annotation: Any) -> Schema:
        """The schema of a field's type, as `binding.reader_of` reads it."""
        if annotation in NEW_TYPES:
            return _form(NEW_TYPES[annotation])
        special = _SPECIAL.get(annotation)
        if special is not None:
            return special(self)
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return _form(arguments[1])
        if origin in (Union, UnionType):
            return self.annotation(next(it for it in arguments if it is not NoneType))
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin is tuple and arguments[1] is not Ellipsis:
            items = [self.annotation(it) for it in arguments]
            return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
        if origin is tuple:
            return {"type": "array", "items": self.annotation(arguments[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.annotation(arguments[1])}
        return self.of(annotation)


def _object(about: str, properties: Schema, required: list[str]) -> Schema:
    schema: Schema = {"type": "object", "description": about, "properties": properties}
    if required:
        schema["required"] = required
    return {**schema, "additionalProperties": False}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _form(form: Form) -> Schema:
    if form.name == "names":
        each: Schema = {"type": "object", "additionalProperties": {"type": _SCALAR}}
        return {"anyOf": [{"type": _SCALAR}, each]}
    if form.name == "name-lists":
        names: Schema = {"type": "array", "items": {"type": _SCALAR}}
        return {"anyOf": [names, {"type": "object", "additionalProperties": names}]}
    if form.name == "ref":
        return _REF_ITEM
    schema: Schema = {"type": _SCALAR}
    if form.pattern:
        schema["pattern"] = form.pattern
    if form.longest:
        schema["maxLength"] = form.longest
    if form.sample:
        schema["examples"] = [form.sample]
    return schema


def _cited(definitions: _Definitions) -> Schema:
    return {"anyOf": [{"type": "string"}, definitions.of(Cited)]}


def _party(definitions: _Definitions) -> Schema:
    return {"anyOf": [_REF_ITEM, definitions.of(Party)]}


def _author(definitions: _Definitions) -> Schema:
    return {"anyOf": [{"type": "string"}, definitions.of(Author)]}


def _position(definitions: _Definitions) -> Schema:
    fields = dict(fields_of(Position))
    value = fields_of(ValueKeys)["value"]
    fields["value"] = Field("value", "value", value.annotation, value.read, False)
    return definitions.mapping("Position", "What one side of a dispute holds.", fields, Position)


def _uses(definitions: _Definitions) -> Schema:
    """A list of uses, rich facts and single pairs, or a mapping from labels."""
    rich = _shown(definitions)
    use = definitions.mapping(
        "Use", "A fact of the registry as this article shows it.", use_fields(), FactUse
    )
    definitions.made["Use"]["required"] = ["use"]
    short: Schema = {"type": [*_SCALAR, "array"]}
    known = sorted(set(definitions.made["Written-fact"]["properties"]) | USE_KEYS)
    pair: Schema = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "propertyNames": {"not": {"enum": known}},
        "additionalProperties": {"anyOf": [short, {"$ref": "#/$defs/Labelled-fact"}]},
    }
    labelled: Schema = {"type": "object", "additionalProperties": pair["additionalProperties"]}
    return {"anyOf": [{"type": "array", "items": {"anyOf": [use, rich, pair]}}, labelled]}


def _shown(definitions: _Definitions) -> Schema:
    """A rich fact of an article, with `featured` and `order`; one below its label needs no `label`."""
    definitions.rich_fact()
    shown = {key: field for key, field in fields_of(FactUse).items() if key in ("featured", "order")}
    extra = {key: definitions.property(field, DESCRIPTIONS[FactUse][key]) for key, field in shown.items()}
    base = definitions.made.pop("Fact")
    written = {**base, "properties": base["properties"] | extra}
    definitions.made["Written-fact"] = written
    definitions.made["Labelled-fact"] = {key: value for key, value in written.items() if key != "required"}
    return {"$ref": "#/$defs/Written-fact"}


def _destination(definitions: _Definitions) -> Schema:
    """One of the kinds of target; the key `to` says which."""
    kinds = []
    for name, cls in destinations.KINDS.items():
        reference = definitions.of(cls)
        made = definitions.made[cls.__name__]
        made["properties"]["to"] = {"description": "The kind of the target.", "const": name}
        made["required"] = ["to", *(it for it in made.get("required", []) if it != "to")]
        kinds.append(reference)
    return {"anyOf": kinds}


def _destinations(definitions: _Definitions) -> Schema:
    """Targets by name."""
    return {"type": "object", "propertyNames": _form(SLUG), "additionalProperties": _destination(definitions)}


_SPECIAL: Final[dict[Any, Callable[[_Definitions], Schema]]] = {
    str: lambda _: {"type": _SCALAR},
    bool: lambda _: {"enum": [True, False, "true", "false", "نعم", "لا"]},
    int: lambda _: {"type": ["integer", "string"]},
    FuzzyDate: lambda _: _DATE,
    Raw: lambda _: {"type": [*_SCALAR, "array"]},
    Cited: _cited,
    Party: _party,
    Author: _author,
    Position: _position,
    tuple[FactUse, ...]: _uses,
    destinations.Destination: _destination,
    dict[str, destinations.Destination]: _destinations,
}
