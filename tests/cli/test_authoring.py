"""`new`: every start builds, and nothing is overwritten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import Sitegen

NEW = {
    "content/articles/oxygen.md": ("new", "article", "oxygen", "--title", 'العنوان: "مقتبس" \\ ومائل'),
    "content/entities/nist.md": ("new", "entity", "nist", "--name", "المعهد", "--english", "NIST"),
    "content/terms/kelvin.md": ("new", "term", "kelvin", "--term", "كلفن"),
    "content/topics/science.md": ("new", "topic", "science", "--title", "العلوم"),
    "content/facts/kelvin-date.yaml": (
        "new", "fact", "kelvin-date", "--label", "تاريخ", "--value", "2019-05-20", "--source", "bipm-si",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "command"), NEW.items(), ids=NEW)
def test_a_new_file_is_free_of_errors(
    site: Path, sitegen: Sitegen, path: str, command: tuple[str, ...]
) -> None:
    """What `new` writes says where it is and brings no error into the site."""
    said = sitegen(*command)
    assert (said.status, said.out.strip().removeprefix("./")) == (0, path), said
    checked = sitegen("check", "--drafts")
    assert (checked.status, "error" in checked.err) == (0, False), checked


@pytest.mark.parametrize(("path", "command"), NEW.items(), ids=NEW)
def test_a_file_that_exists_is_not_overwritten(
    site: Path, sitegen: Sitegen, path: str, command: tuple[str, ...]
) -> None:
    """A second `new` of the same name is refused and the file stays as it was."""
    sitegen(*command)
    (site / path).write_text("mine", "utf-8")
    said = sitegen(*command)
    assert (said.status, "C103" in said.err) == (2, True)
    assert (site / path).read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["Oxygen", "../oxygen", "a--b", "أكسجين", "", "a b"])
def test_a_name_that_is_no_slug_is_refused(site: Path, sitegen: Sitegen, name: str) -> None:
    """A name that could not stand in an address is refused with one that can."""
    before = sorted(site.rglob("*"))
    said = sitegen("new", "article", name, "--title", "x")
    assert (said.status, "C104" in said.err) == (2, True)
    assert sorted(site.rglob("*")) == before


@pytest.mark.parametrize(
    ("command", "owner"),
    [
        (("article", "bipm", "--title", "x"), "content/entities/bipm.md"),
        (("entity", "kilogram", "--name", "x"), "content/articles/kilogram.md"),
        (("term", "oxygen", "--term", "x"), "content/articles/oxygen.md"),
        (
            ("fact", "kilogram-vote", "--label", "x", "--value", "5", "--source", "bipm-si"),
            "content/facts/kilogram.yaml",
        ),
    ],
    ids=lambda it: it[0],
)
def test_an_id_that_is_taken_is_refused(
    site: Path, sitegen: Sitegen, command: tuple[str, ...], owner: str
) -> None:
    """What shares a namespace with something that is there already, a draft included, is not written."""
    sitegen("new", "article", "oxygen", "--title", "مسودة")
    before = sorted(site.glob("content/**/*"))
    said = sitegen("new", *command)
    assert (said.status, "C109" in said.err, owner in said.err) == (2, True, True), said
    assert sorted(site.glob("content/**/*")) == before


def test_a_fact_of_an_unknown_source_is_refused(site: Path, sitegen: Sitegen) -> None:
    """The source of a new fact must be there, and the nearest is named."""
    said = sitegen("new", "fact", "x", "--label", "x", "--value", "5", "--source", "bipm-is")
    assert (said.status, "C110" in said.err, "nearest: bipm-si" in said.err) == (2, True, True), said
    assert (
        "nearest" not in sitegen("new", "fact", "x", "--label", "x", "--value", "5", "--source", "none").err
    )
    assert not (site / "content/facts/x.yaml").exists()


def test_a_file_can_be_started_in_a_site_with_errors(site: Path, sitegen: Sitegen) -> None:
    """What cannot be read yet is no reason to refuse."""
    for name in ("site.yaml", "sources.yaml", "articles/kilogram.md"):
        (site / "content" / name).write_text("a: [", "utf-8")
    assert sitegen("new", "fact", "x", "--label", "x", "--value", "5", "--source", "any").status == 0
    assert sitegen("new", "term", "y", "--term", "y").status == 0


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("2015", "value: 2015"),
        ("83.7%", "value: 83.7%"),
        ("2019-05-20", "value: 2019-05-20"),
        ("[[bipm]]", 'value: "[[bipm]]"'),
        ("a: b # c", 'value: "a: b # c"'),
        ("a # c", 'value: "a # c"'),
        ('say "so"', 'value: say "so"'),
        ('"so"', 'value: "\\"so\\""'),
        ("- x", 'value: "- x"'),
        ("", 'value: ""'),
        ("~ 5", "value: ~ 5"),
    ],
)
def test_a_value_is_written_without_quotes_where_it_can(
    site: Path, sitegen: Sitegen, value: str, line: str
) -> None:
    """Quotes would make words of a year; where YAML needs them they are there."""
    sitegen("new", "fact", "x", "--label", "سنة", "--value", value, "--source", "bipm-si")
    text = (site / "content/facts/x.yaml").read_text("utf-8")
    assert f"  {line}\n" in text
    assert yaml.safe_load(text)["x"]["value"] in (value, 2015, date(2019, 5, 20))


def test_a_new_article_is_a_draft(site: Path, sitegen: Sitegen) -> None:
    """A fresh article is not published before its author says so."""
    sitegen("new", "article", "oxygen", "--title", "الأكسجين")
    assert "(left out: 1 draft)" in sitegen("build").out


def test_a_folder_that_is_not_empty_is_no_place_for_a_site(tmp_path: Path, sitegen: Sitegen) -> None:
    """`new site` writes into new and empty folders only."""
    (tmp_path / "x").write_text("mine", "utf-8")
    said = sitegen("new", "site", str(tmp_path))
    assert (said.status, "C105" in said.err) == (2, True)
    assert [it.name for it in tmp_path.iterdir()] == ["x"]
    (tmp_path / "empty").mkdir()
    assert sitegen("new", "site", str(tmp_path / "empty")).status == 0


def test_a_new_site_keeps_its_output_out_of_git(tmp_path: Path, sitegen: Sitegen) -> None:
    """The starter ignores what is built."""
    sitegen("new", "site", str(tmp_path / "site"))
    assert (tmp_path / "site/.gitignore").read_text("utf-8").split() == ["/public/", "/.sitegen/"]
