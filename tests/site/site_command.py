"""The command `sitegen build`, run as a reader of the manual runs it: a new process, in an environment of one's own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Published(NamedTuple):
    """One file of the output folder."""

    data: bytes
    mode: int


class Stamp(NamedTuple):
    """What tells whether a file was written again, even with the same bytes."""

    inode: int
    mtime: int


def lay(root: Path, files: Mapping[str, bytes]) -> Path:
    """Create files below `root`, in the order given."""
    for path, data in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return root


def run(
    site: Path,
    *options: str,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    umask: int = -1,
) -> dict[str, int]:
    """Build the site and return what the command says: numbers of pages, rendered, reused, removed, warnings."""
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "-C", str(site), "build", "--today", "2025-10-31", *options],
        env={**os.environ, **(env or {})},
        cwd=cwd,
        umask=umask,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    said = re.findall(r"(\d+) (pages|rendered|reused|removed|warning)", done.stdout.decode())
    return {name: int(number) for number, name in said}


def published(site: Path) -> dict[str, Published]:
    """Everything in the output folder, the list of our own files included."""
    return {path: Published(it.read_bytes(), it.stat().st_mode) for path, it in _files(site / "public")}


def stamps(site: Path) -> dict[str, Stamp]:
    """Which files stand in the output folder, and since when."""
    found = {path: it.stat() for path, it in _files(site / "public")}
    return {path: Stamp(it.st_ino, it.st_mtime_ns) for path, it in found.items()}


def _files(folder: Path) -> list[tuple[str, Path]]:
    return sorted((str(it.relative_to(folder)), it) for it in folder.rglob("*") if it.is_file())
