"""Nodes as flat rows: what the store keeps and what workers hand over."""

from __future__ import annotations

from array import array
from typing import Any, cast

import msgspec
from msgspec import Struct

from sitegen.engine.faults import DamagedError
from sitegen.engine.fingerprint import encode
from sitegen.engine.keys import InputKey, InputKind, Key
from sitegen.engine.node import Node
from sitegen.engine.query import QUERIES, Query


class Row(Struct, frozen=True, array_like=True, gc=False):
    """A node without its value and its dependents; nodes are named by their ids."""

    id: int
    name: str  # full name of the query, or kind of the input
    args: bytes  # encoded arguments
    fingerprint: bytes
    failed: bool
    reads: bytes  # ids, 4 bytes each
    prints: bytes  # fingerprints of the reads


decode_row = msgspec.msgpack.Decoder(Row).decode


def name_of(key: Key) -> tuple[str, bytes]:
    """A key as rows hold it: the full name of the query or the kind of the input, and the encoded arguments."""
    return key[0], encode((key.name,) if isinstance(key, InputKey) else key.args)


def row_of(node: Node) -> Row:
    """The row of a node."""
    name, args = name_of(node.key)
    return Row(node.id, name, args, node.fingerprint, node.failed, node.reads.tobytes(), node.prints)


def ids(packed: bytes) -> array[int]:
    """Ids from their packed form."""
    found = array("I")
    found.frombytes(packed)
    return found


def key_of(row: Row) -> tuple[Key, Query[..., Any] | None]:
    """The key of a row and its query, None for an input; DamagedError when no query is called so."""
    try:
        if row.name in ("read", "list", "setting"):
            (name,) = msgspec.msgpack.decode(row.args, type=tuple[str])
            return InputKey(cast(InputKind, row.name), name), None
        query = QUERIES[row.name]
        return query.key(*query.decode_args(row.args)), query
    except (KeyError, msgspec.MsgspecError) as reason:
        raise DamagedError(f"no query {row.name}: {reason}") from reason
