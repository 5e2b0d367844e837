"""Nodes as flat rows: what the store keeps and what workers hand over."""

from __future__ import annotations

from collections.abc import Iterable
from struct import pack, unpack
from typing import Any, cast

import msgspec
from msgspec import Struct

from sitegen.engine.fingerprint import encode
from sitegen.engine.keys import InputKey, InputKind, Key
from sitegen.engine.memory import is_kept
from sitegen.engine.node import VERIFIED, Node, doubt
from sitegen.engine.query import QUERIES, Query


class Row(Struct, frozen=True, array_like=True, gc=False):
    """A node without its value; nodes are named by their ids."""

    id: int
    name: str  # full name of the query, or kind of the input
    args: bytes  # encoded arguments
    fingerprint: bytes
    failed: bool
    reads: bytes  # ids, 4 bytes each, little-endian
    prints: bytes  # fingerprints of the reads


class UnsoundError(Exception):
    """Rows that no save of this program can have written."""


decode_row = msgspec.msgpack.Decoder(Row).decode


def row_of(node: Node) -> Row:
    """The row of a node."""
    name = node.key[0]
    args = (node.key.name,) if isinstance(node.key, InputKey) else node.key.args
    return Row(
        node.id,
        name,
        encode(args),
        node.fingerprint,
        node.failed,
        pack(f"<{len(node.reads)}I", *[read.id for read in node.reads]),
        node.prints,
    )


def ids(packed: bytes) -> tuple[int, ...]:
    """The ids in the `reads` of a row."""
    return unpack(f"<{len(packed) // 4}I", packed)


def key_of(row: Row) -> tuple[Key, Query[..., Any] | None]:
    """The key of a row and its query, None for an input; UnsoundError when no query is called so."""
    if row.name in ("read", "list", "setting"):
        (name,) = msgspec.msgpack.decode(row.args, type=tuple[str])
        return InputKey(cast(InputKind, row.name), name), None
    query = QUERIES.get(row.name)
    if query is None:
        raise UnsoundError(f"no query {row.name}")
    return query.key(*query.decode_args(row.args)), query


def _node_of(row: Row) -> Node:
    node = Node(row.id, *key_of(row))
    node.fingerprint = row.fingerprint
    node.failed = row.failed
    node.stored = is_kept(node)
    return node


def nodes_of(rows: Iterable[Row]) -> list[Node]:
    """Nodes with their traces and reverse edges; UnsoundError when the rows do not make a whole.

    Whether a node is verified needs no place in a row: it is when its reads are and still have the fingerprints it
    recorded. That inputs have not changed since is for the caller to find out.
    """
    rows = list(rows)
    by_id = {row.id: _node_of(row) for row in rows}
    if len({node.key for node in by_id.values()}) != len(rows):
        raise UnsoundError("two nodes of one key")
    stale: list[Node] = []
    for row in rows:
        node = by_id[row.id]
        try:
            reads = tuple([by_id[number] for number in ids(row.reads)])
        except KeyError as missing:
            raise UnsoundError("a read of a missing node") from missing
        node.retrace(reads, row.prints)
        node.state = VERIFIED
        if not node.fingerprint or not node.agrees(0, len(reads)):
            stale.append(node)
    doubt(stale)
    return list(by_id.values())
