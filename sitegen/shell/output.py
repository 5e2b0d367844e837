"""The output folder: stage everything, then apply the plan.

All new bytes are written below `.sitegen/stage/` in the output folder first, so that a full disk or an error in the
last template leaves every published file as it was; only then are they renamed to their places. The list of
published files is marked with the paths in motion before the first rename and sealed after the last, so whatever
the moment at which the process dies, the next run knows which files are ours and which of them to look at again.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from itertools import count

from msgspec import Struct

from sitegen.engine.fingerprint import fingerprint_of
from sitegen.engine.forking import meanwhile
from sitegen.errors import Diagnostic, SiteError, Span, diagnostic
from sitegen.shell import manifest
from sitegen.shell.files import Seen
from sitegen.shell.manifest import HOME, STAGE, Entry, Found, Manifest, Phase, Plan, ancestors
from sitegen.shell.staging import Stage
from sitegen.shell.survey import Sighted, Witness, look, sighted, status_of, survey
from sitegen.shell.trouble import naming, trouble

MANY = 2_000  # files for whose sake another process is started
_UNSEEN = Sighted()
_WELCOME = {"CNAME"}  # with dot names: what hosts and git want in an output folder before the first build


class Staged(Struct, frozen=True, array_like=True):
    """A page that is to be published; `seen` is the stat data of the file that waits, None where it lies there."""

    path: str
    entry: Entry
    seen: Seen | None


class Output:
    """An output folder that this process alone may change; made by `opened`."""

    def __init__(self, root: str, seen: Sighted, *, force: bool) -> None:
        self.root = root
        self.pages: dict[str, Entry] = {}
        self.witness = Witness(root, seen)
        self._edited: list[str] = []
        self._aside: dict[str, str] = {}  # files of others that made room -> where they are now
        self._sealed = True
        self._force = force
        self._identity = b""
        self._as_before: bool | None = None  # what `comparing` found
        self._found: dict[str, Found] = {}
        self._stage = Stage(root)
        self._staged: dict[str, Seen] = {}
        if not self.witness.known(self.identity()):
            _ = self.published

    @cached_property
    def published(self) -> dict[str, Entry]:
        """The files that are ours. A list whose identity the last run knew is sound, and is read when it is needed."""
        files, self._sealed = _published(self.root, force=self._force)
        return files

    def intact(self) -> bool:
        """Whether every file of the last complete build is still there as it was written."""
        return self._all_as_before() or (
            self._sealed
            and all(
                self.witness.vouches(path, entry, status_of(f"{self.root}/{path}"))
                for path, entry in self.published.items()
            )
        )

    @contextmanager
    def comparing(self) -> Iterator[None]:
        """Have the files compared with what the last run saw, while the block does something else."""
        if self.witness.known(self.identity()) < MANY:
            yield
            return
        with meanwhile(self._all_as_before) as answer:
            yield
            self._as_before = answer()

    def _all_as_before(self) -> bool:
        if self._as_before is None:
            return self.witness.finds_all_as_before(self.identity())
        return self._as_before

    def identity(self) -> bytes:
        """A fingerprint of the list of published files, as it lies on disk."""
        self._identity = self._identity or fingerprint_of(self.content(manifest.NAME))
        return self._identity

    def sighted(self) -> Sighted:
        """What is known of the files that are published, for the next run."""
        seen = {path: it for path, it in self.witness.seen.items() if path in self.published}
        return sighted(self.identity() if len(seen) == len(self.published) else b"", seen)

    def content(self, path: str) -> bytes | None:
        """What lies at `path`, None when there is no file."""
        try:
            with open(os.path.join(self.root, path), "rb") as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise trouble(error, os.path.join(self.root, path)) from error

    def prepare(self, paths: Collection[str]) -> None:
        """Look at the places of `paths` and of all that is published; raises `SiteError` for what is in the way."""
        published = self.published
        known: dict[str, Found] = {}
        if self._all_as_before():
            self.witness.believe()
            known = {path: Found("file", entry.size) for path, entry in published.items()}
        new = {path for path in paths if path not in published and manifest.contained(path)}
        self._found, files = survey(self.root, new | published.keys(), known)
        for path in published.keys() & paths & files.keys():
            status = files[path]
            if not self.witness.vouches(path, published[path], status):
                self._edited.append(path)
                self._found[path] = Found("edited", status.st_size)
        findings = manifest.conflicts(published, self._found, paths, force=self._force)
        if findings:
            raise SiteError(*findings)

    def keep(self, path: str, digest: str) -> bool:
        """Publish what lies at `path` already, if its digest is `digest`."""
        entry = self.published.get(path)
        if entry is None or entry.digest != digest:
            return False
        if not manifest.holds(self.published, self._found, path, entry):
            return False
        self.pages[path] = entry
        return True

    def keep_as_is(self, path: str) -> bool:
        """Publish what was published at `path`, if it still lies there."""
        entry = self.published.get(path)
        return entry is not None and self.keep(path, entry.digest)

    def put(self, path: str, data: bytes, phase: Phase, digest: str = "") -> bool:
        """Publish `data` at `path` at the next `apply`; whether it differs from what lies there."""
        return self.register(self.stage(path, data, phase, digest))

    def stage(self, path: str, data: bytes, phase: Phase, digest: str = "") -> Staged:
        """Write `data`, whose `digest` may be known, to where `apply` will take it from, unless it lies at `path`.

        Nothing is noted here, so a fork of this process can do it; what it returns is for `register`.
        """
        entry = manifest.seal(data, phase, digest)
        if path in self.published:
            there = manifest.holds(self.published, self._found, path, entry)
        else:
            there = self._found.get(path) == Found("file", entry.size) and self.content(path) == data
        if there:
            return Staged(path, entry, None)
        return Staged(
            path, entry, self._stage.write(path, data, bytes.fromhex(entry.digest), apart=self._apart(path))
        )

    def register(self, staged: Staged) -> bool:
        """Publish what was staged at the next `apply`; whether it differs from what lies there."""
        path, entry, seen = staged.path, staged.entry, staged.seen
        self.pages[path] = entry
        if seen is not None:
            self._staged[path] = seen
        elif path not in self.published:
            self.published[path], self._sealed = entry, False  # nothing is lost when it becomes ours
        return seen is not None

    def _apart(self, path: str) -> bool:
        """Whether the folder that `path` belongs in is still to be made."""
        folder = path.rpartition("/")[0]
        return bool(folder) and folder not in self._found

    def apply(self, progress: Callable[[int, int], None] | None = None) -> Plan:
        """Make the folder hold exactly the pages kept and put, and whatever is not ours.

        Interrupts (SIGINT) wait until it is done: it takes no longer than renaming the files that changed.
        """
        plan = manifest.plan(self.published, self._found, self.pages)
        if self._sealed and not any(plan) and self.pages == self.published:
            return plan
        import signal

        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._apply(plan, progress or (lambda done, total: None))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return plan

    def _apply(self, plan: Plan, progress: Callable[[int, int], None]) -> None:
        self._make_room((*plan.clear, *plan.write))  # first: whatever is in motion counts as ours
        moving = (*plan.clear, *plan.write, *plan.remove)
        manifest.save(self.root, Manifest(pending=moving, files=self.published))
        self._delete(plan.clear)
        for done, path in enumerate(plan.write, 1):
            if self._stage.place(path, apart=self._apart(path)):
                self.witness.seen[path] = self._staged[path]
            else:
                self.witness.wrote(path, self.pages[path])
            progress(done, len(plan.write))
        self._delete(plan.remove)
        manifest.save(self.root, Manifest(files=self.pages))
        self._identity = b""
        self.published, self._sealed, self._staged = dict(self.pages), True, {}
        self._as_before = None

    def remarks(self) -> tuple[Diagnostic, ...]:
        """What was found in the places of the pages that should not have been there, and what became of it."""
        edited = [diagnostic("O209", Span(os.path.join(self.root, path))) for path in sorted(self._edited)]
        aside = [
            diagnostic("O208", Span(os.path.join(self.root, path)), name=name)
            for path, name in self._aside.items()
        ]
        return (*edited, *aside)

    def _make_room(self, paths: Iterable[str]) -> None:
        """Rename files of others that lie at `paths`, each to a free name beside it."""
        for path in paths:
            place = os.path.join(self.root, path)
            here = None if path in self.published else look(place)
            if here is None or here.kind != "file":
                continue
            names = (f"{path}.kept{number or ''}" for number in count())
            name = next(it for it in names if it not in self.pages and not look(os.path.join(self.root, it)))
            with naming(place):
                os.replace(place, os.path.join(self.root, name))
            self._aside[path] = os.path.basename(name)

    def _delete(self, paths: Iterable[str]) -> None:
        """Remove files, then the folders that became empty."""
        folders: set[str] = set()
        for path in paths:
            with naming(os.path.join(self.root, path)), suppress(FileNotFoundError):
                os.unlink(os.path.join(self.root, path))
            folders.update(ancestors(path))
        for folder in sorted(folders, key=lambda path: -path.count("/")):
            with suppress(OSError):  # not empty, or gone already
                os.rmdir(os.path.join(self.root, folder))


@contextmanager
def opened(
    root: str,
    *,
    force: bool = False,
    waiting: Callable[[], None] = lambda: None,
    seen: Sighted = _UNSEEN,
) -> Iterator[Output]:
    """Open the output folder `root`, which is made if it is missing, and hold its lock.

    `seen` is what the `Witness` of the last run saw; without it every published file is read again.
    `waiting` is called once if another process holds the lock; then this one waits. Raises `SiteError` when the
    folder is somebody else's (unless `force`), when its list is damaged, or when the system refuses.
    """
    root = os.path.realpath(root)
    fresh = not os.path.lexists(root)
    with naming(root):
        if fresh:
            _make(root)
        lock = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with naming(root):
            _lock(lock, waiting)
        output = Output(root, seen, force=force)
        with naming(os.path.join(root, HOME)):
            os.makedirs(os.path.join(root, HOME), 0o755, exist_ok=True)
        try:
            yield output
        finally:
            _sweep(os.path.join(root, STAGE))
            _leave_no_trace(root, fresh=fresh)
    finally:
        os.close(lock)


def _make(root: str) -> None:
    try:
        os.makedirs(root)
    except FileNotFoundError as error:  # its parents were made or there, so nothing has vanished
        raise SiteError(diagnostic("O311", Span(root))) from error
    os.chmod(root, 0o755)


def clean(root: str) -> int | None:
    """Remove our own files from the output folder `root`; how many they were, None when it was never built into."""
    if not os.path.isdir(root) or manifest.load(root) is None:
        return None
    with opened(root) as output:
        number = len(output.published)
        output.prepare(())
        output.apply()
        os.unlink(os.path.join(output.root, manifest.NAME))
    return number


def _lock(folder: int, waiting: Callable[[], None]) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting()
        fcntl.flock(folder, fcntl.LOCK_EX)


def _published(root: str, *, force: bool) -> tuple[dict[str, Entry], bool]:
    """What we published in `root`, and whether the last build ran to its end."""
    try:
        known = manifest.load(root)
    except SiteError:
        if not force:
            raise
        return {}, False
    if known is None:
        with naming(root):
            strange = sorted(name for name in os.listdir(root) if not name.startswith("."))
        strange = [name for name in strange if name not in _WELCOME]
        if strange and not force:
            raise SiteError(diagnostic("O201", Span(root), entry=strange[0]))
        return {}, False
    files = dict(known.files)
    for path in known.pending:  # old, new or gone: only the file itself can tell
        old = files.pop(path, None)
        place = os.path.join(root, path)
        here = look(place)
        if here is not None and here.kind == "file":
            with naming(place), open(place, "rb") as file:
                files[path] = manifest.seal(file.read(), old.phase if old else "page")
    return files, not known.pending


def _sweep(folder: str) -> None:
    if os.path.lexists(folder):
        import shutil

        shutil.rmtree(folder, ignore_errors=True)


def _leave_no_trace(root: str, *, fresh: bool) -> None:
    """Remove the folders made for a build that published nothing."""
    with suppress(OSError):
        os.rmdir(os.path.join(root, HOME))
        if fresh:
            os.rmdir(root)
