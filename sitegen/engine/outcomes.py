"""What one process works out for another: nodes with their outcomes, taken over only where they fit."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from sitegen.engine.db import Db
from sitegen.engine.keys import QueryKey
from sitegen.engine.memory import Memory
from sitegen.engine.node import GONE, VERIFIED, Node
from sitegen.engine.rows import Row, ids, key_of, row_of


class Outcome(Struct, frozen=True, array_like=True, gc=False):
    """A node as a worker leaves it."""

    row: Row
    ran: bool
    raw: bytes | None  # the encoded value, if the query ran


class Batch(Struct, frozen=True, array_like=True, gc=False):
    """What a worker hands over at a time; a node comes after the nodes it reads."""

    keys: int  # how many were answered
    outcomes: tuple[Outcome, ...]


def listen(db: Db) -> list[Node]:
    """Have the db gather what is to be handed over, values included, in the list that is returned."""
    db.settled, db.memory.recent = [], []
    return db.settled


def outcomes(db: Db, settled: Sequence[Node]) -> tuple[Outcome, ...]:
    """The outcomes of nodes that were settled in this order; of one settled again only the last counts."""
    ran = set(db.ran)
    last = dict.fromkeys(reversed(settled))
    return tuple(
        Outcome(row_of(node), node.key in ran, node.raw if node.key in ran else None)
        for node in reversed(last)
        if node.state == VERIFIED
    )


def merge(memory: Memory, first: int, nodes: dict[int, Node], outcomes: Sequence[Outcome]) -> list[QueryKey]:
    """Take over a worker's outcomes; returns the keys of queries that ran there and not here.

    Ids below `first` mean the same here and there. `nodes` are those by the worker's other ids; new ones are added.
    """

    def known(number: int) -> Node:
        return memory.get((number,))[0] if number < first else nodes[number]

    memory.get({number for it in outcomes for number in ids(it.row.reads) if number < first})
    ran: list[QueryKey] = []
    for outcome in outcomes:
        row = outcome.row
        if row.id >= first and row.id not in nodes:
            nodes[row.id] = memory.find(*key_of(row))
        node = known(row.id)
        if node.state != VERIFIED:
            if not _accept(memory, node, outcome, [known(number) for number in ids(row.reads)]):
                continue
        elif outcome.raw is None or node.value is not GONE or node.fingerprint != row.fingerprint:
            continue
        elif node.raw is None:
            node.raw = outcome.raw
        if outcome.ran and isinstance(node.key, QueryKey):
            ran.append(node.key)
    return ran


def _accept(memory: Memory, node: Node, outcome: Outcome, reads: list[Node]) -> bool:
    """Give `node` the outcome if its reads are here what they were for the worker."""
    row = outcome.row
    if any(read.state != VERIFIED for read in reads) or row.prints != b"".join(
        [it.fingerprint for it in reads]
    ):
        return False
    if outcome.ran or row.fingerprint != node.fingerprint:
        memory.retrace(node, reads, row.prints)
        memory.record(node, row.fingerprint, row.failed, GONE, outcome.raw)
    node.state = VERIFIED
    return True
