"""Work given to an executor: the same outcomes, whoever works them out and whatever comes back first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

import pytest
from engine_toy import KEYS, Files, outcome, rich
from pool_scenarios import KEYS as MANY
from pool_scenarios import many

from sitegen.engine import farm, pool
from sitegen.engine.db import Db
from sitegen.engine.farm import Answer, Farm, Worker
from sitegen.engine.keys import QueryKey


class Late(Executor):
    """Does its tasks in order, but hands the last one back first."""

    def __init__(self) -> None:
        self.done: list[tuple[Future[Any], Any]] = []
        self.awaited = 0

    def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.done.append((future, task(*args, **kwargs)))
        if len(self.done) == self.awaited:
            for it, result in reversed(self.done):
                it.set_result(result)
        return future


def workers(files: Files) -> Callable[[Db], Answer]:
    """Tasks whose db sees `files` and shares no ids with the one that asks."""
    return lambda db: Worker("one", Db(files), 1).answer


def cold(files: Files, keys: tuple[QueryKey, ...]) -> list[object]:
    """What keys come to without help."""
    db = Db(files)
    return [outcome(db, key) for key in keys]


def answered(db: Db, keys: tuple[QueryKey, ...]) -> list[object]:
    """What keys come to, none of which need run here."""
    before = len(db.ran)
    found = [outcome(db, key) for key in keys]
    assert len(db.ran) == before
    return found


@pytest.fixture(autouse=True)
def small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks of a few keys, so that there are several."""
    monkeypatch.setattr(farm, "TASK", 5)


def test_an_executor_does_all_the_work() -> None:
    """No key is left, and none is told twice."""
    db, keys = Db(many()), list(MANY)
    told: list[QueryKey] = []
    with ThreadPoolExecutor(1) as executor:
        assert Farm(executor, workers(many()))(db, keys, lambda keys, made: told.extend(keys)) == []
    assert sorted(told, key=str) == sorted(keys, key=str)
    assert answered(db, tuple(MANY)) == cold(many(), tuple(MANY))


def test_a_task_gives_out_no_id_of_the_one_that_asks() -> None:
    """Ids below the first of its own mean the same on both sides, so it must begin there."""
    db, keys = Db(many()), list(MANY)
    for key in reversed(keys[50:70]):
        db.settle(key)
    first = db.memory.next_id
    with ThreadPoolExecutor(1) as executor:
        assert (
            Farm(executor, lambda db: Worker("one", Db(many()), first).answer)(
                db, keys, lambda keys, made: None
            )
            == []
        )
    assert answered(db, tuple(MANY)) == cold(many(), tuple(MANY))


def test_replies_are_taken_in_their_turn() -> None:
    """What a later task hands over rests on what an earlier one did, whichever arrives first."""
    db, executor = Db(many()), Late()
    executor.awaited = -(-len(MANY) // 5)
    assert Farm(executor, workers(many()))(db, list(MANY), lambda keys, made: None) == []
    assert answered(db, tuple(MANY)) == cold(many(), tuple(MANY))


def test_a_task_that_fails_leaves_its_keys() -> None:
    """A machine that is lost costs time, not pages; what later tasks of its process found is left too."""
    worker = Worker("one", Db(many()), 1)
    calls = 0

    def failing(names: farm.Names) -> bytes:
        nonlocal calls
        calls += 1
        reply = worker.answer(names)
        if calls == 2:
            raise OSError("the machine is gone")
        return reply

    db = Db(many())
    with ThreadPoolExecutor(1) as executor:
        left = Farm(executor, lambda db: failing)(db, list(MANY), lambda keys, made: None)
    assert left == list(MANY)[5:]
    assert [outcome(db, key) for key in MANY] == cold(many(), tuple(MANY))


def test_what_was_made_from_other_files_is_not_taken() -> None:
    """A machine that sees another state of the site changes nothing in the answers."""
    other = rich()
    other.files["notes/a"] = "Changed\nb\n\n"
    db = Db(rich())
    db.read("notes/a")
    with ThreadPoolExecutor(1) as executor:
        Farm(executor, workers(other))(db, list(KEYS), lambda keys, made: None)
    assert [outcome(db, key) for key in KEYS] == cold(rich(), KEYS)


def test_the_first_keys_are_answered_here() -> None:
    """As with forked workers, what keys have in common is worked out once before the work is divided."""
    db = Db(many())
    with ThreadPoolExecutor(1) as executor:
        pool.run(db, list(MANY), 1, divide=Farm(executor, workers(many())))
    assert answered(db, tuple(MANY)) == cold(many(), tuple(MANY))
