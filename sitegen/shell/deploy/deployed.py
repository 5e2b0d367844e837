"""What a target knows of our deployments: the list of our files there, kept among them as `sitegen-deployed.json`.

It names nothing that was not public. Files that left the site stay listed with the moment at which they left, until
they are deleted; paths in motion are listed before the first of them is sent. So whatever the moment at which a
deployment is broken off, the next one knows which files are ours.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from sitegen.errors import SiteError, Span, diagnostic
from sitegen.shell.manifest import Entry, contained

NAME = "sitegen-deployed.json"
VERSION = 1
REMEMBERED = 30  # deployments of which the list keeps the name


class Gone(Struct, frozen=True, array_like=True):
    """A file that left the site `since` (seconds of the epoch) and is still there."""

    entry: Entry
    since: int


class Claim(Struct, frozen=True):
    """Who is deploying, by a name made of random letters, and since when (seconds of the epoch)."""

    owner: str
    at: int


class Past(Struct, frozen=True, array_like=True):
    """One deployment: its name, its moment (seconds of the epoch) and how many files the site had."""

    id: str
    at: int
    files: int


class Deployed(Struct, frozen=True, omit_defaults=True):
    """All our files at a target; `pending` are paths that a deployment under way may have written."""

    version: int = VERSION
    id: str = ""
    files: dict[str, Entry] = {}
    gone: dict[str, Gone] = {}
    pending: tuple[str, ...] = ()
    claim: Claim | None = None
    history: tuple[Past, ...] = ()

    def ours(self) -> set[str]:
        """Every path at the target that is ours to replace or delete."""
        return {*self.files, *self.gone, *self.pending}


def encode(deployed: Deployed) -> bytes:
    """The list as it is kept at the target; equal lists give equal bytes."""
    return msgspec.json.encode(deployed, order="deterministic") + b"\n"


def decode(data: bytes | None) -> Deployed:
    """The list of a target, an empty one for None; raises `SiteError` (U305) when it cannot be trusted."""
    if data is None:
        return Deployed()
    try:
        deployed = msgspec.json.decode(data, type=Deployed)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SiteError(diagnostic("U305", Span(NAME), name=NAME)) from error
    if deployed.version != VERSION or not all(map(contained, deployed.ours())):
        raise SiteError(diagnostic("U305", Span(NAME), name=NAME))
    return deployed
