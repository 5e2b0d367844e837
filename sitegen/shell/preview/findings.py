"""What is wrong with a site, gathered from where it is found out: of its content, and of pages that cannot be made."""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import chain

from sitegen.errors import Diagnostic, Span
from sitegen.messages import severity

ENOUGH = 20  # pages that are made anew, after a change, before a cause is known to be gone
Cause = tuple[Span, str, tuple[tuple[str, str], ...]]


def grave(found: Iterable[Diagnostic]) -> bool:
    """Whether there are errors among the findings."""
    return any(severity(it) == "error" for it in found)


def cause(it: Diagnostic) -> Cause:
    """What a finding says, whatever the page it was met on: a template breaks many pages at one place."""
    return it.at, it.code, tuple(one for one in it.args if one[0] != "page")


class Findings:
    """Findings, each once; `all` is replaced whenever they change, in the order of files and lines."""

    def __init__(self) -> None:
        self.all: tuple[Diagnostic, ...] = ()
        self.content: tuple[Diagnostic, ...] = ()
        self._files: dict[str, tuple[Diagnostic, ...]] = {}
        self._pages: dict[str, tuple[Diagnostic, ...]] = {}
        self._causes: dict[Cause, dict[str, Diagnostic]] = {}  # by page; the first `ENOUGH` that were met

    def of_content(self, found: tuple[Diagnostic, ...]) -> None:
        """All that is wrong with the content."""
        self.content = found
        self._files.clear()
        self._gather()

    def of_file(self, path: str, found: tuple[Diagnostic, ...]) -> None:
        """What is wrong with one file, until all of the content is known again."""
        if self._files.get(path) != found:
            self._files[path] = found
            self._gather()

    def doubt_files(self) -> None:
        """What was known of single files may be so no more."""
        self._files.clear()

    def of_page(self, place: str, found: tuple[Diagnostic, ...]) -> None:
        """Why the page at an address cannot be made; () when it can."""
        if self._pages.get(place, ()) == found and all(self._is_told(it, place) for it in found):
            return
        for it in self._pages.pop(place, ()):
            pages = self._causes.get(cause(it), {})
            pages.pop(place, None)
            if not pages:
                self._causes.pop(cause(it), None)
        if found:
            self._pages[place] = found
        for it in found:
            if not self._is_told(it, place):
                self._causes.setdefault(cause(it), {})[place] = it
        self._gather()

    def _is_told(self, it: Diagnostic, place: str) -> bool:
        pages = self._causes.get(cause(it), {})
        return place in pages or len(pages) >= ENOUGH

    def of_pages_in(self, live: Container[str]) -> None:
        """There are no pages but those at these addresses."""
        for place in [it for it in self._pages if it not in live]:
            self.of_page(place, ())

    def on(self, place: str) -> tuple[Diagnostic, ...]:
        """Why the page at an address cannot be made."""
        return self._pages.get(place, ())

    def witnesses(self) -> tuple[str, ...]:
        """Addresses of pages that cannot be made, some for each cause: while one of them cannot, it is told."""
        return tuple(dict.fromkeys(chain.from_iterable(self._causes.values())))

    def _gather(self) -> None:
        content = (it for it in self.content if it.at.path not in self._files)
        pages = (next(iter(it.values())) for it in self._causes.values())  # said of the first of them
        self.all = tuple(sorted({*content, *chain.from_iterable(self._files.values()), *pages}))
