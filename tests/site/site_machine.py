"""A state machine over a real site: whatever an editor does, a warm site equals one made from nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import rich_site as at
from disk_site import OnDisk
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from site_edits import (
    BODIES,
    DAMAGE,
    DATA,
    EDITS,
    FACTS,
    FRONT_MATTER,
    NEW,
    PATHS,
    PIECES,
    THEME,
    THINGS,
    Edit,
    toggled,
)
from site_runs import Living, fresh_templates, outcome, parsing_once, snapshot

from sitegen.engine.db import Db, InputKey
from sitegen.engine.store import Store
from sitegen.graph import site, templating

MARKDOWN = tuple(path for path in PATHS if path.endswith(".md"))
KEYS = st.sampled_from


class Machine(RuleBasedStateMachine):
    """Edits of every kind, damage, renames and restarts; after each the whole site is compared."""

    def __init__(self) -> None:
        super().__init__()
        self.fast = parsing_once()
        self.fast.__enter__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = self.open()
        self.site = self.start()
        snapshot(self.site.db)

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()
        self.fast.__exit__(None, None, None)
        fresh_templates()

    def start(self) -> Living:
        return Living()

    def open(self) -> Store:
        return Store(Path(self.folder.name, "store"), "1")

    def check(self) -> None:
        assert self.site.compare() == []

    def write(self, changes: dict[str, bytes | None]) -> None:
        self.site.write(changes)
        self.check()

    def data(self, path: str) -> bytes | None:
        return self.site.world.files.get(path)

    # -- edits ------------------------------------------------------------------------------------------

    def edit(self, edit: Edit) -> None:
        self.write({edit.path: toggled(edit, self.data(edit.path))})

    @rule(edit=KEYS(BODIES))
    def edit_body(self, edit: Edit) -> None:
        """Words, links and blocks of a body change."""
        self.edit(edit)

    @rule(edit=KEYS(FRONT_MATTER))
    def edit_front_matter(self, edit: Edit) -> None:
        """An article says something else of itself."""
        self.edit(edit)

    @rule(edit=KEYS(FACTS))
    def edit_facts(self, edit: Edit) -> None:
        """A fact of the registry changes."""
        self.edit(edit)

    @rule(edit=KEYS(THINGS))
    def edit_things(self, edit: Edit) -> None:
        """An entity, a term or a topic changes."""
        self.edit(edit)

    @rule(edit=KEYS(DATA))
    def edit_data(self, edit: Edit) -> None:
        """Sources, scales or the settings of the site change."""
        self.edit(edit)

    @rule(edit=KEYS(THEME))
    def edit_theme(self, edit: Edit) -> None:
        """A template, a macro far down, a string or a style changes."""
        self.edit(edit)

    @rule(edits=st.lists(KEYS(EDITS), min_size=2, max_size=6, unique_by=lambda it: it.path))
    def edit_many(self, edits: list[Edit]) -> None:
        """Several files change at once, as when a branch is checked out."""
        self.write({it.path: toggled(it, self.data(it.path)) for it in edits})

    @rule(path=KEYS(MARKDOWN), pieces=st.lists(KEYS(PIECES), max_size=6))
    def write_body(self, path: str, pieces: list[str]) -> None:
        """A body is written anew."""
        text = (self.data(path) or at.files().get(path) or NEW[path]).decode("utf-8", errors="replace")
        head = text.rpartition("\n---\n")[0]
        self.write({path: "\n\n".join((f"{head}\n---", *pieces, "")).encode()})

    # -- files that come, go and break ------------------------------------------------------------------

    @rule(path=KEYS(tuple(NEW)))
    def add(self, path: str) -> None:
        """A file appears that others may have been waiting for."""
        self.write({path: NEW[path]})

    @rule(path=KEYS(PATHS))
    def delete(self, path: str) -> None:
        """A file goes."""
        self.write({path: None})

    @rule(path=KEYS(tuple(at.files())))
    def restore(self, path: str) -> None:
        """A file is again what it was at first."""
        self.write({path: at.files()[path]})

    @rule(path=KEYS(PATHS), data=KEYS(DAMAGE))
    def damage(self, path: str, data: bytes) -> None:
        """A file becomes something that it should not be."""
        self.write({path: data})

    @rule(path=KEYS(PATHS), at_=st.integers(0, 400))
    def cut(self, path: str, at_: int) -> None:
        """A file ends too early, perhaps within a letter."""
        if (data := self.data(path)) is not None:
            self.write({path: data[:at_]})

    @rule(old=KEYS(PATHS), new=KEYS(PATHS))
    def rename(self, old: str, new: str) -> None:
        """A file takes the name of another."""
        if old != new and (data := self.data(old)) is not None:
            self.write({old: None, new: data})

    # -- the run ----------------------------------------------------------------------------------------

    @rule(
        setting=KEYS(
            (
                ("drafts", "1"),
                ("drafts", ""),
                ("future", "1"),
                ("future", ""),
                ("today", "2025-10-31"),
                ("today", "2026-02-01"),
                ("today", "2025-08-15"),
                ("base_url", "https://preview.example/x"),
                ("base_url", ""),
            )
        )
    )
    def set(self, setting: tuple[str, str]) -> None:
        """A command runs on another day or shows more."""
        self.site.set(*setting)
        self.check()

    @rule()
    def touch(self) -> None:
        """Everything is said to have changed; nothing has."""
        world = self.site.world
        self.site.db.refresh([InputKey("read", path) for path in world.files])
        self.check()

    @rule()
    def save(self) -> None:
        """The same process goes on after a save."""
        assert self.store.save(self.site.db)
        self.check()

    @rule(
        edits=st.lists(KEYS(EDITS), max_size=3, unique_by=lambda it: it.path),
        saved=st.booleans(),
        told=st.booleans(),
    )
    def restart(self, edits: list[Edit], saved: bool, told: bool) -> None:
        """Another process goes on from the store, or from an older one, after files have changed unseen."""
        if saved:
            assert self.store.save(self.site.db)
        self.store.close()
        self.store = self.open()
        self.site.write({it.path: toggled(it, self.data(it.path)) for it in edits})
        self.site.db = Db(self.site.world)
        templating._ENVIRONMENTS.clear()
        self.store.load(self.site.db)
        assert self.store.trouble == ""
        if told:
            self.site.db.resume(self.site.db.changed_inputs())
        self.check()

    @rule()
    def release(self) -> None:
        """Pages leave memory, as they do once they are written."""
        for key in [key for key in self.site.db.memory.nodes if key[0] == site.render.name]:
            self.site.db.release(key)
        self.check()

    @rule()
    def collect(self) -> None:
        """What the site no longer needs is forgotten."""
        db = self.site.db
        routes = outcome(lambda: site.routes(db))
        pages = [site.render.key(route) for route in routes] if isinstance(routes, tuple) else []
        db.collect([site.problems.key(), site.routes.key(), *pages])
        self.check()


class DiskMachine(Machine):
    """The same on disk as well: after each step the command runs, and what it publishes is compared too."""

    def start(self) -> Living:
        return OnDisk(Path(self.folder.name, "site"))
