"""The site as it is to be deployed: exactly the bytes that the last build sealed, and what is derived from them."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from msgspec.structs import replace

from sitegen.engine.fingerprint import fingerprint_of
from sitegen.errors import SiteError, Span, diagnostic
from sitegen.shell import manifest
from sitegen.shell.deploy.kept import Kept
from sitegen.shell.manifest import Entry
from sitegen.shell.trouble import naming

_TEXTS = (".html", ".css", ".js", ".svg", ".xml", ".json", ".csv", ".txt")
_WORTH_IT = 512  # bytes; a smaller file is no faster for being compressed


class Sealed(Protocol):
    """Files by path, and their bytes."""

    entries: Mapping[str, Entry]

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises `SiteError` when they are not those of its entry."""


class Output:
    """The output folder of the last build; U201 without a complete one."""

    def __init__(self, root: str) -> None:
        published = manifest.load(root)
        if published is None or published.pending or not published.files:
            raise SiteError(diagnostic("U201", Span(root)))
        self.root = root
        self.entries: Mapping[str, Entry] = published.files

    def read(self, path: str) -> bytes:
        place = os.path.join(self.root, path)
        entry = self.entries[path]
        try:
            with naming(place), open(place, "rb") as file:
                data = file.read()
        except SiteError as error:
            raise SiteError(diagnostic("U202", Span(place))) from error
        if len(data) != entry.size or fingerprint_of(data).hex() != entry.digest:
            raise SiteError(diagnostic("U202", Span(place)))
        return data


class Archived:
    """The files of an earlier deployment, as they were kept on this machine."""

    def __init__(self, entries: Mapping[str, Entry], kept: Kept) -> None:
        self.entries = entries
        self._kept = kept

    def read(self, path: str) -> bytes:
        data = self._kept.object(self.entries[path].digest)
        if data is None:
            raise SiteError(diagnostic("U210", Span(path)))
        return data


class Precompressed:
    """A site with `.gz` and, where brotli is installed, `.br` beside its texts; what was compressed once is kept."""

    def __init__(self, site: Sealed, kept: Kept) -> None:
        self._site = site
        self._kept = kept
        self._origins: dict[str, tuple[str, str]] = {}
        entries = dict(site.entries)
        for path, entry in site.entries.items():
            if path.endswith(_TEXTS) and entry.size >= _WORTH_IT:
                for ending in _endings():
                    self._add(entries, path, entry, ending)
        self.entries: Mapping[str, Entry] = entries

    def _add(self, entries: dict[str, Entry], path: str, entry: Entry, ending: str) -> None:
        packed = self._kept.derived(entry.digest, ending, lambda: _COMPRESS[ending](self._site.read(path)))
        if len(packed) < entry.size:
            entries[path + ending] = replace(manifest.seal(packed, entry.phase))
            self._origins[path + ending] = (path, ending)

    def read(self, path: str) -> bytes:
        if path not in self._origins:
            return self._site.read(path)
        origin, ending = self._origins[path]
        digest = self._site.entries[origin].digest
        return self._kept.derived(digest, ending, lambda: _COMPRESS[ending](self._site.read(origin)))


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _brotli(data: bytes) -> bytes:
    import brotli

    return bytes(brotli.compress(data, quality=11))


_COMPRESS: dict[str, Callable[[bytes], bytes]] = {".gz": _gzip, ".br": _brotli}


def _endings() -> Iterator[str]:
    from importlib.util import find_spec

    yield ".gz"
    if find_spec("brotli"):
        yield ".br"
