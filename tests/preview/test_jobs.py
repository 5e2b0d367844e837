"""One thread does all jobs: the urgent ones first, none twice for one reason."""

from __future__ import annotations

import threading

from serving import PATIENCE

from sitegen.shell.preview.jobs import Jobs, Urgency


class Busy:
    """Jobs behind one that does not end before it is told to, and what has been done."""

    def __init__(self) -> None:
        self.failures: list[BaseException] = []
        self.jobs = Jobs(self.failures.append)
        self.done: list[str] = []
        self._begun, self._end = threading.Event(), threading.Event()
        self.jobs.do(Urgency.CHANGE, self._wait)
        assert self._begun.wait(PATIENCE)

    def _wait(self) -> None:
        self._begun.set()
        self._end.wait(PATIENCE)

    def check(self) -> None:
        self.done.append("check")

    def rest(self) -> None:
        self.done.append("rest")

    def finish(self) -> list[str]:
        """What has been done, once all has."""
        self._end.set()
        self.jobs.ask(Urgency.REST, lambda: None).result(PATIENCE)
        return self.done


def test_a_job_in_line_is_not_put_there_again() -> None:
    """Ten saves in a row are one reason to check the site."""
    busy = Busy()
    for _ in range(10):
        busy.jobs.do(Urgency.CHECK, busy.check)
    assert busy.finish() == ["check"]
    busy.jobs.do(Urgency.CHECK, busy.check)
    assert busy.finish() == ["check", "check"]


def test_the_urgent_come_first() -> None:
    """In the order of their urgency, then of their coming; who asks gets an answer."""
    busy = Busy()
    busy.jobs.do(Urgency.REST, busy.rest)
    busy.jobs.do(Urgency.CHECK, busy.check)
    page = busy.jobs.ask(Urgency.PAGE, lambda: busy.done.append("page"))
    assert busy.finish() == ["page", "check", "rest"]
    assert page.result(PATIENCE) is None


def test_a_job_that_fails_does_not_end_the_others() -> None:
    """What it raises goes to whoever asked for it, else to who looks after all."""
    busy = Busy()
    asked = busy.jobs.ask(Urgency.PAGE, lambda: 1 // 0)
    busy.jobs.do(Urgency.PAGE, lambda: [][0])
    busy.jobs.do(Urgency.CHECK, busy.check)
    assert busy.finish() == ["check"]
    assert isinstance(asked.exception(), ZeroDivisionError)
    assert [type(it) for it in busy.failures] == [IndexError]
