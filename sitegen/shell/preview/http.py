"""The protocol, by the standard library: requests as plain values, whole answers, streams of events.

What a client can be slow about or send too much of has a limit; a request that breaks the rules is answered and its
connection closed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from io import BufferedIOBase
from socket import AF_INET6, IPPROTO_IPV6, IPV6_V6ONLY, socket
from socketserver import TCPServer, ThreadingMixIn
from threading import BoundedSemaphore
from typing import Any, NamedTuple
from unicodedata import normalize
from urllib.parse import parse_qsl, unquote_to_bytes

LARGEST_BODY = 16 * 1024  # bytes
MOST_CONNECTIONS = 256
PATIENCE = 30.0  # seconds for a client to send or to take something

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ONCE = ("host", "content-length", "origin")


class Request(NamedTuple):
    """A request; `path` is decoded once and in NFC, header names are lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    """A whole answer, or with `stream` one that goes on until the function returns."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    stream: Callable[[BufferedIOBase, socket], None] | None = None


class BadRequestError(Exception):
    """A request that breaks the rules."""

    def __init__(self, status: int) -> None:
        super().__init__(HTTPStatus(status).phrase)
        self.status = status


Respond = Callable[[Request], Answer]


def plain(status: int, text: str = "") -> Answer:
    """A short answer in plain text."""
    body = (text or HTTPStatus(status).phrase).encode() + b"\n"
    return Answer(status, (("Content-Type", "text/plain; charset=utf-8"),), body)


class Server(ThreadingMixIn, TCPServer):
    """One listening socket; each connection has a thread of its own, up to a limit."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(
        self,
        family: int,
        host: str,
        port: int,
        respond: Respond,
        always: tuple[tuple[str, str], ...],
        failed: Callable[[BaseException], None],
    ) -> None:
        self.address_family = family
        self.respond = respond
        self.always = always  # headers of every answer
        self.failed = failed  # is told of what must not happen
        self._places = BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__((host, port), _Connection)

    @property
    def port(self) -> int:
        """The port it listens at."""
        return int(self.server_address[1])

    def server_bind(self) -> None:
        """Bind, the sixth version of the protocol beside the fourth."""
        if self.address_family == AF_INET6:
            self.socket.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1)
        super().server_bind()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection, or drop it when there are too many."""
        if not self._places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except RuntimeError:  # no more threads
            self._places.release()
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection to its end."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Hang up. A client that goes away while it is answered is no news."""
        error = sys.exception()
        if error and not isinstance(error, OSError):
            self.failed(error)


class _Connection(BaseHTTPRequestHandler):
    """The requests of one connection."""

    server: Server
    raw_requestline: bytes
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    wbufsize = 1 << 16  # head and body leave together
    disable_nagle_algorithm = True

    def parse_request(self) -> bool:
        """Read the head of a request.

        Letters that are not percent-encoded are encoded first: the standard library takes some of their bytes for
        spaces.
        """
        if _CONTROLS.search(self.raw_requestline):
            self.requestline, self.request_version, self.command = "", "HTTP/1.1", ""
            self.send_error(400)
            return False
        self.raw_requestline = _BEYOND_ASCII.sub(lambda it: b"%%%02X" % ord(it[0]), self.raw_requestline)
        return super().parse_request()

    def _exchange(self) -> None:
        try:
            request = self._request()
        except BadRequestError as error:
            self.send_error(error.status)
            return
        self._send(self.server.respond(request))

    # Named so by the standard library; which of them are allowed is for the gate to say.
    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = _exchange  # noqa: N815

    def _request(self) -> Request:
        headers = _headers(self.headers)
        if "transfer-encoding" in headers:
            raise BadRequestError(501)
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            raise BadRequestError(400)
        if len(length) > 9 or int(length) > LARGEST_BODY:
            raise BadRequestError(413)
        path, _, query = self.path.partition("?")
        if not path.startswith("/"):
            raise BadRequestError(400)
        try:
            decoded = normalize("NFC", unquote_to_bytes(path).decode("utf-8"))
            asked = dict(parse_qsl(query, max_num_fields=20))
        except ValueError as error:
            raise BadRequestError(400) from error
        return Request(self.command, decoded, asked, headers, self.rfile.read(int(length)))

    def _send(self, answer: Answer) -> None:
        if answer.stream is not None:
            self.close_connection = True
        self.send_response_only(answer.status)
        for name, value in (*answer.headers, *self.server.always):
            self.send_header(name, value)
        if answer.stream is None and answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD" and answer.status != 304:
            self.wfile.write(answer.body)
        self.wfile.flush()
        if answer.stream is not None and self.command != "HEAD":
            answer.stream(self.wfile, self.connection)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a request that breaks the rules, and end the connection."""
        self.close_connection = True
        self._send(plain(code))

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def _headers(message: Message) -> dict[str, str]:
    headers: dict[str, str] = {}
    for key, value in message.items():
        name = key.lower()
        if name in headers and name in _ONCE:
            raise BadRequestError(400)
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers
