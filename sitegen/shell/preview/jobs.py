"""A thread that does jobs one by one, the urgent ones first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from itertools import count
from queue import PriorityQueue
from threading import Thread, Timer
from typing import Any, TypeVar

T = TypeVar("T")


class Urgency(IntEnum):
    """What comes first."""

    CHANGE = 0  # what was saved must be known before anything else is answered
    PAGE = 1
    CHECK = 2
    REST = 3


class Jobs:
    """The jobs of one thread, which ends with the process whatever it is doing."""

    def __init__(self) -> None:
        self._waiting: PriorityQueue[tuple[int, int, Callable[[], Any], Future[Any]]] = PriorityQueue()
        self._number = count()
        Thread(target=self._work, name="sitegen-maker", daemon=True).start()

    def do(self, urgency: Urgency, job: Callable[[], T]) -> Future[T]:
        """What `job` returns or raises, once it has been done."""
        future: Future[T] = Future()
        self._waiting.put((urgency, next(self._number), job, future))
        return future

    def ask(self, urgency: Urgency, job: Callable[[], T]) -> T:
        """What `job` returns or raises; waits for it."""
        return self.do(urgency, job).result()

    def later(self, seconds: float, urgency: Urgency, job: Callable[[], T]) -> None:
        """Do a job after a while."""
        timer = Timer(seconds, self.do, (urgency, job))
        timer.daemon = True
        timer.start()

    def _work(self) -> None:
        while True:
            _, _, job, future = self._waiting.get()
            try:
                future.set_result(job())
            except BaseException as error:  # whoever waits for the job gets to see it
                future.set_exception(error)
            del job, future
