"""The site in memory: it follows the files, makes pages when they are asked for, and remembers what was good.

A maker belongs to one thread; only `snapshot` and `findings`, which never change but are replaced, may be read from
others. It publishes nothing: beside the site's files it reads the store of the last build, and keeps one of its own.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

import msgspec

from sitegen.engine import pool
from sitegen.engine.db import Db
from sitegen.engine.keys import InputKey
from sitegen.engine.node import VERIFIED
from sitegen.engine.store import Store
from sitegen.errors import Diagnostic, SiteError, Span
from sitegen.graph import composing, queries, site
from sitegen.graph.problems import file_problems
from sitegen.graph.registry import fact_ids, fact_index
from sitegen.graph.rivals import fact_span
from sitegen.graph.site import Route
from sitegen.graph.things import KINDS
from sitegen.messages import severity
from sitegen.shell import files
from sitegen.shell.files import Files, Scan
from sitegen.shell.preview.good import Good, Page
from sitegen.shell.preview.snapshot import EMPTY, Snapshot, address, snapshot
from sitegen.shell.session import Request, look, open_store, path_of_preview, started
from sitegen.shell.version import namespace

MOST_REMEMBERED = 64 * 1024 * 1024  # bytes of pages that were good
MOST_BROKEN = 20  # pages whose errors are kept; a broken template breaks all pages in one way
STEPS = 1000  # pages that are passed over in one piece of rest


class Maker:
    """The site of a request."""

    def __init__(self, request: Request) -> None:
        self.snapshot: Snapshot = EMPTY
        self.findings: tuple[Diagnostic, ...] = ()
        self._request = request
        self._roots = files.roots(request.site)
        self._live: Mapping[str, Route] = {}  # what can be made now; the snapshot may still hold what was
        self._routes = b""  # fingerprint of the routes
        self._good = Good(MOST_REMEMBERED)
        self._found: tuple[Diagnostic, ...] = ()  # what is wrong with the content
        self._broken: dict[str, tuple[Diagnostic, ...]] = {}  # what is wrong with pages
        self._unchecked = True
        self._later: Iterator[Route] = iter(())  # files that nobody has asked for yet
        self._gone = False  # whether files have gone since the db was last swept
        self._frozen = False
        self._lang = "ar"
        self._db: Db
        self._store: Store
        self._source: Files

    @property
    def errors(self) -> bool:
        """Whether anything is wrong, as far as was looked."""
        return any(severity(it) == "error" for it in self.findings)

    @property
    def lang(self) -> str:
        """The language of the site; while that cannot be read, the one it had, else Arabic."""
        with suppress(SiteError):
            self._lang = queries.site(self._db).lang
        return self._lang

    # -- following the files ---------------------------------------------------------------------------

    def start(self) -> None:
        """Read the site, going on from where the last preview, else the last build ended; in several processes.

        Nothing of it is rendered yet, but an article names those that name it, so all texts must be read.
        """
        self._store = Store(path_of_preview(self._request.site), namespace())
        known = self._store if self._store.get("seen") else open_store(self._request.site)
        self._source = look(self._request, known)
        self._db = started(known, self._source).db
        with suppress(SiteError):
            for keys in site.groundwork(self._db):
                pool.run(self._db, keys, self._request.workers, self._reading)
        self._route()
        self._save()

    def _reading(self, done: int, total: int) -> None:
        self._request.progress("read", done, total)

    def look(self, places: Mapping[str, str] | None) -> bool:
        """Look at some files again (paths on disk by name), or at all; whether anything is other than it was."""
        before = self._source.scan
        now = files.glance(before, places) if places is not None else None
        among = places if now is not None else None
        now = now or files.scan(self._roots, before.seen)
        self._source.scan = now
        changed = {*files.changed(before, now, among), *self._misread(before, among)}
        if not changed and now.problems == before.problems:
            return False
        self._follow(changed)
        return True

    def again(self) -> None:
        """Go on where a file has changed again and again while it was read."""
        self._follow(())

    def _misread(self, before: Scan, among: Mapping[str, str] | None) -> Iterator[InputKey]:
        """Files of which the db has read other bytes than they have now.

        A file may be one thing when it is looked at, another when it is read, and the first again at the next look.
        """
        for path in {*before.digests, *self._source.scan.digests} if among is None else among:
            node = self._db.node(InputKey("read", path))
            if node and node.fingerprint and node.fingerprint != self._source.fingerprint("read", path):
                yield InputKey("read", path)

    def set(self, name: str, value: str) -> bool:
        """Give a setting another value, such as a new day; whether it had another."""
        if self._source.setting(name) == value:
            return False
        self._source.settings[name] = value
        self._follow([InputKey("setting", name)])
        return True

    def _follow(self, changed: Iterable[InputKey]) -> None:
        self._db.refresh(changed)
        self._unchecked = True
        self._route()

    def _route(self) -> None:
        """Find out what can be made now; what could be made before stays in the snapshot until all is well."""
        self._later = iter(())
        try:
            routes, root = site.routes(self._db), composing.root(self._db)
        except SiteError:
            self._live, self._routes = {}, b""
            return
        self._later = iter(routes)
        known = self._db.settle(site.routes.key()).fingerprint
        if known == self._routes and root == self.snapshot.root:
            return
        now = snapshot(root, routes)
        before = self.snapshot.routes if root == self.snapshot.root else {}
        self._gone |= bool(before.keys() - now.routes.keys())
        self._live, self._routes = now.routes, known
        self.snapshot = Snapshot(root, {**before, **now.routes})

    # -- what is wrong ---------------------------------------------------------------------------------

    def check(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong with the site, as far as its pages have been made."""
        if not self._unchecked:
            return self.findings
        self._unchecked = False
        try:
            found = site.problems(self._db)
        except SiteError as error:
            found = error.diagnostics
        for place in tuple(self._broken):
            del self._broken[place]
            if place in self._live:
                self._make(place, self._live[place])
        self._found = (*self._source.scan.problems, *found)
        self._tell()
        if not self.errors and len(self.snapshot.routes) != len(self._live):
            self.snapshot = Snapshot(self.snapshot.root, self._live)
            for place in self._good.places() - self._live.keys():
                self._good.forget(place)
        return self.findings

    def _tell(self) -> None:
        # What is wrong with a template is said once, of the first page that it was found on.
        broken = {(it.code, it.at): it for known in reversed(self._broken.values()) for it in known}
        self.findings = tuple(sorted({*self._found, *broken.values()}))

    # -- making ----------------------------------------------------------------------------------------

    def page(self, place: str) -> Page | None:
        """The file at an address; while something is wrong with it, as it was when it was last good.

        None when there is nothing there, or nothing good.
        """
        route = self._live.get(place)
        good = self._good.get(place)
        if route is None:
            self.check()
            return good if self.errors else None
        if good is not None and not self._moves_on(route):
            return good
        made = self._make(place, route)
        if made is None:
            self._tell()
        return made or good

    def _moves_on(self, route: Route) -> bool:
        """Whether a page is made anew: not while its own file has errors, nor a list while any file has."""
        if route.kind in ("asset", "media"):
            return True
        kind = next((it for it in KINDS if it == route.kind), None)
        if kind is None:
            self.check()
            found = self._found
        else:
            found = file_problems(self._db, kind, route.key)
        return not any(severity(it) == "error" for it in found)

    def _make(self, place: str, route: Route) -> Page | None:
        """A file made anew if it must be; None when that fails, and why is noted."""
        key = site.render.key(route)
        version = self._db.settle(key).fingerprint.hex()
        good = self._good.get(place)
        if good is None or good.version != version:
            try:
                good = Page(site.render(self._db, route), version, route.path)
            except SiteError as error:
                self._broken[place] = error.diagnostics
                return None
        self._good.keep(place, good)
        self._db.release(key)
        return good

    # -- resting ---------------------------------------------------------------------------------------

    def rest(self) -> bool:
        """Do one piece of what can wait; whether there is more.

        Files that nobody has asked for yet are made, for the sake of their errors; then what was learned is saved.
        """
        self.check()
        if len(self._broken) < MOST_BROKEN:
            for _, route in zip(range(STEPS), self._later, strict=False):
                node = self._db.node(site.render.key(route))
                if node is None or node.state != VERIFIED:
                    self._peek(route)
                    return True
            following = next(self._later, None)
            if following is not None:
                self._peek(following)
                return True
        self._tidy()
        return False

    def _peek(self, route: Route) -> None:
        """Make a file and let it go again, but for what is wrong with it."""
        key = site.render.key(route)
        if self._db.settle(key).failed:
            try:
                site.render(self._db, route)
            except SiteError as error:
                self._broken[address(self.snapshot.root, route)] = error.diagnostics
                self._tell()
        self._db.release(key)
        text = queries.lined_text.key(route.kind, route.key)
        if self._db.node(text):
            self._db.release(text)  # large, and made again when it is wanted

    def _tidy(self) -> None:
        """Forget what no page rests on any more, and save what was learned."""
        if self._gone and self._live:
            pages = [site.render.key(it) for it in self._live.values()]
            self._db.collect([site.problems.key(), site.routes.key(), composing.root.key(), *pages])
            self._gone = False
        self._save()
        if not self._frozen:
            gc.collect()
            gc.freeze()  # what a site is made of stays; a search for garbage need not pass over it again and again
            self._frozen = True

    def _save(self) -> None:
        if self._db.memory.unsaved or self._db.memory.removed:
            self._store.set("seen", msgspec.msgpack.encode(self._source.scan.seen))
            self._store.save(self._db)

    # -- sources ---------------------------------------------------------------------------------------

    def source(self, place: str) -> Span | None:
        """Where the text of a page begins; None for a page that is made from no single file."""
        route = self.snapshot.routes.get(place)
        if route is None:
            return None
        if route.kind == "fact":
            return self.fact(route.key)
        return Span(route.key) if route.kind in KINDS else None

    def fact(self, id: str) -> Span | None:
        """Where a fact is written; None when there is none of that id."""
        path = fact_index(self._db).get(id)
        return fact_span(self._db, path, fact_ids(self._db, path).index(id), "value") if path else None

    def place(self, path: str) -> str | None:
        """Where a source file lies on disk; None when the site is not made from such a file."""
        place = self._source.scan.places.get(path)
        return os.path.abspath(place) if place else None
