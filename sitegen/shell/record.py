"""What a build leaves in the store beside the answers of queries: for the next build, and for `explain`."""

from __future__ import annotations

from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

from sitegen.engine.keys import InputKey, InputKind
from sitegen.engine.store import OTHER_VERSION, Store
from sitegen.errors import Diagnostic
from sitegen.shell.files import Files
from sitegen.shell.survey import Sighted
from sitegen.shell.trouble import printable

T = TypeVar("T")

LIMIT = 20  # inputs that are kept by name for one page

# Why a page was made: nothing was known of an earlier build (because there was none, because another version of
# sitegen had made it, because it could not be read), the page was new, or inputs had changed.
Why = Literal["first", "version", "lost", "new", "changed"]


class Counts(Struct, frozen=True):
    """What a build did. `rendered` files were worked out, `reused` ones remembered; `written` ones differed on disk."""

    pages: int = 0  # files that are HTML
    files: int = 0  # all files: pages, feeds, exports, style sheets, pictures
    rendered: int = 0
    reused: int = 0
    written: int = 0
    removed: int = 0
    drafts: int = 0  # articles left out because they are drafts
    future: int = 0  # articles left out because their day has not come


class Last(Struct, frozen=True, array_like=True):
    """What must be known to say that nothing changed since the last build, without loading what it worked out."""

    inputs: list[tuple[InputKind, str, bytes]]
    manifest: bytes
    counts: Counts
    findings: tuple[Diagnostic, ...]

    def changed(self, source: Files) -> frozenset[InputKey]:
        """The inputs that are no longer what they were when a site was last published."""
        return frozenset(
            InputKey(kind, name)
            for kind, name, before in self.inputs
            if source.fingerprint(kind, name) != before
        )


class Made(Struct, frozen=True):
    """Why a page was rendered when that last happened; `inputs` had changed, at most `LIMIT` of `total`."""

    why: Why
    inputs: tuple[InputKey, ...] = ()
    total: int = 0


def last(store: Store) -> Last | None:
    """What is known of the last build that published the site."""
    return _get(store, "last", Last)


def changed(store: Store, source: Files) -> frozenset[InputKey] | None:
    """The inputs that differ from those of the last published build; None when there is nothing to compare with."""
    before = None if store.trouble else last(store)
    return None if before is None else before.changed(source)


def made(store: Store) -> dict[str, Made]:
    """Why pages were made, by their paths in the output."""
    return _get(store, "made", dict[str, Made]) or {}


def beginning(store: Store) -> Why:
    """Why a build knows nothing of an earlier one."""
    if store.trouble == OTHER_VERSION:
        return "version"
    return "lost" if store.trouble else "first"


def seen(store: Store, folder: str) -> Sighted:
    """What is known of the files in an output folder (a real path); of several folders each has its own."""
    return _get(store, _name_of(folder), Sighted) or Sighted()


def keep(store: Store, name: Literal["last", "made"], what: Last | dict[str, Made]) -> None:
    """Note something for the next save."""
    store.set(name, msgspec.msgpack.encode(what))


def pages(store: Store) -> bytes:
    """The identity of the output that holds the pages as the store knows them; empty where no build got so far."""
    return store.get("pages") or b""


def keep_pages(store: Store, identity: bytes) -> None:
    """Note which output that is; empty before pages are made, for a build may be saved and not get to its end."""
    store.set("pages", identity)


def keep_seen(store: Store, folder: str, what: Sighted) -> None:
    """Note what is known of the files in an output folder."""
    store.set(_name_of(folder), msgspec.msgpack.encode(what))


def _name_of(folder: str) -> str:
    return f"output {printable(folder)}"


def _get(store: Store, name: str, type: type[T]) -> T | None:
    kept = store.get(name)
    try:
        return None if kept is None else msgspec.msgpack.decode(kept, type=type)
    except msgspec.DecodeError:
        return None
