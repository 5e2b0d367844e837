"""The rules of the engine, one by one."""

from __future__ import annotations

import sys

import pytest
from engine_toy import (
    INPUTS,
    KEYS,
    Card,
    Files,
    backlinks,
    card,
    everything,
    failure,
    graph,
    guarded,
    names,
    note,
    outcome,
    page,
    rich,
    told,
)

from sitegen.engine.db import CycleError, Db, ImpureQueryError, InputKey, query
from sitegen.engine.faults import InputChangedError
from sitegen.engine.fingerprint import fingerprint_of
from sitegen.errors import Diagnostic, SiteError


def edited(db: Db, files: Files, path: str, text: str | None) -> None:
    """Change or remove one file and tell the db, listing included when it differs."""
    before = files.list("notes")
    if text is None:
        del files.files[path]
    else:
        files.files[path] = text
    changed = [InputKey("read", path)]
    if files.list("notes") != before:
        changed.append(InputKey("list", "notes"))
    db.refresh(changed)


def test_an_answer_is_worked_out_once() -> None:
    """Asking again runs nothing."""
    db = Db(rich())
    page(db, "a")
    count = len(db.ran)
    page(db, "a")
    assert len(db.ran) == count


def test_a_change_without_effect_on_the_answer_ends_there() -> None:
    """A new body changes the note and its page; its card is worked out again and found equal, so nobody else runs."""
    files = rich()
    db = Db(files)
    everything(db)
    edited(db, files, "notes/a", "Alpha\nb c\nb\nother body")
    everything(db)
    assert told(db.ran) == ["note('a')", "card('a')", "page('a')", "everything()"]


def test_a_touched_file_runs_nothing() -> None:
    """A refresh of an input whose bytes are the same leaves every answer standing."""
    db = Db(rich())
    everything(db)
    db.refresh(INPUTS)
    everything(db)
    assert db.ran == []


def test_a_changed_title_runs_what_shows_it() -> None:
    """The title of c stands on the pages of a (link) and b (guard) and in backlinks of nobody's page."""
    files = rich()
    db = Db(files)
    everything(db)
    edited(db, files, "notes/c", "Delta\nd\n\nbody of c")
    assert "c=Delta" in page(db, "a")
    assert page(db, "b").split("|")[4] == "Delta"
    assert "names()" not in told(db.ran)


def test_a_refresh_touches_only_what_may_depend_on_the_change() -> None:
    """Nodes outside the reach of the change stay verified: the engine does not even look at them."""
    files = rich()
    db = Db(files)
    everything(db)
    db.refresh([InputKey("read", "banner")])
    unverified = {str(node.key).partition("(")[0] for node in db.memory.nodes.values() if node.state == 0}
    assert unverified == {"read", "banner", "page", "everything"}


def test_reads_are_checked_in_the_order_they_were_made() -> None:
    """When an early read differs, a later one is not brought up to date: here it would be a bug to ask for it."""
    files = rich()
    db = Db(files)
    assert guarded(db, "a") == "Beta"
    del files.files["notes/b"]
    db.refresh([InputKey("list", "notes"), InputKey("read", "notes/b")])
    assert guarded(db, "a") == "unguarded"
    assert "certain('b')" not in told(db.ran)


def test_a_read_that_is_no_longer_made_is_forgotten() -> None:
    """After a run that took another way, a change of the old way's input runs nothing."""
    files = rich()
    db = Db(files)
    guarded(db, "a")
    files.settings["open"] = "no"
    db.refresh([InputKey("setting", "open")])
    assert guarded(db, "a") == "closed"
    edited(db, files, "notes/b", "Beta two\na\nc\n")
    guarded(db, "a")
    assert db.ran == []
    assert guarded.key("a") not in db.dependents(names.key())


def test_a_failure_is_remembered() -> None:
    """The second ask raises the same diagnostics without a run."""
    db = Db(Files())
    for _ in range(2):
        with pytest.raises(SiteError) as error:
            note(db, "x")
        assert error.value.diagnostics[0].code == "missing"
    assert told(db.ran) == ["note('x')"]


def test_a_failure_heals_when_its_cause_is_fixed() -> None:
    """Creating the missing file is enough."""
    files = Files()
    db = Db(files)
    assert outcome(db, page.key("x"))[0] == "failed"
    files.files["notes/x"] = "X\n\n\n"
    db.refresh([InputKey("read", "notes/x"), InputKey("list", "notes")])
    assert outcome(db, page.key("x"))[0] == "value"


def test_a_failure_that_is_caught_is_still_a_read() -> None:
    """The graph skips a broken note, and takes it up once it is whole."""
    files = rich()
    files.files["notes/d"] = "!"
    db = Db(files)
    assert "d" not in graph(db).get("a", ())
    edited(db, files, "notes/d", "Delta\na\n\n")
    assert "d" in graph(db)["a"]


def test_a_failure_with_the_same_diagnostics_ends_there() -> None:
    """A broken file that is broken in the same way runs nobody else."""
    files = rich()
    files.files["notes/d"] = "!\nx"
    db = Db(files)
    graph(db)
    edited(db, files, "notes/d", "!\ny")
    graph(db)
    assert told(db.ran) == ["note('d')"]


def test_a_failure_is_never_taken_for_a_value() -> None:
    """A query may return the very diagnostics another one fails with; the fingerprints differ."""
    files = Files(mode="")
    db = Db(files)
    with pytest.raises(SiteError):
        twofaced(db)
    failed = db.node(twofaced.key())
    assert failed is not None
    before = failed.fingerprint
    files.settings["mode"] = "return"
    db.refresh([InputKey("setting", "mode")])
    assert twofaced(db) == failure("same", "x").diagnostics
    assert failed.fingerprint != before


@query
def twofaced(db: Db) -> tuple[Diagnostic, ...]:
    error = failure("same", "x")
    if db.setting("mode"):
        return error.diagnostics
    raise error


def test_an_input_may_fail_and_heal() -> None:
    """A SiteError of the inputs is an outcome of that input."""
    files = rich()
    files.unreadable.add("notes/a")
    db = Db(files)
    assert outcome(db, card.key("a"))[0] == "failed"
    files.unreadable.clear()
    db.refresh([InputKey("read", "notes/a")])
    assert card(db, "a").title == "Alpha"


@query
def buggy(db: Db) -> int:
    return 1 // int(db.setting("n"))


@query
def swallows(db: Db) -> int:
    try:
        return buggy(db)
    except ZeroDivisionError:
        return -1


@query
def above(db: Db) -> int:
    return buggy(db) + 1


def test_a_bug_propagates_and_leaves_the_db_whole() -> None:
    """After the cause is gone the same db answers as a new one."""
    files = Files(n="1")
    db = Db(files)
    assert above(db) == 2
    for value, expected in (("0", None), ("1", 2), ("0", None), ("2", 1)):
        files.settings["n"] = value
        db.refresh([InputKey("setting", "n")])
        if expected is None:
            with pytest.raises(ZeroDivisionError):
                above(db)
        else:
            assert above(db) == expected


def test_a_bug_cannot_be_swallowed() -> None:
    """A query that catches a bug would depend on what has no outcome; the bug is raised again."""
    with pytest.raises(ZeroDivisionError):
        swallows(Db(Files(n="0")))


@query
def left(db: Db) -> str:
    return right(db) if db.setting("turn") != "stop" else "end"


@query
def right(db: Db) -> str:
    return left(db)


@query
def forgiving(db: Db) -> str:
    try:
        return left(db)
    except CycleError:
        return "forgiven"


def test_a_cycle_names_its_chain() -> None:
    """The keys stand in the order they need each other."""
    with pytest.raises(CycleError, match=r"^left\(\) -> right\(\) -> left\(\)$"):
        left(Db(Files()))


def test_a_cycle_cannot_be_swallowed() -> None:
    """A query that catches the cycle is no way out of it."""
    with pytest.raises(CycleError):
        forgiving(Db(Files()))


def test_a_cycle_that_appears_with_a_change_is_found_and_heals() -> None:
    """The check of old traces meets the cycle as a run would, and the db goes on afterwards."""
    files = Files(turn="stop")
    db = Db(files)
    assert right(db) == "end"
    for turn in ("go", "stop", "go"):
        files.settings["turn"] = turn
        db.refresh([InputKey("setting", "turn")])
        if turn == "go":
            with pytest.raises(CycleError):
                right(db)
        else:
            assert right(db) == "end"


@query
def step(db: Db, number: int) -> int:
    return len(db.read("start") or b"") if number == 0 else step(db, number - 1) + 1


def test_a_chain_far_beyond_the_recursion_limit_is_checked() -> None:
    """5,000 queries in a row, each changed by the one before, are brought up to date without recursion."""
    length = 5000
    assert length > sys.getrecursionlimit()
    files = Files({"start": ""})
    db = Db(files)
    for number in range(length):
        step(db, number)
    files.files["start"] = "xx"
    db.refresh([InputKey("read", "start")])
    assert step(db, length - 1) == length + 1
    assert len(db.ran) == length


def test_a_released_answer_is_worked_out_again() -> None:
    """An unkept answer whose value is gone comes back with the same value, and nobody else runs."""
    db = Db(rich())
    before = page(db, "a")
    db.release(page.key("a"))
    count = len(db.ran)
    assert page(db, "a") == before
    assert told(db.ran[count:]) == ["page('a')"]


TICKS: list[int] = []


@query(persist=False)
def impure(db: Db) -> int:
    TICKS.append(0)
    return len(TICKS)


def test_an_impure_query_is_a_clear_bug() -> None:
    """Two answers on the same reads are reported by the key."""
    db = Db(Files())
    impure(db)
    db.release(impure.key())
    with pytest.raises(ImpureQueryError, match=r"query not pure: impure\(\)"):
        impure(db)


def test_the_bytes_of_files_are_not_held() -> None:
    """What a query has read is let go; asking for it again reads it again."""
    files = rich()
    db = Db(files)
    note(db, "a")
    files.seen.clear()
    assert db.read("notes/a") == files.files["notes/a"].encode()
    assert files.seen == ["notes/a"]


def test_a_file_that_changes_during_a_build_starts_it_over() -> None:
    """A second read that differs from the first, without a refresh between, never mixes old and new."""
    files = rich()
    db = Db(files)
    note(db, "a")
    files.files["notes/a"] = "New\n\n\n"
    assert db.read("notes/a") == b"New\n\n\n"
    assert note(db, "a").title == "New"


def test_a_file_that_never_rests_is_reported() -> None:
    """The db does not try for ever."""

    class Restless(Files):
        def read(self, path: str) -> bytes | None:
            self.seen.append(path)
            return str(len(self.seen)).encode()

    db = Db(Restless())
    with pytest.raises(InputChangedError, match=r"read\('x'\)"):
        twice(db)


@query
def twice(db: Db) -> tuple[bytes | None, bytes | None]:
    return db.read("x"), db.read("x")


def test_keys_print_as_they_are_called() -> None:
    """For messages and for the traces of tests."""
    assert str(card.key("fordow-sample")) == "card('fordow-sample')"
    assert str(InputKey("read", "content/site.yaml")) == "read('content/site.yaml')"


def test_the_trace_can_be_looked_at() -> None:
    """Reads in order, and dependents by their printed form."""
    db = Db(rich())
    guarded(db, "a")
    assert [str(key) for key in db.dependencies(guarded.key("a"))] == [
        "card('a')",
        "setting('open')",
        "names()",
        "certain('b')",
    ]
    assert [str(key) for key in db.dependents(names.key())] == ["certain('b')", "guarded('a')"]


def test_inputs_are_listed_with_the_fingerprints_of_their_values() -> None:
    """So that the shell can compare them with the disk."""
    files = rich()
    db = Db(files)
    everything(db)
    found = dict(db.inputs())
    assert found[InputKey("read", "banner")] == fingerprint_of(b"Hello")
    assert found[InputKey("list", "notes")] == fingerprint_of(("a", "b", "c"))
    assert found[InputKey("read", "notes/d")] == fingerprint_of(None)
    files.files["banner"] = "Other"
    assert db.changed_inputs() == (InputKey("read", "banner"),)


def test_what_no_root_reaches_is_forgotten() -> None:
    """The pages of a deleted note do not pile up, and what is left still answers as a new db would."""
    files = rich()
    db = Db(files)
    everything(db)
    backlinks(db, "zzz")
    edited(db, files, "notes/a", None)
    everything(db)
    db.collect([everything.key()])
    assert db.node(page.key("a")) is None
    assert db.node(backlinks.key("zzz")) is None
    assert {number for it in db.memory.nodes.values() for number in it.dependents} <= db.memory.by_id.keys()
    files.files["notes/a"] = "Again\nb\n\n"
    db.refresh([InputKey("list", "notes"), InputKey("read", "notes/a")])
    assert [outcome(db, key) for key in KEYS] == [outcome(Db(files), key) for key in KEYS]


def test_a_running_query_cannot_refresh() -> None:
    """What changes the db is for the outside."""
    with pytest.raises(RuntimeError, match="not while a query runs"):
        meddler(Db(Files()))


@query
def meddler(db: Db) -> None:
    db.refresh([])


def test_arguments_are_positional() -> None:
    """A keyword would make a second key of the same question."""
    with pytest.raises(TypeError, match="by position"):
        card(Db(Files()), name="a")


def test_compound_arguments_make_keys() -> None:
    """Equal frozen structs are one key."""
    db = Db(rich())
    page(db, "a")
    page(db, "b")
    assert told(db.ran).count(f"banner((2, {Card('x', (), '')!r}))") == 1
