"""`new`: every start builds, and nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

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
