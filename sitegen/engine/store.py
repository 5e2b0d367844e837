"""The store: what a new process needs to go on where the last one ended, in one sqlite file.

The file may be missing, foreign, damaged, locked or on a read-only disk; then the db starts cold and no error is
raised. Nothing in it is believed unchecked: rows carry checksums, values are compared with their fingerprints, and
what was not up to date at the last save is listed as doubted. A save is one transaction, or one rename for a new file,
so a process killed at any moment leaves the old or the new state.

A loaded db takes nodes from the file when it needs them. Should the file fail it then, or be saved by another process,
the db starts cold after all.
"""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from typing import Final
from zlib import crc32

import msgspec

from sitegen.engine import tables
from sitegen.engine.db import Db
from sitegen.engine.faults import DamagedError
from sitegen.engine.fingerprint import encode
from sitegen.engine.keys import InputKey, InputKind, Key
from sitegen.engine.memory import Memory
from sitegen.engine.node import VERIFIED
from sitegen.engine.rows import ids
from sitegen.engine.shelf import Remains, Stored

OTHER_VERSION: Final = "made by another version"
# Areas of our own: kind, name, id and fingerprint of every input; ids of the nodes that are in doubt.
INPUTS: Final = "engine inputs"
DOUBTED: Final = "engine doubted"

_decode_inputs = msgspec.msgpack.Decoder(list[tuple[InputKind, str, int, bytes]]).decode

_forks = 0  # how many there were between this process and the first


def _count_fork() -> None:
    global _forks
    _forks += 1


os.register_at_fork(after_in_child=_count_fork)


class Store:
    """The store in the file `path`, of use to programs of the same `version` only; opening it never fails.

    `trouble` says why the store could not be used or saved, "" when all is well or there is none yet. It is the
    `Shelf` of the db that was loaded from it.
    """

    def __init__(self, path: str | os.PathLike[str], version: str) -> None:
        self.trouble = ""
        self._path = os.fspath(path)
        self._version = f"{tables.FORMAT} {version}".encode()
        self._token = b""
        self._pending: dict[str, bytes] = {}
        self._taken = False  # whether the file is another process's to write
        self._forks = _forks
        self._reading = _Reading(self)
        self._connection = self._open()

    @property
    def token(self) -> bytes:
        """Names the state of the file that we are in step with; another one after every save."""
        return self._token

    # -- beside the nodes ------------------------------------------------------------------------------

    def get(self, name: str) -> bytes | None:
        """Something kept by `set`; None when there is none. Needs no nodes to be loaded."""
        if name in self._pending:
            return self._pending[name]
        data, crc = self._one("SELECT data, crc FROM area WHERE name = ?", name)
        return data if data is not None and crc32(data, crc32(name.encode())) == crc else None

    def set(self, name: str, data: bytes) -> None:
        """Keep something beside the nodes; written by the next `save`, in the same transaction."""
        self._pending[name] = data

    # -- load and save ---------------------------------------------------------------------------------

    def load(self, db: Db) -> bool:
        """Give a new db the stored nodes; they stay in the file until they are asked for. False: start cold."""
        if self._connection is None:
            return False
        try:
            with self._reading as connection:
                ((self._token, last),) = connection.execute(
                    "SELECT token, (SELECT max(id) FROM node) FROM about"
                )
                inputs, doubted = self.get(INPUTS), self.get(DOUBTED)
                if inputs is None or doubted is None:
                    raise DamagedError("no list of inputs")
                known = {
                    InputKey(kind, name): (number, mark)
                    for kind, name, number, mark in _decode_inputs(inputs)
                }
                remains = Remains(self, known, ids(doubted), (last or 0) + 1)
            db.adopt(remains)
        except DamagedError:
            db.forget()
            return False
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
        if db is None and not self._pending:
            return True  # a transaction for nothing would wait for the disk all the same
        try:
            if self._connection is not None and (db is None or db.memory.shelf is self):
                self._update(self._connection, db)
            elif db is not None and not self._taken:
                self._replace(db)
            else:
                return False
        except (sqlite3.Error, OSError, DamagedError) as reason:
            self.trouble = str(reason) or type(reason).__name__
            return False
        self._pending.clear()
        if db is not None:
            db.memory.saved(self)
        return True

    def close(self) -> None:
        """Let go of the file; the store is then as good as missing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # -- the shelf -------------------------------------------------------------------------------------

    def find(self, key: Key) -> Stored | None:
        """The node of a key; DamagedError when the file cannot be relied on, as below."""
        with self._reading as connection:
            return tables.found(connection, self._token, key)

    def get_nodes(self, numbers: Sequence[int]) -> Iterable[Stored]:
        """The nodes of these ids, all of which must be there."""
        with self._reading as connection:
            return tables.of_ids(connection, self._token, numbers)

    def every(self) -> Iterator[Stored]:
        """All nodes."""
        with self._reading as connection:
            yield from tables.every(connection, self._token)

    def fetch_all(self, numbers: Sequence[int]) -> list[tuple[int, bytes]]:
        """The encoded values of those nodes that the store has them of."""
        with self._reading as connection:
            return [
                (number, data) for number, data in tables.values(connection, numbers) if type(data) is bytes
            ]

    def fetch(self, number: int) -> bytes | None:
        """The encoded value of a node; None when the store does not have it."""
        return self._one("SELECT data, 0 FROM value WHERE id = ?", number)[0]

    # -- the file -------------------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection | None:
        if not os.path.exists(self._path):
            return None
        try:
            connection = tables.connect(self._path)
        except sqlite3.Error as reason:
            self.trouble = str(reason)
            return None
        try:
            ((version, token),) = connection.execute("SELECT version, token FROM about").fetchall()
        except (sqlite3.Error, ValueError) as reason:
            self._taken = _is_busy(reason)
            self.trouble = str(reason)
            connection.close()
            return None
        if version != self._version:
            self.trouble = OTHER_VERSION
            connection.close()
            return None
        self._token = token
        return connection

    def _fail(self, reason: BaseException) -> None:
        """Be of no more use, for this reason."""
        self._taken = isinstance(reason, tables.OutOfStepError) or _is_busy(reason)
        self.trouble = str(reason) if self._taken else f"damaged: {reason}"
        self.close()

    def _here(self) -> sqlite3.Connection | None:
        """The connection of this process: after a fork the parent's must not be touched.

        A worker keeps others from saving as long as it lives, and need not look out for them.
        """
        if self._forks != _forks:
            self._forks = _forks
            try:
                self._connection = tables.connect(self._path)
                self._connection.execute("BEGIN")
            except sqlite3.Error:
                self._connection = None
        return self._connection

    def _one(self, select: str, key: str | int) -> tuple[bytes | None, int]:
        connection = self._here()
        if connection is None:
            return None, 0
        try:
            found = connection.execute(select, (key,)).fetchone()
        except sqlite3.Error as reason:
            self.trouble = str(reason)
            return None, 0
        return found if found is not None and isinstance(found[0], bytes) else (None, 0)

    def _update(self, connection: sqlite3.Connection, db: Db | None) -> None:
        token = os.urandom(8)
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("SELECT token FROM about").fetchone() != (self._token,):
                raise tables.OutOfStepError("another process has saved")
            connection.execute("UPDATE about SET token = ?", (token,))
            if db is not None:
                memory = db.memory
                removed = [(number,) for number in memory.removed]
                connection.executemany("DELETE FROM node WHERE id = ?", removed)
                connection.executemany(
                    "DELETE FROM value WHERE id = ?", [*removed, *((node.id,) for node in memory.unsaved)]
                )
                tables.write(connection, memory, {**memory.unsaved, **memory.relinked}, memory.unsaved)
                tables.write_tray(connection, memory.tray)
                others = memory.removed or any(isinstance(it.key, InputKey) for it in memory.unsaved)
                _write_summary(connection, memory, inputs=bool(others))
            self._write_areas(connection)
        self._token = token

    def _replace(self, db: Db) -> None:
        """Write a whole new file and put it in place of the old one, whatever that is."""
        memory = db.memory
        memory.take_all()
        os.makedirs(os.path.dirname(self._path) or ".", exist_ok=True)
        new = f"{self._path}.new"
        _remove(new)
        token = os.urandom(8)
        with closing(sqlite3.connect(new, isolation_level=None)) as connection:
            connection.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + tables.SCHEMA
            )
            connection.execute("INSERT INTO about VALUES (?, ?)", (self._version, token))
            known = [node for node in memory.nodes.values() if node.is_of_use()]
            tables.write(connection, memory, known, known)
            tables.write_tray(connection, memory.tray)
            connection.execute(tables.INDEX)
            _write_summary(connection, memory, inputs=True)
            self._write_areas(connection)
            connection.execute("COMMIT")
        with open(new, "rb") as file:
            os.fsync(file.fileno())
        self.close()
        # The old file goes before its journal: a file without its journal would be taken for sound, and the
        # journal must not be found beside the new file.
        _remove(self._path)
        for suffix in ("-journal", "-wal", "-shm"):
            _remove(self._path + suffix)
        os.replace(new, self._path)
        self.trouble = ""
        self._connection = self._open()

    def _write_areas(self, connection: sqlite3.Connection) -> None:
        for name, data in self._pending.items():
            tables.write_area(connection, name, data)


class _Reading:
    """The connection of a store, in order to read nodes; whatever goes wrong makes the store of no more use."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> sqlite3.Connection:
        connection = self._store._here()
        if connection is None:
            self._store._fail(reason := DamagedError("the store is closed"))
            raise reason
        return connection

    def __exit__(self, kind: object, reason: BaseException | None, trace: object) -> None:
        if isinstance(reason, sqlite3.Error | msgspec.MsgspecError | ValueError | DamagedError):
            self._store._fail(reason)
            raise DamagedError(self._store.trouble) from reason


def _remove(path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)


def _is_busy(reason: BaseException) -> bool:
    return getattr(reason, "sqlite_errorcode", 0) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _write_summary(connection: sqlite3.Connection, memory: Memory, *, inputs: bool) -> None:
    """What a process must know before it has seen any node: the `inputs`, if they are others, and what is in doubt."""
    doubted = array("I", [it.id for it in memory.nodes.values() if it.state != VERIFIED and it.is_of_use()])
    if inputs:
        known = [(*key, number, mark) for key, (number, mark) in sorted(memory.input_nodes().items())]
        tables.write_area(connection, INPUTS, encode(known))
    tables.write_area(connection, DOUBTED, doubted.tobytes())
