"""The JSON Schema and the reader are of one mind."""

from __future__ import annotations

import json
from typing import Any

import pytest
from content_files import MARKDOWN, PARSERS
from content_schema import as_json, valid

from sitegen.core.binding import SHORTHANDS, fields_of
from sitegen.core.descriptions import DESCRIPTIONS
from sitegen.core.frontmatter import read_markdown, read_yaml
from sitegen.core.schema import _SPECIAL, KINDS, json_schema
from sitegen.messages import severity

_ARTICLE = "title: ع\nsummary: س\npublished: 2025-10-31\nsources: [a]\n"
_STATE = "kind: state\nname: عُمان\n"

_GOOD = [
    ("article", _ARTICLE),
    ("article", "title: 2231\nsummary: true\npublished: 2025\n"),
    (
        "article",
        _ARTICLE
        + "updated: null\ndraft: true\ntopics: [a, b]\nparties: [iran, [[usa]], {ref: oman, role: وسيط}]",
    ),
    (
        "article",
        _ARTICLE
        + "facts:\n  المهلة: 30 يوم\n  عام الاتفاق: 2015\n  الأطراف: [[[iran]]]\n  ب: {value: 60%, as_of: 2023-02}",
    ),
    (
        "article",
        _ARTICLE
        + "facts:\n  - use: cap\n    label: سقف\n    featured: false\n  - المهلة: 30 يوم\n  - {label: أ, value: 60%, order: 2}",
    ),
    (
        "article",
        _ARTICLE
        + "qa: [{q: س, a: ج}]\nchecks: {allow: [{code: D402, match: '1979', reason: س, until: 2026-12-31}]}",
    ),
    (
        "article",
        _ARTICLE + "translations: {en: a-b}\naliases: [/old/]\nimage: {src: a.jpg, alt: س}\nlang: ar-EG",
    ),
    ("entity", _STATE + "aliases: [السلطنة]\ncountry: NO\nwikidata: Q842"),
    (
        "entity",
        "kind: person\nname: {ar: أ, en: A}\naliases: {ar: [ب]}\npositions: [{role: وزير, during: 2020/..}]\nambiguous: [{text: أ, not: b, see: c}]",
    ),
    (
        "term",
        "term: {ar: أ}\ndefinition: تعريف\nnot_to_confuse: [{ref: b, why: ج}]\nsources: [a, 'https://e.org/']",
    ),
    ("topic", "title: ملف\nkey_facts: [a]\nopen_questions: [متى؟]"),
    ("facts", "- {id: a, label: أ, type: percent, value: 83.7, bound: up_to, sources: [s]}"),
    ("facts", "facts:\n  a: {label: أ, value: 6 مليار, currency: USD, sources: [{ref: s, locator: 4}]}"),
    (
        "facts",
        "a: {label: أ, value: 60%, certainty: disputed, sources: [s], positions: [{by: x, value: 50%}, {by: y, says: لا}]}",
    ),
    (
        "facts",
        "- {id: a, label: أ, type: quote, value: ق, speaker: x, original: {lang: en, text: w}, sources: [s]}",
    ),
    ("sources", "a: {title: T, kind: agency, date: 2023-06?, accessed: 2025}"),
    ("sources", "- {id: a, title: T}"),
    ("scales", "a: {label: أ, range: [0, 100], thresholds: [{value: 0.7, label: ط}, {ref: cap, label: س}]}"),
    (
        "site",
        "title: ع\nbase_url: https://e.org\nauthors: {a: اسم, b: {name: ب}}\nmenu: [{label: أ, url: /a/}]",
    ),
]
_BAD = [
    ("article", "title: ع\nsummary: س\n"),
    ("article", _ARTICLE + "upated: 2025"),
    ("article", _ARTICLE + "updated: soon"),
    ("article", _ARTICLE + "status: publisched"),
    ("article", _ARTICLE + "topics: iran"),
    ("article", _ARTICLE + "slug: Not-A-Slug"),
    ("article", _ARTICLE + "draft: maybe"),
    ("article", _ARTICLE + "aliases: [old]"),
    ("article", _ARTICLE + "qa: [{q: س}]"),
    ("article", _ARTICLE + "facts:\n  - {use: cap, value: 5}"),
    ("article", _ARTICLE + "facts:\n  - {label: أ, value: 60%, zzz: 1}"),
    ("article", _ARTICLE + "facts:\n  - {أ: ب, ج: د}"),
    ("article", _ARTICLE + "facts:\n  - {value: 60%}"),
    ("article", _ARTICLE + "facts: words"),
    ("article", _ARTICLE + "parties: [{role: وسيط}]"),
    ("article", _ARTICLE + "image: {src: a.jpg}"),
    ("entity", "kind: planet\nname: أ"),
    ("entity", "name: أ"),
    ("entity", _STATE + "country: Oman"),
    ("entity", _STATE + "wikidata: oman"),
    ("term", "term: أ"),
    ("topic", "summary: س"),
    ("facts", "- {label: أ, value: 60%, sources: [s]}"),
    ("facts", "- {id: a, value: 60%, sources: [s]}"),
    ("facts", "- {id: a, label: أ, value: 60%, certainty: sure, sources: [s]}"),
    ("facts", "a: {label: أ, value: 60%, review_every: monthly, sources: [s]}"),
    ("sources", "a: {kind: agency}"),
    ("sources", "- {title: T}"),
    ("scales", "a: {label: أ, range: [0]}"),
    ("site", "title: ع\nbase_url: example.org"),
    ("site", "title: ع\nbase_url: https://e.org\ndigits: roman"),
]


def _reader_accepts(kind: str, text: str) -> bool:
    data = f"---\n{text}\n---\n".encode() if kind in MARKDOWN else text.encode()
    return all(severity(it) != "error" for it in PARSERS[kind](data).diagnostics)


def _schema_accepts(kind: str, text: str) -> bool:
    document = (
        read_markdown("x", f"---\n{text}\n---\n".encode())
        if kind in MARKDOWN
        else read_yaml("x", text.encode())
    )
    schema = json_schema(kind)
    return valid(as_json(document.root), schema, schema)


@pytest.mark.parametrize(("kind", "text"), _GOOD)
def test_what_the_reader_accepts_the_schema_accepts(kind: str, text: str) -> None:
    """No red line under a right file."""
    assert _reader_accepts(kind, text)
    assert _schema_accepts(kind, text)


@pytest.mark.parametrize(("kind", "text"), _BAD)
def test_what_the_schema_refuses_the_reader_refuses(kind: str, text: str) -> None:
    """A wrong key, shape, form or choice is seen while typing."""
    assert not _reader_accepts(kind, text)
    assert not _schema_accepts(kind, text)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_schema_is_a_key_of_the_reader(kind: str) -> None:
    """And the other way round: each key is known, each that is not there is unknown, at every level."""
    schema = json_schema(kind)
    for name, definition in schema["$defs"].items():
        if "properties" in definition:
            assert definition["additionalProperties"] is False, name
    root = schema["$defs"].get(schema.get("$ref", "").removeprefix("#/$defs/"), {})
    for key in root.get("properties", {}):
        text = f"{key}: null"
        data = f"---\n{text}\n---\n".encode() if kind in MARKDOWN else text.encode()
        assert not {"S102", "S128"} & {it.code for it in PARSERS[kind](data).diagnostics}, key


def test_every_struct_that_is_read_is_described_key_by_key() -> None:
    """A new key without a description is noticed here, and so is a description without a key."""
    for cls, described in DESCRIPTIONS.items():
        keys = set(fields_of(cls))
        if cls.__name__ == "Fact":
            keys.discard("value")
        assert set(described) == keys, cls


def test_every_shorthand_has_a_schema() -> None:
    """What is read in a way of its own is written in a way of its own."""
    assert set(SHORTHANDS) <= set(_SPECIAL)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_plain_json_with_every_reference_resolved(kind: str) -> None:
    """Editors get one file of one draft."""
    schema = json_schema(kind)
    text = json.dumps(schema)
    assert json.loads(text) == schema
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(_references(schema)) <= {f"#/$defs/{name}" for name in schema["$defs"]}


def _references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [found for it in value for found in _references(it)]
    if not isinstance(value, dict):
        return []
    own = [value["$ref"]] if "$ref" in value else []
    return own + [found for it in value.values() for found in _references(it)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_tells_what_it_is_for(kind: str) -> None:
    """Completion shows a sentence."""
    for name, definition in json_schema(kind)["$defs"].items():
        for key, each in definition.get("properties", {}).items():
            assert each["description"].endswith("."), (name, key)


def test_a_kind_that_there_is_not_has_no_schema() -> None:
    """The caller checks against KINDS."""
    with pytest.raises(KeyError):
        json_schema("poem")
