"""Finding a port: the one that was asked for, or the next free one of ten."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from socket import AF_INET, AF_INET6, has_ipv6

from sitegen.errors import SiteError, Span, diagnostic
from sitegen.shell.preview.http import Server

DEFAULT = 8000
TRIES = 10

Make = Callable[[int, str, int], Server]  # family, host, port


def listen(port: int | None, make: Make) -> list[Server]:
    """Servers on both loopback addresses at one port: at `port`, 0 for any, or near the default when None.

    Raises `SiteError` when the port that was asked for cannot be had, or none near the default.
    """
    if port is not None:
        try:
            return _both(port, make)
        except OSError as error:
            code = "V101" if error.errno == errno.EADDRINUSE else "V103"
            reason = {} if code == "V101" else {"reason": os.strerror(error.errno or 0)}
            raise SiteError(diagnostic(code, Span(f"localhost:{port}"), port=port, **reason)) from error
    for number in range(DEFAULT, DEFAULT + TRIES):
        try:
            return _both(number, make)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    last = DEFAULT + TRIES - 1
    raise SiteError(diagnostic("V102", Span(f"localhost:{DEFAULT}"), port=DEFAULT, last=last))


def _both(port: int, make: Make) -> list[Server]:
    first = make(AF_INET, "127.0.0.1", port)
    if not has_ipv6:
        return [first]
    try:
        return [first, make(AF_INET6, "::1", first.port)]
    except OSError as error:
        if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            return [first]  # this machine has no such address
        first.server_close()
        if error.errno == errno.EADDRINUSE and not port:
            return _both(0, make)
        raise
