"""What lies in the output folder, and whether it still is what was put there."""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Collection, Mapping
from functools import cached_property
from itertools import starmap
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from sitegen.engine.fingerprint import SIZE, fingerprint_of
from sitegen.shell.files import Seen, same, seen_as
from sitegen.shell.manifest import Entry, Found, folders_above
from sitegen.shell.trouble import naming, trouble

_MARK = struct.Struct("=qqqQ")
_numbers = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
_FOLDER = Found("folder")
MANY = 8  # folders for whose sake the one they lie in is listed


class Survey(NamedTuple):
    """What lies at some paths, and the stat data of those that are files."""

    found: dict[str, Found]
    files: dict[str, os.stat_result]


def look(place: str) -> Found | None:
    """What lies at `place` on disk; links are not followed."""
    status = status_of(place)
    return None if status is None else _found(status)


def survey(root: str, paths: Collection[str], known: Mapping[str, Found]) -> Survey:
    """What lies at `paths`, at the folders above them, and inside those of them that are folders.

    Of the paths, those in `known` are not looked at.
    """
    folders = folders_above(paths)
    found = {**known, **_folders(root, folders)}
    files: dict[str, os.stat_result] = {}
    for path in paths:
        status = None if path in known else status_of(f"{root}/{path}")
        if status is None:
            continue
        found[path] = here = _found(status)
        if here.kind == "file":
            files[path] = status
        elif here.kind == "folder" and path not in folders:
            for at, inner, names in os.walk(os.path.join(root, path)):
                for name in (*inner, *names):
                    place = os.path.join(at, name)
                    if (it := look(place)) is not None:
                        found[os.path.relpath(place, root)] = it
    return Survey(found, files)


def _folders(root: str, folders: Collection[str]) -> dict[str, Found]:
    """What lies at `folders`; where there are many in a folder, that is listed, which is faster than asking for each."""
    homes: dict[str, list[str]] = {}
    for folder in folders:
        homes.setdefault(folder.rpartition("/")[0], []).append(folder)
    found: dict[str, Found] = {}
    for home, inner in homes.items():
        there = _inner_folders(root, home) if len(inner) >= MANY else frozenset()
        for folder in inner:
            here = _FOLDER if folder in there else look(f"{root}/{folder}")
            if here is not None:
                found[folder] = here
    return found


def _inner_folders(root: str, home: str) -> frozenset[str]:
    """The folders in the folder `home`, by their paths below `root`."""
    place, prefix = os.path.join(root, home), f"{home}/" if home else ""
    try:
        with os.scandir(place) as entries:
            return frozenset(f"{prefix}{it.name}" for it in entries if it.is_dir(follow_symlinks=False))
    except (FileNotFoundError, NotADirectoryError):
        return frozenset()
    except OSError as error:
        raise trouble(error, place) from error


class Sighted(Struct, frozen=True, array_like=True):
    """What a run saw of published files, in columns: those are cheap to keep, and compared in one go."""

    identity: bytes = b""  # of the list that names just these files; empty when there is none
    paths: list[str] = []
    marks: bytes = b""  # size, times and inode of each
    digests: bytes = b""

    def each(self) -> dict[str, Seen]:
        """The files by path."""
        digests = (self.digests[start : start + SIZE] for start in range(0, len(self.digests), SIZE))
        rows = zip(self.paths, _MARK.iter_unpack(self.marks), digests, strict=True)
        return {path: Seen(size, mtime, ctime, inode, it) for path, (size, mtime, ctime, inode), it in rows}


def sighted(identity: bytes, files: Mapping[str, Seen]) -> Sighted:
    """The columns of `files`; nothing where the system's numbers are out of all bounds."""
    try:
        marks = b"".join([_MARK.pack(it.size, it.mtime_ns, it.ctime_ns, it.inode) for it in files.values()])
    except struct.error:
        return Sighted()
    return Sighted(identity, [*files], marks, b"".join([it.digest for it in files.values()]))


class Witness:
    """Tells whether published files still hold their bytes; reads only those whose stat data has changed."""

    def __init__(self, root: str, before: Sighted) -> None:
        self._root = root
        self._before = before
        self.seen: dict[str, Seen] = {}  # for the next run: stat data of the files known to be as published

    @cached_property
    def _known(self) -> dict[str, Seen]:
        return self._before.each()

    @property
    def news(self) -> bool:
        """Whether this run saw files otherwise than the last one."""
        return bool(self.seen) and self.seen != self._known

    def known(self, identity: bytes) -> int:
        """How many files the last run saw, if they are just those on the list of this identity."""
        return len(self._before.paths) if self._before.identity == identity else 0

    def finds_all_as_before(self, identity: bytes) -> bool:
        """Whether all the files on the list of this identity have the stat data that the last run saw."""
        if not self.known(identity):
            return False
        try:
            stats = map(os.lstat, [f"{self._root}/{path}" for path in self._before.paths])
            return b"".join(starmap(_MARK.pack, map(_numbers, stats))) == self._before.marks
        except (OSError, struct.error):
            return False

    def believe(self) -> None:
        """Take all the files that the last run saw for seen by this one."""
        self.seen = self._known.copy()

    def vouches(self, path: str, entry: Entry, status: os.stat_result | None) -> bool:
        """Whether the file at `path`, of this stat data, holds the bytes of `entry`."""
        if status is None or status.st_size != entry.size or not stat.S_ISREG(status.st_mode):
            return False
        digest = bytes.fromhex(entry.digest)
        known = self.seen.get(path) or self._known.get(path)
        if known is None or known.digest != digest or not same(known, status):
            place = os.path.join(self._root, path)
            with naming(place), open(place, "rb") as file:
                if fingerprint_of(file.read()) != digest:
                    return False
            known = seen_as(status, digest)
        self.seen[path] = known
        return True

    def wrote(self, path: str, entry: Entry) -> None:
        """Take note of a file that was put in its place just now."""
        place = os.path.join(self._root, path)
        if (status := status_of(place)) is not None:
            self.seen[path] = seen_as(status, bytes.fromhex(entry.digest))


def status_of(place: str) -> os.stat_result | None:
    """The stat data of what lies at `place`, None where nothing does; links are not followed."""
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
        return _FOLDER
    return Found("link") if stat.S_ISLNK(mode) else Found("special")
