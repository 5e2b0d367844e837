"""The output folder: what is written, what survives, what is refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import SiteError
from sitegen.shell import manifest, output
from sitegen.shell.files import seen_as
from sitegen.shell.manifest import Entry, Found, Phase
from sitegen.shell.survey import sighted

Pages = dict[str, bytes]


def publish(root: Path, pages: Pages, *, force: bool = False) -> manifest.Plan:
    """Make `root` hold `pages`, as a build does."""
    with output.opened(str(root), force=force) as target:
        target.prepare(list(pages))
        for path, data in pages.items():
            target.put(path, data, phase_of(path))
        return target.apply()


def phase_of(path: str) -> Phase:
    if path.startswith("assets/"):
        return "asset"
    return "index" if path == "index.html" else "page"


def tree(root: Path) -> Pages:
    """All visible files below `root`."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and manifest.HOME not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def codes(error: pytest.ExceptionInfo[SiteError]) -> list[str]:
    return [it.code for it in error.value.diagnostics]


def test_pages_become_files(tmp_path: Path) -> None:
    """What is put is what lies on disk after `apply`."""
    pages = {"index.html": b"home", "articles/x/index.html": b"x", "assets/a.css": b""}
    publish(tmp_path / "public", pages)
    assert tree(tmp_path / "public") == pages


def test_nothing_is_published_before_apply(tmp_path: Path) -> None:
    """A build that stops half-way leaves the folder as it was."""
    publish(tmp_path, {"index.html": b"old"})
    with output.opened(str(tmp_path)) as target:
        target.prepare(["index.html", "new/index.html"])
        target.put("index.html", b"new", "index")
        target.put("new/index.html", b"new", "page")
    assert tree(tmp_path) == {"index.html": b"old"}
    assert not (tmp_path / manifest.STAGE).exists()


def test_a_failed_first_build_leaves_no_folder(tmp_path: Path) -> None:
    """Where nothing was published, nothing is left behind."""
    with output.opened(str(tmp_path / "public")) as target:
        target.prepare(["index.html"])
        target.put("index.html", b"new", "index")
    assert not (tmp_path / "public").exists()


def test_identical_bytes_are_not_rewritten(tmp_path: Path) -> None:
    """A page whose bytes are the same keeps its file, inode and time."""
    publish(tmp_path, {"index.html": b"same", "a.html": b"old"})
    before = (tmp_path / "index.html").stat().st_ctime_ns
    plan = publish(tmp_path, {"index.html": b"same", "a.html": b"new"})
    assert plan.write == ("a.html",)
    assert (tmp_path / "index.html").stat().st_ctime_ns == before


def test_pages_that_are_gone_are_removed_with_their_folders(tmp_path: Path) -> None:
    """A page that no longer exists takes its folder along if that is empty then."""
    publish(tmp_path, {"a/b/index.html": b"x", "a/index.html": b"y"})
    publish(tmp_path, {"a/index.html": b"y"})
    assert not (tmp_path / "a/b").exists()
    assert tree(tmp_path) == {"a/index.html": b"y"}


def test_files_of_others_survive(tmp_path: Path) -> None:
    """CNAME, .well-known and photos stay, also beside pages that are removed, and without any store."""
    (tmp_path / "CNAME").write_bytes(b"example.org")
    (tmp_path / ".well-known").mkdir()
    (tmp_path / ".well-known/security.txt").write_bytes(b"x")
    publish(tmp_path, {"a/index.html": b"x"})
    (tmp_path / "a/photo.jpg").write_bytes(b"jpg")
    publish(tmp_path, {"index.html": b"x"})
    assert tree(tmp_path) == {
        ".well-known/security.txt": b"x",
        "CNAME": b"example.org",
        "a/photo.jpg": b"jpg",
        "index.html": b"x",
    }


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    """A folder with foreign files is not built into, and named with what it holds."""
    (tmp_path / "thesis.doc").write_bytes(b"x")
    with pytest.raises(SiteError) as error:
        publish(tmp_path, {"index.html": b"x"})
    assert codes(error) == ["O201"]
    assert dict(error.value.diagnostics[0].args)["entry"] == "thesis.doc"
    assert tree(tmp_path) == {"thesis.doc": b"x"}


def test_force_builds_beside_the_files_of_others(tmp_path: Path) -> None:
    """With force a foreign folder is taken, its files are kept."""
    (tmp_path / "thesis.doc").write_bytes(b"x")
    publish(tmp_path, {"index.html": b"x"}, force=True)
    assert tree(tmp_path) == {"index.html": b"x", "thesis.doc": b"x"}


def test_a_foreign_file_in_the_place_of_a_page_is_refused(tmp_path: Path) -> None:
    """A file that appeared where a new page belongs is not overwritten without force."""
    publish(tmp_path, {"index.html": b"x"})
    (tmp_path / "about.html").write_bytes(b"mine")
    with pytest.raises(SiteError) as error:
        publish(tmp_path, {"index.html": b"x", "about.html": b"theirs"})
    assert codes(error) == ["O202"]


@pytest.mark.parametrize(
    ("mine", "page", "kept"),
    [
        ("about.html", "about.html", "about.html.kept"),
        ("articles", "articles/index.html", "articles.kept"),
    ],
)
def test_force_renames_a_foreign_file_in_the_place_of_a_page(
    tmp_path: Path, mine: str, page: str, kept: str
) -> None:
    """With force such a file makes room under another name, is announced, and stays through builds and `clean`."""
    (tmp_path / mine).write_bytes(b"mine")
    with output.opened(str(tmp_path), force=True) as target:
        target.prepare([page])
        target.put(page, b"ours", "page")
        target.apply()
        said = [(it.code, dict(it.args)) for it in target.remarks()]
    assert said == [("O208", {"name": kept})]
    publish(tmp_path, {page: b"newer"}, force=True)
    assert tree(tmp_path) == {page: b"newer", kept: b"mine"}
    output.clean(str(tmp_path))
    assert tree(tmp_path) == {kept: b"mine"}


def test_a_file_that_makes_room_takes_the_name_of_no_other(tmp_path: Path) -> None:
    """Neither a file that is there already nor a page to come is lost to the new name."""
    (tmp_path / "a").write_bytes(b"first")
    (tmp_path / "a.kept").write_bytes(b"second")
    publish(tmp_path, {"a": b"page", "a.kept1": b"another page"}, force=True)
    assert tree(tmp_path) == {
        "a": b"page",
        "a.kept": b"second",
        "a.kept1": b"another page",
        "a.kept2": b"first",
    }


def test_force_takes_a_foreign_file_that_is_the_page_already(tmp_path: Path) -> None:
    """Where the bytes are the same nothing is renamed, and the file is ours from then on."""
    (tmp_path / "index.html").write_bytes(b"same")
    publish(tmp_path, {"index.html": b"same"}, force=True)
    assert tree(tmp_path) == {"index.html": b"same"}
    publish(tmp_path, {"index.html": b"new"})
    assert tree(tmp_path) == {"index.html": b"new"}


@pytest.mark.parametrize("force", [False, True])
def test_a_foreign_folder_in_the_place_of_a_page_is_refused(tmp_path: Path, force: bool) -> None:
    """A folder with foreign files is never deleted for a page, whatever is asked."""
    publish(tmp_path, {"index.html": b"x"})
    (tmp_path / "about.html").mkdir()
    (tmp_path / "about.html/photo.jpg").write_bytes(b"jpg")
    with pytest.raises(SiteError) as error:
        publish(tmp_path, {"about.html": b"x"}, force=force)
    assert codes(error) == ["O203"]
    assert (tmp_path / "about.html/photo.jpg").exists()


@pytest.mark.parametrize("force", [False, True])
def test_links_in_the_output_are_not_followed(tmp_path: Path, force: bool) -> None:
    """A page is never written through a symbolic link to somewhere else."""
    outside = tmp_path / "outside"
    outside.mkdir()
    publish(tmp_path / "public", {"index.html": b"x"})
    (tmp_path / "public/articles").symlink_to(outside)
    with pytest.raises(SiteError) as error:
        publish(tmp_path / "public", {"articles/x/index.html": b"x"}, force=force)
    assert codes(error) == ["O203"]
    assert list(outside.iterdir()) == []


def test_a_folder_of_ours_that_became_a_link_is_refused(tmp_path: Path) -> None:
    """Also where every file behind the link is as it was, and none of them is to change."""
    pages = {"a/b/index.html": b"x", "index.html": b"y"}
    publish(tmp_path / "public", pages)
    (tmp_path / "public/a/b").rename(tmp_path / "moved")
    (tmp_path / "public/a/b").symlink_to(tmp_path / "moved")
    with pytest.raises(SiteError) as error:
        publish(tmp_path / "public", pages)
    assert [(it.code, it.at.path) for it in error.value.diagnostics] == [("O203", "a/b")]


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a//b", "", ".", ".sitegen/x", "a\0b"])
def test_paths_that_leave_the_folder_are_refused(tmp_path: Path, path: str) -> None:
    """No page can be written outside the output folder, nor over its list."""
    with pytest.raises(SiteError) as error:
        publish(tmp_path / "public", {path: b"x"})
    assert "O206" in codes(error)


def test_a_list_that_points_outside_is_damaged(tmp_path: Path) -> None:
    """A list with a path outside the folder is not obeyed."""
    publish(tmp_path / "public", {"index.html": b"x"})
    victim = tmp_path / "victim"
    victim.write_bytes(b"x")
    listed = tmp_path / "public" / manifest.NAME
    listed.write_bytes(listed.read_bytes().replace(b"index.html", b"../victim"))
    with pytest.raises(SiteError) as error:
        publish(tmp_path / "public", {})
    assert codes(error) == ["O205"]
    assert victim.exists()


def test_force_takes_a_folder_whose_list_is_damaged(tmp_path: Path) -> None:
    """With force a damaged list is replaced; as nothing is known to be ours, what must change is kept beside."""
    publish(tmp_path, {"index.html": b"x"})
    (tmp_path / manifest.NAME).write_bytes(b"{")
    publish(tmp_path, {"index.html": b"y"}, force=True)
    publish(tmp_path, {"index.html": b"z"})
    assert tree(tmp_path) == {"index.html": b"z", "index.html.kept": b"x"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"a": b"file"}, {"a/index.html": b"page"}),
        ({"a/index.html": b"page"}, {"a": b"file"}),
        ({"a/b/c": b"1", "a/b/d": b"2", "a/e": b"3"}, {"a/b": b"4", "a/e": b"3"}),
    ],
)
def test_our_own_files_and_folders_change_places(tmp_path: Path, first: Pages, second: Pages) -> None:
    """A file becomes a folder and a folder a file when both are ours."""
    publish(tmp_path, first)
    publish(tmp_path, second)
    assert tree(tmp_path) == second


def test_what_another_process_staged_is_published(tmp_path: Path) -> None:
    """A fork may do the writing; what it returns, encoded, is enough for the process that applies."""
    pages = {"a/index.html": b"a", "index.html": b"new", "same.html": b"same"}
    publish(tmp_path, {"index.html": b"old", "same.html": b"same"})
    with output.opened(str(tmp_path)) as target:
        target.prepare(list(pages))
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            staged = [target.stage(path, data, phase_of(path)) for path, data in pages.items()]
            os.write(writer, msgspec.msgpack.encode(staged))
            os._exit(0)
        os.close(writer)
        with open(reader, "rb") as pipe:
            staged = msgspec.msgpack.decode(pipe.read(), type=list[output.Staged])
        os.waitpid(child, 0)
        assert [target.register(it) for it in staged] == [True, True, False]
        assert target.apply().write == ("a/index.html", "index.html")
    assert tree(tmp_path) == pages


def test_the_stat_data_of_a_page_in_a_new_folder_is_that_on_disk(tmp_path: Path) -> None:
    """A file that is moved with its folder, as one that is moved alone, needs not be read by the next build."""
    pages = {"new/deep/index.html": b"1", "new/deep/other.html": b"2", "index.html": b"3"}
    with output.opened(str(tmp_path)) as target:
        target.prepare(list(pages))
        for path, data in pages.items():
            target.put(path, data, phase_of(path))
        target.apply()
        seen = dict(target.witness.seen)
    for path in pages:
        now = (tmp_path / path).stat()
        it = seen[path]
        assert (it.size, it.mtime_ns, it.ctime_ns, it.inode) == (
            now.st_size,
            now.st_mtime_ns,
            now.st_ctime_ns,
            now.st_ino,
        )


@pytest.mark.parametrize("strange", ["fresh", "fresh/photo.jpg"])
def test_a_folder_that_appears_while_pages_are_made_keeps_its_files(tmp_path: Path, strange: str) -> None:
    """The page goes into a folder that was missing when the build looked, and what came into it meanwhile stays."""
    with output.opened(str(tmp_path)) as target:
        target.prepare(["fresh/index.html"])
        target.put("fresh/index.html", b"page", "page")
        (tmp_path / "fresh").mkdir()
        if strange != "fresh":
            (tmp_path / strange).write_bytes(b"mine")
        target.apply()
    mine = {} if strange == "fresh" else {strange: b"mine"}
    assert tree(tmp_path) == {**mine, "fresh/index.html": b"page"}


def test_a_file_of_the_wrong_size_is_written_again(tmp_path: Path) -> None:
    """A page that lost its bytes in a power cut is noticed by its size."""
    publish(tmp_path, {"index.html": b"whole", "a.html": b"a"})
    os.truncate(tmp_path / "index.html", 0)
    with output.opened(str(tmp_path)) as target:
        assert not target.intact()
    publish(tmp_path, {"index.html": b"whole", "a.html": b"a"})
    assert tree(tmp_path)["index.html"] == b"whole"


def test_a_file_edited_by_hand_is_written_again_and_named(tmp_path: Path) -> None:
    """An edit that leaves the size and the time as they were is noticed; a mere touch is not taken for one."""
    publish(tmp_path, {"index.html": b"whole", "a.html": b"a", "b.html": b"b"})
    page, touched = tmp_path / "index.html", tmp_path / "a.html"
    before = page.stat()
    page.write_bytes(b"WHOLE")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    touched.touch()
    with output.opened(str(tmp_path)) as target:
        assert not target.intact()
        target.prepare(["index.html", "a.html", "b.html"])
        for path, data in {"index.html": b"whole", "a.html": b"a", "b.html": b"b"}.items():
            target.put(path, data, phase_of(path))
        assert target.apply().write == ("index.html",)
        assert [(it.code, it.at.path) for it in target.remarks()] == [("O209", str(page))]
    assert tree(tmp_path)["index.html"] == b"whole"


def test_a_file_whose_stat_data_is_known_is_not_read_again(tmp_path: Path) -> None:
    """What the last run saw of a file is believed while size, times and inode are the same."""
    publish(tmp_path, {"a.html": b"a"})
    with output.opened(str(tmp_path)) as target:
        assert target.intact()
        seen = target.sighted()
    (tmp_path / "a.html").write_bytes(b"b")
    with output.opened(str(tmp_path), seen=seen) as target:
        assert not target.intact()
    now = (tmp_path / "a.html").stat()
    lie = sighted(seen.identity, {"a.html": seen_as(now, seen.digests)})
    with output.opened(str(tmp_path), seen=lie) as target:
        assert target.intact()
        assert not target.witness.news


def test_times_out_of_all_bounds_are_not_remembered(tmp_path: Path) -> None:
    """A file from the year 2400 is read again by every build, and is found to be as it was."""
    publish(tmp_path, {"a.html": b"a"})
    os.utime(tmp_path / "a.html", (0, 13_600_000_000))
    seen = sighted(b"", {})
    for _ in range(2):
        with output.opened(str(tmp_path), seen=seen) as target:
            assert target.intact()
            seen = target.sighted()
    assert seen.paths == []


@pytest.mark.parametrize("change", ["", "edit", "remove"])
def test_files_compared_meanwhile_are_as_they_were_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Another process that compares notices what this one would."""
    monkeypatch.setattr(output, "MANY", 0)
    pages = {"a/index.html": b"a", "b/index.html": b"b"}
    publish(tmp_path, pages)
    with output.opened(str(tmp_path)) as target:
        assert target.intact()
        seen = target.sighted()
    if change == "edit":
        (tmp_path / "a/index.html").write_bytes(b"A")
    elif change == "remove":
        (tmp_path / "a/index.html").unlink()
    with output.opened(str(tmp_path), seen=seen) as target:
        with target.comparing():
            pass
        assert target.intact() == (not change)
        target.prepare(list(pages))
        for path, data in pages.items():
            target.put(path, data, "page")
        assert target.apply().write == (("a/index.html",) if change else ())
    assert tree(tmp_path) == pages


def test_an_interrupted_build_is_looked_at_again(tmp_path: Path) -> None:
    """Files that were in motion when a build died are judged by their bytes, not by the list."""
    publish(tmp_path, {"index.html": b"old", "b.html": b"same"})
    known = manifest.load(str(tmp_path))
    assert known is not None
    moving = manifest.Manifest(pending=("index.html", "new.html"), files=known.files)
    manifest.save(str(tmp_path), moving)
    (tmp_path / "index.html").write_bytes(b"NEW")
    (tmp_path / "new.html").write_bytes(b"new")
    with output.opened(str(tmp_path)) as target:
        assert not target.intact()
    publish(tmp_path, {"index.html": b"old", "b.html": b"same"})
    assert tree(tmp_path) == {"index.html": b"old", "b.html": b"same"}


def test_the_umask_does_not_matter(tmp_path: Path) -> None:
    """Files are readable by the web server whatever the umask is."""
    before = os.umask(0o077)
    try:
        publish(tmp_path / "public", {"a/index.html": b"x"})
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE((tmp_path / path).stat().st_mode) for path in ("public", "public/a")}
    assert modes == {"public": 0o755, "public/a": 0o755}
    assert stat.S_IMODE((tmp_path / "public/a/index.html").stat().st_mode) == 0o644


def test_the_list_does_not_depend_on_the_order_of_work(tmp_path: Path) -> None:
    """Two builds of the same pages leave the same bytes, the list included."""
    publish(tmp_path / "one", {"a.html": b"a", "b.html": b"b"})
    publish(tmp_path / "two", {"b.html": b"b", "a.html": b"old"})
    publish(tmp_path / "two", {"b.html": b"b", "a.html": b"a"})
    lists = [(tmp_path / name / manifest.NAME).read_bytes() for name in ("one", "two")]
    assert lists[0] == lists[1]


def test_clean_removes_what_is_ours_and_nothing_else(tmp_path: Path) -> None:
    """After `clean` only the files of others are left."""
    publish(tmp_path, {"a/index.html": b"x", "index.html": b"y"})
    (tmp_path / "a/photo.jpg").write_bytes(b"jpg")
    assert output.clean(str(tmp_path)) == 2
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == [
        "a",
        "a/photo.jpg",
    ]


def test_clean_of_a_folder_of_others_does_nothing(tmp_path: Path) -> None:
    """A folder that sitegen never built is not touched."""
    (tmp_path / "x").write_bytes(b"x")
    assert output.clean(str(tmp_path)) is None
    assert tree(tmp_path) == {"x": b"x"}


segments = st.sampled_from(["a", "b", "c"])
paths = st.lists(segments, min_size=1, max_size=3).map("/".join)


def sites() -> st.SearchStrategy[Pages]:
    """Small sites without a page that is also a folder."""
    return st.dictionaries(paths, st.binary(max_size=2), max_size=6).filter(
        lambda pages: not any(parent in pages for path in pages for parent in manifest.ancestors(path))
    )


@settings(max_examples=40)
@given(st.lists(sites(), min_size=1, max_size=4))
def test_any_sequence_of_sites_ends_like_the_last_alone(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Pages]
) -> None:
    """Publishing one site after another leaves exactly the last one, whatever came before."""
    root = tmp_path_factory.mktemp("public")
    for pages in steps:
        publish(root, pages)
        assert tree(root) == pages


entries = st.builds(Entry, st.integers(0, 2), st.sampled_from(["x", "y"]), st.sampled_from(manifest.PHASES))
lists = st.dictionaries(paths, entries, max_size=5)


@given(lists, lists)
def test_a_plan_orders_assets_before_pages_before_indexes(
    published: dict[str, Entry], pages: dict[str, Entry]
) -> None:
    """What a page refers to is there before the page, and goes after it."""
    found = {path: Found("file", entry.size) for path, entry in published.items()}
    plan = manifest.plan(published, found, pages)
    ranks = [manifest.PHASES.index(pages[path].phase) for path in plan.write]
    assert ranks == sorted(ranks)
    leaving = [published[path].phase == "asset" for path in plan.remove]
    assert leaving == sorted(leaving)
    assert set(plan.remove).isdisjoint(pages)
    assert set(plan.clear) | set(plan.remove) == set(published) - set(pages)
