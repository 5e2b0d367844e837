"""A thread that does jobs one by one, the urgent ones first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from itertools import count
from queue import PriorityQueue
from threading import Lock, Thread, Timer
from typing import Any, TypeVar

T = TypeVar("T")


class Urgency(IntEnum):
    """What comes first."""

    CHANGE = 0  # what was saved must be known before anything else is answered
    PAGE = 1
    CHECK = 2
    REST = 3


class Jobs:
    """The jobs of one thread, which ends with the process whatever it is doing.

    What a job raises goes to whoever waits for it, else to `failed`.
    """

    def __init__(self, failed: Callable[[BaseException], None]) -> None:
        self._waiting: PriorityQueue[tuple[int, int, Callable[[], Any], Future[Any] | None]] = PriorityQueue()
        self._number = count()
        self._lock = Lock()
        self._pending: set[Callable[[], object]] = set()
        self._failed = failed
        Thread(target=self._work, name="sitegen-maker", daemon=True).start()

    def do(self, urgency: Urgency, job: Callable[[], object]) -> None:
        """Have a job done, and do not wait for it; once, where it is in line already."""
        with self._lock:
            if job in self._pending:
                return
            self._pending.add(job)
        self._waiting.put((urgency, next(self._number), job, None))

    def later(self, seconds: float, urgency: Urgency, job: Callable[[], object]) -> None:
        """Have a job done after a while."""
        timer = Timer(seconds, self.do, (urgency, job))
        timer.daemon = True
        timer.start()

    def ask(self, urgency: Urgency, job: Callable[[], T]) -> Future[T]:
        """What `job` will return or raise."""
        future: Future[T] = Future()
        self._waiting.put((urgency, next(self._number), job, future))
        return future

    def _work(self) -> None:
        while True:
            _, _, job, future = self._waiting.get()
            with self._lock:
                self._pending.discard(job)  # what it has not seen yet is another job
            try:
                result = job()
            except BaseException as error:  # whoever waits for the job gets to see it
                if future is None:
                    self._failed(error)
                else:
                    future.set_exception(error)
            else:
                if future is not None:
                    future.set_result(result)
                del result
            del job, future
