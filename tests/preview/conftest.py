"""Previews of a small site, in processes of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from serving import Served, served


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview that the tests of a module share; each leaves the site without errors."""
    with served(tmp_path_factory.mktemp("preview") / "site") as it:
        yield it
