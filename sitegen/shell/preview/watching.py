"""A bell that rings when files may have changed: watchdog, and the means to notice when it has gone deaf.

An event says "look there again", never what has happened. watchdog may watch only a part of the tree (at the system's
limit), lose events (when the kernel's queue overflows), or fall silent (when a watched folder is deleted and comes
back, or on a file system that tells nothing). All of that is noticed here, said, and made up for by looking at
everything, if need be again and again.
"""

from __future__ import annotations

import logging
import os
import time
import unicodedata
from collections.abc import Callable, Mapping
from glob import glob
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, NamedTuple

from sitegen.errors import Diagnostic, Span, diagnostic
from sitegen.shell.files import DROPPINGS
from sitegen.shell.trouble import printable

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

QUIET = 0.01  # seconds without events after which finished saves are taken up
WRITING = 0.06  # the same while a file seems to be being written
LONGEST = 0.3  # seconds that events may keep coming before they are taken up all the same
TICK = 0.5  # seconds between two looks at the watch itself
POLL = 0.5  # seconds between two looks at all files when nothing tells of changes
DEAF = 1.0  # seconds that an event may be late
NET = 3.0  # seconds between two looks at all files that find out whether changes are told
GAPS = 3  # looks in a row at which some folder is not watched
MOST_PLACES = 100  # more changes than this are found quicker by looking at everything


class Ring(NamedTuple):
    """What to look at: files (paths on disk by name), or everything; `whole` when no file is half written."""

    places: Mapping[str, str] | None
    whole: bool = True


Look = Callable[[Ring], bool]  # whether anything was other than before


class Watch:
    """Watches the folders of a site (paths on disk by name) in a thread of its own."""

    def __init__(
        self, roots: Mapping[str, str], look: Look, announce: Callable[[Diagnostic], None], poll: bool = False
    ) -> None:
        self._roots = dict(roots)
        self._look = look
        self._announce = announce
        self._polling = poll
        self._bell = Event()
        self._lock = Lock()
        self._events: dict[str, bool] = {}  # places on disk, and whether they were closed, moved or deleted
        self._wide = False  # whether folders have come or gone
        self._last_event = 0.0
        self._overflow = _Overflow(self._bell)
        self._observer: BaseObserver | None = None
        self._watched: dict[str, tuple[int, int]] = {}  # the identity of each root when it was watched
        self._missing: set[str] = set()
        self._doubtful = False  # whether a folder may not be watched
        self._gaps = 0
        self._next_net = 0.0

    def start(self) -> None:
        """Watch from now on; what changes after this returns is noticed."""
        self._watch()
        Thread(target=self._run, name="sitegen-watch", daemon=True).start()

    # -- events ----------------------------------------------------------------------------------------

    def dispatch(self, place: str, finished: bool, folder: bool) -> None:
        """Take note of an event at a place on disk."""
        if DROPPINGS.fullmatch(os.path.basename(place)):
            return
        with self._lock:
            self._wide |= folder
            self._events[place] = finished
            self._last_event = time.monotonic()
        self._bell.set()

    def _run(self) -> None:
        due = time.monotonic() + TICK
        while True:
            if self._bell.wait(max(0.0, due - time.monotonic())):
                self._settle()
                self._ring()
            if self._overflow.seen or time.monotonic() >= due:  # however many events keep coming
                self._supervise()
                due = time.monotonic() + (POLL if self._polling else TICK)

    def _settle(self) -> None:
        """Wait until no more events come for a moment."""
        begin = time.monotonic()
        while True:
            self._bell.clear()
            with self._lock:
                quiet = QUIET if all(self._events.values()) else WRITING
                now = time.monotonic()
                until = min(self._last_event + quiet, begin + LONGEST)
            if now >= until:
                return
            self._bell.wait(until - now)

    def _ring(self) -> None:
        with self._lock:
            events, wide = self._events, self._wide
            self._events, self._wide = {}, False
        if not events:
            return
        places = None if wide or len(events) > MOST_PLACES else self._names(events)
        self._look(Ring(places, all(events.values())))
        self._doubtful |= wide

    def _names(self, events: Mapping[str, bool]) -> dict[str, str] | None:
        """The places by the names under which queries know them; None when one lies beside the roots."""
        named = {}
        for place in events:
            for root, folder in self._roots.items():
                if place.startswith(folder + os.sep):
                    inner = place[len(folder) + 1 :].replace(os.sep, "/")
                    named[f"{root}/{unicodedata.normalize('NFC', inner)}"] = place
                    break
            else:
                return None
        return named

    # -- supervision -----------------------------------------------------------------------------------

    def _supervise(self) -> None:
        if self._overflow.seen:
            self._overflow.seen = False
            self._announce(diagnostic("V202", Span("content")))
            self._look(Ring(None))
        self._check_roots()
        if self._polling:
            self._look(Ring(None))
        elif self._observer is None or not _alive(self._observer):
            self._watch()
            self._look(Ring(None))
        elif self._doubtful:
            self._find_gaps()
        elif time.monotonic() >= self._next_net:
            self._cast_net()

    def _check_roots(self) -> None:
        """Notice roots that have gone, come, or been replaced by others."""
        now = _identities(self._roots)
        for place in self._watched.keys() - now.keys() - self._missing:
            self._missing.add(place)
            if place == self._roots.get("content"):  # a site need not have the others
                self._announce(diagnostic("V203", Span(printable(os.path.relpath(place)))))
            self._look(Ring(None))
        if now != {place: it for place, it in self._watched.items() if place not in self._missing}:
            self._missing -= now.keys()
            self._watch()
            self._look(Ring(None))

    def _cast_net(self) -> None:
        """Look at everything once in a while: a change that no event told of shows that none are told."""
        begin = time.monotonic()
        found = self._look(Ring(None))
        self._next_net = time.monotonic() + max(NET, 50 * (time.monotonic() - begin))
        if found and not self._bell.wait(DEAF) and self._last_event < begin - DEAF:
            self._poll("V204")

    def _poll(self, code: str) -> None:
        self._polling = True
        self._announce(diagnostic(code, Span("content"), seconds=POLL))

    # -- watchdog --------------------------------------------------------------------------------------

    def _watch(self) -> None:
        """Watch every root there is, from the beginning; look again and again where that is not possible."""
        self._unwatch()
        self._watched = {**dict.fromkeys(self._missing, (0, 0)), **_identities(self._roots)}
        self._next_net = time.monotonic() + NET
        if self._polling:
            return
        there = [it for it in self._watched if it not in self._missing]
        try:
            self._observer = _observe(there, self.dispatch, self._overflow)
        except OSError:
            if _identities(self._roots) == {it: self._watched[it] for it in there}:
                self._poll("V201")
            return  # a folder has gone in between, which the next look at the roots will find
        self._doubtful = True

    def _find_gaps(self) -> None:
        """Watch anew when some folder is not watched, which may be for want of time; then give it up."""
        self._doubtful = False
        if not _unwatched(self._roots):
            self._gaps = 0
            return
        self._gaps += 1
        if self._gaps < GAPS:
            self._watch()
        else:
            self._unwatch()
            self._poll("V201")
        self._look(Ring(None))

    def _unwatch(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(1.0)
            self._observer = None
            self._overflow.seen = False  # what it says on ending is no news of the next watch


class _Overflow(logging.Handler):
    """Hears watchdog say that events were lost, which it says in its log only."""

    def __init__(self, bell: Event) -> None:
        super().__init__(logging.WARNING)
        self.seen = False
        self._bell = bell

    def emit(self, record: logging.LogRecord) -> None:
        self.seen = True
        self._bell.set()


def _observe(
    folders: list[str], dispatch: Callable[[str, bool, bool], None], overflow: logging.Handler
) -> BaseObserver:
    """Watch folders and all below them; `OSError` when the system refuses."""
    from watchdog import events
    from watchdog.observers import Observer

    class Handler(events.FileSystemEventHandler):
        def dispatch(self, event: events.FileSystemEvent) -> None:
            finished = event.event_type not in ("modified", "created")
            for place in {os.fsdecode(event.src_path), os.fsdecode(event.dest_path)} - {""}:
                dispatch(place, finished, event.is_directory)

    logger = logging.getLogger("watchdog")
    logger.addHandler(overflow)
    logger.propagate = False
    wanted: list[type[events.FileSystemEvent]] = [
        events.FileCreatedEvent,
        events.FileModifiedEvent,
        events.FileClosedEvent,
        events.FileMovedEvent,
        events.FileDeletedEvent,
        events.DirCreatedEvent,
        events.DirMovedEvent,
        events.DirDeletedEvent,
    ]
    observer = Observer(timeout=0.2)
    for folder in folders:
        observer.schedule(Handler(), folder, recursive=True, event_filter=wanted)
    try:
        observer.start()
    except OSError:
        observer.stop()  # with the watches that it had before it was refused one
        raise
    return observer


def _alive(observer: BaseObserver) -> bool:
    return observer.is_alive() and all(it.is_alive() for it in observer.emitters)


def _identities(roots: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Device and inode of each root that is there."""
    found = {}
    for place in roots.values():
        try:
            status = os.stat(place)
        except OSError:
            continue
        found[place] = (status.st_dev, status.st_ino)
    return found


def _unwatched(roots: Mapping[str, str]) -> bool:
    """Whether the kernel watches fewer folders than there are; False where it does not tell.

    At its limit watchdog goes on with part of the tree and says nothing, so the kernel's own list is counted.
    """
    watched = 0
    for info in glob("/proc/self/fdinfo/*"):
        try:
            with open(info, encoding="ascii", errors="replace") as file:
                watched += sum(line.startswith("inotify wd:") for line in file)
        except OSError:
            continue
    return 0 < watched < sum(1 for place in roots.values() for _ in os.walk(place))
