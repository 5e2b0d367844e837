"""The tables of a store and the rows in them; every row carries a checksum."""

from __future__ import annotations

import os
import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from zlib import crc32

from sitegen.engine.faults import DamagedError
from sitegen.engine.fingerprint import encode
from sitegen.engine.keys import Key
from sitegen.engine.memory import Memory
from sitegen.engine.node import NO_READS, Node
from sitegen.engine.query import QUERIES
from sitegen.engine.rows import Row, decode_row, name_of, row_of
from sitegen.engine.shelf import Stored
from sitegen.engine.tray import Tray

FORMAT: Final = f"2 {sys.byteorder}"  # of the tables below and of the rows in them
MANY: Final = 500  # rows that are asked for at a time

SCHEMA: Final = """
CREATE TABLE about (version BLOB NOT NULL, token BLOB NOT NULL);
CREATE TABLE area (name TEXT PRIMARY KEY, crc INTEGER NOT NULL, data BLOB NOT NULL);
CREATE TABLE node (
    id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, crc INTEGER NOT NULL, data BLOB NOT NULL, dependents BLOB NOT NULL
);
CREATE TABLE value (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
"""
INDEX: Final = "CREATE INDEX node_by_hash ON node (hash)"  # made when the rows are there: that is faster

NODE: Final = "REPLACE INTO node VALUES (?, ?, ?, ?, ?)"
VALUE: Final = "REPLACE INTO value VALUES (?, ?)"
_COLUMNS: Final = "id, crc, data, dependents"
_BY_HASH: Final = f"SELECT token, {_COLUMNS} FROM about LEFT JOIN node ON hash = ?"


def connect(path: str) -> sqlite3.Connection:
    """The file of a store, which must be there."""
    # What quoting is for here are these three; urllib would take longer to import than to open the file.
    name = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    uri = f"file:{name}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=1, isolation_level=None, check_same_thread=False)


def found(connection: sqlite3.Connection, token: bytes, key: Key) -> Stored | None:
    """The node of a key; DamagedError when the store is no longer in the state that the token stands for."""
    name, args = name_of(key)
    # One statement, so that the row is from the state the token stands for.
    rows = connection.execute(_BY_HASH, (_hash(name, args),)).fetchall()
    alike = [it for it in _in_step(rows, token) if it.row.args == args and it.row.name == name]
    if len(alike) > 1:
        raise DamagedError("two nodes of one key")
    return alike[0] if alike else None


def of_ids(connection: sqlite3.Connection, token: bytes, numbers: Sequence[int]) -> list[Stored]:
    """The nodes of these ids; DamagedError when one is missing, and as above."""
    got: list[Stored] = []
    for start in range(0, len(numbers), MANY):
        some = numbers[start : start + MANY]
        marks = ",".join("?" * len(some))
        rows = connection.execute(
            f"SELECT token, {_COLUMNS} FROM about LEFT JOIN node ON id IN ({marks})", some
        ).fetchall()
        got += _in_step(rows, token)
    if len(got) != len(set(numbers)):
        raise DamagedError("a node is missing")
    return got


def values(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """The encoded values of the nodes of these ids, as far as there are any, in any order."""
    for start in range(0, len(numbers), MANY):
        some = numbers[start : start + MANY]
        marks = ",".join("?" * len(some))
        yield from connection.execute(f"SELECT id, data FROM value WHERE id IN ({marks})", some)


def every(connection: sqlite3.Connection, token: bytes) -> Iterator[Stored]:
    """All nodes; DamagedError as above."""
    return _in_step(connection.execute(f"SELECT token, {_COLUMNS} FROM about LEFT JOIN node"), token)


def write(
    connection: sqlite3.Connection, memory: Memory, nodes: Iterable[Node], valued: Iterable[Node]
) -> None:
    """Write rows of `nodes`, and the values of those that are `valued`."""
    connection.executemany(NODE, (_columns(row_of(node), node.dependents) for node in nodes))
    values = ((node.id, memory.encoded(node)) for node in valued)
    connection.executemany(VALUE, (it for it in values if it[1] is not None))


def write_tray(connection: sqlite3.Connection, tray: Tray) -> None:
    """Write what others have handed over, and the reverse edges from nodes that are in the tables already."""
    new = tray.nodes.values()
    connection.executemany(NODE, (_columns(row, tray.readers.get(row.id, NO_READS)) for row, _ in new))
    kept = (
        (row.id, raw) for row, raw in new if raw is not None and (row.failed or QUERIES[row.name].persist)
    )
    connection.executemany(VALUE, kept)
    _add_readers(connection, {it: more for it, more in tray.readers.items() if it not in tray.nodes})


def _add_readers(connection: sqlite3.Connection, readers: Mapping[int, array[int]]) -> None:
    for number, more in readers.items():
        found = connection.execute("SELECT crc, dependents FROM node WHERE id = ?", (number,)).fetchone()
        if found is None:
            raise DamagedError("a node is missing")
        crc, before = found
        data = more.tobytes()
        connection.execute(
            "UPDATE node SET crc = ?, dependents = ? WHERE id = ?",
            (crc32(data, crc), before + data, number),  # a checksum goes on where it ended
        )


def write_area(connection: sqlite3.Connection, name: str, data: bytes) -> None:
    """Write one of the things that are kept beside the nodes."""
    connection.execute("REPLACE INTO area VALUES (?, ?, ?)", (name, crc32(data, crc32(name.encode())), data))


def _columns(row: Row, readers: array[int]) -> tuple[int, int, int, bytes, bytes]:
    data, dependents = encode(row), readers.tobytes()
    return row.id, _hash(row.name, row.args), crc32(dependents, crc32(data)), data, dependents


def _hash(name: str, args: bytes) -> int:
    return crc32(args, crc32(name.encode()))


def _stored(number: object, crc: object, data: object, dependents: object) -> Stored:
    if (
        not isinstance(data, bytes)
        or not isinstance(dependents, bytes)
        or crc32(dependents, crc32(data)) != crc
    ):
        raise DamagedError("checksum")
    row = decode_row(data)
    if row.id != number:
        raise DamagedError("a node in another's place")
    return Stored(row, dependents)


def _in_step(rows: Iterable[tuple[object, ...]], token: bytes) -> Iterator[Stored]:
    """The nodes of rows that begin with the token of the store; there is one row at least."""
    for known, *row in rows:
        if known != token:
            raise OutOfStepError("another process has saved")
        if row[0] is not None:
            yield _stored(*row)


class OutOfStepError(DamagedError):
    """Another process has saved since this one loaded."""
