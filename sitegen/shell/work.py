"""How a build has its answers worked out: shared among processes, saved now and then, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sitegen.errors import Diagnostic, Span, diagnostic
from sitegen.shell.session import Request

if TYPE_CHECKING:
    from sitegen.engine.db import Db
    from sitegen.engine.farm import Farm
    from sitegen.engine.keys import QueryKey
    from sitegen.engine.store import Store

MOST_NODES: Final = 40_000  # remembered in memory, with or without values: those of about 2,000 articles


class Work:
    """The work on the site of a request; a `farm` shares it in place of processes of this machine."""

    def __init__(self, request: Request, db: Db, store: Store, farm: Farm | None = None) -> None:
        self.db, self.store = db, store
        self._request, self._farm = request, farm
        db.memory.tidy()  # from here on values are let go of

    def run(
        self,
        label: str,
        keys: Sequence[QueryKey],
        present: Callable[[Db, QueryKey], bytes] = lambda db, key: b"",
        done: Callable[[QueryKey, bytes], None] = lambda key, made: None,
    ) -> None:
        """Bring keys up to date; `done` is told of each once, with what `present` made of it where it was answered.

        The progress is told under `label`.
        """
        from sitegen.engine import pool
        from sitegen.engine.memory import HEAVY

        def passed(key: QueryKey, made: bytes) -> None:
            done(key, made)
            if self.db.memory.weight > HEAVY:
                self.db.memory.tidy()

        def progress(count: int, total: int) -> None:
            self._request.progress(label, count, total)

        pool.run(self.db, keys, self._request.workers, progress, present, passed, self._rest, self._farm)

    def remarks(self) -> tuple[Diagnostic, ...]:
        """What became of the help that was asked for, where it failed."""
        farm = self._farm
        if farm is None or not farm.failed:
            return ()
        at = Span(self._request.executor)
        return (diagnostic("O314", at, count=str(farm.failed), reason=farm.reason),)

    def _rest(self) -> None:
        """Save, and let go of what is remembered, if it is much; no other process may be at work."""
        memory = self.db.memory
        memory.tidy()
        if len(memory.nodes) + len(memory.tray) > MOST_NODES and self.store.save(self.db):
            memory.evict()


@contextmanager
def shared(request: Request, db: Db, store: Store) -> Iterator[Work]:
    """The work of a request, shared with the executor it names, if any."""
    if not request.executor:
        yield Work(request, db, store)
        return
    from sitegen.shell import farm

    with farm.executor(request.executor) as executor:
        yield Work(request, db, store, farm.farm(executor, request, store))
