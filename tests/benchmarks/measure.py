"""One run of a command: its wall time, the processor time and the memory of all its processes."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

INTERVAL = 0.05  # seconds between two looks at the memory


class Run(Struct, frozen=True):
    """What one run took: seconds of wall and processor time, and the greatest sum of memory seen, in MB."""

    wall: float
    cpu: float
    memory: float


class FailedError(Exception):
    """A command that is measured must succeed."""


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command in a folder to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        said, _ = process.communicate()
        wall = time.perf_counter() - start
        watch.done.set()
        watch.join()
    if process.returncode:
        raise FailedError(f"{' '.join(command)} ended with {process.returncode}: {said.strip()[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, watch.most)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children: proportional set size, so what they share counts once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.done = threading.Event()
        self.most = 0.0
        self._pid = pid

    def run(self) -> None:
        while not self.done.wait(INTERVAL):
            self.most = max(self.most, sum(_memory(pid) for pid in (self._pid, *_children(self._pid))))


def _children(pid: int) -> list[int]:
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    found = [int(it) for it in words]
    return [*found, *(grandchild for it in found for grandchild in _children(it))]


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def processors() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0))
