"""A question that another process answers."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from sitegen.engine.forking import may_fork, meanwhile


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1})


@pytest.mark.usefixtures("two_processors")
@pytest.mark.parametrize("right", [True, False])
def test_the_answer_is_that_of_the_question(right: bool) -> None:
    """It may be asked for again, also when the block is over."""
    with meanwhile(lambda: right) as answer:
        assert answer() == right
    assert answer() == right


@pytest.mark.usefixtures("two_processors")
def test_the_question_is_answered_while_the_block_goes_on() -> None:
    """By another process: it can wait for what the block does, and what it changes is not seen here."""
    reader, writer = os.pipe()
    seen: list[bytes] = []

    def question() -> bool:
        seen.append(os.read(reader, 1))
        return seen == [b"x"]

    with meanwhile(question) as answer:
        os.write(writer, b"x")
        assert answer()
    assert seen == []
    os.close(reader)
    os.close(writer)


@pytest.mark.usefixtures("two_processors")
def test_a_process_that_dies_has_answered_no() -> None:
    """So whoever asked looks for himself."""
    here = os.getpid()

    def question() -> bool:
        assert os.getpid() != here
        os.kill(os.getpid(), signal.SIGKILL)
        return True

    with meanwhile(question) as answer:
        assert not answer()


def test_where_a_fork_is_not_safe_the_question_is_answered_here() -> None:
    """Beside another thread, which might hold a lock."""
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert not may_fork()
        seen: list[int] = []

        def question() -> bool:
            seen.append(os.getpid())
            return True

        with meanwhile(question) as answer:
            assert answer()
        assert seen == [os.getpid()]
    finally:
        over.set()
        thread.join()
