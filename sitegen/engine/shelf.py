"""Where the nodes of a db lie that are not in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, Protocol

from sitegen.engine.keys import InputKey, Key
from sitegen.engine.rows import Row

BITS: Final = 1 << 26  # of a sieve: 8 MB


class Stored(NamedTuple):
    """A node on the shelf; `dependents` are ids, 4 bytes each."""

    row: Row
    dependents: bytes


class Shelf(Protocol):
    """Gives nodes back. All but `fetch` raise DamagedError when it cannot be relied on."""

    def find(self, key: Key) -> Stored | None:
        """The node of the key of a query."""

    def get_nodes(self, numbers: Sequence[int]) -> Iterable[Stored]:
        """The nodes of these ids, in any order; all must be there."""

    def every(self) -> Iterable[Stored]:
        """All nodes."""

    def fetch_all(self, numbers: Sequence[int]) -> Iterable[tuple[int, bytes]]:
        """Id and encoded value of those of the nodes that it has the values of."""

    def fetch(self, number: int) -> bytes | None:
        """The encoded value of the node with that id; None when there is none."""


class Remains(NamedTuple):
    """What an earlier process has left."""

    shelf: Shelf
    inputs: dict[InputKey, tuple[int, bytes]]  # id and fingerprint of each
    doubted: Sequence[int]  # ids of the nodes that are not verified
    next_id: int


class Sieve:
    """A set of keys that may hold more than was put in, but never less; its size does not grow with it."""

    def __init__(self) -> None:
        self._bits = bytearray(BITS >> 3)

    def add(self, key: Key) -> None:
        """Put a key in."""
        place = hash(key) % BITS
        self._bits[place >> 3] |= 1 << (place & 7)

    def __contains__(self, key: Key) -> bool:
        place = hash(key) % BITS
        return bool(self._bits[place >> 3] >> (place & 7) & 1)
