"""Why a text is not the value it should be, before anybody knows where it stands."""

from __future__ import annotations

from msgspec import Struct


class Problem(Struct, frozen=True):
    """A code of `sitegen.messages` and the words to fill in."""

    code: str
    args: dict[str, str] = {}


def problem(code: str, **args: object) -> Problem:
    """A `Problem` whose message is filled from `args`."""
    return Problem(code, {name: str(value) for name, value in args.items()})
