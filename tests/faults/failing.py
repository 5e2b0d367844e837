"""Ways to make the Nth change to the disk go wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

CHANGES = ("open", "write", "fchmod", "chmod", "mkdir", "replace", "unlink", "rmdir", "fsync")


@contextmanager
def at_change(number: int, fault: Callable[[], None]) -> Iterator[list[int]]:
    """Call `fault` instead of the change to the disk with that number (from 0); yields a list that counts them.

    The functions of `os` are replaced, so what is tested is our own code at each of its calls to the system.
    """
    count = [0]
    real = {name: getattr(os, name) for name in CHANGES}

    def counted(name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if name == "open" and not _writes(arguments):
                return real[name](*arguments, **options)
            count[0] += 1
            if count[0] - 1 == number:
                fault()
            return real[name](*arguments, **options)

        return call

    for name in CHANGES:
        setattr(os, name, counted(name))
    try:
        yield count
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def _writes(arguments: tuple[Any, ...]) -> bool:
    return len(arguments) > 1 and bool(arguments[1] & (os.O_WRONLY | os.O_RDWR))
