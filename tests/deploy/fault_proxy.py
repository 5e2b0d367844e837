"""A proxy that lets requests through to a server on this machine, or does to them what networks do.

Requests are counted from 0. What happens to each is said by a function of its number; after each that
may have changed something, somebody may look.
"""

from __future__ import annotations

import http.client
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, NamedTuple

Fault = Literal["", "cut", "cut answer", "reset", "truncate", "truncate answer", "busy", "expired"]
Faults = Callable[[int], Fault]


class Seen(NamedTuple):
    """A request that came in."""

    method: str
    path: str
    size: int
    fault: Fault


class Proxy:
    """Stands before `upstream`; `faults` and `look` may be changed at any time."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream  # host:port
        self.seen: list[Seen] = []
        self.faults: Faults = lambda number: ""
        self.look: Callable[[], None] = lambda: None
        self.expired = (403, b"")  # how the server says that credentials are no longer good
        self.retry_after = "0"  # seconds that a busy server asks for
        self._lock = threading.Lock()

    def note(self, method: str, path: str, size: int) -> Fault:
        with self._lock:
            fault = self.faults(len(self.seen))
            self.seen.append(Seen(method, path, size, fault))
        return fault

    def reset(self) -> None:
        """Begin to count anew, without faults."""
        self.seen.clear()
        self.faults = lambda number: ""


@contextmanager
def proxied(upstream: str) -> Iterator[tuple[Proxy, str]]:
    """A proxy that runs, and its address."""
    proxy = Proxy(upstream)

    class Handler(_Handler):
        owner = proxy

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield proxy, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    owner: Proxy
    protocol_version = "HTTP/1.1"

    def log_message(self, *words: object) -> None:
        pass

    def do_GET(self) -> None:
        body = self._body()
        fault = self.owner.note(self.command, self.path, len(body))
        self.close_connection = self.close_connection or bool(fault)
        match fault:
            case "cut":
                pass
            case "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            case "busy":
                self._say(503, b"slow down", [("Retry-After", self.owner.retry_after)])
            case "expired":
                self._say(*self.owner.expired, [("Content-Type", "application/xml")])
            case "truncate":
                self._send_half(body)
                self.owner.look()
            case _:
                self._pass_on(body, fault)

    do_PUT = do_POST = do_DELETE = do_HEAD = do_GET  # noqa: N815 # as http.server names them

    def _pass_on(self, body: bytes, fault: Fault) -> None:
        status, headers, answer = self._forward(body)
        if self.command not in ("GET", "HEAD"):  # which change nothing
            self.owner.look()
        if fault != "cut answer":
            self._say(status, answer, headers, half=fault == "truncate answer")

    def _body(self) -> bytes:
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            parts = []
            while size := int(self.rfile.readline().split(b";")[0], 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _kept_headers(self) -> dict[str, str]:
        dropped = {"connection", "transfer-encoding", "content-length", "expect"}
        return {name: value for name, value in self.headers.items() if name.lower() not in dropped}

    def _forward(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        there = http.client.HTTPConnection(self.owner.upstream, timeout=60)
        try:
            headers = {**self._kept_headers(), "Content-Length": str(len(body)), "Connection": "close"}
            there.request(self.command, self.path, body, headers)
            answer = there.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            there.close()

    def _send_half(self, body: bytes) -> None:
        """Tell the server the whole length, send half of it, and hang up."""
        with socket.create_connection(self.owner.upstream.split(":"), timeout=10) as there:  # type: ignore[arg-type]
            headers = {**self._kept_headers(), "Content-Length": str(len(body)), "Connection": "close"}
            lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            there.sendall(
                f"{self.command} {self.path} HTTP/1.1\r\n{lines}\r\n".encode() + body[: len(body) // 2]
            )
            there.shutdown(socket.SHUT_WR)
            while there.recv(65536):
                pass

    def _say(self, status: int, body: bytes, headers: list[tuple[str, str]], half: bool = False) -> None:
        self.send_response_only(status)
        dropped = {"connection", "transfer-encoding", "content-length"}
        length = len(body)
        for name, value in headers:
            if name.lower() == "content-length" and self.command == "HEAD":
                length = int(value)
            if name.lower() not in dropped:
                self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: len(body) // 2] if half else body)
