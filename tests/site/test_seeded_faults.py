"""Faults sown into the program, each caught by a replay of edits that the sound program passes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import rich_site as at
from disk_site import OnDisk, same_stamps
from site_edits import NEW, Edit, toggled
from site_runs import Living, fresh_templates, snapshot

from sitegen.core.markdown import sentences
from sitegen.engine.db import Db, Key
from sitegen.engine.memory import Memory
from sitegen.engine.node import Node
from sitegen.engine.query import Query
from sitegen.engine.store import Store
from sitegen.graph import assets, data_files, links, queries, site, strings, templating, things
from sitegen.shell import files

Seed = Callable[[pytest.MonkeyPatch], None]
Lost = Callable[[Key], bool]
Step = Edit | dict[str, bytes] | tuple[str, str]  # an edit, files written, or a setting


class Fault(NamedTuple):
    """A fault and the edits under which it shows."""

    name: str
    seed: Seed
    steps: tuple[Step, ...]


# -- faults ------------------------------------------------------------------------------------------------


def forgets(it: Query[..., Any], lost: Lost) -> Seed:
    """The query reads what it needs, but of what is `lost` nothing is recorded."""

    def sow(patch: pytest.MonkeyPatch) -> None:
        sound = it.function

        def careless(db: Db, *args: object) -> object:
            try:
                return sound(db, *args)
            finally:
                reads = db._frames[-1].reads
                for node in [node for node in reads if lost(node.key)]:
                    del reads[node]

        patch.setattr(it, "function", careless)

    return sow


def asked(it: Query[..., Any]) -> Lost:
    return lambda key: key[0] == it.name


def input_of(kind: str) -> Lost:
    return lambda key: key[0] == kind


def other_templates(key: Key) -> bool:
    return key[0] == templating.template_source.name and not str(key[1][0]).startswith("pages/")


def one_way_edges(patch: pytest.MonkeyPatch) -> None:
    """The file of facts does not know who reads it."""
    sound = Memory.retrace

    def careless(self: Memory, node: Node, reads: array[int], prints: bytes) -> None:
        sound(self, node, reads, prints)
        for read in self.get(reads):
            if read.key == ("read", at.REGISTRY):
                read.dependents = array("I", [it for it in read.dependents if it != node.id])

    patch.setattr(Memory, "retrace", careless)


def hoarded_cards(patch: pytest.MonkeyPatch) -> None:
    """The first card of an article is kept for good, outside the db."""
    kept: dict[tuple[int, str], object] = {}
    sound = things.card.function

    def careless(db: Db, path: str) -> object:
        if (id(db), path) not in kept:
            kept[id(db), path] = sound(db, path)
        return kept[id(db), path]

    patch.setattr(things.card, "function", careless)


def blind_to_absence(patch: pytest.MonkeyPatch) -> None:
    """That a file was missing is not recorded."""
    sound = Db.read

    def careless(self: Db, path: str) -> bytes | None:
        data = sound(self, path)
        if data is None and self._frames:
            self._frames[-1].reads.pop(self.memory.nodes["read", path], None)
        return data

    patch.setattr(Db, "read", careless)


def macros_for_ever(patch: pytest.MonkeyPatch) -> None:
    """The templates of a page are compiled once, whatever becomes of them."""
    sound = templating._environment

    def careless(db: Db, name: str) -> object:
        kept: dict[Any, Any] = templating._ENVIRONMENTS
        found = sound(db, name)
        return kept.setdefault(name, found)

    patch.setattr(templating, "_environment", careless)


WAITING = Edit(at.SMALL, "{% include", '{% include "own/none.html" %}{% include')

FAULTS = (
    Fault(
        "a page forgets the templates that its own one reaches",
        forgets(templating.closure, other_templates),
        (Edit(at.DEEP, "<b>{{ text }}</b>", "<i>{{ text }}</i>"),),
    ),
    Fault(
        "a listing is not recorded",
        forgets(queries.files, input_of("list")),
        ({"content/articles/short.md": NEW["content/articles/short.md"]},),
    ),
    Fault(
        "a reverse edge is lost",
        one_way_edges,
        (Edit(at.REGISTRY, 'note: "جسيمات لا مخزون."', 'note: "ملاحظة."'),),
    ),
    Fault(
        "a card outlives the title of its article",
        hoarded_cards,
        (Edit(at.MUSCAT, 'title: "محادثات مسقط غير المباشرة"', 'title: "لقاء مسقط"'),),
    ),
    Fault(
        "the index of names outlives an alias",
        forgets(things.names, asked(things.identity)),
        (
            Edit(at.OMAN, "[[iran|", "[[طهران|"),
            Edit(at.IRAN, 'aliases: {ar: ["طهران"]}', "aliases: {}"),
        ),
    ),
    Fault(
        "the strings of the theme are not recorded",
        forgets(strings.strings, asked(strings.texts_in)),
        (Edit(at.STRINGS, 'facts: "الوقائع كلها"', 'facts: "وقائع"'),),
    ),
    Fault(
        "the hashed name of an asset outlives its contents",
        forgets(assets.asset_path, asked(assets.asset)),
        ({at.DOT: b'<svg id="x"/>'},),
    ),
    Fault(
        "the day is not recorded",
        forgets(queries.today, input_of("setting")),
        (("today", "2026-02-01"),),
    ),
    Fault(
        "the wish for drafts is not recorded",
        forgets(queries.articles, input_of("setting")),
        (("drafts", "1"),),
    ),
    Fault(
        "an error outlives its cause",
        blind_to_absence,
        (WAITING, {"templates/own/none.html": b"<hr>"}),
    ),
    Fault(
        "citations outlive a source",
        forgets(data_files.source, asked(data_files.sources)),
        (Edit(at.SOURCES, 'title: "التقرير الفصلي"', 'title: "تقرير فبراير"'),),
    ),
    Fault(
        "macros outlive their template",
        macros_for_ever,
        (Edit(at.DEEP, "<b>{{ text }}</b>", "<i>{{ text }}</i>"),),
    ),
    Fault(
        "the words of a mention outlive its sentence",
        forgets(links.backlinks, asked(links.sentences)),
        (Edit(at.MUSCAT, "بين غرفتين", "بين قاعتين"),),
    ),
)


# -- replays -----------------------------------------------------------------------------------------------


def replay(steps: tuple[Step, ...]) -> Iterator[list[str]]:
    """What differs from a site made from nothing, at first and after each step."""
    fresh_templates()
    living = Living()
    yield living.compare()
    for step in steps:
        if isinstance(step, Edit):
            living.write({step.path: toggled(step, living.world.files[step.path])})
        elif isinstance(step, dict):
            living.write(step)
        else:
            living.set(*step)
        yield living.compare()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_seeded_fault_is_caught(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the fault, pages go stale under an edit; without it, the same edits leave none behind."""
    with monkeypatch.context() as patch:
        fault.seed(patch)
        at_first, *later = replay(fault.steps)
        assert at_first == []
        assert any(later)
    assert not any(replay(fault.steps))


def rewritten_unseen(root: Path) -> list[str]:
    """What a build misses of a page rewritten in its old size and with its old time."""
    living = OnDisk(root)
    living.build()
    data = living.world.files[at.MUSCAT].replace("غرفتين".encode(), "قاعتين".encode())
    same_stamps(root / at.MUSCAT, data)
    living.world.put({at.MUSCAT: data})
    living.db = Db(living.world)
    return living.compare_disk()


def test_trust_in_times_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan that believes size and time of change misses an edit which keeps both."""
    with monkeypatch.context() as patch:
        patch.setattr(files, "RACY_NS", 0)
        patch.setattr(
            files,
            "same",
            lambda known, now: (known.size, known.mtime_ns) == (now.st_size, now.st_mtime_ns),
        )
        assert "articles/muscat-talks/index.html" in rewritten_unseen(tmp_path / "careless")
    assert rewritten_unseen(tmp_path / "sound") == []


def gone_and_back(place: Path) -> list[str]:
    """What is wrong after an article has gone, been forgotten, and come back with another title; all in new processes."""
    living, saving = Living(), Store(place, "1")
    path = "content/articles/short.md"
    for data in (NEW[path], None, NEW[path].replace(b"title: ", b"title: X")):
        living.write({path: data})
        snapshot(living.db)
        pages = [site.render.key(route) for route in site.routes(living.db)]
        living.db.collect([site.problems.key(), site.routes.key(), *pages])
        assert saving.save(living.db)
        saving.close()
        living.db, saving = Db(living.world), Store(place, "1")
        saving.load(living.db)
        living.db.resume([])
    found = living.compare()
    saving.close()
    return found


def test_a_store_that_keeps_what_was_removed_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forgotten nodes are found in the store, where no change has reached them."""
    sound = Memory.drop

    def careless(self: Memory, gone: Any) -> None:
        sound(self, gone)
        self.removed.clear()

    with monkeypatch.context() as patch:
        patch.setattr(Memory, "drop", careless)
        assert gone_and_back(tmp_path / "careless")
    assert gone_and_back(tmp_path / "sound") == []


def rendered_after(edit: Edit) -> set[str]:
    """The files that are rendered again after an edit."""
    living = Living()
    snapshot(living.db)
    living.write({edit.path: toggled(edit, living.world.files[edit.path])})
    snapshot(living.db)
    return {str(key.args[0].path) for key in living.db.ran if key.query == site.render.name}


def _always_tell(self: Db, node: Node) -> None:
    """Whoever reads what had to be looked at again is doubted."""
    if self.memory.held.pop(node, None) is not None:
        self._upsets += 1
        self.memory.doubt_readers(node)


_next_doubt = Db._next_doubt


def _always_run(self: Db, node: Node, start: int) -> int | None:
    """Whoever is doubted runs again."""
    found = _next_doubt(self, node, start)
    if found is None and node.query is not None and node.key not in self.ran:
        self._run(node, node.query)
    return found


LOWER = Edit(at.MUSCAT, "\n## كيف جرت؟", "\n\nتمهيد.\n\n## كيف جرت؟")


@pytest.mark.parametrize(
    "faults",
    [
        [(sentences, "_unplaced", lambda part: part)],
        [(Db, "_let_go", _always_tell), (Db, "_next_doubt", _always_run)],
    ],
    ids=["mentions keep the places of their words", "an equal answer does not end a change"],
)
def test_a_wasteful_fault_is_caught(
    faults: list[tuple[object, str, Callable[..., object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the fault, moving a paragraph renders other pages too, though nothing in them changes."""
    with monkeypatch.context() as patch:
        for owner, name, careless in faults:
            patch.setattr(owner, name, careless)
        assert len(rendered_after(LOWER)) > 1
    assert rendered_after(LOWER) == {"articles/muscat-talks/index.html"}
