"""What is wrong with a site, gathered from where it is found out: of its content, and of pages that cannot be made."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from sitegen.errors import Diagnostic, Span
from sitegen.messages import severity

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
        self._causes: dict[Cause, dict[str, Diagnostic]] = {}  # by page, in the order in which they were met

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
        """Why the page at an address cannot be made; () when it can, or when there is none any more."""
        if self._pages.get(place, ()) == found:
            return
        for it in self._pages.pop(place, ()):
            pages = self._causes[cause(it)]
            pages.pop(place, None)
            if not pages:
                del self._causes[cause(it)]
        if found:
            self._pages[place] = found
        for it in found:
            self._causes.setdefault(cause(it), {})[place] = it
        self._gather()

    def on(self, place: str) -> tuple[Diagnostic, ...]:
        """Why the page at an address cannot be made."""
        return self._pages.get(place, ())

    def pages(self) -> tuple[str, ...]:
        """The addresses of the pages that cannot be made."""
        return tuple(self._pages)

    def _gather(self) -> None:
        content = (it for it in self.content if it.at.path not in self._files)
        pages = (next(iter(it.values())) for it in self._causes.values())  # said of the first of them
        self.all = tuple(sorted({*content, *chain.from_iterable(self._files.values()), *pages}))
