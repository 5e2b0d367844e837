"""A site to command, and a way to command it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from sitegen.cli import run
from sitegen.cli.console import Console
from sitegen.shell.starter import new_site


class Said(NamedTuple):
    """The exit status of a command and what it printed."""

    status: int
    out: str
    err: str


Sitegen = Callable[..., Said]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The site that `sitegen new site` writes."""
    new_site(str(tmp_path / "site"))
    return tmp_path / "site"


@pytest.fixture
def sitegen(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> Sitegen:
    """Run a command in the folder of the site, if there is one."""
    if "site" in request.fixturenames:
        monkeypatch.chdir(request.getfixturevalue("site"))

    def command(*arguments: str) -> Said:
        capsys.readouterr()
        status = run(list(arguments), Console())
        return Said(status, *capsys.readouterr())

    return command
