"""What lies in the output folder, and whether it still is what was put there."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping

from sitegen.engine.fingerprint import fingerprint_of
from sitegen.shell.files import Seen, same, seen_as
from sitegen.shell.manifest import Entry, Found, ancestors
from sitegen.shell.trouble import naming, trouble


def look(place: str) -> Found | None:
    """What lies at `place` on disk; links are not followed."""
    status = _status(place)
    return None if status is None else _found(status)


def survey(root: str, paths: Collection[str]) -> dict[str, Found]:
    """What lies at `paths`, at the folders above them, and inside those of them that are folders."""
    folders = {parent for path in paths for parent in ancestors(path)}
    found: dict[str, Found] = {}
    for path in (*folders, *paths):
        here = look(os.path.join(root, path))
        if here is not None:
            found[path] = here
    for path in paths:
        if path not in folders and path in found and found[path].kind == "folder":
            for at, inner, names in os.walk(os.path.join(root, path)):
                for name in (*inner, *names):
                    place = os.path.join(at, name)
                    if (here := look(place)) is not None:
                        found[os.path.relpath(place, root)] = here
    return found


class Witness:
    """Tells whether published files still hold their bytes; reads only those whose stat data has changed."""

    def __init__(self, root: str, seen: Mapping[str, Seen]) -> None:
        self._root = root
        self._before = seen
        self.seen: dict[str, Seen] = {}  # for the next run: stat data of the files known to be as published

    @property
    def news(self) -> bool:
        """Whether this run saw something else than the last one."""
        return self.seen != self._before

    def vouches(self, path: str, entry: Entry) -> bool:
        """Whether the file at `path` holds the bytes of `entry`."""
        place = os.path.join(self._root, path)
        status = _status(place)
        if status is None or _found(status) != Found("file", entry.size):
            return False
        digest = bytes.fromhex(entry.digest)
        known = self.seen.get(path) or self._before.get(path)
        if known is None or known.digest != digest or not same(known, status):
            with naming(place), open(place, "rb") as file:
                if fingerprint_of(file.read()) != digest:
                    return False
            known = seen_as(status, digest)
        self.seen[path] = known
        return True

    def wrote(self, path: str, entry: Entry) -> None:
        """Take note of a file that was put in its place just now."""
        place = os.path.join(self._root, path)
        if (status := _status(place)) is not None:
            self.seen[path] = seen_as(status, bytes.fromhex(entry.digest))


def _status(place: str) -> os.stat_result | None:
    try:
        return os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise trouble(error, place) from error


def _found(status: os.stat_result) -> Found:
    mode = status.st_mode
    if stat.S_ISREG(mode):
        return Found("file", status.st_size)
    if stat.S_ISDIR(mode):
        return Found("folder")
    return Found("link") if stat.S_ISLNK(mode) else Found("special")
