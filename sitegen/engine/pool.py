"""Workers: many queries answered by several processes, with the same outcomes as in one.

Each worker is a fork of this process with its own copy of the db. It answers its share of the keys and hands over,
encoded, every node that it brought up to date. The parent takes such nodes only if it would have come to the same
outcomes itself (see `outcomes`). What a worker did not hand over, because it died or met a bug, and what was refused,
the parent works out on its own.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from multiprocessing.connection import Connection, Pipe, wait
from typing import Final, NamedTuple, NoReturn

import msgspec

from sitegen.engine.db import Db
from sitegen.engine.faults import DamagedError
from sitegen.engine.fingerprint import encode
from sitegen.engine.forking import may_fork
from sitegen.engine.keys import QueryKey
from sitegen.engine.outcomes import Batch, Present, Source, answer, listen, nothing

BATCH: Final = 16  # keys answered before their outcomes are handed over
FEW: Final = 24  # keys that one process works out before others are asked to help
PIECE: Final = 2048  # keys that are divided before there is a break, in which no other process is at work

# Is told of keys that are answered, with what was made of them, or () where that is still to be done.
Told = Callable[[Sequence[QueryKey], Sequence[bytes]], None]
Divide = Callable[[Db, list[QueryKey], Told], list[QueryKey]]  # like `_forked`


class Share(NamedTuple):
    """A worker's part: the keys that it has not answered, and what it hands over."""

    keys: list[QueryKey]
    source: Source


_decode = msgspec.msgpack.Decoder(Batch).decode


def run(
    db: Db,
    keys: Sequence[QueryKey],
    workers: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
    present: Present = nothing,
    done: Callable[[QueryKey, bytes], None] = lambda key, made: None,
    rest: Callable[[], None] = lambda: None,
    divide: Divide | None = None,
) -> None:
    """Bring every key up to date; an error is remembered, not raised.

    `progress` is told how many keys of how many are; `done` is told of each key once, with what `present` made of it.
    `rest` is called whenever many have been and no other process is at work: only then may a store be saved.

    With fewer than two workers, few keys that need work, or where a fork is not safe, all is done in this process,
    unless there is another way to `divide` it. The first keys always are: what they share with the others is then
    worked out once, before the work is divided.
    """
    count = 0

    def answered(some: Sequence[QueryKey], made: Sequence[bytes]) -> None:
        nonlocal count
        count += len(some)
        for key, it in zip(some, made or [present(db, key) for key in some], strict=True):
            done(key, it)
        progress(count, len(keys))

    if divide is None and workers > 1 and may_fork():
        divide = partial(_forked, workers, present)
    may_divide = divide is not None and len(keys) > BATCH
    worked = 0
    for start in range(0, len(keys), PIECE):
        waiting = deque(keys[start : start + PIECE])
        while waiting and (worked < FEW or not may_divide):
            worked += _answer(db, waiting.popleft(), answered)
        if divide and len(waiting) > BATCH:
            waiting = deque(divide(db, list(waiting), answered))
        while waiting:
            _answer(db, waiting.popleft(), answered)
        rest()


def _answer(db: Db, key: QueryKey, told: Told) -> bool:
    """Bring a key up to date in this process; whether it ran."""
    before = len(db.ran)
    db.settle(key)
    ran = key in db.ran[before:]
    told((key,), ())
    return ran


def _forked(workers: int, present: Present, db: Db, keys: list[QueryKey], told: Told) -> list[QueryKey]:
    """Have workers answer the keys and take over what they find; returns the keys they have left."""
    first = db.memory.next_id  # ids from here on mean one thing here and another in each worker
    pids: list[int] = []
    shares: dict[Connection, Share] = {}  # of the workers still at work
    left: list[QueryKey] = []
    # Neighbours ask the same, so they go to the same worker.
    batches = [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]
    gc.freeze()  # or a collection in a worker would copy every page of memory
    try:
        for number in range(workers):
            share = Share(list(chain(*batches[number::workers])), Source(first))
            shares[_start(partial(_work, present, db, [*share.keys]), pids, shares)] = share
        while shares:
            for ready in wait(list(shares)):
                assert isinstance(ready, Connection)
                share = shares[ready]
                try:
                    batch = _decode(ready.recv_bytes())
                    count = len(batch.made)
                    ended = not share.source.merge(db, share.keys[:count], batch.outcomes)
                except (EOFError, OSError):  # finished, or dead
                    ended = True
                if ended:
                    ready.close()
                    left += shares.pop(ready).keys
                    continue
                answered, share.keys[:count] = share.keys[:count], []
                told(answered, batch.made)
    except DamagedError:  # the db will meet it again, and start cold
        left += (key for share in shares.values() for key in share.keys)
    finally:
        for reader in shares:
            reader.close()
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        gc.unfreeze()
    return left


def _start(
    work: Callable[[Connection], NoReturn], pids: list[int], others: Iterable[Connection]
) -> Connection:
    """Fork a worker; returns the end of the pipe from which its batches are read."""
    reader, writer = Pipe(duplex=False)
    pid = os.fork()
    if pid == 0:
        for connection in (*others, reader):
            connection.close()  # or nobody would notice that the parent is gone
        work(writer)
    pids.append(pid)
    writer.close()
    return reader


def _work(present: Present, db: Db, keys: Sequence[QueryKey], writer: Connection) -> NoReturn:
    """The life of a worker. A bug ends it without a word: the parent will meet the same bug and report it."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
        settled = listen(db)
        for start in range(0, len(keys), BATCH):
            writer.send_bytes(encode(answer(db, settled, keys[start : start + BATCH], present)))
    finally:
        os._exit(0)
