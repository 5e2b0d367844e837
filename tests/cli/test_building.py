"""`build`, `check` and `clean` as an editor meets them."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sitegen.errors import Span, diagnostic
from sitegen.shell import build as building
from sitegen.shell import manifest
from sitegen.shell.session import Request
from tests.cli.conftest import Sitegen

ARTICLE = "content/articles/kilogram.md"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def published(site: Path) -> dict[str, bytes]:
    public = site / "public"
    return {
        path.relative_to(public).as_posix(): path.read_bytes() for path in public.rglob("*") if path.is_file()
    }


def test_a_new_site_builds_without_a_warning(site: Path, sitegen: Sitegen) -> None:
    """What `new site` writes is a site: strict, complete, and verified against a build from nothing."""
    said = sitegen("build", "--strict", "--verify")
    assert (said.status, "0 warnings" in said.out) == (0, True), said
    assert "الكيلوغرام" in (site / "public/articles/kilogram/index.html").read_text("utf-8")


def test_success_is_one_line(site: Path, sitegen: Sitegen) -> None:
    """The summary tells pages, rendered, reused, removed, seconds and warnings, and nothing else is said."""
    said = sitegen("build")
    assert said.out.count("\n") == 1
    assert [
        word for word in ("pages", "rendered", "reused", "removed", " s,", "warnings") if word not in said.out
    ] == []
    assert said.err == ""


def test_pages_are_counted_apart_from_other_files(site: Path, sitegen: Sitegen) -> None:
    """Pages are what is HTML; feeds, exports, style sheets and pictures are other files."""
    said = sitegen("build").out
    files = {path for path in published(site) if not path.startswith(".sitegen/")}
    pages = {path for path in files if path.endswith(".html")}
    assert said.startswith(
        f"{len(pages)} pages and {len(files - pages)} other files: {len(files)} rendered, 0 reused,"
    )
    assert f": 0 rendered, {len(files)} reused," in sitegen("build").out


def test_verbose_builds_name_what_they_did(site: Path, sitegen: Sitegen) -> None:
    """With -v each file that was rendered or removed is named."""
    sitegen("new", "term", "kelvin", "--term", "كلفن")
    sitegen("build")
    (site / "content/terms/kelvin.md").unlink()
    lines = sitegen("-v", "build").err.splitlines()
    assert {"rendered terms/index.html", "removed terms/kelvin/index.html"} <= set(lines)
    assert "rendered articles/kilogram/index.html" not in lines


def test_an_error_that_many_pages_meet_is_said_once(site: Path, sitegen: Sitegen) -> None:
    """A template's error is one finding with its first page, however many pages use the template."""
    (site / "templates/pages").mkdir(parents=True)
    (site / "templates/pages/term.html").write_text("{{ nothing_of_that_name }}", "utf-8")
    alone = sitegen("build").err
    assert "(page " in alone
    assert "more)" not in alone
    sitegen("new", "term", "kelvin", "--term", "كلفن")
    sitegen("new", "term", "mole", "--term", "مول")
    said = sitegen("build").err
    assert (said.count("error[T405]"), " and 2 more)" in said, "1 error\n" in said) == (1, True, True), said


def test_quiet_success_is_silent(site: Path, sitegen: Sitegen) -> None:
    """With -q a build that went well says nothing, wherever -q stands."""
    assert sitegen("-q", "build") == (0, "", "")
    assert sitegen("build", "-q") == (0, "", "")


def test_a_body_edit_renders_one_page(site: Path, sitegen: Sitegen) -> None:
    """Typing in an article's body renders that article and reuses the rest, across processes."""
    sitegen("build")
    with open(site / ARTICLE, "a", encoding="utf-8") as file:
        file.write("\nجملة جديدة لا تشير إلى شيء.\n")
    assert " 1 rendered," in sitegen("build").out


def test_nothing_changed_renders_nothing(site: Path, sitegen: Sitegen) -> None:
    """A second build reuses every page and touches no file."""
    sitegen("build")
    before = {path: path.stat().st_ctime_ns for path in (site / "public").rglob("*")}
    assert " 0 rendered," in sitegen("build").out
    assert {path: path.stat().st_ctime_ns for path in (site / "public").rglob("*")} == before


def test_a_removed_article_takes_its_page_along(site: Path, sitegen: Sitegen) -> None:
    """Deleting a file of the content removes its page, and what is left equals a build from nothing."""
    (site / "content/terms/extra.md").write_text(
        '---\nid: extra\nterm: {ar: "كلمة"}\ndefinition: "تعريف"\n---\n\nنص.\n', "utf-8"
    )
    sitegen("build")
    assert (site / "public/terms/extra/index.html").exists()
    (site / "content/terms/extra.md").unlink()
    said = sitegen("build", "--verify")
    assert (said.status, " 1 removed," in said.out) == (0, True), said
    assert not (site / "public/terms/extra").exists()


def test_errors_publish_nothing(site: Path, sitegen: Sitegen) -> None:
    """A site with an error keeps its last pages, all of them, and the status is 1."""
    sitegen("build")
    before = published(site)
    edit(site / ARTICLE, "{fact:kilogram-vote}", "{fact:kilogram-votes}")
    said = sitegen("build")
    assert said.status == 1
    assert said.err.startswith(f"{ARTICLE}:")
    assert "kilogram-vote" in said.err.partition("hint:")[2]
    assert published(site) == before


def test_fixing_the_error_heals_the_site(site: Path, sitegen: Sitegen) -> None:
    """After the cause is gone the next build goes through."""
    edit(site / ARTICLE, "{fact:kilogram-vote}", "{fact:kilogram-votes}")
    assert sitegen("build").status == 1
    edit(site / ARTICLE, "{fact:kilogram-votes}", "{fact:kilogram-vote}")
    assert sitegen("build", "--verify").status == 0


def test_a_first_build_with_errors_leaves_no_output(site: Path, sitegen: Sitegen) -> None:
    """Nothing is published on error, not even a folder."""
    edit(site / ARTICLE, "{fact:kilogram-vote}", "{fact:kilogram-votes}")
    sitegen("build")
    assert not (site / "public").exists()


def test_a_template_error_publishes_nothing(site: Path, sitegen: Sitegen) -> None:
    """An error in the site's own template is reported with its file and publishes nothing."""
    (site / "templates/pages").mkdir(parents=True)
    (site / "templates/pages/term.html").write_text("{{ nothing_of_that_name }}", "utf-8")
    said = sitegen("build")
    assert said.status == 1
    assert "templates/pages/term.html:1" in said.err
    assert not (site / "public").exists()


def test_strict_takes_warnings_for_errors(site: Path, sitegen: Sitegen) -> None:
    """With --strict a warning keeps the site from being published; the next plain build publishes it."""
    edit(site / ARTICLE, "  - use: kilogram-vote\n", '  - use: kilogram-vote\n  - "وزن الغطاء": "5 زغبر"\n')
    said = sitegen("build", "--strict")
    assert "warning[" in said.err
    assert said.status == 1
    assert not (site / "public").exists()
    assert sitegen("build").status == 0


def test_drafts_are_left_out_and_counted(site: Path, sitegen: Sitegen) -> None:
    """A draft is not published unless asked for, and the summary says so."""
    edit(site / ARTICLE, "kind: explainer", "kind: explainer\nstatus: draft")
    edit(site / "content/topics/units.md", "reading_order: [kilogram]\n", "")
    said = sitegen("build")
    assert (said.status, "(left out: 1 draft)" in said.out) == (0, True), said
    assert sitegen("check").err == "no problems found (left out: 1 draft)\n"
    assert not (site / "public/articles/kilogram").exists()
    assert sitegen("build", "--drafts").status == 0
    assert (site / "public/articles/kilogram/index.html").exists()


def test_the_future_is_left_out_and_counted(site: Path, sitegen: Sitegen) -> None:
    """An article of a later day is not published before it, unless asked for."""
    edit(site / "content/topics/units.md", "reading_order: [kilogram]\n", "")
    said = sitegen("build", "--today", "2025-09-30")
    assert "(left out: 1 future)" in said.out
    assert sitegen("build", "--today", "2025-09-30", "--future").status == 0
    assert (site / "public/articles/kilogram/index.html").exists()
    assert "left out" not in sitegen("build", "--today", "2025-10-01").out


def test_the_base_url_can_be_set_for_one_build(site: Path, sitegen: Sitegen) -> None:
    """--base-url takes the place of the one in site.yaml."""
    sitegen("build", "--base-url", "https://preview.example.net")
    assert b"https://preview.example.net/articles/kilogram/" in published(site)["sitemap.xml"]


def test_output_goes_where_it_is_told(site: Path, sitegen: Sitegen, tmp_path: Path) -> None:
    """-o builds elsewhere, and two outputs do not confuse each other."""
    sitegen("build")
    first = published(site)
    assert sitegen("build", "-o", str(tmp_path / "there"), "--base-url", "https://b.example").status == 0
    assert sitegen("build").status == 0
    assert published(site) == first
    assert b"https://b.example" in (tmp_path / "there/sitemap.xml").read_bytes()


def test_an_output_left_behind_catches_up(site: Path, sitegen: Sitegen) -> None:
    """What was built elsewhere in between does not make an older output pass for fresh."""
    sitegen("build")
    edit(site / ARTICLE, "والأجسام تتغير", "والأجسام تتبدل")  # as long as before
    sitegen("build", "-o", "other")
    sitegen("build")
    assert "تتبدل" in (site / "public/articles/kilogram/index.html").read_text("utf-8")


@pytest.mark.parametrize("harm", [os.unlink, lambda path: os.truncate(path, 0)], ids=["lost", "emptied"])
def test_harm_to_the_output_is_made_good(site: Path, sitegen: Sitegen, harm: Callable[[Path], None]) -> None:
    """A page that was lost or emptied since is written again, though nothing changed."""
    sitegen("build")
    before = published(site)
    harm(site / "public/articles/kilogram/index.html")
    assert sitegen("build").status == 0
    assert published(site) == before


def test_a_check_does_not_slow_the_next_build(site: Path, sitegen: Sitegen) -> None:
    """`check`, even of a site that has errors for a while, leaves what `build` remembers in place."""
    sitegen("build")
    edit(site / ARTICLE, "[[bipm|", "[[bipn|")
    assert sitegen("check").status == 1
    edit(site / ARTICLE, "[[bipn|", "[[bipm|")
    assert " 0 rendered," in sitegen("build").out


def test_the_store_forgets_pages_that_are_gone(site: Path, sitegen: Sitegen) -> None:
    """What a removed page rested on does not stay in the store for ever."""

    def remembered() -> set[str]:
        with sqlite3.connect(site / ".sitegen/store") as store:
            return {
                it
                for (data,) in store.execute("SELECT data FROM node")
                for it in [str(data)]
                if "kelvin" in it
            }

    sitegen("new", "term", "kelvin", "--term", "كلفن")
    sitegen("build")
    assert remembered()
    (site / "content/terms/kelvin.md").unlink()
    sitegen("build", "--verify")
    assert not remembered()


@pytest.mark.parametrize("folder", ["content", ".", "content/out", ".sitegen"])
def test_output_among_the_sources_is_refused(site: Path, sitegen: Sitegen, folder: str) -> None:
    """The output may not lie among what it is made from, nor around it."""
    said = sitegen("build", "-o", folder)
    assert (said.status, "O204" in said.err) == (2, True)


def test_a_folder_without_a_site_is_named(tmp_path: Path, sitegen: Sitegen) -> None:
    """Where there is no site the way to make one is shown, with status 2."""
    said = sitegen("build", "-C", str(tmp_path))
    assert said.status == 2
    assert "sitegen new site" in said.err


def test_any_number_of_workers_gives_the_same_bytes(site: Path, sitegen: Sitegen, tmp_path: Path) -> None:
    """Pages do not depend on how many processes rendered them."""
    results = []
    for workers in ("1", "2", "3"):
        sitegen("clean", "--store")
        assert sitegen("build", "--workers", workers).status == 0
        results.append(published(site))
    assert results[0] == results[1] == results[2]


def test_the_environment_does_not_show_in_the_output(site: Path, tmp_path: Path) -> None:
    """Hash seed, time zone, locale, umask and folder leave no trace in any byte."""
    results = []
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Riyadh", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "en_US.ISO-8859-1"},
        {"PYTHONHASHSEED": "3", "TZ": "UTC", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ]
    for number, changes in enumerate(surroundings):
        out = tmp_path / f"out{number}"
        command = [sys.executable, "-m", "sitegen", "build", "-o", str(out)]
        subprocess.run(
            command, cwd=site, env={**os.environ, **changes}, check=True, umask=[0o22, 0o77, 0][number]
        )
        results.append({path.relative_to(out): (path.read_bytes(), path.stat().st_mode) for path in out.rglob("*") if path.is_file()})  # fmt: skip
        for kept in (site / ".sitegen").iterdir():
            kept.unlink()
    assert results[0] == results[1] == results[2]


def test_a_build_without_change_imports_nothing_that_renders(site: Path) -> None:
    """When nothing changed the process ends before Jinja, Markdown, Babel or the graph are imported."""
    script = (
        "import sys; from sitegen.cli import run; from sitegen.cli.console import Console;"
        "assert run(['build'], Console()) == 0;"
        "print(sorted({'jinja2', 'markdown_it', 'babel', 'yaml', 'sitegen.graph'} & set(sys.modules)))"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", script], cwd=site, check=True, capture_output=True, text=True
        ).stdout
        for _ in range(2)
    )
    assert first.splitlines()[-1] != "[]"
    assert second.splitlines()[-1] == "[]"


@pytest.mark.parametrize("data", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 4096])
def test_a_damaged_store_means_a_build_from_nothing(site: Path, sitegen: Sitegen, data: bytes) -> None:
    """A store that cannot be read is no error and never gives a stale page."""
    sitegen("build")
    (site / ".sitegen/store").write_bytes(data)
    said = sitegen("build", "--verify")
    assert (said.status, " 0 reused," in said.out) == (0, True), said
    assert " 0 rendered," in sitegen("build").out


def test_losing_the_store_rewrites_nothing(site: Path, sitegen: Sitegen) -> None:
    """Without its store a site is worked out anew, and no file is touched as the bytes are the same."""
    sitegen("build")
    before = {path: path.stat().st_ino for path in (site / "public").rglob("*.html")}
    (site / ".sitegen/store").unlink()
    sitegen("build")
    assert {path: path.stat().st_ino for path in (site / "public").rglob("*.html")} == before


def test_a_store_that_cannot_be_written_is_a_warning(site: Path, sitegen: Sitegen) -> None:
    """The site is published all the same; the warning says what that costs."""
    (site / ".sitegen").write_bytes(b"a file in the place of the folder")
    said = sitegen("build")
    assert (said.status, "O310" in said.err) == (0, True), said
    assert (site / "public/index.html").exists()


def test_an_edit_in_the_output_is_undone_and_named(site: Path, sitegen: Sitegen) -> None:
    """A published file that somebody edited since is written again, whatever its size, and is no mistake of ours."""
    sitegen("build")
    before = published(site)
    page = site / "public/robots.txt"
    page.write_bytes(page.read_bytes().replace(b"Allow", b"Allaw"))
    said = sitegen("build", "--verify")
    assert (said.status, "public/robots.txt" in said.err, "O209" in said.err) == (0, True, True), said
    assert published(site) == before
    assert sitegen("build").err == ""


def test_force_keeps_a_file_that_lies_where_a_page_belongs(site: Path, sitegen: Sitegen) -> None:
    """The file of somebody else is renamed and named in a warning, and outlives `clean`."""
    (site / "public").mkdir()
    (site / "public/index.html").write_text("mine", "utf-8")
    assert sitegen("build").status == 2
    said = sitegen("build", "--force")
    assert (said.status, "index.html.kept" in said.err, "1 warning" in said.out) == (0, True, True), said
    assert sitegen("build").err == ""
    sitegen("clean")
    assert published(site) == {"index.html.kept": b"mine"}


def test_verify_tells_our_mistakes_from_later_edits(site: Path, sitegen: Sitegen) -> None:
    """A page that is not the one published was edited (O402); one that was published wrong is our mistake (O401)."""
    sitegen("build")
    page, other = site / "public/articles/kilogram/index.html", site / "public/robots.txt"
    for it in (page, other):
        it.write_bytes(it.read_bytes() + b"x")
    known = manifest.load(str(site / "public"))
    assert known is not None
    wrong = {**known.files, "articles/kilogram/index.html": manifest.seal(page.read_bytes(), "page")}
    manifest.save(str(site / "public"), manifest.Manifest(files=wrong))
    settings = {"today": date.today().isoformat()}
    found = building.differences(Request(str(site), settings=settings))
    assert [(it.code, it.at.path) for it in found] == [
        ("O401", "articles/kilogram/index.html"),
        ("O402", "robots.txt"),
    ]


@pytest.mark.parametrize(("code", "status"), [("O401", 70), ("O402", 1)])
def test_only_our_own_mistakes_make_verify_end_with_70(
    site: Path, sitegen: Sitegen, monkeypatch: pytest.MonkeyPatch, code: str, status: int
) -> None:
    """What somebody edited while the site was verified is an error of another kind."""
    monkeypatch.setattr(building, "differences", lambda request: (diagnostic(code, Span("index.html")),))
    said = sitegen("build", "--verify")
    assert (said.status, f"error[{code}]" in said.err) == (status, True)


def test_check_finds_errors_without_publishing(site: Path, sitegen: Sitegen) -> None:
    """`check` reports what `build` would and writes no page."""
    assert sitegen("check") == (0, "", "no problems found\n")
    edit(site / ARTICLE, "[[bipm|", "[[bipn|")
    said = sitegen("check")
    assert (said.status, said.err.startswith(ARTICLE)) == (1, True)
    assert not (site / "public").exists()


def test_clean_removes_only_what_sitegen_made(site: Path, sitegen: Sitegen) -> None:
    """`clean` leaves the files of others, and with --store forgets what it knew."""
    sitegen("build")
    (site / "public/CNAME").write_text("example.org", "utf-8")
    assert sitegen("clean", "--store").status == 0
    assert published(site) == {"CNAME": b"example.org"}
    assert not (site / ".sitegen/store").exists()


@pytest.mark.parametrize("folder", ["nowhere", "content"])
def test_clean_says_so_where_nothing_was_built(site: Path, sitegen: Sitegen, folder: str) -> None:
    """A folder that was never an output is an error when it is named, and a remark when it is the usual one."""
    said = sitegen("clean", "-o", folder)
    assert (said.status, "O210" in said.err) == (2, True), said
    said = sitegen("clean")
    assert (said.status, "nothing to remove" in said.err) == (0, True), said


def test_links_in_the_content_are_refused(site: Path, sitegen: Sitegen) -> None:
    """A symbolic link in the content is an error that names it."""
    (site / "content/articles/passwd.md").symlink_to("/etc/passwd")
    said = sitegen("build")
    assert said.status == 1
    assert "content/articles/passwd.md:1:1: error[C201]" in said.err


def test_findings_as_json(site: Path, sitegen: Sitegen) -> None:
    """--format json prints a list of objects and nothing else on standard output, also when all is well."""
    assert json.loads(sitegen("check", "--format", "json").out) == []
    edit(site / ARTICLE, "[[bipm|", "[[bipn|")
    (finding,) = json.loads(sitegen("--format", "json", "build").out)
    assert finding["file"] == ARTICLE
    assert finding["severity"] == "error"
    assert finding["line"] > 1
    assert "bipn" in finding["message"]


def test_findings_for_github(site: Path, sitegen: Sitegen) -> None:
    """--format github prints workflow commands with file, line and column."""
    edit(site / ARTICLE, "[[bipm|", "[[bipn|")
    said = sitegen("check", "--format", "github")
    assert said.out.startswith(f"::error file={ARTICLE},line=")


def test_findings_in_arabic(site: Path, sitegen: Sitegen) -> None:
    """--lang ar prints the sentences in Arabic."""
    (site / "content/articles/x.md").symlink_to("/etc/passwd")
    assert "لا تُتبع الروابط الرمزية" in sitegen("check", "--lang", "ar").err
