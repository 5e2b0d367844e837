"""Whole files, kind by kind."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from content_files import MARKDOWN, PARSERS, article, codes

from sitegen.core.article import Article, Picture, Question
from sitegen.core.config import Author, MenuItem
from sitegen.core.documents import Parsed, parse_article, parse_site
from sitegen.core.facts import Cited

_MAXIMAL = """---
id: muscat-talks
title: المحادثات في عُمان
short_title: مسقط
slug: muscat-indirect-talks
kind: explainer
lang: ar
summary: كيف صارت مسقط غرفة بريد.
answer: >-
  لا يجلس الطرفان في غرفة واحدة:
  ينقل الوسيط الرسائل.
why_it_matters: لأن الرواية رهينة التسريبات.
status: published            # draft | review
embargo_until: null
published: 2023-06-15T09:00+04:00
updated: 2025-10-31T12:00+04:00
review_by: 2026-01-31
authors: [desk-politics]
translations: {en: muscat-talks-en}
topics: [iran-file]
image: {src: harbour.jpg, alt: ميناء}
people:
  - {ref: someone, role: منسق, during: 2021/2025}
facts:
  - use: muscat-date
  - id: rounds
    label: جولات
    type: quantity
    value: 5
    unit: يوم
    sources:
      - {ref: rferl, locator: "الفقرة 4"}
disputed:
  - question: هل نوقش اتفاق؟
    fact: denial
qa:
  - q: لماذا عُمان؟
    a: لأنها على صلة بالطرفين.
corrections:
  - {date: 2023-06-20, severity: correction, was: كذا, now: كذا, facts: [rounds]}
checks:
  allow:
    - {code: SG-D402, match: "1979", reason: خلفية, until: 2026-12-31}
---

## عنوان

نص.
"""


def test_a_full_article_is_read_without_a_finding() -> None:
    """Every part of it."""
    parsed = PARSERS["article"](_MAXIMAL.encode())
    assert parsed.diagnostics == ()
    found: Article = parsed.value
    assert (found.id, found.slug) == ("muscat-talks", "muscat-indirect-talks")
    assert found.answer == "لا يجلس الطرفان في غرفة واحدة: ينقل الوسيط الرسائل."
    assert found.published.start is not None
    assert found.published.start.offset == 240
    assert found.image == Picture("harbour.jpg", "ميناء")
    assert found.qa == (Question("لماذا عُمان؟", "لأنها على صلة بالطرفين."),)
    assert found.facts[1].fact is not None
    assert found.facts[1].fact.sources == (Cited("rferl", locator="الفقرة 4"),)
    assert found.checks.allow[0].code == "D402"
    assert (parsed.body, parsed.body_line) == ("\n## عنوان\n\nنص.\n", 45)
    assert parsed.places["answer"].line == 10
    assert parsed.places["facts.1.sources.0.ref"].line == 32


@pytest.mark.parametrize(
    ("path", "written", "expected"),
    [
        ("content/articles/fordow-sample.md", "", ("fordow-sample", "fordow-sample")),
        ("content/articles/02-typical.md", "slug: fordow-sample", ("02-typical", "fordow-sample")),
        ("content/articles/02-typical.md", "id: fordow", ("fordow", "fordow")),
        ("content/articles/عيّنة.md", "slug: fordow-sample", ("fordow-sample", "fordow-sample")),
    ],
)
def test_an_article_is_named_after_its_file(path: str, written: str, expected: tuple[str, str]) -> None:
    """Unless it says otherwise."""
    data = f"---\ntitle: ع\nsummary: س\npublished: 2025\n{written}\n---\n".encode()
    parsed = parse_article(path, data, "ar")
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert (parsed.value.id, parsed.value.slug) == expected


def test_a_file_name_that_is_no_id_needs_a_slug() -> None:
    """Arabic, spaces and capitals make no address."""
    parsed = parse_article(
        "content/articles/My File.md", "---\ntitle: ع\nsummary: س\npublished: 2025\n---\n".encode(), "ar"
    )
    assert set(codes(parsed)) == {"S162"}
    assert parsed.value is None


def test_sources_by_id_or_as_a_list() -> None:
    """Both give the same."""
    by_id = PARSERS["sources"](b"ap-2023: {title: T, publisher: AP, kind: agency, date: 2023-02-28}")
    listed = PARSERS["sources"](b"- {id: ap-2023, title: T, publisher: AP, kind: agency, date: 2023-02-28}")
    assert (by_id.diagnostics, listed.diagnostics) == ((), ())
    assert by_id.value == listed.value
    assert by_id.places["0.publisher"].line == 1


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("a: {kind: news}", ["S103"]),
        ("a: {title: T, kind: newz}", ["S105"]),
        ("a: {title: T, url: example.org}", ["S147"]),
        ("a: {title: T}\na: {title: U}", ["S101"]),
        ("- {title: T}", ["S103"]),
        ("A_b: {title: T}", ["S106"]),
        ("a: words", ["S104"]),
        ("a: {title: T}\n---\nb: {title: U}", ["S132"]),
    ],
)
def test_a_source_that_cannot_be_read_says_why(yaml: str, expected: list[str]) -> None:
    """The others are kept."""
    assert codes(PARSERS["sources"](yaml.encode())) == expected


def test_a_scale_has_numbers_for_its_ends() -> None:
    """As text, in the digits they are written in; marks stand at a value or at a fact."""
    parsed = PARSERS["scales"](
        "enrichment:\n  label: نسبة\n  range: [0, 100]\n  display: curated\n  thresholds:\n"
        "    - {value: 0.7, label: طبيعي, sources: [a]}\n    - {label: سقف, ref: cap}".encode()
    )
    assert parsed.diagnostics == ()
    (scale,) = parsed.value
    assert (scale.id, scale.range, scale.thresholds[0].value, scale.thresholds[1].ref) == (
        "enrichment",
        ("0", "100"),
        "0.7",
        "cap",
    )


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("range: [0]", "S148"),
        ("range: [0, much]", "S123"),
        ("range: [100, 0]", "S127"),
        ("display: log", "S129"),
        ("thresholds: [{label: أ}]", "S103"),
        ("thresholds: [{value: 5}]", "S103"),
    ],
)
def test_a_scale_that_cannot_be_drawn_is_an_error(rest: str, code: str) -> None:
    """Each with its code."""
    assert codes(PARSERS["scales"](f"x: {{label: ع, {rest}}}".encode())) == [code]


def test_the_settings_of_a_site() -> None:
    """Authors by name alone or with an address; the address of the site without its last slash."""
    parsed = PARSERS["site"](
        "title: شرح\nbase_url: https://example.org/ar/\ndigits: latn\ncontent_as_of: 2025-10-31\n"
        "menu:\n  - {label: الحقائق, url: /facts/}\n"
        "authors: {desk: فريق السياسة, someone: {name: أحد, url: 'https://e.org'}}".encode()
    )
    assert parsed.diagnostics == ()
    assert parsed.value.base_url == "https://example.org/ar"
    assert parsed.value.menu == (MenuItem("الحقائق", "/facts/"),)
    assert parsed.value.authors == {"desk": Author("فريق السياسة"), "someone": Author("أحد", "https://e.org")}


def test_a_site_without_settings_is_told_so() -> None:
    """The file is missing: a finding like any other."""
    parsed = parse_site("content/site.yaml", None)
    assert (codes(parsed), parsed.value) == (["S160"], None)


@pytest.mark.parametrize(
    "line",
    [
        "base_url: example.org",
        "base_url: ftp://e.org",
        "menu: [{label: x, url: 'javascript:1'}]",
        "corrections_email: nobody",
    ],
)
def test_settings_of_the_wrong_form_are_errors(line: str) -> None:
    """Addresses and mail."""
    head = "" if line.startswith("base_url") else "base_url: https://e.org\n"
    assert codes(PARSERS["site"](f"title: ع\n{head}{line}".encode())) == ["S147"]


@pytest.mark.parametrize("kind", MARKDOWN)
def test_the_body_is_handed_on_untouched(kind: str) -> None:
    """Whatever stands in it, and whether or not the front matter is right."""
    parsed = PARSERS[kind]("---\nzzz: 1\n---\n# نص\n---\n\tx\n".encode())
    assert (parsed.body, parsed.body_line) == ("# نص\n---\n\tx\n", 4)


@pytest.mark.parametrize("extra", ["facts:\n  أ: 60%\n  ب: 2015-07\n  ج: '[[iran]]'", "updated: soon"])
def test_a_parsed_file_survives_the_store(extra: str) -> None:
    """One encoder for fingerprints and cache: what comes back is equal."""
    parsed = article(extra)
    kind: Any = Parsed[Article]
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(parsed), type=kind)
    assert again == parsed


def test_reading_is_a_function_of_the_bytes() -> None:
    """Twice the same, to the order of the findings."""
    broken = _MAXIMAL.replace("kind: explainer", "kind: x").replace("2025-10-31T12:00", "soon").encode()
    first, second = PARSERS["article"](broken), PARSERS["article"](broken)
    assert first == second
    assert msgspec.msgpack.encode(first) == msgspec.msgpack.encode(second)
