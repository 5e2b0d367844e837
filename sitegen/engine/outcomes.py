"""What one process works out for another: nodes with their outcomes, taken over only where they fit.

Queries are pure, so all that two processes can disagree on is what they saw of the inputs. Inputs are handed over like
everything else; the first that is not here what it was there ends the trust in that process.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Sequence

from msgspec import Struct

from sitegen.engine.db import Db
from sitegen.engine.keys import QueryKey
from sitegen.engine.memory import HEAVY, Memory, is_kept
from sitegen.engine.node import GONE, VERIFIED, Node
from sitegen.engine.rows import Row, ids, key_of, row_of
from sitegen.engine.tray import Loose


class Outcome(Struct, frozen=True, array_like=True, gc=False):
    """A node as a worker leaves it."""

    row: Row
    ran: bool
    raw: bytes | None  # the encoded value, if the query ran and somebody may want it


class Batch(Struct, frozen=True, array_like=True, gc=False):
    """What a worker hands over at a time; a node comes after the nodes it reads."""

    made: tuple[bytes, ...]  # of each key that was answered
    outcomes: tuple[Outcome, ...]


# Makes something of an answer in the process that has worked it out.
Present = Callable[[Db, QueryKey], bytes]


def nothing(db: Db, key: QueryKey) -> bytes:
    """Make nothing of an answer."""
    return b""


def listen(db: Db) -> list[Node]:
    """Have the db gather what is to be handed over, values included, in the list that is returned."""
    db.settled, db.memory.recent = [], []
    return db.settled


def answer(db: Db, settled: list[Node], keys: Sequence[QueryKey], present: Present = nothing) -> Batch:
    """Bring keys up to date, as a worker does; `settled` is what `listen` has returned."""
    db.ran = []
    made = []
    for key in keys:
        db.settle(key)
        made.append(present(db, key))
    batch = Batch(tuple(made), outcomes(db, settled, keys))
    settled.clear()
    if db.memory.weight > HEAVY:
        db.memory.tidy()
    return batch


def outcomes(db: Db, settled: Sequence[Node], asked: Collection[QueryKey]) -> tuple[Outcome, ...]:
    """The outcomes of nodes that were settled in this order; of one settled again only the last counts."""
    ran, wanted = set(db.ran), set(asked)

    def outcome(node: Node) -> Outcome:
        if node.key not in ran:
            return Outcome(row_of(node), False, None)
        return Outcome(row_of(node), True, node.raw if is_kept(node) or node.key in wanted else None)

    last = dict.fromkeys(reversed(settled))
    return tuple([outcome(node) for node in reversed(last) if node.state == VERIFIED])


class Source:
    """A process that hands over outcomes. Its ids below `first` mean the same there and here."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.refused = False  # it saw other inputs: from there on nothing of it is of use
        self._ids: dict[int, int] = {}  # what its own ids are here

    def merge(self, db: Db, asked: Collection[QueryKey], outcomes: Sequence[Outcome]) -> bool:
        """Take over outcomes; False when they are refused. Those of the `asked` keys that ran count as run here."""
        memory = db.memory
        memory.get({it.row.id for it in outcomes if it.row.id < self.first})
        for outcome in outcomes:
            if self.refused:
                break
            key = self._take(memory, outcome)
            if outcome.ran and key is not None and key in asked:
                db.ran.append(key)
        return not self.refused

    def _take(self, memory: Memory, outcome: Outcome) -> QueryKey | None:
        row = outcome.row
        if row.id < self.first:
            node = memory.by_id[row.id]
            self.refused = not self._update(memory, node, outcome)
            return node.key if isinstance(node.key, QueryKey) else None
        key, query = key_of(row)
        number = self._ids.get(row.id)
        if number is None:
            number = memory.number(key)
        if number is None and isinstance(key, QueryKey):
            self._ids[row.id] = self._add(memory, key, outcome)
            return key
        if number is not None and (there := memory.tray.nodes.get(number)):
            self.refused = there.row.fingerprint != row.fingerprint
            if there.raw is None:
                memory.tray.nodes[number] = there._replace(raw=outcome.raw)
        else:
            node = memory.find(key, query)
            number = node.id
            self.refused = not self._update(memory, node, outcome)
        self._ids[row.id] = number
        return key if isinstance(key, QueryKey) else None

    def _reads(self, row: Row) -> array[int]:
        known, first = self._ids, self.first
        return array("I", [known[it] if it >= first else it for it in ids(row.reads)])

    def _add(self, memory: Memory, key: QueryKey, outcome: Outcome) -> int:
        """Put a node that was not known here on the tray."""
        row, reads, number = outcome.row, self._reads(outcome.row), memory.new_id()
        here = Row(number, row.name, row.args, row.fingerprint, row.failed, reads.tobytes(), row.prints)
        memory.tray.put(key, Loose(here, outcome.raw))
        memory.link(reads, number)
        return number

    def _update(self, memory: Memory, node: Node, outcome: Outcome) -> bool:
        """Give a node the outcome, unless it has another here."""
        row = outcome.row
        if node.state != VERIFIED:
            if outcome.ran or row.fingerprint != node.fingerprint:
                memory.retrace(node, self._reads(row), row.prints)
                memory.record(node, row.fingerprint, row.failed, GONE, outcome.raw)
            node.state = VERIFIED
        elif node.fingerprint != row.fingerprint:
            return False
        elif outcome.raw is not None and node.value is GONE and node.raw is None:
            node.raw = outcome.raw
        return True
