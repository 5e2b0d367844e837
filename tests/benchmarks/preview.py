"""`python -m tests.benchmarks.preview`: from a save to the new bytes over HTTP, beside its peers' servers."""

from __future__ import annotations

import argparse
import http.client
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from tests.benchmarks import corpus
from tests.benchmarks.scenarios import TOOLS, Tool, chosen, installed

PAGE = "/articles/art-000007/"
PATIENCE = 600.0  # seconds
GLANCE = 0.005  # seconds between two requests; more of them would be a load of their own
REST = 0.25  # seconds between two saves, as if somebody typed

HEAD = (
    "| articles | server | first page, s | again, s | p50, ms | p95, ms | slowest, ms | end, ms |\n"
    "|---|---|---|---|---|---|---|---|"
)


class Server(NamedTuple):
    """What is added to a tool's program to make it serve, ahead of a port, and the file that is saved."""

    arguments: tuple[str, ...]
    source: str


SERVERS = {
    "sitegen": Server(("-m", "sitegen", "-q", "serve", "--port"), "content/articles/art-000007.md"),
    "hugo": Server(("server", "--quiet", "--bind", "127.0.0.1", "--port"), "content/articles/art-000007.md"),
    "eleventy": Server(("--quiet", "--incremental", "--serve", "--port"), "src/articles/art-000007.md"),
}


class Client:
    """One connection to a server, as a browser keeps it."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._headers = {"Host": f"localhost:{port}"}

    def until(self, words: bytes) -> float:
        """Ask for the page again and again, as long as the server lives; the time at which the words stood in it."""
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end and self._process.poll() is None:
            try:
                self._connection.request("GET", PAGE, headers=self._headers)
                body = self._connection.getresponse().read()
            except (OSError, http.client.HTTPException):
                self._connection.close()
                body = b""
            if words in body:
                return time.perf_counter()
            time.sleep(GLANCE)
        raise TimeoutError(words)


@contextmanager
def running(tool: Tool, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The tool's server on the site in a folder, and its port."""
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        port = it.getsockname()[1]
    command = [tool.command[0], *SERVERS[tool.name].arguments, str(port)]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process, port
        finally:
            process.kill()


class Measured(NamedTuple):
    """Seconds to the first page, from each save to its new bytes, from an interrupt to the end, to the next first page."""

    first: float
    saves: list[float]
    end: float
    again: float


def measured(tool: Tool, folder: Path, saves: int) -> Measured:
    """How long an editor waits who starts a server, saves, ends it and starts it again."""
    start = time.perf_counter()
    with running(tool, folder) as (process, port):
        client = Client(process, port)
        first = client.until(b"<h1") - start
        quiet(process)
        took = []
        source = folder / SERVERS[tool.name].source
        text = source.read_text("utf-8")
        for number in range(saves):
            words = f"جملة أُضيفت في الحفظ {number} لا غير."
            source.write_text(f"{text}\n{words}\n", "utf-8")
            saved = time.perf_counter()
            took.append(client.until(words.encode()) - saved)
            time.sleep(REST)
        process.send_signal(signal.SIGINT)
        interrupted = time.perf_counter()
        process.wait(PATIENCE)
        end = time.perf_counter() - interrupted
    start = time.perf_counter()
    with running(tool, folder) as (process, port):
        return Measured(first, took, end, Client(process, port).until(b"<h1") - start)


def quiet(process: subprocess.Popen[bytes]) -> None:
    """Wait until a server has done what it does after the first page."""
    before = -1
    while (now := _ticks(process.pid)) - before > 10:
        before = now
        time.sleep(2)


def _ticks(pid: int) -> int:
    """Processor time of a process, in hundredths of a second."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def main() -> None:
    """Print one row for each size and tool."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # so that what is started hears it
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.preview", description=__doc__)
    parser.add_argument("--sizes", default="1000", help="numbers of articles, with commas between them")
    parser.add_argument("--saves", type=int, default=100)
    parser.add_argument(
        "--tools", type=partial(chosen, known=TOOLS), default=list(TOOLS), help="with commas between them"
    )
    wanted = parser.parse_args()
    tools = installed(wanted.tools)
    sys.stdout.write(HEAD + "\n")
    for size in map(int, wanted.sizes.split(",")):
        for tool in tools:
            with tempfile.TemporaryDirectory(prefix="sitegen-bench-") as folder:
                corpus.write(tool.name, size, Path(folder))
                found = measured(tool, Path(folder), wanted.saves)
            cuts = quantiles(found.saves, n=20)
            cells = [f"{size:,}", tool.name, f"{found.first:.2f}", f"{found.again:.2f}"]
            cells += [f"{it * 1000:.1f}" for it in (cuts[9], cuts[18], max(found.saves), found.end)]
            sys.stdout.write(f"| {' | '.join(cells)} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
