"""Fixtures for tests of whole sites."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sample_site import Sample
from site_runs import Living, fresh_templates, parsing_once


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    """Templates are parsed once for all sites, and kept by none of them beyond its test."""
    with parsing_once():
        yield
    fresh_templates()


@pytest.fixture
def living() -> Living:
    """The rich site in one process, ready for edits."""
    return Living()


@pytest.fixture(scope="module")
def sample() -> Sample:
    """The sample site, warm."""
    with parsing_once():
        found = Sample()
        found.outputs()
    return found
