"""The db: remembers answers with what they were made from, and runs no more than a change asks for.

One mechanism serves the cold build, the warm build and the live preview. While a query runs, everything it reads
through the db is recorded in order with its fingerprint. A refresh marks the changed inputs and, along the reverse
edges, all that might depend on them as unverified. An unverified answer is checked by bringing its reads up to date
in recorded order: all equal, it stands; at the first difference the query runs again. Fingerprints are compared,
never "did it run", so a change ends where it makes no difference.

A db belongs to one thread.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from sitegen.engine.collecting import collect
from sitegen.engine.faults import CycleError, DamagedError, ImpureQueryError, InputChangedError
from sitegen.engine.fingerprint import SIZE, encode, fingerprint
from sitegen.engine.frame import Frame
from sitegen.engine.inputs import Inputs, observe
from sitegen.engine.keys import InputKey, InputKind, Key, QueryKey
from sitegen.engine.memory import Memory
from sitegen.engine.node import ACTIVE, GONE, UNVERIFIED, VERIFIED, Node
from sitegen.engine.query import QUERIES, Query, query
from sitegen.engine.shelf import Remains
from sitegen.errors import Diagnostic, SiteError

__all__ = ["CycleError", "Db", "ImpureQueryError", "InputKey", "Inputs", "Key", "QueryKey", "query"]

TRIES = 8  # how often an answer is sought while the inputs change under it

T = TypeVar("T")


class Db:
    """The answers of queries over `inputs`."""

    def __init__(self, inputs: Inputs) -> None:
        self.memory = Memory()
        # Queries that ran since the last refresh, in order; of what other processes ran, what they were asked for.
        self.ran: list[QueryKey] = []
        self.settled: list[Node] | None = None  # a list gathers nodes as they become verified or regained
        self._source = inputs
        self._frames: list[Frame] = []
        self._active: list[Node] = []  # nodes being checked or run, each needed by the one before it
        self._upsets = 0  # how often a held node turned out to have changed
        self.unchecked = False  # whether the inputs must still be compared with what a store says of them

    # -- reading, for queries and for the shell -------------------------------------------------------

    def ask(self, query: Query[..., Any], args: tuple[object, ...]) -> object:
        """The answer of a query, recorded as a read of the running query; a failed one raises SiteError."""
        node = self.memory.nodes.get((query.name, args))
        if node is None:
            return self._answer(self._find(QueryKey(query.name, args), query))
        if node.state != VERIFIED or node.value is GONE or node.failed or not self._frames:
            return self._answer(node)
        self._frames[-1].reads[node] = None  # by far the most frequent case, with nothing to work out
        return node.value

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, recorded as a read. They are not kept: wrap what many pages need in a query."""
        node = self._input("read", path)
        value = self._answer(node)
        node.value = GONE
        return cast("bytes | None", value)

    def list(self, folder: str) -> tuple[str, ...]:
        """The names in a folder, recorded as a read."""
        return cast("tuple[str, ...]", self._answer(self._input("list", folder)))

    def setting(self, name: str) -> str:
        """A setting, recorded as a read."""
        return cast(str, self._answer(self._input("setting", name)))

    def settle(self, key: QueryKey) -> Node:
        """Bring a query up to date without asking for its value; the node tells fingerprint and failure.

        Not for use in queries: nothing is recorded.
        """
        self._outside()
        return self._begin(self._find(key, QUERIES[key.query]), lambda node: node)

    # -- change ---------------------------------------------------------------------------------------

    def refresh(self, changed: Iterable[InputKey]) -> None:
        """Take note that these inputs may have changed; they are read again when an answer needs them."""
        self._outside()
        self.ran = []
        self.memory.refreshed()
        try:
            self.memory.doubt([node for key in changed if (node := self.memory.look(key))])
        except DamagedError:
            self.forget()

    def resume(self, changed: Iterable[InputKey]) -> None:
        """Vouch that the inputs are, but for these, what they were for the process that wrote the store."""
        self.refresh(changed)
        self.unchecked = False

    def inputs(self) -> Iterable[tuple[InputKey, bytes]]:
        """Every input that an answer was made from, with the fingerprint (`fingerprint_of`) of its value."""
        return self.memory.inputs()

    def changed_inputs(self) -> tuple[InputKey, ...]:
        """The inputs that differ from what they were, found by reading them all."""
        return tuple(key for key, before in self.inputs() if observe(self._source, key)[0] != before)

    def adopt(self, remains: Remains) -> None:
        """Start from what a store holds. Without `resume`, the first answer reads and compares all inputs.

        DamagedError when it does not make a whole. Should that turn out later, the db goes on without it.
        """
        self._outside()
        self.memory = Memory(remains.next_id)
        self.memory.adopt(remains)
        self.unchecked = True

    def forget(self) -> None:
        """Start cold: remember nothing."""
        self.memory = Memory(self.memory.next_id)
        self.unchecked = False

    def collect(self, roots: Iterable[Key]) -> None:
        """Forget every node that the roots do not reach through their reads."""
        self._outside()
        try:
            collect(self.memory, roots)
        except DamagedError:
            self.forget()

    def release(self, key: Key) -> None:
        """Drop an answer from memory if it can be had again: from the store, or by running an unkept query."""
        if node := self.memory.nodes.get(key):
            self.memory.release(node)

    # -- inspection -----------------------------------------------------------------------------------

    def node(self, key: Key) -> Node | None:
        """What is remembered of a key."""
        return self.memory.look(key)

    def rests(self, key: Key) -> bool:
        """Whether a key has been neither asked nor doubted since the last process, or was let go of."""
        return key not in self.memory.nodes and key not in self.memory.tray.ids

    def dependencies(self, key: Key) -> tuple[Key, ...]:
        """What the last run of a query read, in order."""
        node = self.memory.look(key)
        return tuple(read.key for read in self.memory.get(node.reads)) if node else ()

    def dependents(self, key: Key) -> tuple[Key, ...]:
        """The queries that read this key, in printed order."""
        node = self.memory.look(key)
        return tuple(sorted((it.key for it in self.memory.get(node.dependents)), key=str)) if node else ()

    # -- the mechanism --------------------------------------------------------------------------------

    def _input(self, kind: InputKind, name: str) -> Node:
        return self.memory.nodes.get((kind, name)) or self._find(InputKey(kind, name), None)

    def _find(self, key: Key, query: Query[..., Any] | None) -> Node:
        try:
            return self.memory.find(key, query)
        except DamagedError:
            if self._frames:
                raise
            self.forget()
            return self.memory.find(key, query)

    def _outside(self) -> None:
        if self._frames:
            raise RuntimeError("not while a query runs")

    def _answer(self, node: Node) -> object:
        if not self._frames:
            return _outcome(node, self._begin(node, self._value))
        frame = self._frames[-1]
        try:
            if node.state != VERIFIED:
                self._settle(node)
            frame.reads[node] = None
            value = self._value(node)
        except BaseException as bug:
            frame.bug = bug
            raise
        return _outcome(node, value)

    def _begin(self, node: Node, take: Callable[[Node], T]) -> T:
        """Settle a node for the outside and take something of it; once more if an input changes meanwhile."""
        if self.unchecked:
            self.resume(self.changed_inputs())
        for again in reversed(range(TRIES)):
            try:
                node = self.memory.find(node.key, node.query)  # another one when the db has started cold
                while self.memory.held:
                    self._settle(next(iter(self.memory.held)))
                if node.state != VERIFIED:
                    self._settle(node)
                return take(node)
            except DamagedError:
                self.forget()
            except InputChangedError as change:
                self.memory.doubt([change.node])
                if not again:
                    raise
        raise AssertionError("the last try returns or raises")

    def _enter(self, node: Node) -> None:
        if node.state == ACTIVE:
            raise CycleError([*self._active[self._active.index(node) :], node])
        node.state = ACTIVE
        self._active.append(node)

    def _settle(self, root: Node) -> None:
        """Bring a node up to date.

        Traces are followed with a list, not by recursion, so a long chain of reads is no trouble here; only
        queries that run for the first time nest as deep as they call each other.
        """
        base = len(self._active)
        self._enter(root)
        # For each active node from `base` on: how many of its reads are known to be as recorded, and the upsets then.
        checked = [(0, self._upsets)]
        try:
            while checked:
                node = self._active[-1]
                start, upsets = checked[-1]
                doubt = self._next_doubt(node, start)
                if doubt is not None:
                    checked[-1] = doubt, upsets
                    checked.append((0, self._upsets))
                    self._enter(self.memory.by_id[node.reads[doubt]])
                    continue
                if upsets != self._upsets:  # a read that counted as verified may have been doubted since
                    checked[-1] = 0, self._upsets
                    continue
                checked.pop()
                self._active.pop()
                node.state = VERIFIED
                self._let_go(node)
                if self.settled is not None:
                    self.settled.append(node)
        finally:
            for node in self._active[base:]:
                node.state = UNVERIFIED
            del self._active[base:]

    def _let_go(self, node: Node) -> None:
        """Pass on the doubt that a held node held up, if it has changed."""
        before = self.memory.held.pop(node, None)
        if before is not None and before != node.fingerprint:
            self._upsets += 1
            self.memory.doubt_readers(node)

    def _next_doubt(self, node: Node, start: int) -> int | None:
        """Which read of `node` must be settled first; None once `node` itself is up to date."""
        if node.query is None:
            self._reread(node)
            return None
        if not node.fingerprint:
            self._run(node, node.query)
            return None
        for at in range(start, len(node.reads)):
            if (read := self.memory.by_id.get(node.reads[at])) is None:
                continue  # it is on the shelf, and so as it was
            if read.state != VERIFIED:
                return at
            if read.fingerprint != node.prints[at * SIZE : (at + 1) * SIZE]:
                self._run(node, node.query)
                return None
        return None

    def _run(self, node: Node, query: Query[..., Any]) -> None:
        frame = Frame()
        failed = False
        key = cast(QueryKey, node.key)
        if node.reads:
            self.memory.gather(node.reads)  # it will most likely read what it has read before
        self.ran.append(key)
        self._frames.append(frame)
        try:
            value: object = query.function(self, *key.args)
        except SiteError as error:
            value, failed = error.diagnostics, True
        finally:
            self._frames.pop()
        if frame.bug is not None:
            raise frame.bug  # a query that caught it has no right answer
        raw = encode(value)
        reads = array("I", [read.id for read in frame.reads])
        self.memory.retrace(node, reads, b"".join([read.fingerprint for read in frame.reads]))
        keep = None if self.memory.recent is None else raw
        self.memory.record(node, fingerprint(raw, failed=failed), failed, value, keep)

    def _reread(self, node: Node) -> None:
        now, failed, value = observe(self._source, cast(InputKey, node.key))
        if now != node.fingerprint:
            self.memory.record(node, now, failed, value)

    def _value(self, node: Node) -> object:
        """The value of a verified node, had again if it has left memory."""
        if node.value is not GONE:
            return node.value
        if node.query is None:
            now, _, node.value = observe(self._source, cast(InputKey, node.key))
            if now != node.fingerprint:
                raise InputChangedError(node)
            return node.value
        raw = node.raw if node.raw is not None else self.memory.fetch(node)
        if raw is None:
            self._rerun(node, node.query)
        else:
            node.value = node.query.decode_failure(raw) if node.failed else node.query.decode(raw)
            if self.memory.recent is None:
                node.raw = None
            else:
                node.raw = raw
                self.memory.came(node)
        return node.value

    def _rerun(self, node: Node, query: Query[..., Any]) -> None:
        """Run a verified query for the sake of its value."""
        before, upsets = node.fingerprint, self._upsets
        self._enter(node)
        try:
            self._run(node, query)
        finally:
            self._active.pop()
            node.state = VERIFIED
        if node.fingerprint != before:
            self.memory.doubt_readers(node)
            if upsets == self._upsets:
                raise ImpureQueryError(node)
            self._upsets += 1  # it only counted as verified
        if upsets != self._upsets:
            node.state = UNVERIFIED
            self._settle(node)
        if self.settled is not None:
            self.settled.append(node)


def _outcome(node: Node, value: object) -> object:
    if node.failed:
        raise SiteError(*cast("tuple[Diagnostic, ...]", value))
    return value
