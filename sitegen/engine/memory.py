"""The nodes of a db: what is remembered, what has changed since it was last saved, and who depends on whom.

Nodes lie in memory, on the tray (what other processes have handed over) or on the shelf (the store), from which they
are taken when they are asked for or when a change may reach them. So a node on tray or shelf is always verified, and
what reads it found it as it is there.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from sitegen.engine.faults import DamagedError
from sitegen.engine.fingerprint import encode, fingerprint
from sitegen.engine.keys import InputKey, Key, QueryKey
from sitegen.engine.node import GONE, UNVERIFIED, VERIFIED, Node
from sitegen.engine.query import QUERIES, Query
from sitegen.engine.rows import Row, ids, key_of
from sitegen.engine.shelf import Remains, Shelf, Sieve, Stored
from sitegen.engine.tray import Tray

FEW_READERS: Final = 16  # a value that more nodes than this have read stays in memory
HEAVY: Final = 8 << 20  # bytes of encoded values that a process may gather before it tidies its memory
SMALL: Final = 1024  # bytes of an encoded value that may stay a while
MOST_SMALL: Final = 20_000  # such values


class Memory:
    """Nodes by key and by id, with a note of what a store must write to catch up."""

    def __init__(self, next_id: int = 1) -> None:
        self.nodes: dict[tuple[str, object], Node] = {}
        self.by_id: dict[int, Node] = {}
        self.unsaved: dict[Node, None] = {}  # other outcomes than at the last save
        self.relinked: dict[Node, None] = {}  # other dependents than at the last save
        self.removed: set[int] = set()  # ids of nodes dropped since the last save
        self.recent: list[Node] | None = None  # a list gathers nodes whose values came into memory
        self.weight = 0  # bytes of those values, encoded, since it was last tidied
        self.held: dict[Node, bytes] = {}  # doubted eager nodes, with the fingerprints their dependents know
        self.next_id = next_id
        self.tray = Tray()
        self.shelf: Shelf | None = None  # where the rest is
        self._changed: set[int] = set()  # ids of nodes with other fingerprints than at the last refresh
        self._newest = next_id  # the ids from here on have been given out since then
        self._inputs: dict[InputKey, tuple[int, bytes]] = {}  # those on the shelf
        self._shelved: Sieve | None = None  # queries that were left to the shelf; None when any may lie there

    # -- finding ---------------------------------------------------------------------------------------

    def find(self, key: Key, query: Query[..., Any] | None) -> Node:
        """The node of a key, made if need be; `query` is None for an input."""
        node = self.look(key)
        if node is None:
            node = Node(self.new_id(), key, query)
            self.nodes[key] = self.by_id[node.id] = node
        return node

    def look(self, key: Key) -> Node | None:
        """The node of a key, None if there is none."""
        node = self.nodes.get(key)
        if node is not None:
            return node
        if (number := self.tray.ids.get(key)) is not None:
            return self._lift(number)
        if self.shelf is None:
            return None
        if isinstance(key, InputKey):
            known = self._inputs.get(key)
            return self.get((known[0],))[0] if known else None
        if self._shelved is not None and key not in self._shelved:
            return None
        stored = self.shelf.find(key)
        if stored is None or stored.row.id in self.removed:
            return None
        return self._take(stored, key, QUERIES[key.query])

    def number(self, key: Key) -> int | None:
        """The id of a key, None if there is none; leaves the node where it is, if it can."""
        number = self.tray.ids.get(key)
        if number is None and (node := self.look(key)) is not None:
            number = node.id
        return number

    def get(self, numbers: Collection[int]) -> list[Node]:
        """Nodes by their ids, in order."""
        by_id = self.by_id
        missing = [number for number in numbers if number not in by_id]
        if missing:
            missing = [
                number for number in missing if number not in self.tray.nodes or not self._lift(number)
            ]
        if missing:
            if self.shelf is None:
                raise DamagedError("an unknown node")
            for stored in self.shelf.get_nodes(missing):
                self._take(stored, *key_of(stored.row))
        return [by_id[number] for number in numbers]

    def gather(self, numbers: Collection[int]) -> None:
        """Have nodes and their values in memory, with few looks at the shelf."""
        wanted = {it.id: it for it in self.get(numbers) if it.stored and it.value is GONE and it.raw is None}
        if wanted and self.shelf is not None:
            for number, raw in self.shelf.fetch_all(tuple(wanted)):
                node = wanted[number]
                if fingerprint(raw, failed=node.failed) == node.fingerprint:
                    node.raw = raw

    def at_hand(self, numbers: Iterable[int]) -> list[Node]:
        """Those of the nodes that are not on the shelf."""
        return self.get([it for it in numbers if it in self.by_id or it in self.tray.nodes])

    def _take(self, stored: Stored, key: Key, query: Query[..., Any] | None) -> Node:
        """Move a node from the shelf to memory."""
        node = self._place(stored.row, key, query)
        node.dependents = ids(stored.dependents)
        node.stored = is_kept(node)
        if readers := self.tray.take_readers(node.id):
            node.dependents.extend(readers)
            self.relinked[node] = None
        if isinstance(key, InputKey):
            self._inputs.pop(key, None)
        return node

    def _lift(self, number: int) -> Node:
        """Move a node from the tray to memory."""
        key, query = key_of(self.tray.nodes[number].row)
        loose, readers = self.tray.take(key, number)
        node = self._place(loose.row, key, query)
        node.dependents = readers
        self.record(node, node.fingerprint, node.failed, GONE, loose.raw)
        return node

    def _place(self, row: Row, key: Key, query: Query[..., Any] | None) -> Node:
        node = Node(row.id, key, query)
        node.state = VERIFIED if row.fingerprint else UNVERIFIED
        node.fingerprint = row.fingerprint
        node.failed = row.failed
        node.reads = ids(row.reads)
        node.prints = row.prints
        if self.nodes.setdefault(key, node) is not node or self.by_id.setdefault(node.id, node) is not node:
            raise DamagedError("two nodes of one key")
        return node

    def inputs(self) -> Iterator[tuple[InputKey, bytes]]:
        """Every input that has been read, with its fingerprint."""
        for key, node in self.input_nodes().items():
            if node[1]:
                yield key, node[1]

    def input_nodes(self) -> dict[InputKey, tuple[int, bytes]]:
        """Ids and fingerprints of all inputs; a fingerprint is empty where an input is to be read again."""
        known = {
            node.key: (node.id, node.fingerprint)
            for node in self.nodes.values()
            if isinstance(node.key, InputKey) and node.is_of_use()
        }
        return {**self._inputs, **known}

    # -- change ----------------------------------------------------------------------------------------

    def refreshed(self) -> None:
        """From here on it is counted anew what has changed."""
        self._changed.clear()
        self._newest = self.next_id

    def has_changed(self, number: int) -> bool:
        """Whether the node of that id has come to another outcome since the last refresh."""
        return number >= self._newest or number in self._changed

    def new_id(self) -> int:
        """An id that no node has."""
        self.next_id += 1
        return self.next_id - 1

    def record(
        self, node: Node, fingerprint: bytes, failed: bool, value: object, raw: bytes | None = None
    ) -> None:
        """Replace the outcome of a node; the value may be given encoded (`raw`) with GONE as its value."""
        if node.fingerprint != fingerprint and node.id < self._newest:
            self._changed.add(node.id)
        node.fingerprint, node.failed, node.value, node.raw = fingerprint, failed, value, raw
        node.stored = False
        self.unsaved[node] = None
        self.came(node)

    def came(self, node: Node) -> None:
        """Note that the value of a node has come into memory."""
        if self.recent is not None:
            self.recent.append(node)
            self.weight += len(node.raw or b"")

    def retrace(self, node: Node, numbers: array[int], prints: bytes) -> None:
        """Replace what a node has read, and the reverse edges with it."""
        if numbers != node.reads:
            before = set(node.reads)
            self.link((number for number in numbers if number not in before), node.id)
            for read in self.get(before.difference(numbers)):
                read.dependents.remove(node.id)
                self.relinked[read] = None
            node.reads = numbers
        node.prints = prints

    def link(self, numbers: Iterable[int], reader: int) -> None:
        """Add reverse edges from nodes, wherever they are, to one that has read them."""
        for number in numbers:
            read = self.by_id.get(number)
            if read is None:
                self.tray.add_reader(number, reader)
            else:
                read.dependents.append(reader)
                self.relinked[read] = None

    def doubt(self, nodes: Iterable[Node]) -> None:
        """Mark nodes and all that might depend on them as unverified, up to eager ones, which are held back.

        What depends on an eager node is doubted once that node turns out to have changed.
        """
        waiting = list(nodes)
        while waiting:
            numbers: dict[int, None] = {}
            for node in waiting:
                if node.state == VERIFIED:
                    node.state = UNVERIFIED
                    if node.query is not None and node.query.eager:
                        self.held.setdefault(node, node.fingerprint)
                    else:
                        numbers.update(dict.fromkeys(node.dependents))
            waiting = self.get(numbers)

    def doubt_readers(self, node: Node) -> None:
        """Doubt what depends on a node."""
        self.doubt(self.get(node.dependents))

    def drop(self, gone: Collection[int]) -> None:
        """Forget nodes, wherever they are; no other node may read them."""
        for key in [key for key, (number, _) in self._inputs.items() if number in gone]:
            del self._inputs[key]
        for number in gone:
            node = self.by_id.pop(number, None)
            if node is not None:
                del self.nodes[node.key]
                self.unsaved.pop(node, None)
                self.relinked.pop(node, None)
                self.held.pop(node, None)
            self.removed.add(number)

    def release(self, node: Node) -> None:
        """Drop a value from memory if it can be had again: from the store, or by running an unkept query."""
        if node.stored or (node.query is not None and not node.query.persist and not node.failed):
            node.value = GONE
            node.raw = None

    def tidy(self) -> None:
        """Drop values that came into memory lately, as far as they can be had again and few have read them.

        Small ones stay a while, for they are what pages ask of each other. What a query without arguments says is of
        the whole site, and soon read by many.
        """
        small: list[Node] = []
        for node in self.recent or ():
            if len(node.dependents) <= FEW_READERS and isinstance(node.key, QueryKey) and node.key.args:
                if node.raw is not None and len(node.raw) <= SMALL:
                    small.append(node)
                else:
                    self._drop_value(node)
        if len(small) > MOST_SMALL:
            for node in small:
                self._drop_value(node)
            small = []
        self.recent = small
        self.weight = 0

    def _drop_value(self, node: Node) -> None:
        if node.raw is not None:
            node.value = GONE  # the encoded one is smaller
        self.release(node)

    def evict(self) -> None:
        """Leave saved nodes that few have read to the shelf; none while any is in doubt, for they may differ then."""
        unsaved = self.unsaved or self.relinked or self.removed or self.tray
        if self.shelf is None or unsaved or any(it.state != VERIFIED for it in self.nodes.values()):
            return
        for node in [it for it in self.nodes.values() if len(it.dependents) <= FEW_READERS]:
            del self.nodes[node.key], self.by_id[node.id]
            if isinstance(node.key, InputKey):
                self._inputs[node.key] = node.id, node.fingerprint
            elif self._shelved is not None:
                self._shelved.add(node.key)

    # -- the shelf -------------------------------------------------------------------------------------

    def adopt(self, remains: Remains) -> None:
        """Start from what an earlier process has left. What it doubted is doubted still.

        The reads of doubted nodes are taken from the shelf too: they may be other than those nodes recorded.
        """
        self.shelf, self._inputs = remains.shelf, dict(remains.inputs)
        doubted = self.get(remains.doubted)
        self.get({number for node in doubted for number in node.reads})
        self.doubt(doubted)

    def saved(self, shelf: Shelf) -> None:
        """All changes are in a store, which gives the values from now on."""
        for node in self.unsaved:
            node.stored = is_kept(node)
            if node.stored:
                node.raw = None
        if self.shelf is None:
            self._shelved = Sieve()
        if self._shelved is not None:
            for key in self.tray.ids:
                self._shelved.add(key)
        self.tray = Tray()
        self.unsaved.clear()
        self.relinked.clear()
        self.removed.clear()
        self.shelf = shelf

    def take_all(self) -> None:
        """Take all nodes that are on the shelf."""
        if self.shelf is not None:
            for it in self.shelf.every():
                if it.row.id not in self.by_id and it.row.id not in self.removed:
                    self._take(it, *key_of(it.row))

    def fetch(self, node: Node) -> bytes | None:
        """The encoded value of a node, if the store can give it undamaged."""
        raw = self.shelf.fetch(node.id) if node.stored and self.shelf is not None else None
        return raw if raw is not None and fingerprint(raw, failed=node.failed) == node.fingerprint else None

    def encoded(self, node: Node) -> bytes | None:
        """The value of a node as a store keeps it; None when it need not, or the value is gone."""
        if not is_kept(node):
            return None
        if node.raw is not None:
            return node.raw
        return encode(node.value) if node.value is not GONE else self.fetch(node)


def is_kept(node: Node) -> bool:
    """Whether a store keeps the value: not of inputs and of unkept queries, but of every failure of a query."""
    return node.query is not None and (node.query.persist or node.failed)
