"""The preview: ties the maker, the watch, the tabs and the protocol together."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from threading import Thread
from typing import NamedTuple, TypeVar
from urllib.parse import quote

from sitegen.engine.faults import InputChangedError
from sitegen.errors import Diagnostic
from sitegen.graph.site import Route
from sitegen.shell import files
from sitegen.shell.preview import answers, gate, opening, overlay, ports, tabbed
from sitegen.shell.preview.good import Page
from sitegen.shell.preview.http import Answer, Request, Server, plain
from sitegen.shell.preview.jobs import Jobs, Urgency
from sitegen.shell.preview.maker import Maker
from sitegen.shell.preview.snapshot import Elsewhere
from sitegen.shell.preview.tabs import Tabs
from sitegen.shell.preview.watching import Ring, Watch
from sitegen.shell.session import Request as Wanted
from sitegen.shell.session import require_site

T = TypeVar("T")

PATIENCE = 0.05  # seconds in which tabs ask for what they show before the rest of the site is checked
GATHER = 0.3  # seconds in which what is found while resting is gathered before it is told
LULL = 2.0  # seconds without a change after which what was learned is saved, for that takes its time
LEAST_SAVED = 10_000  # answers, while more are to come; a large site saved at once would take longer
DOUBT = 0.25  # seconds more where a file seems half written


@dataclass(frozen=True)
class Options:
    """How to preview."""

    port: int | None = None  # None: near the default; 0: any
    editor: tuple[str, ...] = ()  # the words of its command
    poll: bool = False
    fixed_day: bool = False  # whether today stays what it is


class Reports(NamedTuple):
    """To whom the preview speaks while it runs."""

    findings: Callable[
        [Sequence[Diagnostic]], None
    ]  # what is wrong now, whenever that changes; () for nothing
    notice: Callable[[Diagnostic], None]  # what happens to the preview itself
    bug: Callable[[BaseException], None]  # what must not happen


class Found(NamedTuple):
    """What an address leads to."""

    status: int
    page: Page | None


class Preview:
    """A site shown at an address of this machine, following its files."""

    def __init__(self, wanted: Wanted, options: Options, reports: Reports) -> None:
        require_site(wanted.site)
        self._options = options
        self._reports = reports
        self._maker = Maker(wanted)
        self._tabs = Tabs()
        self._client = tabbed.client()
        self._shown: tuple[Diagnostic, ...] = ()  # the findings that tabs and the terminal know
        self._told = 0.0  # when they were told
        self._changed_at = time.monotonic()
        self._saving = False  # whether what was learned will be saved
        self._allowed: frozenset[str] = frozenset()
        self._servers = ports.listen(options.port, self._server)
        self.port = self._servers[0].port
        self._allowed = gate.hosts(self.port)
        self._jobs: Jobs
        self._watch = Watch(files.roots(wanted.site), self._look, self._notice, options.poll)

    def start(self) -> None:
        """Read the site and serve it until `stop`; returns once it can be asked. Raises what reading raises.

        No thread is started before the site is read, for reading is shared among forks of this process; who asks
        meanwhile waits for the answer.
        """
        gc.set_threshold(50_000, 20, 50)
        changing = None
        try:
            self._maker.start()
        except InputChangedError as error:  # somebody is at work already
            changing = error
        self._jobs = Jobs(self._failed)
        if changing:
            self._failed(changing)
        self._watch.start()
        for server in self._servers:
            Thread(target=server.serve_forever, name="sitegen-server", daemon=True).start()
        self._look(Ring(None))  # what changed between the reading and the watching
        self._jobs.later(PATIENCE, Urgency.CHECK, self._check)
        if not self._options.fixed_day:
            Thread(target=self._turn_days, name="sitegen-day", daemon=True).start()

    def stop(self) -> None:
        """Hang up; the threads end with the process."""
        self._tabs.close()
        for server in self._servers:
            server.socket.close()

    # -- following the files -----------------------------------------------------------------------------

    def _look(self, ring: Ring) -> bool:
        """Look at files again; whether anything is other than it was. The watch goes on whatever happens here."""
        looked = self._jobs.ask(Urgency.CHANGE, lambda: self._follow(ring))
        if error := looked.exception():
            self._failed(error)
            return True
        return looked.result()

    def _follow(self, ring: Ring) -> bool:
        if not self._maker.look(ring.places):
            return False
        self._changed(PATIENCE if ring.whole else DOUBT)
        return True

    def _changed(self, patience: float) -> None:
        """The tabs ask first, each for what it shows; then everything is checked."""
        self._changed_at = time.monotonic()
        self._tabs.tell()
        self._jobs.later(patience, Urgency.CHECK, self._check)

    def _check(self) -> None:
        """See what is wrong, and let the tabs look again: pages that waited for this to be known may move on now."""
        self._maker.check()
        self._tabs.tell()
        self._show()
        self._jobs.do(Urgency.REST, self._rest)

    def _rest(self) -> None:
        stage = self._maker.stage
        more = self._maker.rest()
        if self._maker.stage != stage:
            self._tabs.tell()
        if not more or time.monotonic() - self._told > GATHER:
            self._show()
        if more:
            if time.monotonic() - self._changed_at > LULL:
                self._maker.save(LEAST_SAVED)
            self._jobs.do(Urgency.REST, self._rest)
        elif not self._saving:
            self._saving = True
            self._jobs.later(LULL, Urgency.REST, self._save)

    def _save(self) -> None:
        """Keep what was learned once nobody has saved a file for a while."""
        wait = self._changed_at + LULL - time.monotonic()
        if wait > 0:
            self._jobs.later(wait, Urgency.REST, self._save)
        else:
            self._saving = False
            self._maker.save()

    def _show(self) -> None:
        findings = self._maker.findings
        if findings != self._shown:
            self._shown, self._told = findings, time.monotonic()
            self._tabs.tell()
            self._report(self._reports.findings, findings)

    def _report(self, tell: Callable[[T], None], what: T) -> None:
        """Tell the terminal; when nobody reads it any more, the pages still show what is wrong."""
        with suppress(OSError, ValueError):
            tell(what)

    def _notice(self, notice: Diagnostic) -> None:
        self._report(self._reports.notice, notice)

    def _turn_days(self) -> None:
        while True:
            time.sleep(30)
            self._jobs.do(Urgency.CHANGE, self._turn_day)

    def _turn_day(self) -> None:
        if self._maker.set("today", date.today().isoformat()):
            self._changed(PATIENCE)

    def _failed(self, error: BaseException) -> None:
        """A file that keeps changing while it is read is looked at once more; all else is our own mistake."""
        if isinstance(error, InputChangedError):
            self._jobs.later(DOUBT, Urgency.CHANGE, self._again)
        else:
            self._report(self._reports.bug, error)

    def _again(self) -> None:
        self._maker.again()
        self._changed(PATIENCE)

    # -- answering ---------------------------------------------------------------------------------------

    def _server(self, family: int, host: str, port: int) -> Server:
        return Server(family, host, port, self.respond, answers.ALWAYS, self._failed)

    def respond(self, request: Request) -> Answer:
        """The answer to any request."""
        refusal = gate.refused(request, self._allowed)
        if refusal is not None:
            return refusal
        if request.path.startswith(tabbed.RESERVED):
            return self._reserved(request, request.path.removeprefix(tabbed.RESERVED))
        if request.method == "POST":
            return plain(405)._replace(headers=(("Allow", "GET, HEAD"),))
        return self._file(request)

    def _reserved(self, request: Request, name: str) -> Answer:
        if name == "open":
            if request.method != "POST":
                return plain(405)
            return opening.answer(request, self._maker, self._jobs, self._options.editor)
        if request.method == "POST":
            return plain(405)
        if name == "events":
            return Answer(200, (("Content-Type", "text/event-stream"),), stream=self._tabs.stream)
        if name == "state":
            at = opening.decoded(request.query.get("at", "/"))
            return answers.as_json(self._jobs.ask(Urgency.PAGE, lambda: self._state(at)).result())
        if name in self._client:
            return answers.file(request, self._client[name], answers.type_of(name))
        return plain(404)

    def _file(self, request: Request) -> Answer:
        place = self._maker.snapshot.find(request.path)
        if isinstance(place, Elsewhere):
            return answers.moved(quote(place.address))
        found = self._jobs.ask(Urgency.PAGE, lambda: self._find(request.path)).result()
        if found.page is None:
            status = 404 if found.status == 404 else 500
            return answers.file(request, tabbed.page(tabbed.BARE, "none"), "text/html; charset=utf-8", status)
        kind = answers.type_of(found.page.path)
        if not kind.startswith("text/html"):
            return answers.file(request, found.page.data, kind, found.status)
        near = self._maker.snapshot.near(request.path) if found.status == 404 else ()
        return answers.file(request, tabbed.page(found.page.data, _version(found), near), kind, found.status)

    def _find(self, address: str) -> Found:
        """The file at an address; what making it has shown to be wrong is told at once."""
        found = self._found(address)
        self._show()
        return found

    def _found(self, address: str) -> Found:
        """The file at an address as it is now, else the page that says there is none."""
        snapshot = self._maker.snapshot
        try:
            page = self._maker.page(address)
        except InputChangedError as error:
            self._failed(error)
            return Found(200, self._maker.last(address))
        if page is not None or isinstance(snapshot.find(address), Route):
            return Found(200, page)
        return Found(404, self._maker.page(f"{snapshot.root}404.html"))

    def _state(self, address: str) -> dict[str, object]:
        """What a tab wants to know: which version its page is at, and what is wrong with the site."""
        found = self._find(address)
        lang = overlay.language(self._maker.lang)
        source = self._maker.source(address)
        own = overlay.Own(source.path if source else "", self._maker.broken(address))
        return {"version": _version(found), **overlay.worded(self._shown, lang, own)}


def _version(found: Found) -> str:
    if found.page is None:
        return "none"
    return found.page.version if found.status == 200 else f"{found.status}-{found.page.version}"
