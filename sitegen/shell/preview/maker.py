"""The site in memory: it follows the files, makes pages when they are asked for, and remembers what was good.

A maker belongs to one thread; only `snapshot` and `findings`, which never change but are replaced, may be read from
others.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from itertools import chain

from sitegen.engine import pool
from sitegen.engine.db import Db
from sitegen.engine.keys import InputKey, QueryKey
from sitegen.engine.node import VERIFIED
from sitegen.errors import Diagnostic, SiteError, Span
from sitegen.graph import composing, queries, site, texts
from sitegen.graph.problems import file_problems
from sitegen.graph.queries import KINDS, SITE_FILE
from sitegen.graph.rivals import fact_place
from sitegen.graph.site import Route
from sitegen.shell.preview.ahead import Ahead, Stage
from sitegen.shell.preview.findings import Findings, grave
from sitegen.shell.preview.following import MANY, Followed
from sitegen.shell.preview.good import Good, Page
from sitegen.shell.preview.snapshot import EMPTY, Snapshot, address, snapshot
from sitegen.shell.session import Request

HASHED = ("asset", "media")  # kinds of files whose names change with their bytes
MOST_REMEMBERED = 64 * 1024 * 1024  # bytes of pages that were good
MOST_REPLACED = 8 * 1024 * 1024  # bytes of hashed files that pages made before may still ask for
STEPS = 250  # pages that are passed over in one piece of rest


class Maker:
    """The site of a request."""

    def __init__(self, request: Request) -> None:
        self.snapshot: Snapshot = EMPTY
        self._request = request
        self._live: Mapping[str, Route] = {}  # what can be made now; the snapshot may still hold what was
        self._routes = b""  # fingerprint of the routes
        self._good = Good(MOST_REMEMBERED)
        self._replaced = Good(MOST_REPLACED)
        self._ahead = Ahead()
        self._found = Findings()
        self._unchecked = True
        self._later: Iterator[Route] = iter(())  # files that nobody has asked for yet
        self._gone = False  # whether files have gone since the db was last swept
        self._frozen = False
        self._lang = "ar"
        self._db: Db
        self._files: Followed

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What is wrong, as far as was looked."""
        return self._found.all

    @property
    def stage(self) -> Stage:
        """What is known; while it is "reading", pages lack what needs every text."""
        return self._ahead.stage

    @property
    def lang(self) -> str:
        """The language of the site; while that cannot be read, the one it had, else Arabic."""
        with suppress(SiteError):
            self._lang = queries.site(self._db).lang
        return self._lang

    # -- following the files ---------------------------------------------------------------------------

    def start(self) -> None:
        """Find out what there is, going on from where the last preview, else the last build ended.

        Where much is new, that takes the front matter of all files, which several processes read. An article names
        those that name it, but the other texts are left for `rest`.
        """
        self._files = Followed(self._request)
        self._db = self._files.db
        if self._files.much_is_new():
            wanted = self._request
            pool.run(self._db, self._put_off(), wanted.workers, lambda *done: wanted.progress("read", *done))
        self._route()
        gc.freeze()  # what a site is made of stays; a search for garbage need not pass over it again and again

    def _put_off(self) -> list[QueryKey]:
        """Leave what needs every text until all have been read; what every page needs is returned."""
        self._files.set("unread_texts", "1")
        self._db.refresh([InputKey("setting", "unread_texts")])
        steps = site.groundwork(self._db, texts=False)
        needed = next(steps, [])
        self._ahead.begin(steps)
        return needed

    def look(self, places: Mapping[str, str] | None) -> bool:
        """Look at some files again (paths on disk by name), or at all; whether anything is other than it was."""
        changed = self._files.look(places)
        if changed is None:
            return False
        self._follow(changed)
        return True

    def again(self) -> None:
        """Go on where a file has changed again and again while it was read."""
        self._follow(())

    def set(self, name: str, value: str) -> bool:
        """Give a setting another value, such as a new day; whether it had another."""
        if not self._files.set(name, value):
            return False
        self._follow([InputKey("setting", name)])
        return True

    def _follow(self, changed: Collection[InputKey]) -> None:
        self._db.refresh(changed)
        self._unchecked = True
        self._found.doubt_files()
        if (len(changed) > MANY or InputKey("read", SITE_FILE) in changed) and self._files.much_is_new():
            self._put_off()
        self._route()

    def _route(self) -> None:
        """Find out what can be made now; what could be made before stays in the snapshot until all is well."""
        self._later = iter(())
        try:
            routes, root = site.routes(self._db), composing.root(self._db)
        except SiteError:
            self._live, self._routes = {}, b""
            return
        known = self._db.settle(site.routes.key()).fingerprint
        if known != self._routes or root != self.snapshot.root:
            self._replace(snapshot(root, routes))
            self._routes = known
        broken = [self._live[it] for it in self._found.witnesses() if it in self._live]
        self._later = chain(broken, routes)

    def _replace(self, now: Snapshot) -> None:
        before = self.snapshot.routes if now.root == self.snapshot.root else {}
        for place in before.keys() - now.routes.keys():
            self._gone = True
            good = self._good.get(place)
            if good and before[place].kind in HASHED:
                self._replaced.keep(place, good)
        self._live = now.routes
        self.snapshot = Snapshot(now.root, {**before, **now.routes})

    # -- what is wrong ---------------------------------------------------------------------------------

    def check(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong with the site, as far as it is known and its pages have been made."""
        if not self._unchecked or self.stage != "ready":
            return self.findings
        self._unchecked = False
        try:
            found = site.problems(self._db)
        except SiteError as error:
            found = error.diagnostics
        self._found.of_content((*self._files.problems, *found))
        self._found.of_pages_in(self._live)
        self._forget_gone()
        return self.findings

    def broken(self, place: str) -> tuple[Diagnostic, ...]:
        """Why the page at an address cannot be made."""
        return self._found.on(place)

    def _forget_gone(self) -> None:
        """When all is well, what is there no more need not be shown any more."""
        if len(self.snapshot.routes) != len(self._live) and not self._unchecked and not grave(self.findings):
            self.snapshot = Snapshot(self.snapshot.root, self._live)
            for place in self._good.places() - self._live.keys():
                self._good.forget(place)

    # -- making ----------------------------------------------------------------------------------------

    def page(self, place: str) -> Page | None:
        """The file at an address, as it was when it was last good while something is wrong; None where nothing is."""
        route = self._live.get(place)
        good = self._good.get(place)
        if route is None:
            self.check()
            return self._replaced.get(place) or (good if grave(self.findings) else None)
        wrong = self._wrong(route) if good or self.stage != "ready" else ()
        return good if good and grave(wrong) else self._make(place, route) or good

    def last(self, place: str) -> Page | None:
        """The file at an address as it was when it was last good."""
        return self._good.get(place)

    def _wrong(self, route: Route) -> tuple[Diagnostic, ...]:
        """What keeps a page as it was: what is wrong with its own file, and for a list with any file."""
        if route.kind in HASHED:
            return ()
        kind = next((it for it in KINDS if it == route.kind), None)
        if kind is None:
            self.check()
            return self._found.content
        found = file_problems(self._db, kind, route.key)
        if self.stage != "ready":
            self._found.of_file(route.key, found)
        return found

    def _make(self, place: str, route: Route) -> Page | None:
        """A file made anew if it must be; None when that fails, and why is noted."""
        key = site.render.key(route)
        version = self._db.settle(key).fingerprint.hex()
        good = self._good.get(place)
        if good is None or good.version != version:
            good = self._rendered(place, route, version)
        else:
            self._found.of_page(place, ())
        if good:
            self._good.keep(place, good)
        self._db.release(key)
        return good

    def _rendered(self, place: str, route: Route, version: str) -> Page | None:
        try:
            data = site.render(self._db, route)
        except SiteError as error:
            self._found.of_page(place, error.diagnostics)
            return None
        self._found.of_page(place, ())
        return Page(data, version, route.path)

    # -- resting ---------------------------------------------------------------------------------------

    def rest(self) -> bool:
        """Do one piece of reading, of checking, or of making files for the sake of their errors; whether there is more."""
        if self.stage != "ready":
            if self._ahead.piece(self._db):
                self.set("unread_texts", "")
            return True
        self.check()
        for _, route in zip(range(STEPS), self._later, strict=False):
            node = self._db.node(site.render.key(route))
            if node is None or node.state != VERIFIED or node.failed:
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
        place = address(self.snapshot.root, route)
        made = self._rendered(place, route, self._db.settle(key).fingerprint.hex())
        if made and route.kind == "asset":  # a page may ask for it after it has been replaced
            self._good.keep(place, made)
        self._db.release(key)
        text = texts.lined_text.key(route.kind, route.key)
        if self._db.node(text):
            self._db.release(text)  # large, and made again when it is wanted

    def _tidy(self) -> None:
        """Forget what is there no more, and what no page rests on any more."""
        self._forget_gone()
        if self._gone and self._live:
            pages = [site.render.key(it) for it in self._live.values()]
            self._db.collect([site.problems.key(), site.routes.key(), composing.root.key(), *pages])
            self._gone = False
        gc.collect()  # now that nobody waits; by itself it would look for garbage too rarely
        if not self._frozen:
            gc.freeze()  # what a site is made of stays, so that the next look need not pass over it
            self._frozen = True

    def save(self, least: int = 1) -> None:
        """Keep what was learned for the next preview, if it is at least so many answers.

        For a large site that takes a while, however little it is.
        """
        self._files.save(least)

    # -- sources ---------------------------------------------------------------------------------------

    def source(self, place: str) -> Span | None:
        """Where the text of a page begins; None for a page that is made from no single file."""
        route = self.snapshot.routes.get(place)
        if route and route.kind == "fact":
            return self.fact(route.key)
        return Span(route.key) if route and route.kind in KINDS else None

    def fact(self, id: str) -> Span | None:
        """Where a fact is written; None when there is none of that id."""
        return fact_place(self._db, id)

    def place(self, path: str) -> str | None:
        """Where a source file lies on disk; None when the site is not made from such a file."""
        return self._files.place(path)
