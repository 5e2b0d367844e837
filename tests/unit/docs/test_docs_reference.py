"""Nothing that can be written is left out of the documentation, and nothing in it is made up."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import click
import pytest
from docs_full_site import CONTENT, ENTITY, MAIN, PLACES, TERM, TOPIC, Living, at
from docs_pages import rows, section, spans
from docs_tables import (
    COMMANDS,
    DEPLOYING,
    FAMILIES,
    GUIDE,
    HOLDS,
    IDLE,
    OTHER_TABLES,
    PAGES,
    TABLE,
    TABLES,
    TYPES,
    commands,
    has_site_options,
    keys_of,
    with_tables,
)

from sitegen.cli import console
from sitegen.core.descriptions import DESCRIPTIONS
from sitegen.core.edtf import parse_date
from sitegen.core.inference import infer
from sitegen.core.markdown.blocks import BLOCKS, BlockName, BodyForm
from sitegen.core.numbers import Measured, read_measured
from sitegen.core.values import Bound, FactType, FuzzyDate, Number
from sitegen.graph.assets import PICTURES
from sitegen.graph.composing import FIELDS
from sitegen.graph.listings import LISTINGS
from sitegen.graph.queries import front_matter
from sitegen.graph.site import routes
from sitegen.graph.texts import inline_texts
from sitegen.messages import MESSAGES


@pytest.fixture(scope="module")
def living() -> Living:
    """The site in which every key is written."""
    return Living()


@pytest.mark.parametrize("page", PAGES, ids=lambda it: it.name)
def test_tables_are_those_of_the_program(page: Path) -> None:
    """Keys, types, blocks, options: `python tests/unit/docs/docs_tables.py` writes the tables anew."""
    text = page.read_text("utf-8")
    assert with_tables(text) == text


def test_every_table_stands_in_the_guide() -> None:
    """No kind of mapping, no target, no block and no family of findings is without its table."""
    there = {it["name"] for page in (GUIDE, DEPLOYING) for it in TABLE.finditer(page.read_text("utf-8"))}
    assert there == {*TABLES, *OTHER_TABLES}
    described = {cls for cls in DESCRIPTIONS if cls.__name__ != "Checks"}  # said in the row of its one key
    assert set(TABLES.values()) == described


def test_every_command_has_its_section() -> None:
    """Each command has a heading, its options, and no other command has."""
    text = COMMANDS.read_text("utf-8")
    headed = re.findall(r"^## sitegen (.+)$", text, re.MULTILINE)
    assert sorted(headed) == sorted(commands())
    for name in headed:
        assert f"<!-- table: options {name} -->" in section(COMMANDS, f"sitegen {name}")


def test_commands_that_take_the_options_of_a_site_are_named() -> None:
    """The sentence above the shared table names the commands it holds for."""
    said = section(COMMANDS, "What the site consists of").split(" take these")[0]
    assert set(re.findall(r"`(\w+)`", said)) == {
        name for name, it in commands().items() if has_site_options(it)
    }


def test_choices_of_commands_are_listed() -> None:
    """What `list` can list, what `schema` can print and which shells there are."""
    listed = {row[0].strip("`") for row in rows(section(COMMANDS, "sitegen list"))}
    assert listed == set(LISTINGS)
    for name in ("schema", "completion"):
        (argument,) = (it for it in commands()[name].params if isinstance(it, click.Argument))
        assert isinstance(argument.type, click.Choice)
        for choice in argument.type.choices:
            assert f"`{choice}`" in section(COMMANDS, f"sitegen {name}")


def test_every_exit_status_is_explained() -> None:
    """The table has the statuses of the program."""
    said = {int(row[0]) for row in rows(section(COMMANDS, "Exit statuses"))}
    used = {
        console.OK,
        console.CONTENT,
        console.USAGE,
        console.REFUSED,
        console.ENVIRONMENT,
        console.BUG,
        console.INTERRUPTED,
        console.UNREAD,
    }
    assert said == used


def test_every_type_of_fact_is_explained() -> None:
    """The table of types has all of them."""
    assert set(TYPES) == set(get_args(FactType))


def test_short_values_are_understood_as_the_guide_says() -> None:
    """Each row of the table of short values, under its label."""
    table = list(rows(section(GUIDE, "The short form")))
    assert len(table) > 20
    for text, label, type in table:
        found = infer(label, text.strip("`"))
        shown = "–" if found.value is None else found.type
        assert shown == type, f"{label}: {text}"
    assert {row[2] for row in table} - {"–"} == {
        "unknown", "party", "boolean", "url", "date", "money", "percent", "quantity", "text"
    }  # fmt: skip


def test_dates_of_the_guide_are_dates() -> None:
    """Each form is read, and stays as it is written."""
    for text, _ in rows(section(GUIDE, "Dates")):
        date = parse_date(text.strip("`"))
        assert isinstance(date, FuzzyDate)
        assert date.lexeme == text.strip("`")


def test_signs_of_numbers_mean_the_bounds_that_the_guide_says() -> None:
    """Every bound is there, and its sign gives it."""
    said = {row[1].strip("`"): row[0].strip("`") for row in rows(section(GUIDE, "Numbers"))}
    assert set(said) == set(get_args(Bound))
    for bound, sign in said.items():
        text = {"none": "5", "20–60": "20–60"}.get(sign, f"{sign} 5")
        measured = read_measured(text)
        assert isinstance(measured, Measured)
        assert isinstance(measured.number, Number)
        assert measured.number.bound == bound


def test_fields_of_facts_and_endings_of_pictures_are_named() -> None:
    """What `{fact:id.field}` can print and which files are pictures."""
    said = spans(GUIDE)
    assert set(FIELDS) <= set(said)
    assert set(PICTURES) <= set(said)


def test_every_block_has_a_section() -> None:
    """Each block has a heading of its own that the table links to, and no form of a body is left out."""
    headed = re.findall(r"^### Block: (.+)$", GUIDE.read_text("utf-8"), re.MULTILINE)
    assert sorted(headed) == sorted(get_args(BlockName)) == sorted(it.name for it in BLOCKS)
    assert set(HOLDS) == set(get_args(BodyForm))


def test_every_family_of_findings_is_explained() -> None:
    """The first letter of each code is in the table, and no other letter is."""
    assert set(FAMILIES) == {code[0] for code in MESSAGES}


def test_every_file_of_the_output_is_explained(living: Living) -> None:
    """Each address of a full site has a row of the table of what is published, but for aliases."""
    said = [
        re.compile(re.sub(r"<\w+>", "[^/]+", it.replace(".", r"\.")))
        for row in rows(section(GUIDE, "What is published"))
        for it in re.findall(r"`/([^`]*)`", row[0])
    ]
    for route in routes(living.db):
        address = f"{route.url.split('/')[0]}/" if route.kind in ("asset", "media") else route.url
        if route.kind != "redirect":
            assert any(it.fullmatch(address) for it in said), route.url
    shown = {
        it.url.split("/")[0] + "/" if it.kind in ("asset", "media") else it.url for it in routes(living.db)
    }
    assert [it.pattern for it in said if not any(it.fullmatch(url) for url in shown)] == []


def test_texts_with_references_are_those_the_guide_names(living: Living) -> None:
    """References work in these keys of the front matter and in no other."""
    said = section(GUIDE, "An article").split("References, citations")[1].split(". All other")[0]
    texts = [
        *inline_texts(front_matter(living.db, "article", MAIN)),
        *inline_texts(front_matter(living.db, "topic", TOPIC)),
        *inline_texts(front_matter(living.db, "entity", ENTITY)),
        *inline_texts(front_matter(living.db, "term", TERM)),
    ]
    assert set(re.findall(r"`(\w+)`", said)) == {it.place.split(".")[0] for it in texts}


def test_only_keys_that_the_guide_calls_idle_do_nothing(living: Living) -> None:
    """Left out of a full site, every other key changes a page, an export or a finding."""
    idle, silent = set(), set()
    for name, places in PLACES.items():
        for key, field in keys_of(name).items():
            written = [it for it in places if key in at(CONTENT, it)]
            if field.required or name in ("avoid", "ambiguous", "allowed"):
                continue
            if (name, key) in {
                ("fact", "id"),
                ("site", "deploy"),
            }:  # the latter is for `sitegen deploy` alone
                continue
            if not written:
                silent.add((name, key))
            elif not any(living.without(it, key) for it in written):
                idle.add((name, key))
    assert silent == set()
    assert idle == IDLE
