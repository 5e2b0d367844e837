"""Running the tools that targets rest on: git, ssh, rsync, wrangler."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from typing import IO, Any

from sitegen.shell.deploy.target import refusal

_PATIENCE = 15 * 60  # seconds; a tool that is silent for longer hangs


class ToolError(Exception):
    """A tool ended with `status`; `said` is what it printed to standard error."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(status, said)
        self.status = status
        self.said = said


def need(tool: str, way: str) -> None:
    """U107 unless `tool` can be started; `way` says how to install it."""
    if shutil.which(tool) is None:
        raise refusal("U107", tool, tool=tool, way=way)


def run(
    command: Sequence[str],
    *,
    data: bytes = b"",
    stream: IO[bytes] | None = None,
    environment: Mapping[str, str] | None = None,
    folder: str | None = None,
) -> bytes:
    """What `command` prints; `ToolError` when it fails. It is given `data` or `stream`, and can ask nobody anything."""
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GCM_INTERACTIVE": "never", "LC_ALL": "C.UTF-8"}
    given: dict[str, Any] = {"stdin": stream} if stream else {"input": data}
    try:
        result = subprocess.run(
            command,
            **given,
            capture_output=True,
            env={**os.environ, **quiet, **(environment or {})},
            cwd=folder,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ToolError(124, f"{command[0]} did not end within {_PATIENCE // 60} minutes") from error
    if result.returncode:
        raise ToolError(result.returncode, result.stderr.decode("utf-8", "replace").strip())
    return bytes(result.stdout)
