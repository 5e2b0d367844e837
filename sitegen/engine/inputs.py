"""The outside world as a db sees it."""

from __future__ import annotations

from typing import Protocol

from sitegen.engine.fingerprint import encode, fingerprint
from sitegen.engine.keys import InputKey
from sitegen.errors import SiteError


class Inputs(Protocol):
    """The outside world; a SiteError raised here is an outcome of the input like any other."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None when there is none."""

    def list(self, folder: str) -> tuple[str, ...]:
        """Names of the direct children, sorted, folders with a trailing "/"; () when there is no such folder."""

    def setting(self, name: str) -> str:
        """A setting, "" when it is not set."""


def observe(source: Inputs, key: InputKey) -> tuple[bytes, bool, object]:
    """Fingerprint, whether it failed, and value of an input now; the value of a failure is its diagnostics."""
    failed = False
    try:
        value: object = getattr(source, key.kind)(key.name)
    except SiteError as error:
        value, failed = error.diagnostics, True
    return fingerprint(encode(value), failed=failed), failed, value
