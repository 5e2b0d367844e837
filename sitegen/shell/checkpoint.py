"""Checkpoints of a large build: what was worked out is saved now and then and let go of, so that memory stays bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sitegen.engine.db import Db
    from sitegen.engine.store import Store

MOST_RECENT: Final = 2_000  # values that have come into memory since it was last tidied
MOST_NODES: Final = 40_000  # remembered in memory, with or without values: those of about 2,000 articles


class Checkpoint:
    """Watches over a db in a build that saves it in a store."""

    def __init__(self, db: Db, store: Store) -> None:
        self._db, self._store = db, store

    def pass_by(self) -> None:
        """To be called between two answers."""
        memory = self._db.memory
        if memory.recent is None or len(memory.recent) > MOST_RECENT:
            memory.tidy()

    def rest(self) -> None:
        """To be called while no other process goes on from what is in memory."""
        memory = self._db.memory
        if len(memory.nodes) > MOST_NODES and self._store.save(self._db):
            memory.evict()
