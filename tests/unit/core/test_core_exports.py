"""Facts as data: exact numbers, a table that no spreadsheet runs, a dictionary that matches."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sitegen.core.documents import parse_registry
from sitegen.core.exports import FIELDS, data_package, record, to_csv, to_json
from sitegen.core.facts import Fact
from sitegen.core.values import Text

URL = "https://example.org/facts/x/"
NAMES = [name for name, _, _ in FIELDS]


def fact(rest: str) -> Fact:
    parsed = parse_registry("f.yaml", f"- {{id: x, label: عنوان, sources: [a], {rest}}}".encode(), "ar")
    assert parsed.value is not None
    assert parsed.diagnostics == ()
    return parsed.value[0]


def row(rest: str) -> dict[str, str]:
    """A fact as a spreadsheet reads it."""
    return table(fact(rest))


def table(it: Fact) -> dict[str, str]:
    data = to_csv([record(it, URL, ())]).decode("utf-8-sig")
    (found,) = csv.DictReader(io.StringIO(data, newline=""))
    return found


def test_the_table_begins_with_a_byte_order_mark() -> None:
    """Or Excel would not read the Arabic; lines end as RFC 4180 wants."""
    data = to_csv([])
    assert data.startswith(b"\xef\xbb\xbfid,url,label,")
    assert data.endswith(b"\r\n")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_cell_that_looks_like_a_formula_is_text(start: str) -> None:
    """An apostrophe before it keeps a spreadsheet from running it."""
    wording = f"{start}cmd|' /C calc'!A0"
    assert table(Fact(label=wording, value=Text(wording)))["label"] == f"'{wording}"


@pytest.mark.parametrize("wording", ["-5.2/3", "-5.2-3", "+1+cmd", "--5", "-5.2\n=1+1", "-", "=5"])
def test_a_number_with_more_behind_it_is_guarded(wording: str) -> None:
    """It would be worked out."""
    assert table(Fact(label="x", value=Text(wording)))["lexeme"] == f"'{wording}"


def test_a_negative_number_stays_a_number() -> None:
    """Nothing in it can be run, and a quoted one could not be added up."""
    found = row('value: "-5.2 kg"')
    assert (found["lexeme"], found["number"], found["lower"]) == ("-5.2", "-5.2", "-5.25")


@given(some.text(some.characters(codec="utf-8", exclude_characters="\x00"), max_size=30))
def test_words_come_back_from_the_table(wording: str) -> None:
    """Commas, quotes and line ends included, apart from the guard."""
    shown = table(Fact(label=wording, value=Text("x")))["label"]
    assert shown in (wording, f"'{wording}")
    assert not shown.startswith(("=", "@")) or len(shown) == 0


@pytest.mark.parametrize(
    "written", ["83.70", "0.1", "5060", "0.000000001", "-5.20", "12345678901234567890.12"]
)
def test_numbers_keep_every_digit(written: str) -> None:
    """No binary fraction comes between; zeros that are written stay."""
    found = to_json(record(fact(f'value: "{written} kg"'), URL, ()))
    assert str(json.loads(found, parse_float=Decimal, parse_int=Decimal)["number"]) in (
        written,
        str(Decimal(written)),
    )
    assert row(f'value: "{written} kg"')["number"] == written


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (
            "value: 20–60%",
            {"type": "percent", "lexeme": "20/60", "number": "20", "upper": "60.5", "bound": "range"},
        ),
        (
            "value: ≤ 300 kg, basis: UF6",
            {"type": "quantity", "unit": "kg", "basis": "UF6", "lower": "", "upper": "300.5"},
        ),
        ("value: USD 6e9", {"type": "money", "unit": "USD", "number": "6000000000", "lexeme": "6000000000"}),
        (
            "value: 2018-05-08/..",
            {"type": "date", "date_start": "2018-05-08", "date_end": "", "date_precision": "interval"},
        ),
        ("type: event, value: لقاء, date: 2023-05", {"type": "event", "lexeme": "لقاء", "date": "2023-05"}),
        ("value: ['[[iran]]', '[[usa]]']", {"type": "party", "lexeme": "iran usa"}),
        ("value: https://example.com/x", {"type": "url", "lexeme": "https://example.com/x"}),
        ("value: نعم", {"type": "boolean", "lexeme": "true"}),
        ("value: '?'", {"type": "unknown", "lexeme": "?"}),
        ("type: person, value: someone, role: وزير", {"type": "person", "lexeme": "someone"}),
        ("type: place, value: مسقط", {"type": "place", "lexeme": "مسقط"}),
        ("type: agreement, value: jcpoa", {"type": "agreement", "lexeme": "jcpoa"}),
        ("type: quote, value: قال", {"type": "quote", "lexeme": "قال"}),
        ("value: كلام طويل هنا", {"type": "text", "lexeme": "كلام طويل هنا"}),
    ],
)
def test_every_type_is_exported(rest: str, expected: dict[str, str]) -> None:
    """With what it has; what it has not is empty."""
    found = row(rest)
    assert {name: found[name] for name in expected} == expected


def test_the_dictionary_describes_the_table() -> None:
    """Each column once, in order, with a type that the table can hold and words that say what it is."""
    found = data_package("موقع", "https://example.org")
    schema = found["resources"][0]["schema"]
    assert [it["name"] for it in schema["fields"]] == NAMES
    assert {it["type"] for it in schema["fields"]} <= {"string", "number"}
    assert all(it["description"].endswith((".", "…")) for it in schema["fields"])
    assert list(json.loads(to_json(record(fact("value: 3%"), URL, ())))) == NAMES
