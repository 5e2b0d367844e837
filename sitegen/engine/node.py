"""What the engine remembers of one key."""

from __future__ import annotations

from array import array
from typing import Any, Final

from sitegen.engine.keys import Key
from sitegen.engine.query import Query

# States of a node. A verified node reads only verified nodes, and their fingerprints are the ones it recorded; while
# eager nodes are held (see `Memory.held`), what reads those counts as verified too.
UNVERIFIED: Final = 0  # must be checked before it is used
ACTIVE: Final = 1  # being checked or run
VERIFIED: Final = 2

GONE: Final[object] = type("Gone", (), {"__repr__": lambda self: "GONE"})()  # a value that is not in memory

NO_READS: Final = array("I")


class Node:
    """One key with its last outcome and the trace that led to it.

    `fingerprint` is empty while there is no outcome. `prints` holds the fingerprints of `reads`, one after the
    other, as they were when the outcome was worked out. Reads and dependents are ids, for those nodes may not be in
    memory.
    """

    __slots__ = (
        "dependents",
        "failed",
        "fingerprint",
        "id",
        "key",
        "prints",
        "query",
        "raw",
        "reads",
        "state",
        "stored",
        "value",
    )

    def __init__(self, number: int, key: Key, query: Query[..., Any] | None) -> None:
        self.id = number
        self.key = key
        self.query = query  # None for an input
        self.state = UNVERIFIED
        self.fingerprint = b""
        self.failed = False  # whether the value is the diagnostics of a SiteError
        self.value: object = GONE
        self.raw: bytes | None = None  # the value, still encoded
        self.stored = False  # whether the store can give the value back
        self.reads = NO_READS  # replaced, never changed
        self.prints = b""
        self.dependents = array("I")

    def is_of_use(self) -> bool:
        """Whether there is anything to remember: an outcome, or somebody who has read this one."""
        return bool(self.fingerprint or self.dependents)

    def __repr__(self) -> str:
        return f"<{self.key} {('unverified', 'active', 'verified')[self.state]}>"
