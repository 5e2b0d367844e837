"""Keys, shapes and forms: what a mapping may say, and what is reported when it says something else."""

from __future__ import annotations

import pytest
from content_files import PARSERS, REQUIRED, article, codes, only, where

from sitegen.core.article import Article, Party
from sitegen.core.facts import Cited
from sitegen.messages import MESSAGES, hint, sentence


def _value(extra: str) -> Article:
    parsed = article(extra)
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    return parsed.value


def test_an_unknown_key_is_an_error_with_a_suggestion() -> None:
    """The nearest key is named, in both languages."""
    finding = only(article("upated: 2025-10-31"))
    assert (finding.code, where(finding)) == ("S102", (6, 1, 7))
    assert "updated" in hint(finding, "en")
    assert "updated" in hint(finding, "ar")


def test_an_unknown_key_that_resembles_none_gets_the_list() -> None:
    """Nothing near: all keys."""
    finding = only(article("zzzzzzzz: 1"))
    assert finding.code == "S128"
    assert "short_title" in hint(finding)


def test_an_unknown_key_deep_inside_is_found() -> None:
    """Structs in lists are as strict."""
    assert codes(article("qa:\n  - {q: س, a: ج, answer: ج}")) == ["S128"]


def test_all_errors_of_a_file_come_together() -> None:
    """In order of place; a good field between them is read."""
    parsed = article(
        head="title: عنوان\nkind: explaner\nsumary: س\nupdated: 2023-13-01\npublished: 2025-10-31\n"
    )
    assert codes(parsed) == ["S103", "S105", "S102", "S110"]
    assert parsed.value is None
    assert "published" in parsed.places


def test_a_bad_optional_field_leaves_the_value_usable() -> None:
    """The article is there, the field at its default, the error reported."""
    parsed = article("updated: soon")
    assert codes(parsed) == ["S110"]
    assert parsed.value is not None
    assert parsed.value.updated is None


@pytest.mark.parametrize("key", ["title", "summary", "published"])
@pytest.mark.parametrize("absent", ["", "null", "~", None])
def test_a_required_field_must_say_something(key: str, absent: str | None) -> None:
    """Missing, empty and null are one."""
    lines = [line for line in REQUIRED.splitlines() if not line.startswith(f"{key}:")]
    if absent is not None:
        lines.append(f"{key}: {absent}")
    finding = only(article(head="\n".join(lines)))
    assert finding.code == "S103"
    assert f"“{key}”" in sentence(finding)


def test_null_leaves_an_optional_field_at_its_default() -> None:
    """`embargo_until: null` is a way to say no."""
    assert _value("embargo_until: null\nimage: ~\ntopics:").embargo_until is None


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("topics: iran", "S104"),
        ("topics: {a: b}", "S104"),
        ("title: [a]", "S101"),
        ("short_title: [a, b]", "S104"),
        ("image: harbour.jpg", "S104"),
        ("image: {src: a.jpg}", "S103"),
        ("qa: [words]", "S104"),
        ("facts: words", "S104"),
        ("checks: []", "S104"),
        ("translations: [en]", "S104"),
        ("draft: maybe", "S129"),
        ("status: publisched", "S105"),
        ("status: xyzzy", "S129"),
        ("slug: Fordow", "S106"),
        ("slug: -fordow", "S106"),
        ("slug: a--b", "S106"),
        ("slug: ../etc", "S106"),
        ("slug: فوردو", "S106"),
        ("slug: " + "a" * 81, "S146"),
        ("short_title: ''", ""),
        ("translations: {en: Not A Slug}", "S106"),
        ("lang: arabic!", "S147"),
        ("aliases: [old]", "S147"),
        ("aliases: [/../etc]", "S124"),
        ("aliases: [//evil.example]", "S124"),
        ("aliases: [/.git/config]", "S124"),
        ("aliases: [/a/-b]", "S124"),
        ("aliases: ['/a\\b']", "S147"),
        ("aliases: [/a%2e%2e]", "S147"),
        ("aliases: [/a?b]", "S147"),
        ("aliases: ['/a b']", "S147"),
        ("aliases: [/مقالات/قديم/]", ""),
        ('aliases: ["/a\u202eb"]', "S150"),
        ("image: {src: /etc/passwd, alt: س}", "S147"),
        ("image: {src: ../../secret.png, alt: س}", "S124"),
        ("image: {src: 'https://e.org/a.png', alt: س}", "S124"),
        ("image: {src: photos/a.jpg, alt: س}", ""),
        ("sources: ['javascript://x']", "S101"),
    ],
)
def test_a_value_of_the_wrong_form_has_its_code(line: str, code: str) -> None:
    """An empty code stands for no finding."""
    assert codes(article(line)) == ([code] if code else [])


@pytest.mark.parametrize(
    "line",
    [
        'short_title: "عن [[oman|السلطنة]]"',
        'image: {src: media/a.jpg, alt: "صورة {fact:x}"}',
        'facts: [{label: "بلغ [84%](fact:x)", value: "84%"}]',
        'facts: [{"مخزون [[iran]]": "84%"}]',
        'facts: [{"ما جرى": "لقاء في [[oman]] أمس"}]',
        'facts: [{label: "ما جرى", type: text, value: "لقاء في [[oman]] أمس"}]',
    ],
)
def test_a_reference_in_a_plain_field_is_an_error(line: str) -> None:
    """Else its brackets would be printed."""
    assert codes(article(line)) == ["S164"]


def test_parties_may_be_short_or_long() -> None:
    """An id, a link with or without quotes, or a mapping."""
    parsed = article('parties: [iran, [[usa]], "[[oman|السلطنة]]", {ref: iaea, role: وكالة, side: a}]')
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert parsed.value.parties == (Party("iran"), Party("usa"), Party("oman"), Party("iaea", "وكالة", "a"))
    assert (parsed.places["parties.1.ref"].column, parsed.places["parties.1.ref"].end_column) == (19, 22)
    assert (parsed.places["parties.3.ref"].column, parsed.places["parties.3.ref"].end_column) == (52, 56)


def test_sources_may_be_ids_addresses_or_mappings() -> None:
    """Each kind has its place under the part that is checked later."""
    parsed = article(
        head="title: ع\nsummary: س\npublished: 2025-10-31\n",
        extra="sources:\n  - ap-2023\n  - https://e.org/a\n  - {ref: axios, locator: الفقرة 4}\n  - {locator: 4}\n  - A B",
    )
    assert codes(parsed) == ["S103", "S106"]
    assert parsed.value is not None
    assert parsed.value.sources == (
        Cited("ap-2023"),
        Cited(url="https://e.org/a"),
        Cited("axios", locator="الفقرة 4"),
    )
    lines = {key: span.line for key, span in parsed.places.items() if key.startswith("sources.")}
    assert lines["sources.0.ref"], lines["sources.1.url"] == (6, 7)
    assert lines["sources.2.ref"] == 8


def test_places_follow_the_values_when_an_item_is_refused() -> None:
    """The second good item is number 1, wherever it stands in the file."""
    parsed = article("topics: [iran, a\u200fb, oman]")
    assert parsed.value is not None
    assert parsed.value.topics == ("iran", "oman")
    assert parsed.places["topics.1"].column == 21


def test_a_place_is_found_even_where_there_is_none() -> None:
    """The nearest thing around it."""
    parsed = article("parties: [iran]")
    assert parsed.place("parties.0.role.x") == parsed.place("parties.0") is not None
    assert parsed.place("nothing") is None


def test_places_and_values_are_apart() -> None:
    """A line more above changes no value."""
    first, second = article("known: [أ]"), article("\n\nknown:\n  - أ")
    assert first.value == second.value
    assert first.places != second.places


def test_names_may_be_one_text_or_one_for_each_language() -> None:
    """One text is in the site's own language."""
    plain = PARSERS["entity"]("---\nkind: state\nname: عُمان\naliases: [السلطنة]\n---\n".encode())
    full = PARSERS["entity"](
        "---\nkind: state\nname: {ar: عُمان, en: Oman}\naliases: {ar: [السلطنة]}\n---\n".encode()
    )
    assert (plain.diagnostics, full.diagnostics) == ((), ())
    assert (plain.value.name, plain.value.aliases) == ({"": "عُمان"}, {"": ("السلطنة",)})
    assert (full.value.name, full.value.aliases) == ({"ar": "عُمان", "en": "Oman"}, {"ar": ("السلطنة",)})
    assert full.value.id == "oman"


def test_every_message_exists_in_both_languages_with_the_same_words() -> None:
    """A message and its hint fill in the same arguments in English and Arabic, or fewer."""
    for code, message in MESSAGES.items():
        assert message.en, code
        assert message.ar, code
        assert bool(message.hint_en) == bool(message.hint_ar), code
