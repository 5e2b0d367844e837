"""What every reader of a content file shares: the findings so far, and where everything stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

from msgspec.structs import replace

from sitegen.core.decoding import Lines
from sitegen.core.frontmatter import Items, Mark, Node, Scalar
from sitegen.core.problem import Problem
from sitegen.errors import Diagnostic


class Bad:
    """The type of `BAD`."""


BAD: Final = Bad()


class Reading:
    """The reading of one file: what was found, and where everything stands."""

    def __init__(self, source: Lines, lang: str = "") -> None:
        self.source = source
        self.lang = lang
        self.found: list[Diagnostic] = []
        self.places: dict[str, Mark] = {}
        self.partial: object = None  # what could be read of a document that has no value

    def report(self, code: str, at: Mark, /, **args: object) -> Bad:
        """Add a finding; the result says that there is no value."""
        self.found.append(self.source.finding(code, at.line, at.column, at.end_column, **args))
        return BAD

    def report_quietly(self, code: str, at: Mark, /, **args: object) -> Bad:
        """Add a finding that does not quote its line, which holds what must not be shown."""
        finding = self.source.finding(code, at.line, at.column, at.end_column, **args)
        self.found.append(replace(finding, excerpt=""))
        return BAD

    def refuse(self, problem: Problem, at: Mark) -> Bad:
        """Add what was wrong with a text, now that its place is known."""
        return self.report(problem.code, at, **problem.args)

    def place(self, path: str, at: Mark) -> None:
        """Remember where the value at the dotted `path` stands."""
        self.places[path] = at


Read = Callable[[Reading, Node, str], Any]


def join(path: str, key: str | int) -> str:
    """`key` under the dotted `path`."""
    return f"{path}.{key}" if path else str(key)


def shape(node: Node) -> str:
    """What a node is, for messages."""
    if isinstance(node, Scalar):
        return "nothing" if node.absent else "text"
    return "list" if isinstance(node, Items) else "mapping"


_SHAPES_AR: Final = {"nothing": "فراغ", "text": "نص", "list": "قائمة", "mapping": "خريطة"}


def wrong_shape(reading: Reading, node: Node, wanted: Literal["text", "list", "mapping"]) -> Bad:
    """S104: the node is of another shape than its place needs."""
    found = shape(node)
    arabic = {"wanted_ar": _SHAPES_AR[wanted], "found_ar": _SHAPES_AR[found]}
    return reading.report("S104", node.at, wanted=wanted, found=found, **arabic)
