"""Work divided among the processes of any `concurrent.futures.Executor`, on this machine or on others.

A task answers some keys with a db of its own that lasts as long as its process. What comes back is taken over as from
a forked worker: only where it fits. What a task did not answer, whatever befell it, is worked out here.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, field

import msgspec
from msgspec import Struct

from sitegen.engine.db import Db
from sitegen.engine.faults import DamagedError
from sitegen.engine.keys import QueryKey
from sitegen.engine.outcomes import Batch, Source, answer, listen
from sitegen.engine.pool import Told
from sitegen.engine.query import QUERIES
from sitegen.engine.rows import name_of

TASK = 64  # keys

Names = list[tuple[str, bytes]]  # keys as rows hold them
Answer = Callable[[Names], bytes]  # what a task runs; it goes to other processes, so it must be picklable


class Reply(Struct, frozen=True, array_like=True, gc=False):
    """What a task hands over; `number` counts the replies of a process, for later ones rest on earlier ones."""

    worker: str  # the process
    number: int
    first: int  # ids from here on mean one thing here and another there
    batch: Batch


class Worker:
    """The side of the task: a db that answers keys again and again. Ids below `first` mean there what they mean here."""

    def __init__(self, name: str, db: Db, first: int) -> None:
        self._name, self._db, self._first = name, db, first
        db.memory.next_id = max(db.memory.next_id, first)
        self._number = 0
        self._settled = listen(db)

    def answer(self, names: Names) -> bytes:
        """A `Reply`, encoded."""
        queries = [(QUERIES[name], args) for name, args in names]
        keys = [query.key(*query.decode_args(args)) for query, args in queries]
        batch = answer(self._db, self._settled, keys)
        self._number += 1
        return msgspec.msgpack.encode(Reply(self._name, self._number - 1, self._first, batch))


@dataclass
class _Replies:
    """The replies of one process: those that came before their turn, and what it hands over."""

    source: Source
    next: int = 0
    early: dict[int, tuple[Reply, list[QueryKey]]] = field(default_factory=dict)


_decode = msgspec.msgpack.Decoder(Reply).decode


class Farm:
    """A way to divide keys for `pool.run`.

    `prepare` makes what the tasks run, before each division: they must know what this db knows. `failed` counts the
    tasks that came to nothing, `reason` says why the last of them did.
    """

    def __init__(self, executor: Executor, prepare: Callable[[Db], Answer]) -> None:
        self._executor, self._prepare = executor, prepare
        self.failed, self.reason = 0, ""

    def __call__(self, db: Db, keys: list[QueryKey], told: Told) -> list[QueryKey]:
        """Have the keys answered; returns those that are left."""
        answer = self._prepare(db)
        tasks = {
            self._executor.submit(answer, [name_of(key) for key in some]): some
            for some in (keys[start : start + TASK] for start in range(0, len(keys), TASK))
        }
        processes: dict[str, _Replies] = {}
        left = dict.fromkeys(keys)
        try:
            for task in as_completed(list(tasks)):
                some = tasks.pop(task)
                try:
                    reply = _decode(task.result())
                except Exception as reason:  # whatever it is, it comes again here if it is a mistake of ours
                    self.failed += 1
                    self.reason = str(reason) or type(reason).__name__
                    continue
                replies = processes.setdefault(reply.worker, _Replies(Source(reply.first)))
                replies.early[reply.number] = reply, some
                for answered in _in_turn(db, replies):
                    for key in answered:
                        del left[key]
                    told(answered, ())
        except DamagedError:  # the db will meet it again, and start cold
            pass
        finally:
            for task in tasks:
                task.cancel()
        return list(left)


def _in_turn(db: Db, replies: _Replies) -> list[list[QueryKey]]:
    """Take over the replies of a process whose turn it is; returns the keys they answer."""
    answered = []
    while replies.next in replies.early:
        reply, keys = replies.early.pop(replies.next)
        replies.next += 1
        if replies.source.merge(db, keys, reply.batch.outcomes):
            answered.append(keys)
    return answered
