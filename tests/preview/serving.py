"""A preview in a process of its own, as an editor runs it, and a way to wait for what it says."""

from __future__ import annotations

import http.client
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from sitegen.shell.starter import new_site

PATIENCE = 30.0  # seconds after which a test gives up; nothing is measured by it
ARTICLE = "content/articles/kilogram.md"
PAGE = "/articles/kilogram/"


class Got(NamedTuple):
    """An answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Served:
    """`sitegen serve` on the site in `folder`."""

    def __init__(self, folder: Path, *options: str, port: int | None = 0, within: tuple[str, ...] = ()):
        self.folder = folder
        command = [*within, sys.executable, "-m", "sitegen", "-C", str(folder), "serve"]
        command += [] if port is None else ["--port", str(port)]
        self.process = subprocess.Popen(
            [*command, "--today", "2025-10-31", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
        )
        self.said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        line = self.hear("preview at ")
        self.port = int(line.split("localhost:")[1].split("/")[0])
        self.url = f"http://localhost:{self.port}"

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.said.append(line)
                self._lines.put(line)
        self._lines.put("")

    def hear(self, words: str, patience: float = PATIENCE) -> str:
        """The next line it prints that has these words in it."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            try:
                line = self._lines.get(timeout=end - time.monotonic())
            except (queue.Empty, ValueError):
                break
            if words in line:
                return line
            if not line:
                break
        raise AssertionError(f"never said {words!r}, but: {''.join(self.said)}")

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> Got:
        """One request; a name of a header is written with underscores."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, quote(path, safe="/?&=%."), body, named)
        answer = connection.getresponse()
        found = Got(
            answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        )
        connection.close()
        return found

    def get(self, path: str, **headers: str) -> Got:
        """What is at a path."""
        return self.ask("GET", path, **headers)

    def errors(self, path: str = "/") -> list[dict[str, Any]]:
        """The errors that a tab at `path` would show."""
        found = json.loads(self.get(f"/.sitegen/state?at={path}").body)["errors"]
        assert isinstance(found, list)
        return found

    @contextmanager
    def listening(self) -> Iterator[Callable[[Callable[[], bool]], None]]:
        """Gives `until(condition)`, which looks again whenever the preview tells of a change."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/.sitegen/events")
        stream = connection.getresponse()
        assert stream.readline().startswith(b"data: ")  # it is listening

        def until(condition: Callable[[], bool]) -> None:
            end = time.monotonic() + PATIENCE
            while not condition():
                line = b":"
                while line and not line.startswith(b"data: ") and time.monotonic() < end:
                    line = stream.readline()
                assert line, "the stream ended"
                assert time.monotonic() < end, f"nothing was told; it said: {''.join(self.said)}"

        try:
            yield until
        finally:
            stream.close()
            connection.close()

    def write(self, path: str, text: str) -> None:
        """Save a file of the site as simple programs do."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def stop(self) -> int:
        """End it as Ctrl+C does; its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self._listener.join(PATIENCE)


@contextmanager
def served(place: Path, *options: str, **more: Any) -> Iterator[Served]:
    """The site that `sitegen new site` writes, in `place` if it is not there yet, previewed."""
    if not place.exists():
        new_site(str(place))
    it = Served(place, *options, **more)
    try:
        yield it
    finally:
        it.stop()
