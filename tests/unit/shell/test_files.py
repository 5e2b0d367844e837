"""The sources on disk: what is read, what is skipped, what is refused."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from sitegen.engine.fingerprint import fingerprint_of
from sitegen.shell import files
from sitegen.shell.files import Files, Scan, Seen

LONG_AGO = 1_600_000_000_000_000_000


def scan(root: Path, before: dict[str, Seen] | None = None) -> Scan:
    return files.scan({"content": str(root)}, before or {})


def write(path: Path, data: bytes, mtime: int = LONG_AGO) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, ns=(mtime, mtime))
    return path


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files count as old enough at once: the change time cannot be set, so the margin is."""
    monkeypatch.setattr(files, "RACY_NS", -(10**18))


def test_files_and_folders_are_listed_in_order(tmp_path: Path) -> None:
    """A listing holds direct children, sorted, folders with a slash; a missing folder is empty."""
    for name in ("b.md", "a.md", "sub/c.md"):
        write(tmp_path / name, b"x")
    source = Files(scan(tmp_path), {})
    assert source.list("content") == ("a.md", "b.md", "sub/")
    assert source.list("content/sub/") == ("c.md",)
    assert source.list("content/none") == ()


def test_bytes_are_read_under_virtual_names(tmp_path: Path) -> None:
    """A file answers to its name below `content/`, a missing one is None, a setting is a string."""
    write(tmp_path / "articles/x.md", b"\xffbytes")
    source = Files(scan(tmp_path), {"drafts": "1"})
    assert source.read("content/articles/x.md") == b"\xffbytes"
    assert source.read("content/articles/y.md") is None
    assert (source.setting("drafts"), source.setting("future")) == ("1", "")


def test_fingerprints_are_those_of_the_values(tmp_path: Path) -> None:
    """What a scan says of an input is what the engine works out from its value."""
    write(tmp_path / "x.md", b"x")
    source = Files(scan(tmp_path), {"today": "2025-10-31"})
    assert source.fingerprint("read", "content/x.md") == fingerprint_of(source.read("content/x.md"))
    assert source.fingerprint("read", "content/none") == fingerprint_of(None)
    assert source.fingerprint("list", "content") == fingerprint_of(source.list("content"))
    assert source.fingerprint("setting", "today") == fingerprint_of("2025-10-31")


@pytest.mark.parametrize(
    "name", ["x.md~", ".#x.md", "#x.md#", ".x.md.swp", "4913", ".git", ".DS_Store", "x.md___jb_tmp___"]
)
def test_droppings_of_editors_are_not_content(tmp_path: Path, name: str) -> None:
    """What editors and systems leave behind is neither listed nor a problem."""
    write(tmp_path / "x.md", b"x")
    (tmp_path / name).symlink_to("somewhere")
    found = scan(tmp_path)
    assert found.folders["content"] == ("x.md",)
    assert found.problems == ()


def test_names_are_normalised(tmp_path: Path) -> None:
    """A decomposed file name is known by its composed form and still found on disk."""
    name = "\u0623.md"
    write(tmp_path / unicodedata.normalize("NFD", name), b"x")
    source = Files(scan(tmp_path), {})
    assert source.list("content") == (name,)
    assert source.read(f"content/{name}") == b"x"


def test_two_files_of_one_normalised_name_are_a_problem(tmp_path: Path) -> None:
    """Neither of two names that differ in Unicode form only wins silently."""
    for form in ("NFC", "NFD"):
        write(tmp_path / unicodedata.normalize(form, "\u0623.md"), b"x")
    assert [it.code for it in scan(tmp_path).problems] == ["C204"]


def test_links_are_refused(tmp_path: Path) -> None:
    """A symbolic link, to a file or a folder, is a problem that names it, and nothing behind it is read."""
    write(tmp_path / "outside/secret.md", b"secret")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/file.md").symlink_to(tmp_path / "outside/secret.md")
    (tmp_path / "content/folder").symlink_to(tmp_path / "outside")
    found = scan(tmp_path / "content")
    assert [(it.code, it.at.path) for it in found.problems] == [
        ("C201", "content/file.md"),
        ("C201", "content/folder"),
    ]
    assert found.digests == {}


def test_pipes_are_refused_without_waiting_for_them(tmp_path: Path) -> None:
    """A named pipe in the content is a problem; the scan does not hang on it."""
    os.mkfifo(tmp_path / "x.md")
    assert [it.code for it in scan(tmp_path).problems] == ["C202"]


def test_names_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    """A name in another encoding is a problem with a printable path."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9.md")).write_bytes(b"x")
    (problem,) = scan(tmp_path).problems
    assert (problem.code, problem.at.path) == ("C203", "content/\ufffd.md")


@pytest.mark.usefixtures("settled")
def test_a_file_with_the_same_stat_data_is_not_read(tmp_path: Path) -> None:
    """A file that lies there as before is known without opening it."""
    path = write(tmp_path / "x.md", b"one")
    first = scan(tmp_path)
    forged = {"content/x.md": Seen(*[*_stat(path), b"digest of before"])}
    assert first.seen["content/x.md"].digest == fingerprint_of(b"one")
    assert scan(tmp_path, forged).digests["content/x.md"] == b"digest of before"


@pytest.mark.usefixtures("settled")
def test_a_change_that_keeps_size_and_mtime_is_seen(tmp_path: Path) -> None:
    """An edit that restores the modification time still shows in the change time."""
    path = write(tmp_path / "x.md", b"one")
    first = scan(tmp_path)
    fresh = tmp_path / "fresh"
    write(fresh, b"two")
    fresh.replace(path)
    assert scan(tmp_path, first.seen).digests["content/x.md"] == fingerprint_of(b"two")


def test_a_file_touched_just_before_the_scan_is_read_again(tmp_path: Path) -> None:
    """Stat data as young as the scan proves nothing, so it is not kept."""
    write(tmp_path / "x.md", b"one")  # its change time is now
    assert scan(tmp_path).seen == {}


def test_an_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system refuses to give is a problem at its path."""
    write(tmp_path / "x.md", b"x")
    real = os.open

    def refuse(path: str, flags: int, mode: int = 0o777) -> int:
        if str(path).endswith("x.md"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)  # root may read everything, so the refusal is played
    (problem,) = scan(tmp_path).problems
    assert (problem.code, problem.at.path) == ("O303", "content/x.md")


def _stat(path: Path) -> tuple[int, int, int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
