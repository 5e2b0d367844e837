"""Programs that some tests need."""

from __future__ import annotations

import os

import pytest


def need(found: bool, what: str, package: str) -> None:
    """Leave the test out where its tool is missing, but never in the checks before a change lands."""
    if found:
        return
    words = f"{what} is missing, so its tests are left out; `make test` installs it, or: {package}"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)
