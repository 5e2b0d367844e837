"""What `make` does on a machine that lacks something."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import sitegen

SCRIPTS = Path(sitegen.__file__).parents[1] / ".ci"


def program(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("\n".join(["#!/bin/sh", *lines, ""]), "utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs: an ordinary user, and a python3 without venv."""
    program(tmp_path, "id", "echo 1000")
    program(tmp_path, "python3", 'case "$*" in *venv*) exit 1;; esac')
    program(tmp_path, "apt-get", f'echo "$@" >> {tmp_path}/asked')
    for name in ("dirname", "ls", "sh"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    return tmp_path


def run(machine: Path, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", SCRIPTS / script, *arguments],
        capture_output=True,
        text=True,
        env={"PATH": str(machine), **environment},
    )


def test_a_missing_venv_module_is_named_with_its_package(machine: Path) -> None:
    """Who may not install is told exactly what to type."""
    said = run(machine, "need-venv", "python3")
    assert said.returncode == 1
    assert "sudo apt-get install python3-venv" in said.stderr
    assert not (machine / "asked").exists()


def test_root_installs_the_venv_module(machine: Path) -> None:
    """Who may install gets the package."""
    program(machine, "id", "echo 0")
    run(machine, "need-venv", "python3")
    assert "python3-venv" in (machine / "asked").read_text("utf-8")


def test_an_old_python_is_refused(machine: Path) -> None:
    """A Python that sitegen cannot run on is named before anything is installed."""
    program(machine, "python3", 'case "$*" in *version_info*) exit 1;; esac')
    said = run(machine, "need-venv", "python3")
    assert (said.returncode, "older than 3.11" in said.stderr) == (1, True)


def test_missing_tools_are_named_and_tolerated_by_hand(machine: Path) -> None:
    """Without Chromium, Java and npm `make test` goes on and says what it leaves out."""
    said = run(machine, "need-tools", PYTHON="python3")
    assert "missing: chromium default-jre-headless npm" in said.stderr
    assert said.returncode == 0


def test_missing_tools_fail_in_ci(machine: Path) -> None:
    """With CI=true nothing may be left out."""
    assert run(machine, "need-tools", PYTHON="python3", CI="true").returncode == 1


def test_the_makefile_leaves_no_half_made_environment(tmp_path: Path, machine: Path) -> None:
    """When the venv cannot be made there is no .venv, so the next run starts over."""
    for name in ("Makefile", "pyproject.toml", ".ci"):
        (tmp_path / "clone").mkdir(exist_ok=True)
        (tmp_path / "clone" / name).symlink_to(SCRIPTS.parent / name)
    program(machine, "python3", 'case "$*" in "-m venv"*) mkdir .venv; exit 1;; esac')
    said = subprocess.run(
        ["/usr/bin/make", "site"],
        cwd=tmp_path / "clone",
        env={**os.environ, "PATH": f"{machine}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert said.returncode != 0
    assert not (tmp_path / "clone/.venv").exists()
