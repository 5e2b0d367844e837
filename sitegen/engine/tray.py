"""What other processes have worked out and handed over, as rows, until it is asked for here or saved."""

from __future__ import annotations

from array import array
from typing import NamedTuple

from sitegen.engine.keys import Key
from sitegen.engine.rows import Row


class Loose(NamedTuple):
    """A node on the tray; `raw` is its encoded value, None when nobody needs it."""

    row: Row
    raw: bytes | None


class Tray:
    """Nodes of queries by id. All are verified, none is in memory or on the shelf."""

    def __init__(self) -> None:
        self.ids: dict[Key, int] = {}
        self.nodes: dict[int, Loose] = {}
        # By the id of a node on tray or shelf: those on the tray that read it, as far as its own list lacks them.
        self.readers: dict[int, array[int]] = {}

    def __len__(self) -> int:
        return len(self.nodes)

    def put(self, key: Key, loose: Loose) -> None:
        """Add a node."""
        self.ids[key] = loose.row.id
        self.nodes[loose.row.id] = loose

    def take(self, key: Key, number: int) -> tuple[Loose, array[int]]:
        """Remove a node; with its readers."""
        del self.ids[key]
        return self.nodes.pop(number), self.take_readers(number)

    def take_readers(self, number: int) -> array[int]:
        """Remove the readers of a node."""
        return self.readers.pop(number, None) or array("I")

    def add_reader(self, number: int, reader: int) -> None:
        """Note that `reader` reads the node of that number."""
        known = self.readers.get(number)
        if known is None:
            self.readers[number] = array("I", (reader,))
        else:
            known.append(reader)
