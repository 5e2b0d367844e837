"""Queries: plain functions whose answers the db remembers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, update_wrapper
from inspect import signature
from typing import (
    TYPE_CHECKING,
    Any,
    Concatenate,
    Generic,
    ParamSpec,
    TypeVar,
    cast,
    get_type_hints,
    overload,
)

import msgspec

from sitegen.engine.keys import QueryKey
from sitegen.errors import Diagnostic

if TYPE_CHECKING:
    from sitegen.engine.db import Db

P = ParamSpec("P")
R = TypeVar("R")

QUERIES: dict[str, Query[..., Any]] = {}  # by full name, so that a stored key finds its query again


_diagnostics = msgspec.msgpack.Decoder(tuple[Diagnostic, ...])


class Query(Generic[P, R]):
    """A pure function of the db and its arguments; calling it asks the db, which runs it only if it must.

    Arguments are hashable (str, int, tuples, frozen structs) and positional. The annotations say how stored
    arguments and answers are decoded, so they must be types that msgspec can decode.
    """

    def __init__(self, function: Callable[Concatenate[Db, P], R], *, persist: bool, eager: bool) -> None:
        update_wrapper(self, function)
        self.function: Callable[..., R] = function
        self.name = f"{function.__module__}.{function.__qualname__}"
        self.persist = persist
        self.eager = eager
        QUERIES[self.name] = self

    def __call__(self, db: Db, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if kwargs:
            raise TypeError(f"{self.name} takes its arguments by position")
        return cast(R, db.ask(self, args))

    def key(self, *args: object) -> QueryKey:
        """The key of this query asked with `args`."""
        return QueryKey(self.name, args)

    def decode_args(self, encoded: bytes) -> tuple[object, ...]:
        """The arguments of a stored key; msgspec.DecodeError when they do not fit the annotations."""
        return self._decoders[0].decode(encoded)

    def decode(self, encoded: bytes) -> R:
        """A stored answer; msgspec.DecodeError when it does not fit the annotation."""
        return self._decoders[1].decode(encoded)

    def decode_failure(self, encoded: bytes) -> tuple[Diagnostic, ...]:
        """The stored diagnostics of a failure."""
        return _diagnostics.decode(encoded)

    @cached_property
    def _decoders(self) -> tuple[msgspec.msgpack.Decoder[tuple[object, ...]], msgspec.msgpack.Decoder[R]]:
        hints = get_type_hints(self.function)
        kinds = tuple(hints[name] for name in list(signature(self.function).parameters)[1:])
        args: Any = tuple.__class_getitem__(kinds)
        return msgspec.msgpack.Decoder(args), msgspec.msgpack.Decoder(hints["return"])


@overload
def query(function: Callable[Concatenate[Db, P], R], /) -> Query[P, R]: ...
@overload
def query(
    *, persist: bool = True, eager: bool = False
) -> Callable[[Callable[Concatenate[Db, P], R]], Query[P, R]]: ...
def query(function: Callable[..., Any] | None = None, /, *, persist: bool = True, eager: bool = False) -> Any:
    """Make a query of a function `f(db, *args)`.

    With `persist=False` the store keeps only the fingerprint of the answer: for answers that are large and rarely
    wanted again, such as finished pages.

    With `eager=True` a change ends at this query if its answer stays: it is brought up to date first, before anything
    is asked, and what reads it is doubted only if the answer differs. So a change costs what it affects, not what
    might be affected. An eager query, and all it may ask, must give an answer for any arguments and any state of the
    inputs, for it is asked even when nobody needs it any more.
    """
    if function is None:
        return lambda function: Query(function, persist=persist, eager=eager)
    return Query(function, persist=persist, eager=eager)
