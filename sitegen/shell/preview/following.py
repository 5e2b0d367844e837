"""A site's db that follows its files: what has changed on disk is looked for when somebody says so."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

import msgspec

from sitegen.engine.db import Db
from sitegen.engine.keys import InputKey
from sitegen.engine.node import VERIFIED
from sitegen.engine.store import Store
from sitegen.errors import Diagnostic
from sitegen.graph import templating
from sitegen.shell import files
from sitegen.shell.files import Files, Scan
from sitegen.shell.session import Request, look, open_store, path_of_preview, started
from sitegen.shell.version import namespace

MANY = 16  # texts


class Followed:
    """The db over the sources of a request, which goes on where the last preview, else the last build ended.

    It publishes nothing: beside the site's files it reads the store of the last build, and keeps one of its own.
    """

    def __init__(self, request: Request) -> None:
        self._roots = files.roots(request.site)
        self._store = Store(path_of_preview(request.site), namespace())
        known = self._store if self._store.get("seen") else open_store(request.site)
        self._source: Files = look(request, known)
        self.db: Db = started(known, self._source).db

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What could not be taken from the disk."""
        return self._source.scan.problems

    def place(self, path: str) -> str | None:
        """Where a source file lies on disk; None when the site is not made from such a file."""
        place = self._source.scan.places.get(path)
        return os.path.abspath(place) if place else None

    def look(self, places: Mapping[str, str] | None) -> set[InputKey] | None:
        """Look at some files again (paths on disk by name), or at all: what has changed; None when nothing has."""
        before = self._source.scan
        now = files.glance(before, places) if places is not None else None
        among = places if now is not None else None
        now = now or files.scan(self._roots, before.seen)
        self._source.scan = now
        changed = {*files.changed(before, now, among), *self._misread(before, among)}
        return changed if changed or now.problems != before.problems else None

    def _misread(self, before: Scan, among: Mapping[str, str] | None) -> Iterator[InputKey]:
        """Files of which the db has read other bytes than they have now.

        A file may be one thing when it is looked at, another when it is read, and the first again at the next look.
        """
        for path in {*before.digests, *self._source.scan.digests} if among is None else among:
            node = self.db.node(InputKey("read", path))
            if node and node.state == VERIFIED and node.fingerprint != self._source.fingerprint("read", path):
                yield InputKey("read", path)

    def set(self, name: str, value: str) -> bool:
        """Give a setting another value, such as a new day; whether it had another."""
        if self._source.setting(name) == value:
            return False
        self._source.settings[name] = value
        return True

    def much_is_new(self) -> bool:
        """Whether many texts are to be read: other ones than a store knows, or all, as after a build without lines."""
        known = dict(self.db.inputs())
        lines = InputKey("setting", "source_lines")
        if known.get(lines) != self._source.fingerprint(*lines):
            known = {}
        new = (
            path.endswith(".md") and known.get(InputKey("read", path)) != digest
            for path, digest in self._source.scan.digests.items()
        )
        return sum(new) > MANY

    def save(self, least: int = 1) -> None:
        """Keep what was learned for the next preview, if it is at least so many answers."""
        if len(self.db.memory.unsaved) + len(self.db.memory.removed) >= least:
            if code := templating.compiled.grown():
                self._store.set("templates", code)
            self._store.set("seen", msgspec.msgpack.encode(self._source.scan.seen))
            self._store.save(self.db)
