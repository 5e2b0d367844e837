"""What this machine keeps of deployments, below `.sitegen/deploy/`: the files of the last few, for going back to one.

`objects/` holds files by digest, shared by all targets; `targets/<target>/history/<id>.json` is the list of one deployment. Nothing
here decides what is ours at a target; it may be deleted at any time, and only going back is lost.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress

from sitegen.engine.fingerprint import fingerprint_of
from sitegen.errors import SiteError
from sitegen.shell.deploy.deployed import Deployed, decode, encode
from sitegen.shell.manifest import Entry
from sitegen.shell.trouble import naming

LAST = 10  # deployments that are kept


class Kept:
    """The store of one site."""

    def __init__(self, site: str) -> None:
        self.root = os.path.join(site, ".sitegen", "deploy")

    def owner(self) -> str:
        """A random name for this copy of the site, so that a deployment that it broke off is known as its own."""
        place = os.path.join(self.root, "owner")
        known = _read(place)
        if known is None:
            known = secrets.token_hex(8).encode()
            _write(place, known)
        return known.decode("ascii", "replace")

    def home(self, target: str) -> str:
        """A folder for what a target needs on this machine."""
        place = os.path.join(self.root, "targets", target)
        with naming(place):
            os.makedirs(place, exist_ok=True)
        return place

    def object(self, digest: str) -> bytes | None:
        """The bytes with this digest, if they are kept whole."""
        data = _read(self._place(digest))
        return data if data is not None and fingerprint_of(data).hex() == digest else None

    def derived(self, digest: str, ending: str, make: Callable[[], bytes]) -> bytes:
        """What `make` gives, worked out once for each digest."""
        place = self._place(digest) + ending
        sealed = _read(place)
        if sealed is not None and fingerprint_of(sealed[16:]) == sealed[:16]:
            return sealed[16:]
        data = make()
        _write(place, fingerprint_of(data) + data)
        return data

    def keep(self, target: str, deployed: Deployed, read: Callable[[str], bytes]) -> None:
        """Remember a deployment and its files, and forget the oldest ones."""
        for path, entry in deployed.files.items():
            if not os.path.exists(self._place(entry.digest)):
                _write(self._place(entry.digest), read(path))
        _write(os.path.join(self.home(target), "history", f"{deployed.id}.json"), encode(deployed))
        ids = self.ids(target)
        for old in ids[:-LAST]:
            os.unlink(os.path.join(self.home(target), "history", f"{old}.json"))
        if len(ids) > LAST:
            self._sweep()

    def ids(self, target: str) -> list[str]:
        """The deployments that are kept, oldest first."""
        place = os.path.join(self.root, "targets", target, "history")
        with suppress(FileNotFoundError):
            # In the order in which they were written: clocks may disagree, and two may share a second.
            files = sorted(os.scandir(place), key=lambda it: (it.stat().st_mtime_ns, it.name))
            return [it.name.removesuffix(".json") for it in files if it.name.endswith(".json")]
        return []

    def files(self, target: str, id: str) -> Mapping[str, Entry]:
        """The files of a deployment that is kept, none for one that is not."""
        data = _read(os.path.join(self.root, "targets", target, "history", f"{os.path.basename(id)}.json"))
        return decode(data).files

    def _sweep(self) -> None:
        """Delete files that no deployment that is kept has."""
        needed: set[str] = set()
        for target in os.listdir(os.path.join(self.root, "targets")):
            for id in self.ids(target):
                with suppress(SiteError):
                    needed.update(it.digest for it in self.files(target, id).values())
        for at, _, names in os.walk(os.path.join(self.root, "objects")):
            for name in names:
                if os.path.basename(at) + name.partition(".")[0] not in needed:
                    os.unlink(os.path.join(at, name))

    def _place(self, digest: str) -> str:
        return os.path.join(self.root, "objects", digest[:2], digest[2:])


def _read(place: str) -> bytes | None:
    try:
        with open(place, "rb") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _write(place: str, data: bytes) -> None:
    fresh = f"{place}.new"
    with naming(place):
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(fresh, "wb") as file:
            file.write(data)
        os.replace(fresh, place)
