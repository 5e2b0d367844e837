"""Names of what the engine remembers: inputs and questions."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

InputKind = Literal["read", "list", "setting"]


class InputKey(NamedTuple):
    """The bytes of a file, the listing of a folder, or a setting; prints as `read('content/site.yaml')`."""

    kind: InputKind
    name: str

    def __str__(self) -> str:
        return f"{self.kind}({self.name!r})"


class QueryKey(NamedTuple):
    """A query (by its full name) and its arguments; prints as `article('fordow-sample')`."""

    query: str
    args: tuple[object, ...]

    def __str__(self) -> str:
        return f"{self.query.rpartition('.')[2]}({', '.join(map(repr, self.args))})"


Key: TypeAlias = InputKey | QueryKey
