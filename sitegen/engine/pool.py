"""Workers: many queries answered by several processes, with the same outcomes as in one.

Each worker is a fork of this process with its own copy of the db. It answers its share of the keys and hands over,
encoded, every node that it brought up to date. The parent takes such a node only if it would have come to the same
outcome itself: all reads are up to date here and have the fingerprints the worker saw. What a worker did not hand
over, because it died or met a bug, the parent works out on its own.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from multiprocessing.connection import Connection, Pipe, wait
from typing import Final, NoReturn

import msgspec
from msgspec import Struct

from sitegen.engine.db import Db
from sitegen.engine.faults import DamagedError
from sitegen.engine.fingerprint import encode
from sitegen.engine.keys import QueryKey
from sitegen.engine.memory import Memory
from sitegen.engine.node import GONE, VERIFIED, Node
from sitegen.engine.rows import Row, ids, key_of, row_of

BATCH: Final = 16  # keys answered before their outcomes are handed over
FEW: Final = 24  # keys that one process works out before others are asked to help
PIECE: Final = 1024  # keys that are answered before there is a break, in which all is up to date here


class Outcome(Struct, frozen=True, array_like=True, gc=False):
    """A node as a worker leaves it."""

    row: Row
    ran: bool
    raw: bytes | None  # the encoded value, if the query ran


class Batch(Struct, frozen=True, array_like=True, gc=False):
    """What a worker hands over at a time; a node comes after the nodes it reads."""

    keys: int  # how many were answered
    outcomes: tuple[Outcome, ...]


_decode = msgspec.msgpack.Decoder(Batch).decode


def run(
    db: Db,
    keys: Sequence[QueryKey],
    workers: int,
    progress: Callable[[int, int], None] | None = None,
    between: Callable[[Sequence[QueryKey]], None] | None = None,
) -> None:
    """Bring every key up to date; an error is remembered, not raised.

    `progress` is told how many keys of how many are done, `between` which were, whenever no worker runs. With fewer
    than two workers, few keys that need work, or where a fork is not safe, all is done in this process. The first keys
    always are: what they share with the others is then worked out once, before the work is divided.
    """
    tell = progress or (lambda done, total: None)
    may_divide = workers > 1 and len(keys) > BATCH and _may_fork()
    worked = 0
    for start in range(0, len(keys), PIECE):
        piece = keys[start : start + PIECE]
        at = 0
        while at < len(piece) and worked < FEW:
            before = len(db.ran)
            db.settle(piece[at])
            worked += may_divide and piece[at] in db.ran[before:]
            at += 1
            tell(start + at, len(keys))
        divided = at
        if len(piece) - at > BATCH:
            divided += _divide(db, piece[at:], workers, partial(_shifted, tell, start + at, len(keys)))
        for number, key in enumerate(piece[at:], at + 1):
            db.settle(key)
            if number > divided:
                tell(start + number, len(keys))
        if between:
            between(piece)


def _shifted(tell: Callable[[int, int], None], before: int, total: int, done: int) -> None:
    tell(before + done, total)


def _may_fork() -> bool:
    """Whether a fork is safe: the system's own libraries allow it, and no other thread could hold a lock."""
    return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1


def _divide(db: Db, keys: Sequence[QueryKey], workers: int, tell: Callable[[int], None]) -> int:
    """Have workers answer the keys and take over what they find; returns how many keys they have answered."""
    first = db.memory.next_id  # ids from here on mean one thing here and another in each worker
    done = 0
    pids: list[int] = []
    nodes: dict[Connection, dict[int, Node]] = {}  # of each worker still at work: the nodes by its ids
    gc.freeze()  # or a collection in a worker would copy every page of memory
    try:
        for share in range(workers):
            reader = _start(db, keys[share::workers], pids, nodes)
            nodes[reader] = {}
        while nodes:
            for ready in wait(list(nodes)):
                assert isinstance(ready, Connection)
                try:
                    batch = _decode(ready.recv_bytes())
                except (EOFError, OSError):  # finished, or dead
                    ready.close()
                    del nodes[ready]
                    continue
                db.ran += merge(db.memory, first, nodes[ready], batch.outcomes)
                done += batch.keys
                tell(done)
    except DamagedError:  # the db will meet it again, and start cold
        pass
    finally:
        for reader in nodes:
            reader.close()
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        gc.unfreeze()
    return done


def _start(db: Db, keys: Sequence[QueryKey], pids: list[int], others: Iterable[Connection]) -> Connection:
    """Fork a worker for `keys`; returns the end of the pipe from which its batches are read."""
    reader, writer = Pipe(duplex=False)
    pid = os.fork()
    if pid == 0:
        for connection in (*others, reader):
            connection.close()  # or nobody would notice that the parent is gone
        _work(db, keys, writer)
    pids.append(pid)
    writer.close()
    return reader


def _work(db: Db, keys: Sequence[QueryKey], writer: Connection) -> NoReturn:
    """The life of a worker. A bug ends it without a word: the parent will meet the same bug and report it."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
        listen(db)
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            db.ran = []
            for key in batch:
                db.settle(key)
            writer.send_bytes(encode(Batch(len(batch), outcomes(db, db.settled))))
            db.memory.tidy()
            db.settled.clear()
    finally:
        os._exit(0)


def listen(db: Db) -> None:
    """Have the db gather what is to be handed over, values included."""
    db.settled, db.memory.recent = [], []


def outcomes(db: Db, settled: Sequence[Node]) -> tuple[Outcome, ...]:
    """The outcomes of nodes that were settled in this order; of one settled again only the last counts."""
    ran = set(db.ran)
    last = dict.fromkeys(reversed(settled))
    return tuple(
        Outcome(row_of(node), node.key in ran, node.raw if node.key in ran else None)
        for node in reversed(last)
        if node.state == VERIFIED
    )


def merge(memory: Memory, first: int, nodes: dict[int, Node], outcomes: Iterable[Outcome]) -> list[QueryKey]:
    """Take over a worker's outcomes; returns the keys of queries that ran there and not here.

    Ids below `first` mean the same here and there. `nodes` are those by the worker's other ids; new ones are added.
    """

    def known(number: int) -> Node:
        return memory.get((number,))[0] if number < first else nodes[number]

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
