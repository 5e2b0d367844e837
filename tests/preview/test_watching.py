"""When the system stops telling of changes, the preview notices, says so, and goes on following the files."""

from __future__ import annotations

import logging
import shutil
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from serving import ARTICLE, PAGE, PATIENCE, Served, served

from sitegen.errors import Diagnostic
from sitegen.shell.preview import watching
from sitegen.shell.preview.watching import Ring, Watch


def follows(preview: Served, words: str) -> None:
    """A save is shown."""
    with preview.listening() as until:
        preview.write(ARTICLE, preview.read(ARTICLE) + f"\n{words}\n")
        until(lambda: words in preview.get(PAGE).text)


def test_a_deleted_folder_is_announced_and_followed_when_it_is_back(tmp_path: Path) -> None:
    """The tabs keep the last good pages in between."""
    with served(tmp_path / "site") as preview:
        kept = tmp_path / "kept"
        shutil.copytree(preview.folder / "content", kept)
        preview.get(PAGE)
        shutil.rmtree(preview.folder / "content")
        preview.hear("V203")
        assert preview.get(PAGE).status == 200
        shutil.copytree(kept, preview.folder / "content")
        with preview.listening() as until:
            until(lambda: not preview.errors())
        follows(preview, "عاد المجلد.")


def test_a_folder_put_in_place_of_another_is_followed(tmp_path: Path) -> None:
    """As when a checkout is exchanged for another by renaming."""
    with served(tmp_path / "site") as preview:
        content = preview.folder / "content"
        shutil.copytree(content, tmp_path / "other")
        content.rename(tmp_path / "old")
        (tmp_path / "other").rename(content)
        follows(preview, "مجلد آخر.")


def test_a_theme_that_comes_later_is_followed(tmp_path: Path) -> None:
    """`templates/` need not be there when the preview starts."""
    with served(tmp_path / "site") as preview, preview.listening() as until:
        preview.write("templates/strings/ar.yaml", 'sources: "المراجع كلها"\n')
        until(lambda: "المراجع كلها" in preview.get(PAGE).text)


def test_lost_events_are_announced_and_made_up_for(tmp_path: Path) -> None:
    """The kernel's queue really overflows: more happens while the preview is stopped than the queue holds."""
    limit = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    if limit > 50_000:
        pytest.skip(f"the queue of this system holds {limit} events")
    with served(tmp_path / "site") as preview:
        preview.process.send_signal(signal.SIGSTOP)
        names = [preview.folder / "content" / f"note{n}.txt" for n in (1, 2)]
        for n in range(limit // 2 + 1000):
            names[n % 2].touch()
            names[n % 2].unlink()
        preview.write(ARTICLE, preview.read(ARTICLE) + "\nبعد الفيضان.\n")
        with_lost = preview.read(ARTICLE)
        preview.process.send_signal(signal.SIGCONT)
        preview.hear("V202")
        with preview.listening() as until:
            until(lambda: "بعد الفيضان." in preview.get(PAGE).text)
        assert preview.read(ARTICLE) == with_lost
        follows(preview, "وما بعده.")


@pytest.mark.parametrize("room", [1, 10])
def test_a_watch_limit_is_announced_and_changes_are_looked_for(tmp_path: Path, room: int) -> None:
    """The kernel really refuses, in a namespace of our own: some of the site's folders, or folders within them."""
    limit = f'echo {room} > /proc/sys/user/max_inotify_watches && exec "$@"'
    limited = ("unshare", "-Ur", "sh", "-c", limit, "sh")
    if shutil.which("unshare") is None or subprocess.run([*limited, "true"], capture_output=True).returncode:
        pytest.skip("this system lets nobody limit the watches of a process")
    with served(tmp_path / "site", within=limited) as preview:
        assert any("V201" in it for it in preview.said) or preview.hear("V201")
        follows(preview, "بلا مراقبة.")


def test_looking_for_changes_can_be_asked_for(tmp_path: Path) -> None:
    """`--poll` needs no events."""
    with served(tmp_path / "site", "--poll") as preview:
        follows(preview, "بالنظر.")


def test_a_system_that_tells_nothing_is_found_out(tmp_path: Path) -> None:
    """As on network folders: a change that no event told of is found by a look at everything, and announced."""
    seen: list[Ring] = []
    said: list[Diagnostic] = []
    announced = threading.Event()

    def look(ring: Ring) -> bool:
        seen.append(ring)
        return bool(list(tmp_path.iterdir()))

    def announce(it: Diagnostic) -> None:
        said.append(it)
        announced.set()

    watch = Watch({"content": str(tmp_path)}, look, announce)
    watch.dispatch = lambda place, finished, folder: None  # type: ignore[method-assign] # events get lost
    watch.start()
    (tmp_path / "a.md").write_text("x")
    assert announced.wait(PATIENCE)
    assert [it.code for it in said] == ["V204"]
    assert seen[-1].places is None


def test_a_watch_is_looked_after_however_many_events_come(tmp_path: Path) -> None:
    """A program that writes all the time does not hide that another folder has gone."""
    roots = {name: str(tmp_path / name) for name in ("content", "templates")}
    for place in roots.values():
        Path(place).mkdir()
    told = threading.Event()
    watch = Watch(roots, lambda ring: True, lambda it: told.set() if it.code == "V203" else None)
    watch.start()
    ended = threading.Event()

    def write_on() -> None:
        while not ended.wait(0.001):
            (tmp_path / "templates/log").write_text("x")

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        shutil.rmtree(roots["content"])
        assert told.wait(PATIENCE)
    finally:
        ended.set()
        writer.join()


def test_a_folder_that_goes_while_it_is_being_watched_is_watched_when_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That it has gone is no sign that the system refuses to tell of changes."""
    content = tmp_path / "content"
    content.mkdir()
    said: list[str] = []
    gone, told = threading.Event(), threading.Event()
    observe = watching._observe

    def late(folders: list[str], *rest: Any) -> Any:
        if not gone.is_set():
            content.rmdir()
            gone.set()
        return observe(folders, *rest)

    def announce(it: Diagnostic) -> None:
        said.append(it.code)
        content.mkdir(exist_ok=True)

    def look(ring: Ring) -> bool:
        if ring.places:
            told.set()
        elif content.is_dir():
            (content / "a.md").write_text("x")  # again and again, until an event tells of it
        return False

    monkeypatch.setattr(watching, "_observe", late)
    Watch({"content": str(content)}, look, announce).start()
    assert told.wait(PATIENCE)
    assert said == ["V203"]


def test_what_a_watch_says_on_ending_is_no_news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """watchdog complains of events that come while it stops; all is looked at again then anyway."""
    content = tmp_path / "content"
    content.mkdir()
    said: list[str] = []
    told = threading.Semaphore(0)
    observe = watching._observe

    def complaining(*given: Any) -> Any:
        observer = observe(*given)
        stop = observer.stop

        def complain() -> None:
            logging.getLogger("watchdog.observers").error("called when the thread is inactive")
            stop()

        if given[0] == [str(content)]:  # watches of other tests may still be going on
            monkeypatch.setattr(observer, "stop", complain)
        return observer

    def look(ring: Ring) -> bool:
        if ring.places:
            told.release()
        elif (tmp_path / "old").exists():
            (content / "a.md").write_text("x")  # again and again, until an event tells of it
        return False

    monkeypatch.setattr(watching, "_observe", complaining)
    Watch({"content": str(content)}, look, lambda it: said.append(it.code)).start()
    content.rename(tmp_path / "old")
    content.mkdir()
    for _ in range(2):  # by the second time, the watch has seen to all that was said before the first
        assert told.acquire(timeout=PATIENCE)
        (content / "a.md").write_text("y")
    assert said == []
