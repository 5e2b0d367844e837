"""Seeded faults: each rule of the engine, broken on purpose, is noticed by the state machine or by the rule's test."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import pytest
import test_engine_db as rules
import test_engine_pool as workers
import test_engine_store as stores
from engine_machine import Machine
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from sitegen.engine import db, node, outcomes
from sitegen.engine.db import Db, ImpureQueryError
from sitegen.engine.memory import Memory
from sitegen.engine.node import VERIFIED, Node

Patch = pytest.MonkeyPatch


def machine() -> None:
    """Random histories, the same ones every time."""
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=300,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def in_folder(check: Callable[[Path], None]) -> Callable[[], None]:
    """A test that wants a path for its store."""

    def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            check(Path(folder, "under", "store.sqlite"))

    return run


def lose_a_reverse_edge(patch: Patch) -> None:
    """A second dependent of a node is not noted."""
    retrace = Memory.retrace

    def faulty(self: Memory, it: Node, reads: array[int], prints: bytes) -> None:
        had = [(read, read.dependents[:]) for read in self.get(reads) if read.dependents]
        retrace(self, it, reads, prints)
        for read, before in had:
            read.dependents = before

    patch.setattr(Memory, "retrace", faulty)


def keep_the_first_trace(patch: Patch) -> None:
    """Reads that a later run adds are not recorded."""
    retrace = Memory.retrace

    def faulty(self: Memory, it: Node, reads: array[int], prints: bytes) -> None:
        if it.reads:
            it.prints = b"".join([read.fingerprint for read in self.get(it.reads)])
        else:
            retrace(self, it, reads, prints)

    patch.setattr(Memory, "retrace", faulty)


def check_in_any_order(patch: Patch) -> None:
    """All reads are brought up to date, the last first, before any is compared."""
    right = Db._next_doubt

    def faulty(self: Db, it: Node, start: int) -> int | None:
        doubts = [at for at, read in enumerate(self.memory.get(it.reads)) if read.state != VERIFIED]
        return doubts[-1] if doubts else right(self, it, 0)

    patch.setattr(Db, "_next_doubt", faulty)


def ignore_failed_reads(patch: Patch) -> None:
    """A read that fails is not recorded, as if only values mattered."""
    right = Db._answer

    def faulty(self: Db, it: Node) -> object:
        try:
            return right(self, it)
        finally:
            if self._frames and it.failed:
                self._frames[-1].reads.pop(it, None)

    patch.setattr(Db, "_answer", faulty)


def trust_that_it_ran(patch: Patch) -> None:
    """Whoever reads a node that ran again runs again."""
    right = Db._next_doubt

    def faulty(self: Db, it: Node, start: int) -> int | None:
        if any(read.key in self.ran for read in self.memory.get(it.reads)):
            it.prints = b""
        return right(self, it, start)

    patch.setattr(Db, "_next_doubt", faulty)


def skip_listings(patch: Patch) -> None:
    """A listing is looked up but not recorded."""
    patch.setattr(Db, "list", lambda self, folder: self._source.list(folder))


def skip_missing_files(patch: Patch) -> None:
    """A file that is not there leaves no trace."""
    right = Db.read

    def faulty(self: Db, path: str) -> bytes | None:
        found = right(self, path)
        if found is None and self._frames:
            self._frames[-1].reads.pop(self._input("read", path))
        return found

    patch.setattr(Db, "read", faulty)


def forget_removed_nodes(patch: Patch) -> None:
    """The store is not told what was collected."""
    right = Memory.drop

    def faulty(self: Memory, gone: Collection[int]) -> None:
        right(self, gone)
        self.removed.clear()

    patch.setattr(Memory, "drop", faulty)


def doubt_only_the_next(patch: Patch) -> None:
    """A change is announced to direct dependents only."""

    def faulty(self: Memory, nodes: Iterable[Node]) -> None:
        for it in list(nodes):
            for near in (it, *self.get(it.dependents)):
                if near.state == VERIFIED:
                    near.state = node.UNVERIFIED

    patch.setattr(Memory, "doubt", faulty)


def keep_the_doubt(patch: Patch) -> None:
    """A held node that has changed does not tell."""
    patch.setattr(Db, "_let_go", lambda self, it: self.memory.held.pop(it, None))


def one_fingerprint_for_both(patch: Patch) -> None:
    """A failure looks like a value."""
    right = db.fingerprint
    patch.setattr(db, "fingerprint", lambda raw, failed=False: right(raw))


def believe_the_store(patch: Patch) -> None:
    """Every stored node counts as verified."""
    right = Memory.adopt
    patch.setattr(Memory, "adopt", lambda self, remains: right(self, remains._replace(doubted=())))


def believe_stored_values(patch: Patch) -> None:
    """A value is decoded without a look at its fingerprint."""
    right = Db._value

    def faulty(self: Db, it: Node) -> object:
        shelf = self.memory.shelf
        raw = shelf.fetch(it.id) if shelf and it.stored and it.value is node.GONE else None
        if raw is not None and it.query is not None and not it.failed:
            it.value = it.query.decode(raw)
        return right(self, it)

    patch.setattr(Db, "_value", faulty)


def believe_workers(patch: Patch) -> None:
    """What a worker hands over is taken whatever it was made from."""

    def faulty(self: outcomes.Source, memory: Memory, it: Node, outcome: outcomes.Outcome) -> bool:
        memory.retrace(it, self._reads(outcome.row), outcome.row.prints)
        memory.record(it, outcome.row.fingerprint, outcome.row.failed, node.GONE, outcome.raw)
        it.state = VERIFIED
        return True

    patch.setattr(outcomes.Source, "_update", faulty)


def let_go_in_doubt(patch: Patch) -> None:
    """Nodes leave memory while others are in doubt about them."""

    def faulty(self: Memory) -> None:
        for it in [it for it in self.nodes.values() if self.shelf and not self.unsaved and it.dependents]:
            del self.nodes[it.key], self.by_id[it.id]

    patch.setattr(Memory, "evict", faulty)


TABLE: list[tuple[Callable[[Patch], None], Callable[[], None]]] = [
    (lose_a_reverse_edge, machine),
    (keep_the_first_trace, machine),
    (check_in_any_order, machine),
    (check_in_any_order, rules.test_reads_are_checked_in_the_order_they_were_made),
    (ignore_failed_reads, machine),
    (ignore_failed_reads, rules.test_a_failure_that_is_caught_is_still_a_read),
    (trust_that_it_ran, rules.test_a_change_without_effect_on_the_answer_ends_there),
    (skip_listings, machine),
    (skip_missing_files, machine),
    (forget_removed_nodes, machine),
    (forget_removed_nodes, in_folder(stores.test_removed_nodes_leave_the_store)),
    (doubt_only_the_next, machine),
    (let_go_in_doubt, machine),
    (keep_the_doubt, machine),
    (one_fingerprint_for_both, rules.test_a_failure_is_never_taken_for_a_value),
    (believe_the_store, machine),
    (believe_the_store, in_folder(stores.test_an_answer_left_unverified_by_the_last_process_is_checked)),
    (believe_stored_values, in_folder(stores.test_values_come_from_the_file_when_asked_for)),
    (believe_workers, workers.test_outcomes_made_from_other_inputs_are_not_taken_over),
    (believe_the_store, in_folder(stores.test_a_change_announced_but_not_read_survives_a_restart)),
]


@pytest.mark.parametrize(
    ("fault", "check"), TABLE, ids=[f"{fault.__name__}-{check.__name__}" for fault, check in TABLE]
)
def test_a_fault_is_caught(fault: Callable[[Patch], None], check: Callable[[], None]) -> None:
    """The check passes on the engine as it is (elsewhere) and fails with the fault."""
    with pytest.MonkeyPatch.context() as patch:
        fault(patch)
        with pytest.raises((AssertionError, LookupError, ValueError, ImpureQueryError)):
            check()
