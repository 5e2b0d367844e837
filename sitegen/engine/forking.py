"""When a process may fork, and a question that a fork answers while this process goes on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def may_fork() -> bool:
    """Whether a fork is safe: the system's own libraries allow it, and no other thread could hold a lock."""
    return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1


@contextmanager
def meanwhile(question: Callable[[], bool]) -> Iterator[Callable[[], bool]]:
    """Have `question` answered while the block does something else; yields what waits for the answer.

    A fork answers it where that is safe and there is a processor for it, otherwise this process when it asks. A fork
    that dies has answered no.
    """
    if not may_fork() or len(os.sched_getaffinity(0)) < 2:
        yield question
        return
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = 0 if question() else 1
        finally:
            os._exit(status)
    ended: list[int] = []

    def answer() -> bool:
        if not ended:
            ended.append(os.waitpid(child, 0)[1])
        return ended == [0]

    try:
        yield answer
    finally:
        answer()
