"""The tabs that listen: each hears that something has changed, and asks for what it shows.

A message carries a number and nothing else, so a tab that was not listening for a while has missed nothing.
"""

from __future__ import annotations

import select
import socket
import time
from io import BufferedIOBase
from threading import Condition

PING = 15.0  # seconds of silence after which a sign of life is sent
GLANCE = 0.5  # seconds after which a tab that has gone is noticed


class Tabs:
    """A number that grows with every change, and those who wait for it to grow."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._number = 0
        self._closed = False

    def tell(self) -> None:
        """Let every tab know that something has changed."""
        with self._changed:
            self._number += 1
            self._changed.notify_all()

    def close(self) -> None:
        """End all streams."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def stream(self, out: BufferedIOBase, connection: socket.socket) -> None:
        """Send the number now and whenever it has grown, until the tab or the preview ends.

        Changes that come while a tab is slow to listen are one message.
        """
        known, quiet = -1, time.monotonic()
        while not self._closed:
            with self._changed:
                if self._number == known:
                    self._changed.wait(GLANCE)
                now = self._number
            if now != known:
                out.write(b"data: %d\n\n" % now)
            elif time.monotonic() - quiet > PING:
                out.write(b": still here\n\n")
            elif _gone(connection):
                return
            else:
                continue
            out.flush()
            known, quiet = now, time.monotonic()


def _gone(connection: socket.socket) -> bool:
    """Whether the other side has hung up."""
    readable, _, _ = select.select([connection], [], [], 0)
    return bool(readable) and connection.recv(1, socket.MSG_PEEK) == b""
