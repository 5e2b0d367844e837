"""Questions to a site: lists, facts, reasons, schemas."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from sitegen import __version__
from sitegen.cli.asking import KINDS, SCHEMAS
from sitegen.core.schema import KINDS as SCHEMA_KINDS
from sitegen.graph.listings import LISTINGS
from tests.cli.conftest import Sitegen


def test_lists_name_id_and_file(site: Path, sitegen: Sitegen) -> None:
    """A list has one line for each thing."""
    said = sitegen("list", "entities")
    assert [line.split("\t")[0] for line in said.out.splitlines()] == ["bipm", "cgpm"]
    assert "content/entities/bipm.md" in said.out


def test_lists_as_json(site: Path, sitegen: Sitegen) -> None:
    """--format json gives the rows to programs."""
    rows = json.loads(sitegen("list", "facts", "--format", "json").out)
    assert [row["id"] for row in rows] == ["kilogram-vote", "kilogram-in-force", "kilogram-prototype"]
    assert {row["note"] for row in rows} == {"date, confirmed"}


def test_orphans_are_things_that_nothing_uses(site: Path, sitegen: Sitegen) -> None:
    """A fact that no article shows and a term that no page links to are orphans; linked ones are not."""
    sitegen("new", "term", "kelvin", "--term", "كلفن")
    sitegen("new", "fact", "kelvin-date", "--label", "تاريخ", "--value", "2019", "--source", "bipm-si")
    ids = {line.split("\t")[0] for line in sitegen("list", "orphans").out.splitlines()}
    assert {"kelvin", "kelvin-date"} <= ids
    assert ids.isdisjoint({"planck-constant", "kilogram-vote", "bipm"})


def test_drafts_and_future_can_be_listed(site: Path, sitegen: Sitegen) -> None:
    """What a build leaves out is listed by its reason."""
    sitegen("new", "article", "oxygen", "--title", "الأكسجين")
    assert sitegen("list", "drafts").out.startswith("oxygen\t")
    assert sitegen("list", "future").out == ""
    assert sitegen("list", "future", "--today", "2025-01-01").out.startswith("kilogram\t")


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_can_be_asked_for(site: Path, sitegen: Sitegen, kind: str) -> None:
    """No list fails on a site that is in order."""
    assert sitegen("list", kind).status == 0


def test_the_command_line_offers_what_there_is() -> None:
    """The names that the command line knows without importing the rest are the ones there are."""
    assert list(KINDS) == sorted(LISTINGS)
    assert SCHEMAS == SCHEMA_KINDS


def test_facts_explain_how_a_value_was_read(site: Path, sitegen: Sitegen) -> None:
    """Each written value comes with its place and the rule that decided."""
    article = site / "content/articles/kilogram.md"
    text = article.read_text("utf-8")
    written = 'facts:\n  - "نسبة التغير": "83.7%"\n  - طرفان: ["[[bipm]]", "[[cgpm]]"]\n'
    article.write_text(text.replace("facts:\n", written, 1), "utf-8")
    said = sitegen("facts", "--explain")
    assert "نسبة التغير: 83.7%\n    percent: a number with a percent sign" in said.out
    assert "طرفان: [[bipm]] [[cgpm]]\n    party: " in said.out
    assert "content/facts/kilogram.yaml:4: إقرار تعريف الكيلوغرام الجديد: 2018-11-16\n    date:" in said.out


def test_explain_says_what_a_page_is_made_from(site: Path, sitegen: Sitegen) -> None:
    """After a build the page is reused, and its files and templates are named."""
    sitegen("build")
    said = sitegen("explain", "-v", "/articles/kilogram/")
    assert "reuses it" in said.out
    assert "read('content/articles/kilogram.md')" in said.out
    assert "read('theme/base.html')" in said.out


def test_explain_names_the_change(site: Path, sitegen: Sitegen) -> None:
    """A page that will be made anew names the changed file; a page that does not show the change is reused."""
    sitegen("build")
    with open(site / "content/articles/kilogram.md", "a", encoding="utf-8") as file:
        file.write("\nجملة.\n")
    for _ in range(2):  # asking changes nothing
        said = sitegen("explain", "https://example.org/articles/kilogram/")
        assert "makes it anew, because of:\n  read('content/articles/kilogram.md')\n" in said.out
    assert "reuses it" in sitegen("explain", "terms/planck-constant/").out


def test_explain_says_why_a_page_was_built(site: Path, sitegen: Sitegen) -> None:
    """A first build, a change, a page that is new: the reason outlives builds that reuse the page."""
    page = "/articles/kilogram/"
    assert "not built yet" in sitegen("explain", page).out
    sitegen("build")
    assert "built as part of a first build" in sitegen("explain", page).out
    with open(site / "content/articles/kilogram.md", "a", encoding="utf-8") as file:
        file.write("\nجملة.\n")
    sitegen("new", "term", "kelvin", "--term", "كلفن")
    sitegen("build")
    for _ in range(2):
        said = sitegen("explain", page).out
        assert (
            "built because of changes in:\n  read('content/articles/kilogram.md')\nthe next build reuses it"
            in said
        )
        assert "built because it was new" in sitegen("explain", "/terms/kelvin/").out
        sitegen("build")


def test_explain_blames_no_file_that_is_as_it_was(site: Path, sitegen: Sitegen) -> None:
    """A fact that was broken and mended since the site was published is no reason; the edit is, also after failures."""
    sitegen("build")
    fact, article = site / "content/facts/kilogram.yaml", site / "content/articles/kilogram.md"
    good = fact.read_bytes()
    fact.write_bytes(good + b"\n- nonsense")
    assert sitegen("build").status == 1
    fact.write_bytes(good)
    sitegen("build")
    with open(article, "a", encoding="utf-8") as file:
        file.write("\nجملة.\n")
    said = sitegen("explain", "/articles/kilogram/").out
    assert "because of:\n  read('content/articles/kilogram.md')\nit asks for" in said
    fact.write_bytes(good + b"\n- nonsense")
    assert sitegen("build").status == 1
    fact.write_bytes(good)
    sitegen("build")
    said = sitegen("explain", "/articles/kilogram/").out
    assert (
        "built because of changes in:\n  read('content/articles/kilogram.md')\nthe next build reuses it"
        in said
    )


def test_explain_knows_a_build_of_another_version(site: Path, sitegen: Sitegen) -> None:
    """After an upgrade everything is built anew, and that is the reason."""
    sitegen("build")
    with sqlite3.connect(site / ".sitegen/store") as store:
        store.execute("UPDATE about SET version = 'older'")
    sitegen("build")
    assert "another version of sitegen" in sitegen("explain", "/").out


def test_explain_gives_its_answer_to_programs(site: Path, sitegen: Sitegen) -> None:
    """--format json prints the story as an object."""
    sitegen("build")
    story = json.loads(sitegen("explain", "/articles/kilogram/", "--format", "json").out)
    assert (story["url"], story["made"], story["changed"]) == (
        "articles/kilogram/",
        {"why": "first", "inputs": [], "total": 0},
        [],
    )


def test_explain_takes_addresses_as_browsers_show_them(site: Path, sitegen: Sitegen) -> None:
    """A fragment or a query names no other page."""
    for tail in ("#x", "?x=1", "#x?y", "?x#y"):
        assert sitegen("explain", f"/articles/kilogram/{tail}").out.startswith(
            "/articles/kilogram/  (article)"
        )


def test_explain_of_an_unknown_page_suggests_one(site: Path, sitegen: Sitegen) -> None:
    """A slip in the address is met with the nearest one."""
    said = sitegen("explain", "/articles/kilograms/")
    assert said.status == 2
    assert "did you mean /articles/kilogram/?" in said.err
    assert "did you mean" not in sitegen("explain", "/nothing/of/the/kind/at/all/").err


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schemas_are_json(sitegen: Sitegen, kind: str) -> None:
    """`schema KIND` prints a JSON Schema."""
    assert "$schema" in json.loads(sitegen("schema", kind).out)


def test_schemas_can_be_written_for_editors(site: Path, sitegen: Sitegen) -> None:
    """`schema --write` leaves one file a kind where an editor's settings can point."""
    assert sitegen("schema", "--write").status == 0
    assert sorted(it.stem for it in (site / ".sitegen/schema").iterdir()) == sorted(SCHEMAS)
    assert sitegen("schema").status == 2


def test_version(sitegen: Sitegen) -> None:
    """The version is the package's."""
    assert sitegen("version").out.startswith(f"sitegen {__version__} ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(sitegen: Sitegen, shell: str) -> None:
    """A script for each shell, which calls sitegen back."""
    assert "_SITEGEN_COMPLETE" in sitegen("completion", shell).out
