"""Workers: the same outcomes, whoever works them out."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from engine_toy import KEYS, Files, note, outcome, rich
from pool_scenarios import SCENES

from sitegen.engine import outcomes, pool
from sitegen.engine.db import Db, InputKey
from sitegen.engine.forking import may_fork

HERE = Path(__file__).parent


@pytest.mark.parametrize("scene", SCENES)
def test_workers(scene: str, tmp_path: Path) -> None:
    """Each scene says in its docstring what must hold."""
    done = subprocess.run(
        [sys.executable, str(HERE / "pool_scenarios.py"), scene, str(tmp_path / "pids")],
        check=False,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": f"{HERE}:{HERE.parents[2]}"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def handed_over(files: Files) -> tuple[outcomes.Outcome, ...]:
    """What a worker that sees `files` would hand over."""
    worker = Db(files)
    return outcomes.answer(worker, outcomes.listen(worker), KEYS).outcomes


def test_outcomes_are_taken_over_without_a_run() -> None:
    """When both see the same inputs."""
    db = Db(rich())
    assert outcomes.Source(1).merge(db, (), handed_over(rich()))
    assert [outcome(db, key) for key in KEYS] == [outcome(Db(rich()), key) for key in KEYS]
    assert db.ran == []


def test_outcomes_made_from_other_inputs_are_not_taken_over() -> None:
    """A worker that saw a file later than the parent did is refused; the parent runs all that comes after itself."""
    changed = rich()
    changed.files["notes/a"] = "Changed\nb\n\n"
    db = Db(rich())
    note(db, "a")
    assert not outcomes.Source(1).merge(db, (), handed_over(changed))
    assert [outcome(db, key) for key in KEYS] == [outcome(Db(rich()), key) for key in KEYS]


def test_only_the_last_outcome_of_a_node_counts() -> None:
    """A worker whose input changed under it hands over what it came to in the end."""
    files = rich()
    worker = Db(files)
    settled = outcomes.listen(worker)
    worker.settle(KEYS[-1])
    note(worker, "a")
    files.files["notes/a"] = "Changed\nb c\n\n"
    worker.refresh([InputKey("read", "notes/a")])
    for key in KEYS:
        worker.settle(key)
    db = Db(files)
    assert outcomes.Source(1).merge(db, (), outcomes.outcomes(worker, settled, KEYS))
    cold = Db(files)
    assert [outcome(db, key) for key in KEYS] == [outcome(cold, key) for key in KEYS]


def test_a_process_with_threads_does_not_fork() -> None:
    """A lock held by another thread would never open in the child; the work is done here instead."""
    release = threading.Event()
    thread = threading.Thread(target=release.wait)
    thread.start()
    try:
        assert not may_fork()
        db = Db(rich())
        pool.run(db, KEYS * 2, 2)
    finally:
        release.set()
        thread.join()
    assert outcome(db, KEYS[0]) == outcome(Db(rich()), KEYS[0])


def test_progress_is_told_in_this_process_too() -> None:
    """One step per key."""
    told: list[tuple[int, int]] = []
    pool.run(Db(rich()), KEYS[:3], 0, lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
