"""What must be worked out before everything is known of a site of which much is new, piece by piece.

Pages that somebody asks for come in between: they need the front matter of all files, but few of the texts.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Literal

from sitegen.engine.db import Db
from sitegen.engine.keys import QueryKey

Stage = Literal["reading", "checking", "ready"]  # texts are read, then checked; then everything is known

PIECE = 0.02  # seconds after which it is looked whether something else is more urgent


class Ahead:
    """The stage a site is at, and what is left of it."""

    def __init__(self) -> None:
        self.stage: Stage = "ready"
        self._steps: Iterator[list[QueryKey]] = iter(())
        self._keys: Iterator[QueryKey] = iter(())

    def begin(self, steps: Iterator[list[QueryKey]]) -> None:
        """Start over: `steps` gives what is to be read, then what is to be checked."""
        self.stage = "reading"
        self._steps = steps
        self._keys = iter(next(steps, ()))

    def piece(self, db: Db) -> bool:
        """Work something out; whether this has ended a stage."""
        end = time.monotonic() + PIECE
        for key in self._keys:
            db.settle(key)
            if time.monotonic() > end:
                return False
        self._keys = iter(next(self._steps, ()))
        self.stage = "checking" if self.stage == "reading" else "ready"
        return True
