"""Pages as they were when they were last good, for as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple


class Page(NamedTuple):
    """The bytes of a file as it would be published; `version` changes whenever they do."""

    data: bytes
    version: str
    path: str


class Good:
    """Pages by address; those that were kept longest ago are forgotten first. Room is in bytes."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._size = 0
        self._pages: OrderedDict[str, Page] = OrderedDict()

    def get(self, place: str) -> Page | None:
        """The page at an address, if it is still known."""
        return self._pages.get(place)

    def keep(self, place: str, page: Page) -> None:
        """Remember a page instead of what was there; the newest is always kept."""
        self.forget(place)
        self._pages[place] = page
        self._size += len(page.data)
        while self._size > self._room and len(self._pages) > 1:
            self.forget(next(iter(self._pages)))

    def forget(self, place: str) -> None:
        """Forget the page at an address."""
        page = self._pages.pop(place, None)
        self._size -= len(page.data) if page else 0

    def places(self) -> frozenset[str]:
        """The addresses of the pages that are known."""
        return frozenset(self._pages)
