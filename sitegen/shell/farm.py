"""Builds that are shared with other machines, which see the folder of the site at the same path."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from typing import Any

from msgspec import Struct

from sitegen.engine.db import Db
from sitegen.engine.farm import Answer, Farm, Names, Worker
from sitegen.engine.store import Store
from sitegen.errors import SiteError, Span, diagnostic
from sitegen.shell.session import Request, look, path_of_store, started
from sitegen.shell.version import namespace

PATIENCE = 10  # seconds until a scheduler must have answered
WAYS = ("dask://HOST:PORT", "processes://NUMBER")


class Place(Struct, frozen=True):
    """What a task goes by: a site, the state of its store, and the ids given out so far."""

    site: str
    settings: tuple[tuple[str, str], ...]
    version: str
    token: bytes
    first: int


@contextmanager
def executor(address: str) -> Iterator[Executor]:
    """The executor at an address such as `dask://localhost:8786`; `SiteError` when there is none."""
    kind, _, rest = address.partition("://")
    if kind == "processes" and rest.isdecimal() and int(rest):
        with ProcessPoolExecutor(int(rest), get_context("spawn")) as pool:
            yield pool
    elif kind == "dask" and rest:
        try:
            distributed: Any = import_module("distributed")
        except ImportError as error:
            raise SiteError(diagnostic("O312", Span(address), tool="distributed")) from error
        try:
            client = distributed.Client(f"tcp://{rest}", timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise SiteError(diagnostic("O313", Span(address), reason=str(error))) from error
        with client:
            yield client.get_executor()
    else:
        raise SiteError(diagnostic("C111", Span(address), ways=", ".join(WAYS)))


def farm(executor: Executor, request: Request, store: Store) -> Farm:
    """A way to divide the work of a build."""
    settings = tuple(sorted(request.settings.items()))

    def prepare(db: Db) -> Answer:
        store.save(db)  # tasks find there what is known here
        place = Place(os.path.abspath(request.site), settings, namespace(), store.token, db.memory.next_id)
        return partial(answer, place)

    return Farm(executor, prepare)


_workers: dict[Place, Worker] = {}  # at most one: that of the state of a site that was asked for last
_lock = threading.Lock()  # an executor may run tasks in threads


def answer(place: Place, names: Names) -> bytes:
    """Answer keys in a process of the executor."""
    with _lock:
        worker = _workers.get(place)
        if worker is None:
            _workers.clear()
            worker = _workers[place] = _worker(place)
        return worker.answer(names)


def _worker(place: Place) -> Worker:
    if namespace() != place.version:
        raise RuntimeError("another version of sitegen")
    request = Request(place.site, settings=dict(place.settings))
    store = Store(path_of_store(place.site), place.version)
    db = started(store, look(request, store)).db
    if db.memory.shelf is not store or store.token != place.token:
        raise RuntimeError("the store is not there, or in another state")  # ids mean something else
    name = f"{socket.gethostname()} {os.getpid()} {os.urandom(8).hex()}"
    return Worker(name, db, place.first)
