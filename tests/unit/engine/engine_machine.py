"""A state machine over the small graph: whatever happens, a warm answer equals a cold one."""

from __future__ import annotations

import tempfile
from pathlib import Path

from engine_toy import INPUTS, KEYS, NAMES, outcome, rich
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from sitegen.engine import pool
from sitegen.engine.db import Db, InputKey
from sitegen.engine.node import VERIFIED
from sitegen.engine.store import Store

names = st.sampled_from(NAMES)
titles = st.sampled_from(("Alpha", "Beta", "!"))
links = st.lists(names, max_size=2).map(" ".join)
guards = st.sampled_from(("", *NAMES))
bodies = st.sampled_from(("", "one", "two"))
some_keys = st.lists(st.sampled_from(KEYS), max_size=4)


class Machine(RuleBasedStateMachine):
    """Edits, failures, restarts, collections and workers, in any order; some answers are asked at each step."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "store.sqlite")
        self.files = rich()
        self.db = Db(self.files)
        self.store = Store(self.path, "1")
        for key in KEYS:
            outcome(self.db, key)

    def teardown(self) -> None:
        try:
            self.check(list(KEYS))
        finally:
            self.store.close()
            self.folder.cleanup()

    def check(self, keys: list) -> None:
        cold = Db(self.files)
        for key in keys:
            assert outcome(self.db, key) == outcome(cold, key), key

    def changed(self, *keys: InputKey) -> None:
        self.db.refresh(keys)

    @rule(name=names, title=titles, links=links, guard=guards, body=bodies, ask=some_keys)
    def write(self, name: str, title: str, links: str, guard: str, body: str, ask: list) -> None:
        """A note is written, new or over an old one."""
        new = f"notes/{name}" not in self.files.files
        self.files.files[f"notes/{name}"] = f"{title}\n{links}\n{guard}\n{body}"
        self.changed(InputKey("read", f"notes/{name}"), *[InputKey("list", "notes")] * new)
        self.check(ask)

    @rule(name=names, body=bodies, ask=some_keys)
    def type_in_body(self, name: str, body: str, ask: list) -> None:
        """Only the body of a note changes."""
        path = f"notes/{name}"
        if path in self.files.files:
            head = self.files.files[path].split("\n")[:3]
            self.files.files[path] = "\n".join((*head, body))
            self.changed(InputKey("read", path))
            self.check(ask)

    @rule(name=names, ask=some_keys)
    def delete(self, name: str, ask: list) -> None:
        """A note goes."""
        if self.files.files.pop(f"notes/{name}", None) is not None:
            self.changed(InputKey("read", f"notes/{name}"), InputKey("list", "notes"))
            self.check(ask)

    @rule(old=names, new=names, ask=some_keys)
    def rename(self, old: str, new: str, ask: list) -> None:
        """A note takes another's place."""
        text = self.files.files.pop(f"notes/{old}", None)
        if text is not None:
            self.files.files[f"notes/{new}"] = text
            self.changed(
                *(InputKey("read", f"notes/{name}") for name in (old, new)), InputKey("list", "notes")
            )
            self.check(ask)

    @rule(text=st.sampled_from((None, "Hello", "Help", "Servus")), ask=some_keys)
    def hang(self, text: str | None, ask: list) -> None:
        """The banner is changed or taken down."""
        self.files.files.pop("banner", None)
        if text is not None:
            self.files.files["banner"] = text
        self.changed(InputKey("read", "banner"))
        self.check(ask)

    @rule(value=st.sampled_from(("yes", "no")), ask=some_keys)
    def set(self, value: str, ask: list) -> None:
        """The site opens or closes."""
        self.files.settings["open"] = value
        self.changed(InputKey("setting", "open"))
        self.check(ask)

    @rule(name=names, ask=some_keys)
    def lock(self, name: str, ask: list) -> None:
        """A file becomes unreadable, or readable again."""
        self.files.unreadable ^= {f"notes/{name}"}
        self.changed(InputKey("read", f"notes/{name}"))
        self.check(ask)

    @rule(ask=some_keys)
    def touch(self, ask: list) -> None:
        """Everything is said to have changed, nothing has."""
        self.changed(*INPUTS)
        self.check(ask)

    @rule(name=names, vouched=st.booleans(), ask=some_keys)
    def change_unseen(self, name: str, vouched: bool, ask: list) -> None:
        """A file changes while the program is not running; the shell finds out, or leaves it to the db."""
        saved = self.store.save(self.db)
        before = self.files.list("notes")
        self.files.files[f"notes/{name}"] = "Unseen\na\nb\n"
        self.restart([])
        if vouched and saved:
            listed = [InputKey("list", "notes")] * (before != self.files.list("notes"))
            self.db.resume([InputKey("read", f"notes/{name}"), *listed])
        self.check(ask)

    @rule(ask=some_keys)
    def save_and_restart(self, ask: list) -> None:
        """Another process goes on from the store."""
        assert self.store.save(self.db) or self.db.unchecked
        self.restart(ask)

    @rule(ask=some_keys)
    def crash_and_restart(self, ask: list) -> None:
        """Another process goes on from an older store, or from none."""
        self.restart(ask)

    def restart(self, ask: list) -> None:
        self.store.close()
        self.store = Store(self.path, "1")
        self.db = Db(self.files)
        self.store.load(self.db)
        assert self.store.trouble == ""
        self.check(ask)

    @rule(ask=some_keys)
    def save(self, ask: list) -> None:
        """The same process goes on after a save."""
        assert self.store.save(self.db) or self.db.unchecked
        self.check(ask)

    @rule(ask=some_keys)
    def let_go(self, ask: list) -> None:
        """What was worked out is saved and leaves memory, values and nodes."""
        self.db.memory.tidy()
        if self.store.save(self.db):
            self.db.memory.evict()
        self.check(ask)

    @rule(roots=some_keys, ask=some_keys)
    def collect(self, roots: list, ask: list) -> None:
        """All but what some roots need is forgotten."""
        self.db.collect(roots)
        self.check(ask)

    @rule(keys=some_keys, ask=some_keys)
    def release(self, keys: list, ask: list) -> None:
        """Some answers leave memory."""
        for key in keys:
            if self.db.node(key) is not None:
                self.db.release(key)
        self.check(ask)

    @precondition(lambda self: self.forks < 1)
    @rule()
    def share_out(self) -> None:
        """Workers bring everything up to date."""
        self.forks += 1
        pool.run(self.db, KEYS, 2)
        assert all(node.state == VERIFIED for key in KEYS if (node := self.db.node(key)))
        self.check(list(KEYS))

    forks = 0


LONG = settings(max_examples=150, stateful_step_count=30, deadline=None)
