"""The store: what a new process needs to go on where the last one ended, in one sqlite file.

The file may be missing, foreign, damaged, locked or on a read-only disk; then the db starts cold and no error is
raised. Nothing in it is believed unchecked: rows carry checksums, values are compared with their fingerprints, and
traces that do not fit together count as unverified. A save is one transaction, or one rename for a new file, so
a process killed at any moment leaves the old or the new state.
"""

from __future__ import annotations

import gc
import os
import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote
from zlib import crc32

import msgspec

from sitegen.engine.db import Db
from sitegen.engine.fingerprint import encode
from sitegen.engine.node import Node
from sitegen.engine.rows import Row, UnsoundError, decode_row, nodes_of, row_of

FORMAT: Final = "1"  # of the tables below and of the rows in them
OTHER_VERSION: Final = "made by another version"

SCHEMA = """
CREATE TABLE about (version BLOB NOT NULL, token BLOB NOT NULL);
CREATE TABLE area (name TEXT PRIMARY KEY, crc INTEGER NOT NULL, data BLOB NOT NULL);
CREATE TABLE node (id INTEGER PRIMARY KEY, crc INTEGER NOT NULL, data BLOB NOT NULL);
CREATE TABLE value (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
"""


class OutOfStepError(Exception):
    """Another process has saved since this one loaded."""


class Store:
    """The store in the file `path`, of use to programs of the same `version` only; opening it never fails.

    `trouble` says why the store could not be used or saved, "" when all is well or there is none yet.
    """

    def __init__(self, path: Path, version: str) -> None:
        self.trouble = ""
        self._path = path
        self._version = f"{FORMAT} {version}".encode()
        self._token = b""  # of the state we are in step with; another one after every save
        self._base: Db | None = None  # the db whose saved state the file holds
        self._pending: dict[str, bytes] = {}
        self._busy = False
        self._pid = os.getpid()
        self._connection = self._open()

    def get(self, name: str) -> bytes | None:
        """Something kept by `set`; None when there is none. Needs no nodes to be loaded."""
        if name in self._pending:
            return self._pending[name]
        data, crc = self._one("SELECT data, crc FROM area WHERE name = ?", name)
        return data if data is not None and crc32(data, crc32(name.encode())) == crc else None

    def set(self, name: str, data: bytes) -> None:
        """Keep something beside the nodes; written by the next `save`, in the same transaction."""
        self._pending[name] = data

    def load(self, db: Db) -> bool:
        """Give a new db the stored nodes; values stay in the file until they are asked for. False: start cold."""
        if self._connection is None:
            return False
        collecting = gc.isenabled()
        gc.disable()  # all that comes into being here stays, and would be looked through again and again
        try:
            nodes = nodes_of(_rows(self._connection))
        except (sqlite3.Error, UnsoundError, msgspec.MsgspecError, struct.error) as reason:
            self._give_up(f"damaged: {reason}")
            return False
        finally:
            if collecting:
                gc.enable()
        db.adopt(nodes, self.fetch)
        self._base = db
        return True

    def save(self, db: Db | None = None) -> bool:
        """Write what changed in `db` and what was `set`; False when that was not possible (see `trouble`).

        Without a db only what was `set` is written, and only beside nodes that are there already.
        """
        if db is not None and db.unchecked:
            self.trouble = (
                "inputs not compared yet"  # what is `set` now would vouch for inputs nobody has seen
            )
            return False
        try:
            if self._connection is not None and (db is None or db is self._base):
                self._update(self._connection, db)
            elif db is not None and not self._busy:
                self._replace(db)
            else:
                return False
        except (sqlite3.Error, OSError, OutOfStepError) as reason:
            self.trouble = str(reason) or type(reason).__name__
            return False
        self._pending.clear()
        if db is not None:
            db.memory.saved(self.fetch)
            self._base = db
        return True

    def close(self) -> None:
        """Let go of the file; the store is then as good as missing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def fetch(self, number: int) -> bytes | None:
        """The encoded value of a node; None when the store does not have it."""
        return self._one("SELECT data, 0 FROM value WHERE id = ?", number)[0]

    # -- the file -------------------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection | None:
        if not self._path.exists():
            return None
        try:
            connection = _connect(self._path)
        except sqlite3.Error as reason:
            self.trouble = str(reason)
            return None
        try:
            ((version, token),) = connection.execute("SELECT version, token FROM about").fetchall()
        except (sqlite3.Error, ValueError) as reason:
            self._busy = getattr(reason, "sqlite_errorcode", 0) in (
                sqlite3.SQLITE_BUSY,
                sqlite3.SQLITE_LOCKED,
            )
            self.trouble = str(reason)
            connection.close()
            return None
        if version != self._version:
            self.trouble = OTHER_VERSION
            connection.close()
            return None
        self._token = token
        return connection

    def _give_up(self, reason: str) -> None:
        self.trouble = reason
        self.close()

    def _one(self, select: str, key: str | int) -> tuple[bytes | None, int]:
        if os.getpid() != self._pid:  # after a fork the parent's connection must not be touched
            self._pid = os.getpid()
            self._connection = self._open()
        if self._connection is None:
            return None, 0
        try:
            found = self._connection.execute(select, (key,)).fetchone()
        except sqlite3.Error as reason:
            self.trouble = str(reason)
            return None, 0
        return found if found is not None and isinstance(found[0], bytes) else (None, 0)

    def _update(self, connection: sqlite3.Connection, db: Db | None) -> None:
        token = os.urandom(8)
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("SELECT token FROM about").fetchone() != (self._token,):
                raise OutOfStepError("another process has saved")
            connection.execute("UPDATE about SET token = ?", (token,))
            if db is not None:
                removed = [(number,) for number in db.memory.removed]
                changed = list(db.memory.unsaved)
                connection.executemany("DELETE FROM node WHERE id = ?", removed)
                connection.executemany(
                    "DELETE FROM value WHERE id = ?", [*removed, *((node.id,) for node in changed)]
                )
                _write(connection, db, changed)
            self._write_area(connection)
        self._token = token

    def _replace(self, db: Db) -> None:
        """Write a whole new file and put it in place of the old one, whatever that is."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_name(self._path.name + ".new")
        new.unlink(missing_ok=True)
        with closing(sqlite3.connect(new, isolation_level=None)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + SCHEMA)
            connection.execute("INSERT INTO about VALUES (?, ?)", (self._version, os.urandom(8)))
            known = [node for node in db.memory.nodes.values() if node.fingerprint or node.dependents]
            _write(connection, db, known)
            self._write_area(connection)
            connection.execute("COMMIT")
        with open(new, "rb") as file:
            os.fsync(file.fileno())
        self.close()
        # The old file goes before its journal: a file without its journal would be taken for sound, and the
        # journal must not be found beside the new file.
        self._path.unlink(missing_ok=True)
        for suffix in ("-journal", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        new.replace(self._path)
        self.trouble = ""
        self._pid = os.getpid()
        self._connection = self._open()

    def _write_area(self, connection: sqlite3.Connection) -> None:
        connection.executemany(
            "REPLACE INTO area VALUES (?, ?, ?)",
            [(name, crc32(data, crc32(name.encode())), data) for name, data in self._pending.items()],
        )


def _connect(path: Path) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.absolute()))}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=1, isolation_level=None, check_same_thread=False)


def _write(connection: sqlite3.Connection, db: Db, nodes: Sequence[Node]) -> None:
    rows = ((node.id, encode(row_of(node))) for node in nodes)
    connection.executemany(
        "REPLACE INTO node VALUES (?, ?, ?)", ((number, crc32(data), data) for number, data in rows)
    )
    values = ((node.id, db.memory.encoded(node)) for node in nodes)
    connection.executemany("REPLACE INTO value VALUES (?, ?)", (it for it in values if it[1] is not None))


def _rows(connection: sqlite3.Connection) -> Iterator[Row]:
    for crc, data in connection.execute("SELECT crc, data FROM node"):
        if not isinstance(data, bytes) or crc32(data) != crc:
            raise UnsoundError("checksum")
        yield decode_row(data)
