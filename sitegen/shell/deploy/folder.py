"""A folder of this machine as a target. Files are staged beside the site and renamed, so none is ever seen half."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Collection
from contextlib import suppress

from sitegen.engine.fingerprint import fingerprint_of
from sitegen.shell.deploy.deployed import NAME, Deployed, encode
from sitegen.shell.deploy.plan import REMOVING, Step
from sitegen.shell.deploy.target import Limits, Read, Remote, refusal
from sitegen.shell.manifest import HOME, ancestors, write_all
from sitegen.shell.trouble import naming

_STAGE = ".sitegen-stage"


class FolderAdapter:
    """The folder `root`, locked while this lives; U302 when another process has the lock."""

    atomic = False
    limits = Limits()

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        self._lock = -1
        self._known: bytes | None = None
        if os.path.lexists(self.root):
            self._take()
        if os.path.exists(os.path.join(self.root, HOME, "manifest.json")):
            self.close()  # a folder that `sitegen build` writes
            raise refusal("U106", root, folder=root)

    def _take(self) -> None:
        with naming(self.root):
            self._lock = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            self._lock = -1
            raise refusal("U302", self.root) from error

    def identity(self, data: bytes) -> str:
        return fingerprint_of(data).hex()

    def read(self, paths: Collection[str]) -> Remote:
        held: dict[str, str] = {}
        for at, folders, names in os.walk(self.root):
            inside = os.path.relpath(at, self.root)
            links = [it for it in folders if os.path.islink(os.path.join(at, it))]
            folders[:] = sorted(it for it in folders if it not in (_STAGE, HOME, ".git"))
            for name in (*links, *names):
                path = name if inside == "." else f"{inside}/{name}"
                if path != NAME:
                    held[path] = self._identity(path) if path in paths else "?"
        self._known = self._bytes(NAME)
        return Remote(self._known, held, int(time.time()))

    def _identity(self, path: str) -> str:
        if os.path.islink(os.path.join(self.root, path)):
            return "link"
        data = self._bytes(path)
        return "?" if data is None else self.identity(data)

    def _bytes(self, path: str) -> bytes | None:
        place = os.path.join(self.root, path)
        try:
            with open(place, "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            with naming(place):
                raise error

    def begin(self, claim: Deployed, after: Deployed) -> None:
        if self._lock < 0:
            with naming(self.root):
                os.makedirs(self.root, exist_ok=True)
            self._take()
        if self._bytes(NAME) != self._known:
            raise refusal("U302", self.root)
        self._put(NAME, encode(claim))

    def carry_out(self, steps: Collection[Step], read: Read, done: Callable[[], None]) -> None:
        for step in steps:
            if step.stage in REMOVING:
                self._remove(step.path)
            else:
                self._put(step.path, read(step.path))
            done()

    def publish(self, after: Deployed) -> None:
        self._put(NAME, encode(after))

    def _put(self, path: str, data: bytes) -> None:
        place = os.path.join(self.root, path)
        fresh = os.path.join(self.root, _STAGE, "file")
        with naming(place):
            os.makedirs(os.path.dirname(fresh), exist_ok=True)
            os.makedirs(os.path.dirname(place), mode=0o755, exist_ok=True)
            if os.path.realpath(os.path.dirname(place)) != os.path.dirname(place):
                raise refusal("U209", place)
            file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            try:
                os.fchmod(file, 0o644)
                write_all(file, data)
                if path == NAME:
                    os.fsync(file)
            finally:
                os.close(file)
            if os.path.isdir(place) and not os.path.islink(place):
                with suppress(OSError):  # not empty: then the rename says so
                    os.rmdir(place)
            os.replace(fresh, place)

    def _remove(self, path: str) -> None:
        place = os.path.join(self.root, path)
        with naming(place), suppress(FileNotFoundError):
            os.unlink(place)
        for folder in ancestors(path):
            with suppress(OSError):  # not empty, or gone already
                os.rmdir(os.path.join(self.root, folder))

    def close(self) -> None:
        if self._lock >= 0:  # else what is staged there is another's
            shutil.rmtree(os.path.join(self.root, _STAGE), ignore_errors=True)
            os.close(self._lock)
            self._lock = -1
