"""One way to build, cold or warm: scan, refresh, look for problems, render what changed, stage, apply, remember."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

import msgspec
from msgspec import Struct

from sitegen.engine.faults import InputChangedError
from sitegen.engine.fingerprint import fingerprint_of
from sitegen.errors import Diagnostic, Severity, SiteError, Span, diagnostic
from sitegen.shell import files, output, record
from sitegen.shell.files import Files
from sitegen.shell.record import Counts, Last
from sitegen.shell.session import (
    Progress,
    Request,
    look,
    open_store,
    opened,
    refuse_overlap,
    require_site,
    started,
)
from sitegen.shell.work import Work, shared

if TYPE_CHECKING:
    from sitegen.engine.db import Db
    from sitegen.engine.keys import QueryKey
    from sitegen.engine.store import Store
    from sitegen.graph.site import Route


class Result(Struct, frozen=True):
    """The outcome of a build; nothing was published unless `published`. Paths are those of the output."""

    counts: Counts
    findings: tuple[Diagnostic, ...]
    published: bool
    seconds: float = 0.0
    rendered: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        return self._count("error")

    @property
    def warnings(self) -> int:
        return self._count("warning")

    def _count(self, grade: Severity) -> int:
        if not self.findings:
            return 0  # and no need for the sentences of all of them
        from sitegen.messages import severity

        return sum(severity(it) == grade for it in self.findings)


def build(request: Request) -> Result:
    """Build the site; raises `SiteError` when the system or the configuration is in the way."""
    begin = time.perf_counter()
    require_site(request.site)
    refuse_overlap(request.site, request.folder)
    store = open_store(request.site)
    with output.opened(
        request.folder,
        force=request.force,
        waiting=request.waiting,
        seen=record.seen(store, os.path.realpath(request.folder)),
    ) as target:
        with target.comparing():
            source = look(request, store)
        result = _unchanged(store, source, target, request.strict) or _rebuild(request, store, source, target)
    store.close()
    return msgspec.structs.replace(result, seconds=time.perf_counter() - begin)


def check(request: Request) -> Result:
    """Find every problem of the site without rendering or publishing anything."""
    begin = time.perf_counter()
    with opened(request) as site:
        findings = _problems(Work(request, site.db, site.store), site.source)
        counts = _left_out(site.db, Counts()) if _readable(site.db) else Counts()
        _remember(site.db, site.store)
    return Result(counts, findings, False, time.perf_counter() - begin)


def _unchanged(store: Store, source: Files, target: output.Output, strict: bool) -> Result | None:
    """The result of the last build if nothing it rests on has changed, found without importing what renders."""
    last = record.last(store)
    if last is None or source.scan.problems or last.changed(source):
        return None
    if target.identity() != last.manifest or not target.intact():
        return None
    result = Result(last.counts, last.findings, True)
    if strict and result.warnings:
        return None
    if target.witness.news:
        record.keep_seen(store, target.root, target.sighted())
    store.save()  # with the scan, so that files which were fresh last time need not be read again
    return result


def _rebuild(request: Request, store: Store, source: Files, target: output.Output) -> Result:
    try:
        db = started(store, source).db
        with shared(request, db, store) as work:
            return _render(request, work, source, target)
    except InputChangedError as change:
        raise SiteError(diagnostic("O309", Span(str(change.node.key[1])))) from change


def _render(request: Request, work: Work, source: Files, target: output.Output) -> Result:
    from sitegen.messages import severity
    from sitegen.shell import causes

    db, store = work.db, work.store
    findings = _problems(work, source)
    if any(severity(it) == "error" or (request.strict and severity(it) == "warning") for it in findings):
        result = Result(Counts(), findings, False)
    else:
        done = _publish(work, target, request.progress)
        causes.note(db, store, source)
        counts = _left_out(db, done.counts)
        result = msgspec.structs.replace(done, counts=counts, findings=(*findings, *done.findings))
    remarks: tuple[Diagnostic, ...] = ()
    if result.published:
        if result.removed:
            _drop_unused(db)
        record.keep(store, "last", _last(db, target, result))
        record.keep_pages(store, target.identity())
        record.keep_seen(store, target.root, target.sighted())
        remarks = target.remarks()
    remarks = (*remarks, *work.remarks(), *_remember(db, store))
    return msgspec.structs.replace(result, findings=(*result.findings, *remarks))


def _problems(work: Work, source: Files) -> tuple[Diagnostic, ...]:
    from sitegen.graph import site

    try:
        for keys in _groundwork(work.db):
            work.run("read", keys)
        found = site.problems(work.db)
    except SiteError as error:
        found = error.diagnostics
    return in_order((*source.scan.problems, *found))


def _groundwork(db: Db) -> Iterator[list[QueryKey]]:
    """What the search for problems rests on; if it has been through the same files before, what is in doubt of it."""
    from sitegen.graph import queries, site

    before = db.node(site.problems.key())
    for keys in site.groundwork(db):
        same = before and all(it.query != queries.files.name for it in db.ran)
        yield [it for it in keys if not db.rests(it)] if same else keys


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings by file and line, each once."""
    return tuple(sorted(set(findings)))


def _publish(work: Work, target: output.Output, progress: Progress) -> Result:
    """Render what changed and apply it, unless a page cannot be rendered.

    Where the output holds the pages as the store knows them, those that rest there are not even looked at.
    """
    from sitegen.graph import site

    db = work.db
    routes = site.routes(db)
    target.prepare([route.path for route in routes])
    progress("render", 0, len(routes))
    moved = db.memory.has_changed(db.settle(site.routes.key()).id)
    unmoved = not moved and record.pages(work.store) == target.identity()
    record.keep_pages(work.store, b"")
    errors: list[Diagnostic] = []

    def publish(key: QueryKey, staged: bytes) -> None:
        if staged:
            target.register(msgspec.msgpack.decode(staged, type=output.Staged))
        else:
            errors.extend(_errors(db, key))

    keys = [
        site.render.key(route)
        for route in _one_of_each_first(routes)
        if not (unmoved and db.rests(site.render.key(route)) and target.keep_as_is(route.path))
    ]
    work.run("render", keys, partial(_stage, target), publish)
    rendered = {key for key in db.ran if key.query == site.render.name}
    pages = sum(route.path.endswith(".html") for route in routes)
    if errors:
        return Result(Counts(pages, len(routes)), each_once(errors), False)
    plan = target.apply(lambda done, total: progress("write", done, total))
    made = tuple(route.path for route in routes if site.render.key(route) in rendered)
    removed = (*plan.clear, *plan.remove)
    counts = Counts(pages, len(routes), len(made), len(routes) - len(made), len(plan.write), len(removed))
    return Result(counts, (), True, 0.0, made, removed)


def each_once(errors: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Errors of templates that many pages met, each with the first of these pages and how many more there are."""
    alike: dict[Diagnostic, list[Diagnostic]] = {}
    for it in in_order(errors):
        args = tuple((name, value) for name, value in it.args if name != "page")
        alike.setdefault(msgspec.structs.replace(it, args=args), []).append(it)
    return tuple(
        msgspec.structs.replace(first, args=(*first.args, ("more", str(len(rest))))) if rest else first
        for first, *rest in alike.values()
    )


def _one_of_each_first(routes: Sequence[Route]) -> Iterator[Route]:
    """Routes in an order that works out early what pages of a kind have in common."""
    first = {route.kind: route for route in reversed(routes)}
    yield from first.values()
    yield from (route for route in routes if first[route.kind] is not route)


def _stage(target: output.Output, db: Db, key: QueryKey) -> bytes:
    """Stage one page, or find that it lies there; nothing of one that cannot be rendered."""
    from sitegen.graph import site

    (route,) = cast("tuple[Route]", key.args)
    node = db.settle(key)
    if node.failed:
        return b""
    digest = node.fingerprint.hex()
    if target.keep(route.path, digest):
        staged = output.Staged(route.path, target.pages[route.path], None)
    else:
        staged = target.stage(route.path, site.render(db, route), route.phase, digest)
    db.release(key)
    return msgspec.msgpack.encode(staged)


def _errors(db: Db, key: QueryKey) -> tuple[Diagnostic, ...]:
    """Why a page cannot be rendered."""
    from sitegen.graph import site

    try:
        site.render(db, *cast("tuple[Route]", key.args))
    except SiteError as error:
        return error.diagnostics
    return ()


def _readable(db: Db) -> bool:
    from sitegen.graph import queries

    try:
        queries.site(db)
    except SiteError:
        return False
    return True


def _left_out(db: Db, counts: Counts) -> Counts:
    from sitegen.graph import queries

    drafts, future = queries.left_out(db)
    return msgspec.structs.replace(counts, drafts=drafts, future=future)


def _last(db: Db, target: output.Output, result: Result) -> Last:
    counts = msgspec.structs.replace(
        result.counts, rendered=0, reused=result.counts.files, written=0, removed=0
    )
    inputs = [(key.kind, key.name, before) for key, before in db.inputs()]
    return Last(inputs, target.identity(), counts, result.findings)


def _drop_unused(db: Db) -> None:
    """Forget what no page of the site rests on any more."""
    from sitegen.graph import queries, site

    pages = [site.render.key(route) for route in site.routes(db)]
    db.collect([site.problems.key(), site.routes.key(), queries.left_out.key(), *pages])


def _remember(db: Db, store: Store) -> tuple[Diagnostic, ...]:
    """Save what was learned; a warning when that is not possible."""
    from sitegen.graph import templating

    if (code := templating.compiled.grown()) is not None:
        store.set("templates", code)
    if store.save(db):
        return ()
    return (diagnostic("O310", Span(".sitegen"), reason=store.trouble),)


def differences(request: Request) -> tuple[Diagnostic, ...]:
    """Where the published site differs from one built from nothing.

    O402 where a file is not the one that was published, O401 where the one that was published was wrong.
    """
    from sitegen.engine.db import Db
    from sitegen.graph import site

    db = Db(Files(files.scan(files.roots(request.site), {}), request.settings))
    with output.opened(request.folder) as target:
        gone = dict(target.published)
        found: list[Diagnostic] = []
        for route in site.routes(db):
            known = gone.pop(route.path, None)
            data = target.content(route.path)
            if data != site.render(db, route):
                edited = known is not None and (data is None or fingerprint_of(data).hex() != known.digest)
                found.append(diagnostic("O402" if edited else "O401", Span(route.path)))
            db.release(site.render.key(route))
    return in_order([*found, *(diagnostic("O401", Span(path)) for path in gone)])
