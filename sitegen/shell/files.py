"""The site's sources on disk, under the names by which queries know them.

`content/...` and `templates/...` are folders of the site, `theme/...` is the theme that comes with sitegen. A scan
looks at every file and reads those that may have changed; what it knows of a file is the digest of its bytes.
"""

from __future__ import annotations

import os
import re
import stat
import time
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

from sitegen.engine.fingerprint import fingerprint_of
from sitegen.engine.keys import InputKey, InputKind
from sitegen.errors import Diagnostic, Span, diagnostic
from sitegen.shell.trouble import printable, trouble

# Hidden files, and what editors and systems leave behind; never content, never announced.
DROPPINGS = re.compile(r"\..*|.*~|#.*#|4913|.*___jb_(?:tmp|old)___|Thumbs\.db")

# A file touched this shortly before it was read may have been touched again within the same tick of the file
# system's clock (2 s on FAT), so its stat data proves nothing and it is read again next time.
RACY_NS = 2_000_000_000

_MISSING = fingerprint_of(None)


class Seen(Struct, frozen=True, array_like=True):
    """The stat data a file had when its bytes had this digest."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    digest: bytes


class Scan(NamedTuple):
    """The sources at one moment: digests by file, names by folder, and what could not be taken."""

    digests: dict[str, bytes]
    folders: dict[str, tuple[str, ...]]
    places: dict[str, str]  # path on disk by name
    seen: dict[str, Seen]  # for the next scan; without the files whose stat data proves nothing
    problems: tuple[Diagnostic, ...]


class Files:
    """The `Inputs` of the engine: bytes, listings and settings of one scan."""

    def __init__(self, scan: Scan, settings: Mapping[str, str]) -> None:
        self.scan = scan
        self.settings = dict(settings)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None."""
        place = self.scan.places.get(path)
        if place is None:
            return None
        try:
            with open(place, "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise trouble(error, place) from error

    def list(self, folder: str) -> tuple[str, ...]:
        """The names in a folder, sorted; those of folders end in a slash. Nothing for a missing folder."""
        return self.scan.folders.get(folder.rstrip("/"), ())

    def setting(self, name: str) -> str:
        """A setting of this run, empty when it is not set."""
        return self.settings.get(name, "")

    def fingerprint(self, kind: InputKind, name: str) -> bytes:
        """The fingerprint of an input as the engine records it, without reading a file."""
        match kind:
            case "read":
                return self.scan.digests.get(name, _MISSING)
            case "list":
                return fingerprint_of(self.list(name))
            case _:
                return fingerprint_of(self.setting(name))


def theme_folder() -> str:
    """Where the built-in theme lies: beside the code in a wheel, at the top in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    packed = os.path.join(package, "theme")
    return packed if os.path.isdir(packed) else os.path.join(os.path.dirname(package), "templates")


def roots(site: str) -> dict[str, str]:
    """The folders of a site's sources by the names under which queries know them."""
    return {
        "content": os.path.join(site, "content"),
        "templates": os.path.join(site, "templates"),
        "theme": theme_folder(),
    }


def changed(before: Scan, now: Scan, among: Iterable[str] | None = None) -> list[InputKey]:
    """The files and listings that differ between two scans, or of them the files `among` and their folders."""
    paths = {*before.digests, *now.digests} if among is None else {*among}
    folders = {*before.folders, *now.folders} if among is None else {it.rpartition("/")[0] for it in paths}
    read = [it for it in paths if before.digests.get(it) != now.digests.get(it)]
    listed = [it for it in folders if before.folders.get(it) != now.folders.get(it)]
    return [InputKey("read", it) for it in read] + [InputKey("list", it) for it in listed]


def scan(folders: Mapping[str, str], before: Mapping[str, Seen]) -> Scan:
    """Look at every file below `folders`; those whose stat data is as `before` are not read."""
    now = time.time_ns()
    walk = _Walk(before, now - RACY_NS)
    for name, place in folders.items():
        if os.path.isdir(place):
            walk.folder(name, place)
    return Scan(walk.digests, walk.listings, walk.places, walk.seen, tuple(walk.problems))


def glance(before: Scan, places: Mapping[str, str]) -> Scan | None:
    """`before`, with a new look at a few files (paths on disk by name), read whatever their stat data says.

    None when the look has to be wider: when one of them is or was a folder, or lies in none that is known.
    """
    walk = _Walk({}, time.time_ns() - RACY_NS)
    walk.digests, walk.places, walk.seen = before.digests.copy(), before.places.copy(), before.seen.copy()
    walk.listings = before.folders.copy()
    named = {printable(path) for path in places}  # as findings name them
    walk.problems = [it for it in before.problems if it.at.path not in named]
    for path, place in sorted(places.items()):
        if not walk.again(path, place):
            return None
    return Scan(walk.digests, walk.listings, walk.places, walk.seen, tuple(walk.problems))


class _Walk:
    """One pass over the disk."""

    def __init__(self, before: Mapping[str, Seen], settled: int) -> None:
        self._before = before
        self._settled = settled
        self.digests: dict[str, bytes] = {}
        self.listings: dict[str, tuple[str, ...]] = {}
        self.places: dict[str, str] = {}
        self.seen: dict[str, Seen] = {}
        self.problems: list[Diagnostic] = []

    def folder(self, name: str, place: str) -> None:
        children: list[str] = []
        try:
            found = sorted(os.listdir(place))
        except OSError as error:
            self.problems += trouble(error, name).diagnostics
            found = []
        for raw in found:
            known_as = raw if raw.isascii() else unicodedata.normalize("NFC", raw)
            path, at = f"{name}/{known_as}", f"{place}/{raw}"
            if self._is_as_before(path, at):
                children.append(known_as)
            elif not DROPPINGS.fullmatch(raw) and (child := self._child(path, at)):
                children.append(child)
        self.listings[name] = tuple(sorted(children))

    def again(self, path: str, place: str) -> bool:
        """Look again at one file; False when it is a folder, or lies in none that is known."""
        folder, _, name = path.rpartition("/")
        if folder not in self.listings or path in self.listings or _is_folder(place):
            return False
        self.places.pop(path, None)
        self.digests.pop(path, None)
        self.seen.pop(path, None)
        child = self._child(path, place)
        there = name in self.listings[folder]
        if there != bool(child):
            others = (it for it in self.listings[folder] if it != name)
            self.listings[folder] = tuple(sorted((*others, child) if child else others))
        return True

    def _is_as_before(self, path: str, place: str) -> bool:
        """Take a file that lies there as it did before: nearly all of them, so this is the way that must be short."""
        known = self._before.get(path)
        if known is None or path in self.places:
            return False
        try:
            status = os.lstat(place)
        except OSError:
            return False
        if not (same(known, status) and stat.S_ISREG(status.st_mode)):
            return False
        self._take(path, place, known)
        return True

    def _child(self, path: str, place: str) -> str:
        """Take one entry of a folder; its name in the listing, or nothing when it is refused."""
        name = path.rpartition("/")[2]
        try:
            mode = os.lstat(place).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return ""  # gone since the folder was listed
        except OSError as error:
            self.problems += trouble(error, path).diagnostics
            return ""
        if not _encodable(os.path.basename(place)):
            problem = "C203"
        elif path in self.places or path in self.listings:
            problem = "C204"
        elif stat.S_ISLNK(mode):
            problem = "C201"
        elif stat.S_ISDIR(mode):
            self.folder(path, place)
            return f"{name}/"
        elif stat.S_ISREG(mode):
            return name if self._file(path, place) else ""
        else:
            problem = "C202"
        self.problems.append(diagnostic(problem, Span(printable(path))))
        return ""

    def _file(self, path: str, place: str) -> bool:
        try:
            status, digest = _read(place)
        except FileNotFoundError:
            return False
        except OSError as error:
            self.problems += trouble(error, path).diagnostics
            return False
        self._take(path, place, seen_as(status, digest))
        return True

    def _take(self, path: str, place: str, known: Seen) -> None:
        if known.mtime_ns < self._settled > known.ctime_ns:
            self.seen[path] = known
        self.digests[path] = known.digest
        self.places[path] = place


def _read(place: str) -> tuple[os.stat_result, bytes]:
    """The stat data from just before reading, and the digest; a change in between shows as racy next time."""
    file = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(file, "rb") as stream:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            raise FileNotFoundError(place)
        return status, fingerprint_of(stream.read())


def seen_as(status: os.stat_result, digest: bytes) -> Seen:
    """What is known of a file that had this digest when its stat data was taken."""
    return Seen(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, digest)


def same(known: Seen, status: os.stat_result) -> bool:
    """Whether a file has the stat data that it had when it was seen."""
    return (
        known.size == status.st_size
        and known.mtime_ns == status.st_mtime_ns
        and known.ctime_ns == status.st_ctime_ns
        and known.inode == status.st_ino
    )


def _is_folder(place: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(place).st_mode)
    except OSError:
        return False


def _encodable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
