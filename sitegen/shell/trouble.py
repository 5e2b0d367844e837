"""What the operating system refuses, said as one sentence that names the path."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sitegen.errors import SiteError, Span, diagnostic

_CODES = {
    errno.ENOSPC: "O301",
    errno.EDQUOT: "O301",
    errno.EROFS: "O302",
    errno.EACCES: "O303",
    errno.EPERM: "O303",
    errno.EMFILE: "O304",
    errno.ENFILE: "O304",
    errno.ENOENT: "O305",
    errno.ESTALE: "O305",
    errno.ENAMETOOLONG: "O306",
    errno.EFBIG: "O308",
}


def trouble(error: OSError, path: str) -> SiteError:
    """The refusal as a `SiteError` at `path`."""
    code = _CODES.get(error.errno or 0, "O307")
    reason = os.strerror(error.errno) if error.errno else str(error)
    return SiteError(diagnostic(code, Span(printable(path)), reason=reason))


@contextmanager
def naming(path: str) -> Iterator[None]:
    """Turn an `OSError` of the block into a `SiteError` at `path`, for `write()` does not know its file."""
    try:
        yield
    except OSError as error:
        raise trouble(error, path) from error


def printable(path: str) -> str:
    """`path` as text that any encoder accepts: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
