"""A question that another process answers; what only a process without threads can show is in `pool_scenarios`."""

from __future__ import annotations

import os
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
