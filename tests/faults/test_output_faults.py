"""Death and refusal at every single change that publishing makes to the disk."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import SiteError
from sitegen.shell import manifest, output
from tests.faults.failing import at_change

Pages = dict[str, bytes]

# Between them: pages that stay, change, come and go, assets, a file that becomes a folder and the reverse.
OLD: Pages = {
    "assets/old.css": b"old",
    "index.html": b"old home",
    "a/index.html": b"same",
    "b/index.html": b"old b",
    "gone/deep/index.html": b"gone",
    "swap": b"a file",
    "turn/index.html": b"a folder",
}
NEW: Pages = {
    "assets/new.css": b"new",
    "index.html": b"new home",
    "a/index.html": b"same",
    "b/index.html": b"new b, longer",
    "fresh/deep/index.html": b"fresh",
    "swap/index.html": b"a folder",
    "turn": b"a file",
}


@pytest.fixture(autouse=True)
def _without_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `fsync` do nothing: it matters when the power is cut, and here only processes die."""
    monkeypatch.setattr(os, "fsync", lambda file: None)


def publish(root: Path, pages: Pages) -> None:
    with output.opened(str(root)) as target:
        target.prepare(list(pages))
        for path, data in pages.items():
            phase: manifest.Phase = "asset" if path.startswith("assets/") else "page"
            target.put(path, data, phase)
        target.apply()


def tree(root: Path) -> Pages:
    files = (path for path in root.rglob("*") if path.is_file() and manifest.HOME not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def everything(root: Path) -> Pages:
    """All files, the list of published ones and leftovers included."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def start(root: Path) -> Path:
    publish(root, OLD)
    (root / "photo.jpg").write_bytes(b"mine")
    return root


def is_old_or_new(now: Pages) -> bool:
    """Whether every file is as it was before or as it will be, and the stranger is untouched."""
    known = {path: {pages.get(path) for pages in (OLD, NEW)} for path in {*OLD, *NEW}}
    mine = now.pop("photo.jpg", None) == b"mine"
    return mine and all(data in known.get(path, ()) for path, data in now.items())


def in_a_child(work: Callable[[], None]) -> int:
    """Do `work` in a process of its own; how that ended, as `waitpid` tells it."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1]


def changes() -> int:
    """How many changes to the disk the step from OLD to NEW makes; more than it can ever be is fine."""
    return 120


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_process_leaves_no_torn_page(tmp_path: Path) -> None:
    """Killed at any change: every page is old or new, and the next build equals a clean one, forwards and back."""
    publish(tmp_path / "clean-new", NEW)
    publish(tmp_path / "clean-old", OLD)
    clean = {"new": everything(tmp_path / "clean-new"), "old": everything(tmp_path / "clean-old")}
    killed = 0
    for number in range(changes()):
        root = start(tmp_path / f"run{number}")

        def work(root: Path = root, number: int = number) -> None:
            with at_change(number, die):
                publish(root, NEW)

        status = in_a_child(work)
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
        killed += 1
        assert is_old_or_new(tree(root)), number
        which = "new" if number % 2 else "old"
        publish(root, NEW if which == "new" else OLD)
        after = everything(root)
        assert after.pop("photo.jpg") == b"mine"
        assert after == clean[which], number
    assert 30 < killed < changes()


@pytest.mark.parametrize(
    ("number_of_error", "code"),
    [
        (errno.ENOSPC, "O301"),
        (errno.EIO, "O307"),
        (errno.EROFS, "O302"),
        (errno.EACCES, "O303"),
        (errno.EMFILE, "O304"),
        (errno.EDQUOT, "O301"),
    ],
)
def test_a_refused_change_is_named_and_harms_nothing(tmp_path: Path, number_of_error: int, code: str) -> None:
    """Refused at any change: one sentence with a path, pages old or new, and the next build is whole."""

    def refuse() -> None:
        raise OSError(
            number_of_error, os.strerror(number_of_error)
        )  # without a file name, as write() does it

    refused = 0
    for number in range(changes()):
        root = start(tmp_path / f"run{number}")
        try:
            with at_change(number, refuse) as count:
                publish(root, NEW)
        except SiteError as error:
            refused += 1
            (finding,) = error.diagnostics
            assert finding.code == code
            assert finding.at.path.startswith(str(root)), number
        assert is_old_or_new(tree(root)), number
        publish(root, NEW)
        now = tree(root)
        assert now.pop("photo.jpg") == b"mine"
        assert now == NEW
        if count[0] <= number:
            break
    assert refused > 30


def test_a_full_disk_is_found_before_any_page_changes(tmp_path: Path) -> None:
    """All bytes are on the disk before the first page is replaced, so a full disk leaves the old site whole."""

    def refuse() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    root = start(tmp_path / "public")
    before = everything(root)

    with at_change(-1, refuse) as count, output.opened(str(root)) as target:
        target.prepare(list(NEW))
        for path, data in NEW.items():
            target.put(path, data, "page")
        staging = count[0]
    refused = 0
    for number in range(staging):
        try:
            with at_change(number, refuse):
                publish(root, NEW)
        except SiteError:
            refused += 1
        else:
            publish(root, OLD)  # the refused change was not needed
        assert everything(root) == before, number
    assert refused >= 3 * 6  # opening, mode and bytes of the six files that differ


def test_an_interrupt_waits_for_the_renames(tmp_path: Path) -> None:
    """Ctrl-C while files are being replaced lets the replacing finish, then ends the work."""
    root = start(tmp_path / "public")
    sent: list[int] = []
    replace = os.replace

    def interrupted(source: str, target: str) -> None:
        if target.endswith("b/index.html"):
            os.kill(os.getpid(), signal.SIGINT)
            sent.append(1)
        replace(source, target)

    def work() -> None:
        os.replace = interrupted  # type: ignore[assignment]
        try:
            publish(root, NEW)
        except KeyboardInterrupt:
            os._exit(130 if sent else 1)

    assert os.waitstatus_to_exitcode(in_a_child(work)) == 130
    now = tree(root)
    assert now.pop("photo.jpg") == b"mine"
    assert now == NEW
