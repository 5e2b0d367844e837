"""Scenes with real workers; each runs in a process of its own, because forks want a process without threads."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from engine_toy import Files, failure, note, outcome, page

from sitegen.engine import pool
from sitegen.engine.db import Db, InputKey, QueryKey, query
from sitegen.engine.forking import meanwhile
from sitegen.engine.store import Store
from sitegen.errors import SiteError

PARENT = os.getpid()
COUNT = 120


def many() -> Files:
    """Notes that link in a ring; some broken."""
    files = Files({"banner": "Hello"}, open="yes")
    for number in range(COUNT):
        title = "!" if number % 10 == 3 else f"T{number}"
        files.files[f"notes/{number}"] = (
            f"{title}\n{(number + 1) % COUNT} {number * 7 % COUNT}\n{number + 2}\nbody"
        )
    return files


KEYS = [page.key(str(number)) for number in range(COUNT)]
PIDS = Path(sys.argv[2] if len(sys.argv) > 2 else os.devnull)


@query
def witnessed(db: Db, name: str) -> str:
    """Leaves word of the process it ran in."""
    with PIDS.open("a") as file:
        file.write(f"{os.getpid()}\n")
    return note(db, name).title


@query
def fatal(db: Db, name: str) -> str:
    """Kills any process but the parent, now and then."""
    if os.getpid() != PARENT and name.endswith("7"):
        os.kill(os.getpid(), signal.SIGKILL)
    return db.setting(name) + name


@query
def buggy(db: Db, name: str) -> str:
    """A bug for one name."""
    if name == "77":
        raise LookupError(name)
    return name


@query
def broken(db: Db, name: str) -> str:
    """An error of the user."""
    raise failure("broken", name)


def same_for_any_number_of_workers() -> None:
    """Values, failures, fingerprints and traces."""
    seen = set()
    for workers in range(5):
        db = Db(many())
        pool.run(db, KEYS, workers)
        ran = len(db.ran)
        results = [outcome(db, key) for key in KEYS]
        assert len(db.ran) == ran, "values came along"
        db.memory.get(list(db.memory.tray.nodes))
        nodes = sorted((str(node.key), node.fingerprint, node.prints) for node in db.memory.nodes.values())
        reads = [[str(key) for key in db.dependencies(each)] for each in KEYS]
        seen.add(repr((results, nodes, reads)))
    assert len(seen) == 1


def little_work_is_not_divided() -> None:
    """Where of many keys only a few have anything to do, no process is started for them."""
    files = many()
    db = Db(files)
    keys = [witnessed.key(str(number)) for number in range(COUNT)]
    pool.run(db, keys, 1)
    changed = [f"notes/{number}" for number in range(40, 45)]
    for path in changed:
        files.files[path] = files.files[path].replace("T", "Other ")
    db.refresh(InputKey("read", path) for path in changed)
    os.fork = never  # type: ignore[assignment]  # this process is the scene's own
    pool.run(db, keys, 3)
    assert len(PIDS.read_text().split()) == COUNT + 4  # one of the five is broken, before and after


def never() -> int:
    """Stands where a process would be started."""
    raise AssertionError("a process was started")


def workers_do_the_work() -> None:
    """Each of them, and the parent only the first keys."""
    pool.run(Db(many()), [witnessed.key(str(number)) for number in range(COUNT)], 3)
    pids = PIDS.read_text().split()
    assert len(pids) == COUNT
    assert len(set(pids)) == 4
    assert pids.count(str(PARENT)) == pool.FEW


def dead_workers_are_replaced_by_the_parent() -> None:
    """Whatever they did not hand over is worked out here."""
    db = Db(many())
    keys = [fatal.key(str(number)) for number in range(COUNT)]
    told: list[tuple[int, int]] = []
    pool.run(db, keys, 2, lambda done, total: told.append((done, total)))
    assert [fatal(db, str(number)) for number in range(COUNT)] == [str(number) for number in range(COUNT)]
    assert told == sorted(told)
    assert told[-1] == (COUNT, COUNT)


def a_bug_is_raised_by_the_parent() -> None:
    """As if there were no workers, and nothing is left running."""
    with pytest.raises(LookupError, match="77"):
        pool.run(Db(many()), [buggy.key(str(number)) for number in range(COUNT)], 2)
    no_children()


def failures_come_along() -> None:
    """A SiteError of a worker is remembered by the parent."""
    db = Db(many())
    pool.run(db, [broken.key(str(number)) for number in range(COUNT)], 2)
    count = len(db.ran)
    for number in range(COUNT):
        with pytest.raises(SiteError) as error:
            broken(db, str(number))
        assert error.value.diagnostics == failure("broken", str(number)).diagnostics
    assert len(db.ran) == count == COUNT


def an_interrupt_ends_the_workers() -> None:
    """None outlives the run."""

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pool.run(Db(many()), KEYS, 3, interrupt)
    no_children()


def a_store_serves_all_workers() -> None:
    """Values in the store are read by each process through a connection of its own."""
    files = many()
    path = PIDS.with_suffix(".sqlite")
    db = Db(files)
    for key in KEYS:
        outcome(db, key)
    store = Store(path, "1")
    assert store.save(db)
    store.close()
    files.files["banner"] = "Changed"
    db = Db(files)
    store = Store(path, "1")
    assert store.load(db)
    pool.run(db, KEYS, 2)
    assert {str(key).partition("(")[0] for key in db.ran} == {"banner", "page"}
    cold = Db(files)
    assert [outcome(db, key) for key in KEYS] == [outcome(cold, key) for key in KEYS]
    assert store.save(db)
    store.close()


def what_is_made_of_an_answer_is_made_by_whoever_worked_it_out() -> None:
    """And each key is told once, with that."""
    told: dict[str, bytes] = {}

    def made(db: Db, key: QueryKey) -> bytes:
        return f"{os.getpid()} {witnessed(db, str(key.args[0]))}".encode()

    def done(key: QueryKey, made: bytes) -> None:
        assert str(key) not in told
        told[str(key)] = made

    keys = [witnessed.key(str(number)) for number in range(COUNT) if number % 10 != 3]
    pool.run(Db(many()), keys, 2, present=made, done=done)
    assert len(PIDS.read_text().split()) == len(told) == len(keys)
    assert {it.split()[0].decode() for it in told.values()} == set(PIDS.read_text().split())


def what_workers_hand_over_is_saved_with_all_that_reads_it() -> None:
    """A later process runs what a change reaches, and no more, though this one has looked at none of it."""
    files = many()
    path = PIDS.with_suffix(".sqlite")
    db = Db(files)
    store = Store(path, "1")
    keys = [witnessed.key(str(number)) for number in range(COUNT)]
    pool.run(db, keys[: COUNT // 2], 2)
    assert store.save(db)
    db.memory.evict()
    pool.run(db, keys, 2)
    assert len(db.memory.tray)
    assert store.save(db)
    store.close()
    files.files["notes/50"] = files.files["notes/50"].replace("T", "Other ")
    db, store = Db(files), Store(path, "1")
    assert store.load(db)
    db.resume([InputKey("read", "notes/50")])
    before = len(PIDS.read_text().split())
    found = [db.settle(key).fingerprint for key in keys]
    store.close()
    assert len(PIDS.read_text().split()) == before + 1
    cold = Db(files)
    assert found == [cold.settle(key).fingerprint for key in keys]


def a_save_that_fails_takes_nothing_off_the_tray() -> None:
    """The disk is full, now here and now there; what is saved once there is room is whole."""
    files = many()
    path = PIDS.with_suffix(".sqlite")
    db = Db(files)
    store = Store(path, "1")
    pool.run(db, KEYS[:30], 2)
    assert store.save(db)
    pool.run(db, KEYS, 2)
    assert store._connection is not None
    ((pages,),) = store._connection.execute("PRAGMA page_count").fetchall()
    for room in range(100):
        store._connection.execute(f"PRAGMA max_page_count = {pages + room}")
        if store.save(db):
            break
    assert room > 10
    store.close()
    files.files["notes/90"] = files.files["notes/90"].replace("T", "Other ")
    db, store = Db(files), Store(path, "1")
    assert store.load(db)
    db.resume([InputKey("read", "notes/90")])
    found = [outcome(db, key) for key in KEYS]
    store.close()
    cold = Db(files)
    assert found == [outcome(cold, key) for key in KEYS]


def a_question_is_answered_while_this_process_goes_on() -> None:
    """By another process: it can wait for what happens here, and what it changes is not seen here."""
    os.sched_getaffinity = lambda process: {0, 1}  # type: ignore[assignment]
    reader, writer = os.pipe()
    seen: list[bytes] = []

    def question() -> bool:
        seen.append(os.read(reader, 1))
        return seen == [b"x"]

    with meanwhile(question) as answer:
        os.write(writer, b"x")
        assert answer()
    assert seen == []


def a_process_that_dies_has_answered_no() -> None:
    """So whoever asked looks for himself."""
    os.sched_getaffinity = lambda process: {0, 1}  # type: ignore[assignment]

    def question() -> bool:
        assert os.getpid() != PARENT
        os.kill(os.getpid(), signal.SIGKILL)
        return True

    with meanwhile(question) as answer:
        assert not answer()


def no_children() -> None:
    """Nothing runs or waits to be buried."""
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


SCENES: dict[str, Callable[[], None]] = {
    scene.__name__: scene
    for scene in (
        same_for_any_number_of_workers,
        workers_do_the_work,
        little_work_is_not_divided,
        dead_workers_are_replaced_by_the_parent,
        a_bug_is_raised_by_the_parent,
        failures_come_along,
        an_interrupt_ends_the_workers,
        a_store_serves_all_workers,
        what_is_made_of_an_answer_is_made_by_whoever_worked_it_out,
        what_workers_hand_over_is_saved_with_all_that_reads_it,
        a_save_that_fails_takes_nothing_off_the_tray,
        a_question_is_answered_while_this_process_goes_on,
        a_process_that_dies_has_answered_no,
    )
}

if __name__ == "__main__":
    SCENES[sys.argv[1]]()
    no_children()
