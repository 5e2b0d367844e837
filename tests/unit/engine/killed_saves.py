"""Kill saves at many points and check each time what is left; prints how many died and how many states were seen.

Run by a test in a process of its own, because it forks.
"""

from __future__ import annotations

import os
import resource
import select
import shutil
import signal
import sys
from pathlib import Path

from engine_toy import KEYS, Files, outcome, rich

from sitegen.engine.db import Db, InputKey
from sitegen.engine.store import Store

folder = Path(sys.argv[1])
path = folder / "store.sqlite"
WORDS = " ".join(str(number) for number in range(3000))


def other() -> Files:
    """The files after an edit that is large enough to need many writes."""
    files = rich()
    files.files["notes/d"] = f"Delta\na\n\n{WORDS}"
    files.files["notes/a"] = f"Alpha\nb d\n\n{WORDS}{WORDS}"
    return files


def save_edit(fresh: bool) -> None:
    """What the victim does: load the old state, or start cold, make the edit and save the new state."""
    store = Store(path, "1")
    db = Db(other())
    if not fresh:
        store.load(db)
        db.resume([InputKey("read", "notes/a"), InputKey("read", "notes/d"), InputKey("list", "notes")])
    for key in KEYS:
        outcome(db, key)
    store.set("state", b"new")
    store.save(db)


def prepare() -> None:
    """The old state."""
    for leftover in folder.glob("store.sqlite*"):
        leftover.unlink()
    db = Db(rich())
    for key in KEYS:
        outcome(db, key)
    store = Store(path, "1")
    store.set("state", b"old")
    assert store.save(db)
    store.close()


def check(fresh: bool) -> bytes | None:
    """Whatever was left loads, or is missing after a fresh save, and answers as a cold start does."""
    state = None
    for files in (rich(), other()):
        db = Db(files)
        store = Store(path, "1")
        state = store.get("state")
        found = store.load(db)
        assert found or fresh, store.trouble
        cold = Db(files)
        assert [outcome(db, key) for key in KEYS] == [outcome(cold, key) for key in KEYS]
        store.close()
    return state


def victim(fresh: bool, limit: int | None) -> int:
    """Fork a process that saves, again and again without a limit, else until it has written that many bytes."""
    ready, go = os.pipe()
    pid = os.fork()
    if pid:
        os.close(go)
        os.read(ready, 1)
        os.close(ready)
        return pid
    try:
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        os.write(go, b"x")
        save_edit(fresh)
        while limit is None:
            save_edit(fresh=True)
    finally:
        os._exit(0)


def main() -> None:
    killed = 0
    states: set[bytes] = set()
    sound = folder / "sound"
    prepare()
    shutil.copy(path, sound)
    size = sound.stat().st_size
    for fresh in (False, True):
        for limit in range(0, size + 200_000, 6_000):
            prepare()
            pid = victim(fresh, limit)
            killed += os.WIFSIGNALED(os.waitpid(pid, 0)[1])
            states.add(check(fresh) or b"old")
        for moment in range(20):
            prepare()
            pid = victim(fresh, None)
            select.select([], [], [], moment / 500)
            os.kill(pid, signal.SIGKILL)
            killed += os.WIFSIGNALED(os.waitpid(pid, 0)[1])
            states.add(check(True) or b"old")
    print(killed, len(states))


main()
