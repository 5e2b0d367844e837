"""What the engine raises when the program, not the user's input, is at fault."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.engine.node import Node


class CycleError(Exception):
    """A query needs its own answer; the message names the chain of keys."""

    def __init__(self, chain: Sequence[Node]) -> None:
        super().__init__(" -> ".join(str(node.key) for node in chain))


class ImpureQueryError(Exception):
    """A query was run twice on the same reads and gave two answers."""

    def __init__(self, node: Node) -> None:
        super().__init__(f"query not pure: {node.key} gave another answer on the same inputs")


class InputChangedError(Exception):
    """An input no longer is what it was earlier in this build; the db starts over by itself, a few times."""

    def __init__(self, node: Node) -> None:
        super().__init__(f"{node.key} keeps changing while it is read")
        self.node = node


class DamagedError(Exception):
    """What a store holds cannot be relied on; the db goes on without it."""
