"""The store: a new process goes on where the last one ended, or starts cold, and is never wrong."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from engine_toy import INPUTS, KEYS, Files, backlinks, everything, graph, note, outcome, page, rich, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.engine.db import Db, InputKey
from sitegen.engine.keys import QueryKey
from sitegen.engine.store import Store

HERE = Path(__file__).parent
Reopen = Callable[[], tuple[Store, Db]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store of this test is."""
    return tmp_path / "under" / "store.sqlite"


def saved(files: Files, path: Path) -> None:
    """Answer everything over `files` and save it."""
    db = Db(files)
    for key in KEYS:
        outcome(db, key)
    store = Store(path, "1")
    store.set("stats", b"kept")
    assert store.save(db)
    store.close()


def loaded(files: Files, path: Path, version: str = "1") -> tuple[Store, Db]:
    """A new process."""
    store = Store(path, version)
    db = Db(files)
    store.load(db)
    return store, db


def answers(db: Db) -> list[object]:
    """What every key comes to."""
    return [outcome(db, key) for key in KEYS]


def rows(path: Path, table: str) -> int:
    """How many rows a table has."""
    connection = sqlite3.connect(path)
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    assert isinstance(count, int)
    return count


def test_a_restart_runs_nothing(path: Path) -> None:
    """Kept answers come from the store, failures too; only unkept ones are worked out when their value is wanted."""
    files = rich()
    saved(files, path)
    store, db = loaded(files, path)
    for key in KEYS:
        db.settle(key)
    assert db.ran == []
    assert answers(db) == answers(Db(files))
    assert {str(key).partition("(")[0] for key in db.ran} == {"page"}
    store.close()


def test_a_restart_loads_what_is_asked_and_no_more(path: Path) -> None:
    """Of a large store only the answer that is wanted comes into memory."""
    files = rich()
    files.files.update({f"notes/n{number}": f"N{number}\n\n\nbody" for number in range(300)})
    saved(files, path)
    store, db = loaded(files, path)
    db.resume([])
    assert note(db, "n7").body == "body"
    assert [str(key) for key in db.memory.nodes] == ["note('n7')"]
    store.close()


def test_what_was_let_go_of_is_had_again_from_the_store(path: Path) -> None:
    """After an eviction nothing runs, and a change still finds whom it reaches."""
    files = rich()
    db = Db(files)
    db.memory.tidy()
    for key in KEYS:
        outcome(db, key)
    store = Store(path, "1")
    assert store.save(db)
    before = len(db.memory.nodes)
    db.memory.evict()
    assert len(db.memory.nodes) < before
    ran = len(db.ran)
    for key in KEYS:
        db.settle(key)
    assert len(db.ran) == ran
    db.memory.evict()
    files.files["notes/a"] = "Another\nb\n\n"
    db.refresh([InputKey("read", "notes/a")])
    assert answers(db) == answers(Db(files))
    store.close()


def test_a_restart_after_a_change_runs_what_the_change_asks_for(path: Path) -> None:
    """Early cutoff works across processes."""
    files = rich()
    saved(files, path)
    files.files["notes/a"] += "!"
    store, db = loaded(files, path)
    db.resume([InputKey("read", "notes/a")])
    everything(db)
    assert told(db.ran[:4]) == ["note('a')", "card('a')", "page('a')", "everything()"]
    assert {str(key) for key in db.ran[4:]} <= {"page('b')", "page('c')"}  # their values were not kept
    store.close()


def test_without_a_word_from_the_shell_all_inputs_are_compared(path: Path) -> None:
    """Forgetting to vouch costs time, never the truth."""
    files = rich()
    saved(files, path)
    files.files["notes/b"] = "Other\n\n\n"
    store, db = loaded(files, path)
    assert answers(db) == answers(Db(files))
    store.close()


def test_an_answer_left_unverified_by_the_last_process_is_checked(path: Path) -> None:
    """What was not asked again before the save is not taken for up to date after it."""
    files = rich()
    saved(files, path)
    store, db = loaded(files, path)
    files.files["notes/a"] = "New\nc\n\n"
    db.resume([InputKey("read", "notes/a")])
    note(db, "a")  # the input is up to date now, and so is this; all above it is not
    assert store.save(db)
    store.close()
    store, db = loaded(files, path)
    db.resume([])
    assert answers(db) == answers(Db(files))
    store.close()


def test_a_change_announced_but_not_read_survives_a_restart(path: Path) -> None:
    """A process that ends before it needed a changed input leaves word of the change."""
    files = rich()
    saved(files, path)
    store, db = loaded(files, path)
    files.files["notes/a"] = "New\nc\n\n"
    db.resume([InputKey("read", "notes/a")])
    assert store.save(db)
    store.close()
    store, db = loaded(files, path)
    db.resume([])
    assert answers(db) == answers(Db(files))
    store.close()


def test_a_db_that_has_not_looked_at_its_inputs_is_not_saved(path: Path) -> None:
    """Or what is set beside it would vouch for inputs that nobody has compared."""
    files = rich()
    saved(files, path)
    store, db = loaded(files, path)
    store.set("stats", b"all as before")
    assert not store.save(db)
    assert store.trouble == "inputs not compared yet"
    db.resume(db.changed_inputs())
    assert store.save(db)
    store.close()


def test_a_save_writes_only_what_changed(path: Path) -> None:
    """The rows of untouched nodes stay as they are."""
    files = rich()
    saved(files, path)
    store, db = loaded(files, path)
    files.files["notes/a"] += "!"
    db.resume([InputKey("read", "notes/a")])
    everything(db)
    changed = {str(node.key) for node in db.memory.unsaved}
    assert "note('b')" not in changed
    assert {"read('notes/a')", "note('a')", "page('a')"} <= changed
    before = rows(path, "node")
    assert store.save(db)
    assert db.memory.unsaved == {}
    assert rows(path, "node") == before
    store.close()


def test_removed_nodes_leave_the_store(path: Path) -> None:
    """What was collected does not come back with the next process."""
    files = rich()
    saved(files, path)
    store, db = loaded(files, path)
    del files.files["notes/a"]
    db.resume([InputKey("read", "notes/a"), InputKey("list", "notes")])
    everything(db)
    before = rows(path, "node")
    db.collect([everything.key()])
    assert store.save(db)
    store.close()
    assert 0 < rows(path, "node") < before
    store, db = loaded(files, path)
    assert db.node(page.key("a")) is None
    assert db.node(backlinks.key("d")) is None
    store.close()


def test_unkept_values_are_not_in_the_store(path: Path) -> None:
    """Of a page only the fingerprint is stored."""
    files = rich()
    files.files["notes/a"] += "an unmistakable sentence"
    db = Db(files)
    page(db, "a")
    note_copies = path.parent
    store = Store(path, "1")
    assert store.save(db)
    store.close()
    assert note_copies.exists()
    assert path.read_bytes().count(b"an unmistakable sentence") == 1  # in the note


def test_the_area_of_the_shell_is_readable_without_nodes(path: Path) -> None:
    """And is saved with the nodes, or alone beside them."""
    files = rich()
    saved(files, path)
    store = Store(path, "1")
    assert store.get("stats") == b"kept"
    assert store.get("other") is None
    store.set("stats", b"newer")
    assert store.get("stats") == b"newer"
    assert store.save()
    store.close()
    store, db = loaded(files, path)
    assert store.get("stats") == b"newer"
    assert answers(db) == answers(Db(files))
    store.close()


def test_where_nothing_was_set_nothing_is_written(path: Path) -> None:
    """Saving without a db and without news leaves the file and its state as they are."""
    saved(rich(), path)
    before = path.read_bytes()
    store = Store(path, "1")
    assert store.save()
    store.close()
    assert path.read_bytes() == before


def test_any_name_of_a_folder_will_do(tmp_path: Path) -> None:
    """What means something in an address means nothing in a path."""
    path = tmp_path / "100%25 ?mode=ro#ملف" / "store"
    saved(rich(), path)
    store = Store(path, "1")
    assert store.get("stats") == b"kept"
    store.set("stats", b"newer")
    assert store.save()
    store.close()


def test_the_area_is_not_saved_without_nodes(path: Path) -> None:
    """A claim that nothing has changed must not stand beside nothing."""
    store = Store(path, "1")
    store.set("stats", b"x")
    assert not store.save()
    assert not path.exists()


def test_the_fast_path_imports_no_heavy_library(path: Path) -> None:
    """Opening the store and reading the area needs neither templates nor Markdown nor locale data."""
    saved(rich(), path)
    script = (
        "import sys; from pathlib import Path; from sitegen.engine.store import Store\n"
        f"assert Store(Path({str(path)!r}), '1').get('stats') == b'kept'\n"
        "assert not {'jinja2', 'markdown_it', 'babel', 'yaml', 'multiprocessing'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=HERE.parents[2])


def test_a_missing_store_is_a_cold_start_without_trouble(path: Path) -> None:
    """Nothing is said of it."""
    store = Store(path, "1")
    assert not store.load(Db(Files()))
    assert store.trouble == ""
    assert store.get("stats") is None


def test_the_store_of_another_version_is_not_used(path: Path) -> None:
    """It stays until the next save, which replaces it whole."""
    files = rich()
    saved(files, path)
    store, db = loaded(files, path, "2")
    assert db.memory.nodes == {}
    assert store.get("stats") is None
    assert store.trouble == "made by another version"
    note(db, "a")
    assert store.save(db)
    store.close()
    assert rows(path, "node") == 2


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_foreign_file_is_replaced(path: Path, content: bytes) -> None:
    """Whatever lies there, the build starts cold and its save succeeds."""
    path.parent.mkdir()
    path.write_bytes(content)
    files = rich()
    store, db = loaded(files, path)
    assert db.memory.nodes == {}
    everything(db)
    assert store.save(db)
    store.close()
    store, db = loaded(files, path)
    assert db.node(everything.key())
    store.close()


def test_a_folder_in_its_place_is_no_error(path: Path) -> None:
    """There is no store then, and saving says why."""
    path.mkdir(parents=True)
    store, db = loaded(rich(), path)
    everything(db)
    assert not store.save(db)
    assert store.trouble


def test_a_file_in_place_of_its_folder_is_no_error(path: Path) -> None:
    """As on any disk where it cannot be written."""
    path.parent.write_text("")
    store, db = loaded(rich(), path)
    everything(db)
    assert not store.save(db)
    assert store.trouble


def test_a_locked_store_is_left_alone(path: Path) -> None:
    """Another program holds it: cold start, no save, and the other's state survives."""
    files = rich()
    saved(files, path)
    before = path.read_bytes()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    store, db = loaded(files, path)
    assert answers(db) == answers(Db(files))
    assert not store.save(db)
    assert "locked" in store.trouble
    other.execute("ROLLBACK")
    other.close()
    assert path.read_bytes() == before


def test_a_read_only_store_is_read(path: Path) -> None:
    """It serves; the save fails and says so."""
    files = rich()
    saved(files, path)
    store, db = loaded(files, path)
    assert store._connection is not None
    store._connection.execute("PRAGMA query_only = 1")
    files.files["banner"] = "Changed"
    assert answers(db) == answers(Db(files))
    assert not store.save(db)
    assert "readonly" in store.trouble
    store.close()


def test_of_two_processes_that_save_the_second_gives_way(path: Path) -> None:
    """Its changes are relative to a state that is no longer there."""
    files = rich()
    saved(files, path)
    first, one = loaded(files, path)
    second, two = loaded(files, path)
    files.files["banner"] = "Changed"
    answers(one)
    answers(two)
    assert first.save(one)
    assert not second.save(two)
    assert second.trouble == "another process has saved"
    first.close()
    second.close()
    store, db = loaded(files, path)
    assert answers(db) == answers(Db(files))
    store.close()


def test_a_db_of_another_origin_is_saved_whole(path: Path) -> None:
    """A store that was not loaded into the db is not patched with its changes."""
    files = rich()
    saved(files, path)
    db = Db(files)
    graph(db)
    store = Store(path, "1")
    assert store.save(db)
    store.close()
    assert rows(path, "node") == len(db.memory.nodes)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), cut=st.booleans())
def test_a_damaged_store_is_never_an_error_and_never_wrong(
    tmp_path: Path, data: st.DataObject, cut: bool
) -> None:
    """Bytes flipped or the end cut off anywhere: the answers are those of a cold start."""
    sound = tmp_path / "sound.sqlite"
    files = rich()
    if not sound.exists():
        saved(files, sound)
    content = bytearray(sound.read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[at] ^= data.draw(st.integers(1, 255))
        if cut:
            del content[at:]
            break
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(bytes(content))
    store, db = loaded(files, damaged)
    assert store.get("stats") in (b"kept", None)
    assert answers(db) == answers(Db(files))
    store.save(db)
    store.close()
    store, db = loaded(files, damaged)
    assert answers(db) == answers(Db(files))
    store.close()


def test_a_process_killed_at_any_write_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    """Saves are killed by a signal at every few hundred bytes written, and by SIGKILL at many moments."""
    script = HERE / "killed_saves.py"
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": f"{HERE}:{HERE.parents[2]}"},
    )
    assert done.returncode == 0, done.stderr
    killed, states = map(int, done.stdout.split())
    assert killed >= 60
    assert states == 2  # both the old and the new state were seen


def test_values_come_from_the_file_when_asked_for(path: Path) -> None:
    """Loading reads no values, so a value that is damaged later is noticed then and worked out again."""
    files = rich()
    saved(files, path)
    store, db = loaded(files, path)
    connection = sqlite3.connect(path)
    for number, data in connection.execute("SELECT id, data FROM value").fetchall():
        changed = data.replace(b"Alpha", b"Omega")
        connection.execute("UPDATE value SET data = ? WHERE id = ?", (changed, number))
    connection.commit()
    connection.close()
    assert answers(db) == answers(Db(files))
    assert db.ran
    store.close()


def test_two_nodes_of_one_key_are_not_believed(path: Path) -> None:
    """A db that comes upon what some fault has doubled starts cold."""
    files = rich()
    saved(files, path)
    store, db = loaded(files, path)
    db.resume([])
    node = db.node(graph.key())
    assert node is not None
    node.id = db.memory.next_id
    db.memory.unsaved[node] = None
    assert store.save(db)
    store.close()
    store, db = loaded(files, path)
    db.resume([])
    assert answers(db) == answers(Db(files))
    assert graph.key() in db.ran
    assert "two nodes of one key" in store.trouble
    store.close()


def test_a_copy_of_the_store_serves_elsewhere(path: Path, tmp_path: Path) -> None:
    """Nothing in it depends on where it lies."""
    files = rich()
    saved(files, path)
    shutil.copy(path, tmp_path / "copy.sqlite")
    store, db = loaded(files, tmp_path / "copy.sqlite")
    db.resume(INPUTS)
    db.settle(QueryKey(everything.name, ()))
    assert db.ran == []
    store.close()
