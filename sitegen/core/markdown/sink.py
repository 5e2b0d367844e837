"""Where HTML and holes are gathered into parts."""

from __future__ import annotations

from sitegen.core.body import Html, Part, Parts
from sitegen.core.markdown.page import Page


class Sink:
    """Collects output; block elements begin on lines of their own, so that words of different blocks never touch."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._parts: list[Part] = []
        self._html: list[str] = []
        self._inline = False  # words came last

    def open(self, tag: str) -> None:
        """The start tag of a block element."""
        self._put("\n" + tag if self._inline else tag)
        self._inline = False

    def close(self, tag: str) -> None:
        """The end tag of a block element."""
        self._put(tag + "\n")
        self._inline = False

    def line(self, markup: str) -> None:
        """A block element that is complete."""
        self.open(markup + "\n")

    def add(self, part: Part) -> None:
        """A part, or more HTML."""
        self._inline = True
        if isinstance(part, Html):
            self._put(part.html)
            return
        self._flush()
        self._parts.append(part)

    def extend(self, parts: Parts) -> None:
        """Several parts."""
        for part in parts:
            self.add(part)

    def parts(self) -> Parts:
        """All that was collected; neighbouring HTML is one part."""
        self._flush()
        return tuple(self._parts)

    def _put(self, markup: str) -> None:
        self._page.spend(len(markup))
        self._html.append(markup)

    def _flush(self) -> None:
        if self._html:
            self._parts.append(Html("".join(self._html)))
            self._html = []
