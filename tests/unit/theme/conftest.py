"""Where the theme stands, and the ways its tests look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

THEME = Path(__file__).parents[3] / "templates"


@pytest.fixture(scope="session")
def theme() -> Path:
    """The folder of the built-in theme."""
    return THEME
