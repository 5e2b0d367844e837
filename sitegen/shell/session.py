"""What every command begins with: a site's folder, its sources, and what the store remembers of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import Struct

from sitegen.engine.keys import InputKey
from sitegen.engine.store import Store
from sitegen.errors import SiteError, Span, diagnostic
from sitegen.shell import files
from sitegen.shell.files import Files, Seen
from sitegen.shell.trouble import naming
from sitegen.shell.version import namespace

if TYPE_CHECKING:
    from sitegen.engine.db import Db

Progress = Callable[[str, int, int], None]  # what is being done, how many of how many


class Request(Struct, frozen=True):
    """What to build, from where, and into which folder."""

    site: str
    output: str = ""  # `public` in the site when empty
    settings: dict[str, str] = {}
    force: bool = False
    strict: bool = False  # warnings keep the site from being published
    workers: int = 1
    executor: str = ""  # the address of an executor that shares the work, see `farm`
    progress: Progress = lambda label, done, total: None
    waiting: Callable[[], None] = lambda: None

    @property
    def folder(self) -> str:
        """Where the pages go."""
        return self.output or os.path.join(self.site, "public")


class Session(NamedTuple):
    """A site brought up to date with the disk; `changed` are the inputs that differ from the last build."""

    db: Db
    store: Store
    source: Files
    changed: frozenset[InputKey]


@contextmanager
def opened(request: Request) -> Iterator[Session]:
    """The site of a request, for questions."""
    require_site(request.site)
    store = open_store(request.site)
    try:
        source = look(request, store)
        yield started(store, source)
    finally:
        store.close()


def require_site(site: str) -> None:
    """Raise `SiteError` where there is no site."""
    if not os.path.isfile(os.path.join(site, "content", "site.yaml")):
        raise SiteError(diagnostic("C101", Span(os.path.join(site, "content", "site.yaml"))))


def refuse_overlap(site: str, folder: str) -> None:
    """Raise `SiteError` when the output folder and the sources lie in one another."""
    target = os.path.realpath(folder)
    for name in ("content", "templates", ".sitegen", ".git"):
        source = os.path.realpath(os.path.join(site, name))
        if os.path.commonpath([target, source]) in (target, source):
            raise SiteError(diagnostic("O204", Span(folder), folder=name))


def look(request: Request, store: Store) -> Files:
    """Scan the disk, reading only what may have changed since the scan that the store remembers."""
    kept = store.get("seen")
    try:
        before = msgspec.msgpack.decode(kept, type=dict[str, Seen]) if kept else {}
    except msgspec.DecodeError:
        before = {}
    found = files.scan(files.roots(request.site), before)
    if found.seen != before:
        store.set("seen", msgspec.msgpack.encode(found.seen))
    return Files(found, request.settings)


def started(store: Store, source: Files) -> Session:
    """A db that goes on where the store ended."""
    from sitegen.engine.db import Db

    import_module("sitegen.graph.site")  # defines the queries that stored keys name
    from sitegen.graph import templating

    templating.compiled.load(store.get("templates"))
    db = Db(source)
    changed: frozenset[InputKey] = frozenset()
    if store.load(db):
        changed = frozenset(key for key, before in db.inputs() if source.fingerprint(*key) != before)
        db.resume(changed)
    return Session(db, store, source, changed)


def open_store(site: str) -> Store:
    """The store of the site in the folder `site`."""
    return Store(path_of_store(site), namespace())


def path_of_store(site: str) -> str:
    """The file in which a site's store lies."""
    return os.path.join(site, ".sitegen", "store")


def path_of_preview(site: str) -> str:
    """The file in which the preview keeps what it has worked out, apart: it shows more than is published."""
    return os.path.join(site, ".sitegen", "preview")


def forget(site: str) -> None:
    """Remove the stores of a site: that of builds and that of previews."""
    for path in (path_of_store(site), path_of_preview(site)):
        with naming(path):
            for suffix in ("", "-journal", ".new"):
                with suppress(FileNotFoundError):
                    os.unlink(path + suffix)
