"""The nodes of a db: what is remembered, what has changed since it was last saved, and who depends on whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sitegen.engine.fingerprint import encode
from sitegen.engine.keys import InputKey, Key
from sitegen.engine.node import GONE, VERIFIED, Node, doubt
from sitegen.engine.query import Query

Fetch = Callable[
    [int], "bytes | None"
]  # the encoded value of the node with that id, if the store can give it


class Memory:
    """Nodes by key, with a note of what a store must write to catch up."""

    def __init__(self) -> None:
        self.nodes: dict[tuple[str, object], Node] = {}
        self.unsaved: dict[Node, None] = {}  # changed since the last save
        self.removed: list[int] = []  # ids of nodes dropped since the last save
        self.held: dict[Node, bytes] = {}  # doubted eager nodes, with the fingerprints their dependents know
        self.fetch: Fetch = lambda number: None
        self.next_id = 1

    def add(self, key: Key, query: Query[..., Any] | None) -> Node:
        """A new node without an outcome; `query` is None for an input."""
        node = self.nodes[key] = Node(self.next_id, key, query)
        self.next_id += 1
        return node

    def find(self, key: Key, query: Query[..., Any] | None) -> Node:
        """The node of a key, made if need be."""
        return self.nodes.get(key) or self.add(key, query)

    def record(
        self, node: Node, fingerprint: bytes, failed: bool, value: object, raw: bytes | None = None
    ) -> None:
        """Replace the outcome of a node; the value may be given encoded (`raw`) with GONE as its value."""
        node.fingerprint, node.failed, node.value, node.raw = fingerprint, failed, value, raw
        node.stored = False
        self.unsaved[node] = None

    def inputs(self) -> Iterable[tuple[InputKey, bytes]]:
        """Every input that has been read, with its fingerprint."""
        for node in self.nodes.values():
            if isinstance(node.key, InputKey) and node.fingerprint:
                yield node.key, node.fingerprint

    def distrust(self, inputs: Iterable[Node]) -> None:
        """Take inputs as unknown until they are read again, and doubt all that might depend on them.

        Their fingerprints are dropped, for the store too: should the process end before it reads them, the next
        one must not believe the old ones. Dependents know themselves what they have read.
        """
        for node in inputs:
            self.doubt((node,))
            node.fingerprint = b""
            node.value = GONE
            self.unsaved[node] = None

    def doubt(self, nodes: Iterable[Node]) -> None:
        """Mark nodes and all that might depend on them as unverified, but hold the eager ones back."""
        for node in doubt(nodes):
            self.held.setdefault(node, node.fingerprint)

    def collect(self, roots: Iterable[Key]) -> None:
        """Forget every node that the roots do not reach through their reads."""
        keep: set[Node] = set()
        waiting = [node for key in roots if (node := self.nodes.get(key)) is not None]
        while waiting:
            node = waiting.pop()
            if node not in keep:
                keep.add(node)
                waiting.extend(node.reads)
        for node in [node for node in self.nodes.values() if node not in keep]:
            del self.nodes[node.key]
            node.retrace((), b"")
            self.unsaved.pop(node, None)
            self.held.pop(node, None)
            self.removed.append(node.id)

    def release(self, node: Node) -> None:
        """Drop a value from memory if it can be had again: from the store, or by running an unkept query."""
        if node.stored or (node.query is not None and not node.query.persist and not node.failed):
            node.value = GONE
            node.raw = None

    def adopt(self, nodes: Iterable[Node], fetch: Fetch) -> None:
        """Start from remembered nodes."""
        self.nodes = {node.key: node for node in nodes}
        self.held = {
            node: node.fingerprint
            for node in self.nodes.values()
            if node.state != VERIFIED and node.query is not None and node.query.eager
        }
        self.next_id = max((node.id for node in self.nodes.values()), default=0) + 1
        self.fetch = fetch

    def saved(self, fetch: Fetch) -> None:
        """All changes are in a store, which gives the values from now on."""
        for node in self.unsaved:
            node.stored = is_kept(node)
            if node.stored:
                node.raw = None
        self.unsaved.clear()
        self.removed.clear()
        self.fetch = fetch

    def encoded(self, node: Node) -> bytes | None:
        """The value of a node as a store keeps it; None when it need not, or the value is gone."""
        if not is_kept(node):
            return None
        if node.raw is not None:
            return node.raw
        if node.value is not GONE:
            return encode(node.value)
        return self.fetch(node.id) if node.stored else None


def is_kept(node: Node) -> bool:
    """Whether a store keeps the value: not of inputs and of unkept queries, but of every failure of a query."""
    return node.query is not None and (node.query.persist or node.failed)
