"""The part of JSON Schema that our schemas use, and YAML 1.2 as an editor's checker sees it."""

from __future__ import annotations

import re
from typing import Any

from sitegen.core.frontmatter import Items, Node, Scalar

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def valid(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    """Whether `value` satisfies `schema`, whose references lead into `root`."""
    if "$ref" in schema and not valid(value, _target(schema["$ref"], root), root):
        return False
    if "anyOf" in schema and not any(valid(value, it, root) for it in schema["anyOf"]):
        return False
    if "not" in schema and valid(value, schema["not"], root):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "type" in schema and not _is_a(value, schema["type"]):
        return False
    if isinstance(value, str):
        return _text_fits(value, schema)
    if isinstance(value, list):
        return _list_fits(value, schema, root)
    return _object_fits(value, schema, root) if isinstance(value, dict) else True


def _target(reference: str, root: dict[str, Any]) -> dict[str, Any]:
    found: Any = root
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    assert isinstance(found, dict)
    return found


def _is_a(value: Any, names: str | list[str]) -> bool:
    for name in [names] if isinstance(names, str) else names:
        if isinstance(value, _TYPES[name]) and (name in ("boolean",) or not isinstance(value, bool)):
            return True
    return False


def _text_fits(value: str, schema: dict[str, Any]) -> bool:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return False
    return len(value) <= schema.get("maxLength", len(value))


def _list_fits(value: list[Any], schema: dict[str, Any], root: dict[str, Any]) -> bool:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        return False
    first = schema.get("prefixItems", [])
    if not all(valid(item, each, root) for item, each in zip(value, first, strict=False)):
        return False
    return "items" not in schema or all(valid(item, schema["items"], root) for item in value[len(first) :])


def _object_fits(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any]) -> bool:
    properties = schema.get("properties", {})
    rest = schema.get("additionalProperties", True)
    if not schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", len(value)):
        return False
    if not all(key in value for key in schema.get("required", ())):
        return False
    if "propertyNames" in schema and not all(valid(key, schema["propertyNames"], root) for key in value):
        return False
    for key, item in value.items():
        each = properties.get(key, rest)
        if each is False or (isinstance(each, dict) and not valid(item, each, root)):
            return False
    return True


def as_json(node: Node | None) -> Any:
    """A tree with its plain scalars typed as YAML 1.2's core schema does."""
    if node is None:
        return None
    if isinstance(node, Items):
        return [as_json(it) for it in node.items]
    if not isinstance(node, Scalar):
        return {key.text: as_json(value) for key, value in node.pairs}
    if node.absent:
        return None
    if node.plain and node.text in ("true", "false"):
        return node.text == "true"
    if node.plain and re.fullmatch(r"[-+]?[0-9]+", node.text, re.ASCII):
        return int(node.text)
    if node.plain and re.fullmatch(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?", node.text, re.ASCII):
        return float(node.text)
    return node.text
