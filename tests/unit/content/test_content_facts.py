"""Facts in every way they can be written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from content_files import article, codes, fact, facts, only, where

from sitegen.core.facts import Cited, Fact, FactUse
from sitegen.core.values import (
    Agreement,
    Boolean,
    Event,
    FuzzyDate,
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
)
from sitegen.messages import hint, severity


def _uses(yaml: str) -> tuple[FactUse, ...]:
    parsed = article(f"facts:\n{yaml}")
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    return parsed.value.facts


def _fact(yaml: str) -> Fact:
    (use,) = _uses(yaml)
    assert use.fact is not None
    return use.fact


# -- in an article -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "yaml",
    [
        "  المهلة: 30 يوم",
        "  - المهلة: 30 يوم",
        "  - {label: المهلة, value: 30 يوم}",
        "  المهلة: {value: 30 يوم}",
    ],
)
def test_the_ways_to_write_a_fact_in_place_mean_the_same(yaml: str) -> None:
    """Mapping, list of pairs, rich fact in a list, rich fact below its label."""
    found = _fact(yaml)
    assert (found.label, found.value) == ("المهلة", Quantity(Number(Decimal(30)), "day"))


def test_a_fact_in_place_leans_on_the_sources_of_the_article() -> None:
    """Unless it names its own."""
    first, second = _uses("  - أ: نص\n  - {label: ب, value: نص, sources: [own]}")
    assert first.fact is not None
    assert second.fact is not None
    assert first.fact.sources == (Cited("a-source"),)
    assert second.fact.sources == (Cited("own"),)


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("facts:\n  أ: نص", ["P600"]),
        ("facts:\n  - {label: أ, value: نص}", ["P600"]),
        ("facts:\n  - {label: أ, value: نص, certainty: reported}", ["P600"]),
        ('facts:\n  أ: "?"', []),
        ("facts:\n  - {label: أ, value: نص, common_knowledge: true}", []),
        ("common_knowledge: true\nfacts:\n  أ: نص", []),
        ("facts:\n  - use: elsewhere", []),
    ],
)
def test_a_claim_without_any_source_is_a_warning(extra: str, expected: list[str]) -> None:
    """What nobody claims, or everybody knows, needs none."""
    parsed = article(extra, head="title: ع\nsummary: س\npublished: 2025-10-31\n")
    assert codes(parsed) == expected
    assert all(severity(it) == "warning" for it in parsed.diagnostics)


def test_a_fact_of_the_registry_is_used_by_id() -> None:
    """Label, note, place in the order and visibility in the box are the article's own."""
    (use,) = _uses("  - {use: cap, id: our-cap, label: سقف, note: ن, featured: false, order: 2}")
    assert use == FactUse(use="cap", id="our-cap", label="سقف", note="ن", featured=False, order=2)


@pytest.mark.parametrize(
    "key", ["value", "unit", "as_of", "certainty", "sources", "type", "subject", "positions"]
)
def test_what_belongs_to_the_registry_cannot_be_overridden(key: str) -> None:
    """F201, at the key, with the way out."""
    finding = only(article(f"facts:\n  - use: cap\n    {key}: x"))
    assert finding.code == "F201"
    assert where(finding)[:2] == (8, 5)
    assert key in dict(finding.args)["key"]
    assert "content/facts" in hint(finding)


@pytest.mark.parametrize(
    ("yaml", "code"),
    [
        ("  - fordow-cap", "S159"),
        ("  - {أ: نص, ب: نص}", "S159"),
        ("  - {}", "S103"),
        ("  - use:", "S103"),
        ("  - {use: cap, labl: س}", "S102"),
        ("  - {label: أ}", "S103"),
        ("  - {value: 60%}", "S103"),
        ("  - {label: أ, value: 60%, valeu: 3}", "S102"),
        ("  أ: [نص, نص]", "S154"),
        ("  أ:", "S104"),
        ("  أ: 837%", "S112"),
        ("  أ: 1500", "F203"),
        ("  أ: 5 كيلغرام", "S113"),
        ("  أ: ?", "S134"),
    ],
)
def test_a_fact_that_cannot_be_read_says_why(yaml: str, code: str) -> None:
    """One finding each, and the other facts are kept."""
    parsed = article(f"facts:\n{yaml}")
    assert code in codes(parsed)


def test_the_place_of_a_short_fact_is_its_value() -> None:
    """The label has a place of its own."""
    parsed = article("facts:\n  المهلة: 30 يوم\n  ب: نص")
    assert (parsed.places["facts.0.value"].line, parsed.places["facts.0.value"].column) == (7, 11)
    assert (parsed.places["facts.0.label"].line, parsed.places["facts.0.label"].column) == (7, 3)
    assert parsed.places["facts.1.value"].line == 8


def test_a_problem_with_a_value_points_at_the_value() -> None:
    """Not at the fact around it."""
    finding = only(article("facts:\n  - label: أ\n    type: percent\n    value: 837%"))
    assert (finding.code, where(finding)) == ("S112", (9, 12, 16))
    assert "83.7%" in hint(finding)


# -- types of the rich form ------------------------------------------------------------------------

_ONE = Number(Decimal("83.7"))


@pytest.mark.parametrize(
    ("rest", "value"),
    [
        ("type: percent, value: 83.7", Percent(_ONE)),
        ("type: percent, value: 83.7%", Percent(_ONE)),
        ("value: 83.7%", Percent(_ONE)),
        ("type: percent, value: 83.7, bound: up_to", Percent(Number(Decimal("83.7"), "up_to"))),
        ("value: 83.7%, bound: up_to", Percent(Number(Decimal("83.7"), "up_to"))),
        ("value: ≤ 83.7%, bound: up_to", Percent(Number(Decimal("83.7"), "up_to"))),
        ("type: percent, value: 20, max: 60", Percent(Number(Decimal(20), "range", Decimal(60)))),
        (
            "type: percent, value: 20, bound: range, max: ٦٠",
            Percent(Number(Decimal(20), "range", Decimal(60))),
        ),
        (
            "type: quantity, value: 440.9, unit: kg, basis: U mass",
            Quantity(Number(Decimal("440.9")), "kg", "U mass"),
        ),
        ("value: 440.9, unit: كغ", Quantity(Number(Decimal("440.9")), "kg")),
        ("type: quantity, value: 440.9 kg", Quantity(Number(Decimal("440.9")), "kg")),
        ("type: money, value: 6000000000, currency: USD", Money(Number(Decimal(6000000000)), "USD")),
        ("value: 6 مليار, currency: USD", Money(Number(Decimal(6000000000)), "USD")),
        ("type: money, value: 6 مليار دولار", Money(Number(Decimal(6000000000)), "USD")),
        ('type: party, value: "[[iran]]"', Parties(("iran",))),
        ("type: party, value: [[iran]]", Parties(("iran",))),
        ("type: party, value: [iran, usa]", Parties(("iran", "usa"))),
        ("type: party, ref: iran", Parties(("iran",))),
        ("type: party, parties: [iran, usa]", Parties(("iran", "usa"))),
        ("type: place, value: مسقط", Place("مسقط")),
        (
            "type: place, ref: muscat, lat: 23.6, lon: 58.5",
            Place("", "muscat", Decimal("23.6"), Decimal("58.5")),
        ),
        ("type: person, ref: brett-mcgurk, role: منسق", Person("brett-mcgurk", "منسق")),
        ("type: person, value: [[brett-mcgurk]]", Person("brett-mcgurk")),
        ("type: agreement, ref: jcpoa, parties: [iran, usa]", Agreement("jcpoa", ("iran", "usa"))),
        (
            "type: event, value: لقاء, place: muscat, outcome: لا شيء",
            Event("لقاء", None, "muscat", (), "لا شيء"),
        ),
        ("type: url, value: https://e.org/", Url("https://e.org/")),
        ("type: text, value: 84%", Text("84%")),
        ("type: boolean, value: نعم", Boolean(True)),
        ('type: boolean, value: "false"', Boolean(False)),
        ("type: unknown", Unknown()),
        ("certainty: unknown", Unknown()),
        ('value: "?"', Unknown()),
    ],
)
def test_each_type_reads_its_own_keys(rest: str, value: Any) -> None:
    """The type is written, told by a key that only it has, or inferred."""
    assert fact(rest).value == value


def test_a_quotation_keeps_both_languages() -> None:
    """The translation and the words as said."""
    found = fact(
        "speaker: kanaani, value: لم تكن سرية, original: {lang: en, text: not secret, via: aje}, translation: ours, date: 2023-06-12"
    )
    assert found.value == Quotation(
        "لم تكن سرية",
        "kanaani",
        "not secret",
        "en",
        "aje",
        "ours",
        found.value.date,
    )
    assert isinstance(found.value, Quotation)
    assert isinstance(found.value.date, FuzzyDate)
    assert found.value.date.lexeme == "2023-06-12"


@pytest.mark.parametrize("decimals", ["0", "1", "3"])
def test_decimals_add_zeros_and_never_round(decimals: str) -> None:
    """60 known to one decimal is 60.0; 83.7 has none to lose."""
    found = fact(f"type: percent, value: 60, decimals: {decimals}").value
    assert isinstance(found, Percent)
    assert -found.number.value.as_tuple().exponent == int(decimals)


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("type: percent, value: 837", "S112"),
        ("type: percent, value: -1", "S112"),
        ("type: percent, value: 20, max: 101", "S112"),
        ("type: percent, value: كثير", "S123"),
        ("type: percent, value: '83,7'", "S123"),
        ("type: percent, value: 83.7 kg", "S155"),
        ("type: percent, value: 83.7, unit: kg", "S151"),
        ("type: percent, value: 60, max: 20", "S127"),
        ("type: percent, value: 60, bound: range", "S152"),
        ("type: percent, value: ≤ 60, bound: about", "S152"),
        ("type: percent, value: 60, max: 70, bound: about", "S152"),
        ("type: percent, value: 83.7, decimals: 0", "S153"),
        ("type: percent, value: 83.7, decimals: 99", "S153"),
        ("type: percent", "S103"),
        ("type: quantity, value: 5", "S103"),
        ("type: quantity, value: 5 kg, unit: يوم", "S155"),
        ("type: money, value: 6000000000", "S121"),
        ("type: money, value: 300 ريال", "S121"),
        ("type: money, value: 6, currency: USF", "S156"),
        ("type: money, value: 6, currency: dollars", "S147"),
        ("type: money, value: 6 EUR, currency: USD", "S155"),
        ("type: date, value: 08/05/2023", "S111"),
        ("type: date, value: 2023-13-08", "S110"),
        ("type: place, value: مسقط, lat: 23", "S103"),
        ("type: place, value: مسقط, lat: 123, lon: 5", "S157"),
        ("type: person", "S103"),
        ("type: url, value: ftp://e.org", "S147"),
        ("type: boolean, value: ربما", "S129"),
        ("type: unknown, value: 5", "S158"),
        ("type: percnt, value: 5", "S105"),
        ("value: 2015", "F203"),
        ("value: 83.7%, certainty: disputed", "S120"),
        ("value: 83.7%, certainty: disputed, positions: [{by: iran, says: لا}]", "S120"),
        ("value: 83.7%, positions: [{by: iran}]", "S103"),
        ("value: 83.7%, positions: [{says: لا}]", "S103"),
        ("value: 83.7%, review_every: 90 days", "S147"),
        ("value: 83.7%, review_every: P", "S147"),
        ("value: 83.7%, tz: Muscat time", "S147"),
        ("value: 83.7%, valid: 2023/2019", "S135"),
    ],
)
def test_a_rich_fact_that_contradicts_itself_is_an_error(rest: str, code: str) -> None:
    """Each with its code."""
    assert code in codes(facts(f"- {{id: x, label: عنوان, sources: [a], {rest}}}"))


def test_the_sides_of_a_dispute_give_values_of_the_same_type() -> None:
    """A side's value has the unit of the fact."""
    found = fact(
        "type: quantity, unit: kg, value: 300, certainty: disputed, "
        "positions: [{by: iran, value: 202.8}, {by: iaea, says: لا نعلم, sources: [b]}]"
    )
    first, second = found.positions
    assert (first.by, first.value) == ("iran", Quantity(Number(Decimal("202.8")), "kg"))
    assert (second.says, second.value, second.sources) == ("لا نعلم", None, (Cited("b"),))


# -- the registry ----------------------------------------------------------------------------------

_FIRST, _SECOND = "label: أ, value: 60%, sources: [s]", "label: ب, value: 2015-07-14, sources: [s]"


@pytest.mark.parametrize(
    "yaml",
    [
        f"facts:\n  - {{id: a, {_FIRST}}}\n  - {{id: b, {_SECOND}}}",
        f"- {{id: a, {_FIRST}}}\n- {{id: b, {_SECOND}}}",
        f"a: {{{_FIRST}}}\nb: {{{_SECOND}}}",
        f"facts:\n  a: {{{_FIRST}}}\n  b: {{{_SECOND}}}",
    ],
)
def test_a_registry_is_a_list_or_a_mapping(yaml: str) -> None:
    """With or without `facts:` above."""
    parsed = facts(yaml)
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert [(it.id, it.label) for it in parsed.value] == [("a", "أ"), ("b", "ب")]
    assert parsed.places["1.value"].line > 1


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("- {id: a, label: أ, value: 60%}", ["P601"]),
        ("- {id: a, label: أ, value: 60%, certainty: reported}", ["P601"]),
        ("- {id: a, label: أ, value: 60%, common_knowledge: true}", []),
        ("- {id: a, label: أ, certainty: unknown}", []),
        ("- {label: أ, value: 60%, sources: [s]}", ["S103"]),
        ("- {id: A, label: أ, value: 60%, sources: [s]}", ["S106"]),
        ("A B: {label: أ, value: 60%, sources: [s]}", ["S106"]),
        ("a: {id: b, label: أ, value: 60%, sources: [s]}", ["S161"]),
        (
            "- {id: a, label: أ, value: 60%, sources: [s]}\n- {id: a, label: ب, value: 61%, sources: [s]}",
            ["S101"],
        ),
        ("- words", ["S104"]),
        ("words", ["S104"]),
        ("", []),
        ("# nothing yet", []),
        ("facts:", []),
        ("facts: []", []),
    ],
)
def test_a_registry_checks_ids_and_sources(yaml: str, expected: list[str]) -> None:
    """An unsourced claim in the registry is an error, an empty file is none."""
    assert codes(facts(yaml)) == expected


def test_an_inferred_quantity_keeps_its_basis() -> None:
    """What is weighed is not lost because the type is not written."""
    value = fact("value: 300 kg, basis: UF6").value
    assert isinstance(value, Quantity)
    assert (value.unit, value.basis) == ("kg", "UF6")


@pytest.mark.parametrize("rest", ["value: 84%, basis: U", "value: لقاء في مسقط, date: 2023-05-08"])
def test_a_key_that_an_inferred_type_does_not_have_is_an_error(rest: str) -> None:
    """It would be lost without a word."""
    found = only(facts(f"- {{id: x, label: عنوان, sources: [a], {rest}}}"))
    assert found.code == "S151"
