"""What the engine remembers of one key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sitegen.engine.fingerprint import SIZE
from sitegen.engine.keys import Key
from sitegen.engine.query import Query

# States of a node. A verified node reads only verified nodes, and their fingerprints are the ones it recorded; while
# eager nodes are held (see `Memory.held`), what reads those counts as verified too.
UNVERIFIED: Final = 0  # must be checked before it is used
ACTIVE: Final = 1  # being checked or run
VERIFIED: Final = 2

GONE: Final[object] = type("Gone", (), {"__repr__": lambda self: "GONE"})()  # a value that is not in memory


class Node:
    """One key with its last outcome and the trace that led to it.

    `fingerprint` is empty while there is no outcome. `prints` holds the fingerprints of `reads`, one after the
    other, as they were when the outcome was worked out.
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
        self.reads: tuple[Node, ...] = ()
        self.prints = b""
        self.dependents: set[Node] = set()

    def __repr__(self) -> str:
        return f"<{self.key} {('unverified', 'active', 'verified')[self.state]}>"

    def retrace(self, reads: tuple[Node, ...], prints: bytes) -> None:
        """Replace what this node has read, and the reverse edges with it."""
        if reads != self.reads:
            for node in self.reads:
                node.dependents.discard(self)
            for node in reads:
                node.dependents.add(self)
            self.reads = reads
        self.prints = prints

    def agrees(self, start: int, end: int) -> bool:
        """Whether reads `start` to `end` still have the fingerprints that were recorded."""
        now = b"".join([node.fingerprint for node in self.reads[start:end]])
        return now == self.prints[start * SIZE : end * SIZE]


def doubt(nodes: Iterable[Node]) -> list[Node]:
    """Mark nodes and all that might depend on them as unverified, up to eager ones, which are returned.

    What depends on an eager node is doubted once that node turns out to have changed.
    """
    waiting = list(nodes)
    eager: list[Node] = []
    while waiting:
        node = waiting.pop()
        if node.state == VERIFIED:
            node.state = UNVERIFIED
            if node.query is not None and node.query.eager:
                eager.append(node)
            else:
                waiting.extend(node.dependents)
    return eager
