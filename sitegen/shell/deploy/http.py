"""Speaking with an API over HTTP: patience where it asks for patience, and errors as findings."""

from __future__ import annotations

import http.client
import random
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from sitegen.shell.deploy.target import refusal

_TRIES: Final = 6
_LONGEST: Final = 120.0  # seconds to wait at most, whatever the other side asks for
_AGAIN: Final = {408, 425, 429, 500, 502, 503, 504}
_DENIED: Final = {401, 403, 404, 422}


class Answer(NamedTuple):
    """What came back."""

    body: bytes
    headers: Mapping[str, str]


class Client:
    """Requests to one service; a failure is U304 when it refuses, and U303 when it does not answer."""

    def __init__(self, base: str, token: str, wait: Callable[[float], None] = time.sleep) -> None:
        self._base = base
        self._token = token
        self._wait = wait

    def ask(
        self, method: str, path: str, data: bytes | None = None, kind: str = "application/json"
    ) -> Answer:
        """The answer to a request; one that may pass later is tried again. `path` may be a whole address."""
        url = path if "://" in path else self._base + path
        request = urllib.request.Request(url, data=data, method=method)
        request.add_header("User-Agent", "sitegen")
        if data is not None:
            request.add_header("Content-Type", kind)
        if url.startswith(self._base):
            request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        for attempt in range(_TRIES):
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    return Answer(answer.read(), answer.headers)
            except urllib.error.HTTPError as error:
                with error:
                    said = error.read(2000).decode("utf-8", "replace")
                if error.code not in _AGAIN or attempt == _TRIES - 1:
                    code = "U304" if error.code in _DENIED else "U303"
                    raise refusal(code, url, f"{error.code} {error.reason}: {said}") from error
                self._wait(_pause(attempt, error.headers.get("Retry-After", "")))
            except (OSError, http.client.HTTPException) as error:
                if attempt == _TRIES - 1:
                    raise refusal("U303", url, str(error)) from error
                self._wait(_pause(attempt, ""))
        raise AssertionError("unreachable")


def _pause(attempt: int, asked: str) -> float:
    """Seconds to wait: what the other side asks for, else longer each time and never twice the same."""
    if asked.strip().isdigit():
        return min(float(asked), _LONGEST)
    return min(2.0**attempt, 30.0) * random.uniform(0.5, 1.0)
