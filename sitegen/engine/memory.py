"""The nodes of a db: what is remembered, what has changed since it was last saved, and who depends on whom.

Nodes lie in memory or on a shelf (the store of an earlier process), from which they are taken when they are asked for
or when a change may reach them. So a node on the shelf is always verified, and what reads it found it as it is there.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, Protocol

from sitegen.engine.faults import DamagedError
from sitegen.engine.fingerprint import encode
from sitegen.engine.keys import InputKey, Key, QueryKey
from sitegen.engine.node import GONE, UNVERIFIED, VERIFIED, Node
from sitegen.engine.query import QUERIES, Query
from sitegen.engine.rows import Row, ids, key_of

FEW_READERS: Final = 16  # a value that more nodes than this have read stays in memory


class Stored(NamedTuple):
    """A node on the shelf; `dependents` are ids, 4 bytes each."""

    row: Row
    dependents: bytes


class Shelf(Protocol):
    """Where nodes lie that are not in memory. All but `fetch` raise DamagedError when it cannot be relied on."""

    def find(self, key: Key) -> Stored | None:
        """The node of the key of a query."""

    def get_nodes(self, numbers: Sequence[int]) -> Iterable[Stored]:
        """The nodes of these ids, in any order; all must be there."""

    def every(self) -> Iterable[Stored]:
        """All nodes."""

    def fetch(self, number: int) -> bytes | None:
        """The encoded value of the node with that id; None when there is none."""


class Remains(NamedTuple):
    """What an earlier process has left."""

    shelf: Shelf
    inputs: dict[InputKey, tuple[int, bytes]]  # id and fingerprint of each
    doubted: Sequence[int]  # ids of the nodes that are not verified
    next_id: int


class Memory:
    """Nodes by key and by id, with a note of what a store must write to catch up."""

    def __init__(self, next_id: int = 1) -> None:
        self.nodes: dict[tuple[str, object], Node] = {}
        self.by_id: dict[int, Node] = {}
        self.unsaved: dict[Node, None] = {}  # other outcomes than at the last save
        self.relinked: dict[Node, None] = {}  # other dependents than at the last save
        self.removed: set[int] = set()  # ids of nodes dropped since the last save
        self.changed: set[int] = set()  # ids of nodes with other fingerprints than at the last refresh
        self.recent: list[Node] | None = None  # a list gathers nodes whose values came into memory
        self.held: dict[Node, bytes] = {}  # doubted eager nodes, with the fingerprints their dependents know
        self.next_id = next_id
        self.shelf: Shelf | None = None  # where the rest is
        self._inputs: dict[InputKey, tuple[int, bytes]] = {}  # those on the shelf
        # Hashes of the keys of queries that were left to the shelf; None when it holds what others have put there.
        self._evicted: set[int] | None = set()

    # -- finding ---------------------------------------------------------------------------------------

    def find(self, key: Key, query: Query[..., Any] | None) -> Node:
        """The node of a key, made if need be; `query` is None for an input."""
        node = self.look(key)
        if node is None:
            node = Node(self.next_id, key, query)
            self.next_id += 1
            self.nodes[key] = self.by_id[node.id] = node
        return node

    def look(self, key: Key) -> Node | None:
        """The node of a key, None if there is none."""
        node = self.nodes.get(key)
        if node is not None or self.shelf is None:
            return node
        if isinstance(key, InputKey):
            known = self._inputs.get(key)
            return self.get((known[0],))[0] if known else None
        if self._evicted is not None and hash(key) not in self._evicted:
            return None
        stored = self.shelf.find(key)
        if stored is None or stored.row.id in self.removed:
            return None
        return self._take(stored, key, QUERIES[key.query])

    def get(self, numbers: Collection[int]) -> list[Node]:
        """Nodes by their ids, in order."""
        by_id = self.by_id
        missing = [number for number in numbers if number not in by_id]
        if missing:
            if self.shelf is None:
                raise DamagedError("an unknown node")
            for stored in self.shelf.get_nodes(missing):
                self._take(stored, *key_of(stored.row))
        return [by_id[number] for number in numbers]

    def _take(self, stored: Stored, key: Key, query: Query[..., Any] | None) -> Node:
        """Move a node from the shelf to memory."""
        row = stored.row
        node = Node(row.id, key, query)
        node.state = VERIFIED if row.fingerprint else UNVERIFIED
        node.fingerprint = row.fingerprint
        node.failed = row.failed
        node.reads = ids(row.reads)
        node.prints = row.prints
        node.dependents = ids(stored.dependents)
        node.stored = is_kept(node)
        if self.nodes.setdefault(key, node) is not node or self.by_id.setdefault(node.id, node) is not node:
            raise DamagedError("two nodes of one key")
        if isinstance(key, InputKey):
            self._inputs.pop(key, None)
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

    def record(
        self, node: Node, fingerprint: bytes, failed: bool, value: object, raw: bytes | None = None
    ) -> None:
        """Replace the outcome of a node; the value may be given encoded (`raw`) with GONE as its value."""
        if node.fingerprint != fingerprint:
            self.changed.add(node.id)
        node.fingerprint, node.failed, node.value, node.raw = fingerprint, failed, value, raw
        node.stored = False
        self.unsaved[node] = None
        if self.recent is not None:
            self.recent.append(node)

    def retrace(self, node: Node, reads: Sequence[Node], prints: bytes) -> None:
        """Replace what a node has read, and the reverse edges with it."""
        numbers = array("I", [read.id for read in reads])
        if numbers != node.reads:
            before = set(node.reads)
            for read in reads:
                if read.id not in before:
                    read.dependents.append(node.id)
                    self.relinked[read] = None
            for read in self.get(before.difference(numbers)):
                read.dependents.remove(node.id)
                self.relinked[read] = None
            node.reads = numbers
        node.prints = prints

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

    def collect(self, roots: Iterable[Key]) -> None:
        """Forget every node that the roots do not reach through their reads."""
        reads = {} if self.shelf is None else {it.row.id: ids(it.row.reads) for it in self.shelf.every()}
        for number in self.removed:
            reads.pop(number, None)
        reads.update((node.id, node.reads) for node in self.nodes.values())
        keep: set[int] = set()
        waiting = [node.id for key in roots if (node := self.look(key)) is not None]
        while waiting:
            number = waiting.pop()
            if number not in keep:
                keep.add(number)
                waiting.extend(reads[number])
        gone = reads.keys() - keep
        for node in self.get({read for number in gone for read in reads[number] if read in keep}):
            node.dependents = array("I", [it for it in node.dependents if it not in gone])
            self.relinked[node] = None
        for key in [key for key, (number, _) in self._inputs.items() if number in gone]:
            del self._inputs[key]
        for number in gone:
            self._drop(number)

    def _drop(self, number: int) -> None:
        node = self.by_id.pop(number, None)
        if node is not None:
            del self.nodes[node.key]
            self.unsaved.pop(node, None)
            self.relinked.pop(node, None)
            self.held.pop(node, None)
            self.changed.discard(node.id)
        self.removed.add(number)

    def release(self, node: Node) -> None:
        """Drop a value from memory if it can be had again: from the store, or by running an unkept query."""
        if node.stored or (node.query is not None and not node.query.persist and not node.failed):
            node.value = GONE
            node.raw = None

    def tidy(self) -> None:
        """Drop values that came into memory lately, as far as they can be had again and few have read them.

        What a query without arguments says is of the whole site, and soon read by many.
        """
        for node in self.recent or ():
            if len(node.dependents) <= FEW_READERS and isinstance(node.key, QueryKey) and node.key.args:
                if node.raw is not None:
                    node.value = GONE  # the encoded one is smaller
                self.release(node)
        self.recent = []

    def evict(self) -> None:
        """Leave saved nodes that few have read to the shelf; none while any is in doubt, for they may differ then."""
        unsaved = self.unsaved or self.relinked or self.removed
        if self.shelf is None or unsaved or any(it.state != VERIFIED for it in self.nodes.values()):
            return
        for node in [it for it in self.nodes.values() if len(it.dependents) <= FEW_READERS]:
            del self.nodes[node.key], self.by_id[node.id]
            if isinstance(node.key, InputKey):
                self._inputs[node.key] = node.id, node.fingerprint
            elif self._evicted is not None:
                self._evicted.add(hash(node.key))

    # -- the shelf -------------------------------------------------------------------------------------

    def adopt(self, remains: Remains) -> None:
        """Start from what an earlier process has left. What it doubted is doubted still.

        The reads of doubted nodes are taken from the shelf too: they may be other than those nodes recorded.
        """
        self.shelf, self._inputs, self._evicted = remains.shelf, dict(remains.inputs), None
        doubted = self.get(remains.doubted)
        self.get({number for node in doubted for number in node.reads})
        self.doubt(doubted)

    def saved(self, shelf: Shelf) -> None:
        """All changes are in a store, which gives the values from now on."""
        for node in self.unsaved:
            node.stored = is_kept(node)
            if node.stored:
                node.raw = None
        self.unsaved.clear()
        self.relinked.clear()
        self.removed.clear()
        self.shelf = shelf

    def gather(self) -> None:
        """Take all nodes that are on the shelf."""
        if self.shelf is not None:
            for it in self.shelf.every():
                if it.row.id not in self.by_id and it.row.id not in self.removed:
                    self._take(it, *key_of(it.row))

    def fetch(self, node: Node) -> bytes | None:
        """The encoded value of a node, if the store can give it."""
        return self.shelf.fetch(node.id) if node.stored and self.shelf is not None else None

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
