"""A running query."""

from __future__ import annotations

from sitegen.engine.node import Node


class Frame:
    """What a query has read so far, in order, and a bug that must not be swallowed."""

    __slots__ = ("bug", "reads")

    def __init__(self) -> None:
        self.reads: dict[Node, None] = {}
        self.bug: BaseException | None = None
