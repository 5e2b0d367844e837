"""Eager queries: a change goes no further than the first one whose answer stays."""

from __future__ import annotations

import pytest
from engine_toy import Files, told

from sitegen.engine.db import Db, InputKey, query
from sitegen.engine.node import VERIFIED


@query(eager=True)
def head(db: Db, name: str) -> str:
    """The first line of a file, "" of a missing one."""
    return (db.read(name) or b"").decode().partition("\n")[0]


@query
def loud(db: Db, name: str) -> str:
    """The head in capitals."""
    return head(db, name).upper()


@query
def lines(db: Db, name: str) -> bool:
    """Whether a file has lines; asks for the head and makes no use of it."""
    found = bool(db.read(name))
    head(db, name)
    return found


@query(eager=True)
def sign(db: Db, name: str) -> str:
    """The loud head of a file that has lines."""
    text = loud(db, name)
    return text if lines(db, name) else ""


@query
def index(db: Db) -> str:
    """The signs of all files of a list; a sign that is not on the list is nobody's."""
    return " ".join(sign(db, name) for name in db.list("notes"))


@query(eager=True, persist=False)
def shout(db: Db, name: str) -> str:
    return loud(db, name) + "!"


def site() -> tuple[Files, Db]:
    files = Files({"a": "one\nbody", "b": "two\nbody", "notes/a": "", "notes/b": ""})
    db = Db(files)
    assert index(db) == "ONE TWO"
    return files, db


def put(files: Files, db: Db, name: str, text: str) -> None:
    files.files[name] = text
    db.refresh([InputKey("read", name)])


def test_what_reads_an_eager_query_is_not_doubted_while_its_answer_stays() -> None:
    """A new body runs the head and its neighbours; the index is not even looked at."""
    files, db = site()
    put(files, db, "a", "one\nother body")
    node = db.node(index.key())
    assert node is not None
    assert node.state == VERIFIED
    assert index(db) == "ONE TWO"
    assert told(db.ran) == ["head('a')", "lines('a')"] or told(db.ran) == ["lines('a')", "head('a')"]


def test_what_reads_an_eager_query_follows_its_answer() -> None:
    """A new head reaches the index."""
    files, db = site()
    put(files, db, "a", "three\nbody")
    assert index(db) == "THREE TWO"


def test_an_eager_query_that_nobody_asks_for_is_brought_up_to_date() -> None:
    """The answer to the outside waits for all eager ones."""
    files, db = site()
    put(files, db, "b", "four\nbody")
    assert loud(db, "a") == "ONE"
    assert "head('b')" in told(db.ran)


@pytest.mark.parametrize("backwards", [False, True])
def test_held_queries_may_be_settled_in_any_order(backwards: bool) -> None:
    """One that was checked against an answer which only seemed to stand is checked again."""
    files, db = site()
    put(files, db, "a", "three\nbody")
    held = sorted(db.memory.held.items(), key=lambda it: it[0].key, reverse=backwards)
    assert [node.key[0].rpartition(".")[2] for node, _ in held] == ["head", "sign"][:: -1 if backwards else 1]
    db.memory.held = dict(held)
    assert index(db) == "THREE TWO"


def test_a_value_that_left_memory_is_worked_out_on_the_new_inputs() -> None:
    """Running again for the value's sake, on a read that turns out to have changed, is no impurity."""
    files, db = site()
    assert shout(db, "a") == "ONE!"
    for key in (shout.key("a"), loud.key("a")):
        db.release(key)
    put(files, db, "a", "three\nbody")
    held = sorted(db.memory.held.items(), key=lambda it: it[0].key, reverse=True)
    db.memory.held = dict(held)
    assert shout(db, "a") == "THREE!"


def test_a_second_change_before_any_answer_counts_from_the_first() -> None:
    """What the dependents know is the answer before both changes."""
    files, db = site()
    put(files, db, "a", "three\nbody")
    put(files, db, "a", "four\nbody")
    assert index(db) == "FOUR TWO"
    put(files, db, "a", "five\nbody")
    put(files, db, "a", "four\nbody")
    assert index(db) == "FOUR TWO"
    assert "index()" not in told(db.ran)
