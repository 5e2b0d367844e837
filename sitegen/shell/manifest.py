"""What is published and what must happen to it; pure but for reading and writing the list itself.

The list lives in the output folder (`.sitegen/manifest.json`), not in the store: it says which files are ours to
delete, and that must stay known when the store is lost or the folder is moved. It names nothing that is not
public anyway; hosts may serve it without harm, and `deploy` leaves it behind.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from typing import Literal, NamedTuple

import msgspec
from msgspec import Struct

from sitegen.engine.fingerprint import fingerprint_of
from sitegen.errors import Diagnostic, SiteError, Span, diagnostic
from sitegen.shell.trouble import naming

Phase = Literal["asset", "page", "index"]
PHASES: tuple[Phase, ...] = ("asset", "page", "index")

HOME = ".sitegen"
NAME = f"{HOME}/manifest.json"
STAGE = f"{HOME}/stage"  # swept at the end of every build
VERSION = 1


class Entry(Struct, frozen=True, array_like=True):
    """The state of one published file; `digest` is the engine's fingerprint of its bytes, in hex."""

    size: int
    digest: str
    phase: Phase


class Manifest(Struct, frozen=True):
    """All published files by path; `pending` are the paths that were being changed when it was written."""

    version: int = VERSION
    pending: tuple[str, ...] = ()
    files: dict[str, Entry] = {}


class Found(NamedTuple):
    """What lies at a path of the output folder; `size` in bytes, of files only.

    `edited` is a file of ours whose bytes are no longer those that were published.
    """

    kind: Literal["file", "edited", "folder", "link", "special"]
    size: int = 0


class Plan(NamedTuple):
    """Paths in the order in which they are touched: `clear` is removed first, for it blocks a write."""

    clear: tuple[str, ...]
    write: tuple[str, ...]
    remove: tuple[str, ...]


def seal(data: bytes, phase: Phase, digest: str = "") -> Entry:
    """The entry of a file that holds `data`, whose digest may be known."""
    return Entry(len(data), digest or fingerprint_of(data).hex(), phase)


def holds(published: Mapping[str, Entry], found: Mapping[str, Found], path: str, entry: Entry) -> bool:
    """Whether `path` already holds the bytes of `entry`, going by the list and the size on disk."""
    known, here = published.get(path), found.get(path)
    return (
        known is not None
        and here is not None
        and (known is entry or (known.digest == entry.digest and known.size == entry.size))
        and here.kind == "file"
        and here.size == entry.size
    )


def plan(published: Mapping[str, Entry], found: Mapping[str, Found], pages: Mapping[str, Entry]) -> Plan:
    """What must be written and removed so that `published` becomes `pages`."""
    write = [path for path, entry in pages.items() if not holds(published, found, path, entry)]
    parents = folders_above(pages)
    gone = [path for path in published if path not in pages and path in found]
    clear = [path for path in gone if path in parents or not pages.keys().isdisjoint(ancestors(path))]
    blocking = [path for path in found if path in parents and path not in published]
    clear += [path for path in blocking if found[path].kind == "file"]  # only with --force, see `conflicts`
    remove = set(gone).difference(clear)
    return Plan(
        tuple(sorted(clear)),
        tuple(sorted(write, key=lambda path: (PHASES.index(pages[path].phase), path))),
        tuple(sorted(remove, key=lambda path: (published[path].phase == "asset", path))),
    )


def conflicts(
    published: Mapping[str, Entry],
    found: Mapping[str, Found],
    paths: Collection[str],
    *,
    force: bool,
) -> tuple[Diagnostic, ...]:
    """Why `paths` cannot be written: things in the way that are not ours. `force` gives up files, nothing else."""
    findings = [diagnostic("O206", Span(it)) for it in paths if it not in published and not contained(it)]
    parents = folders_above(paths)
    findings += [diagnostic("O207", Span(it), first=it, second=f"{it}/…") for it in paths if it in parents]
    places = parents.union(paths)
    ours = ("file", "edited")
    odd = [
        path
        for path, here in found.items()
        if not (path in parents if here.kind == "folder" else here.kind in ours and path in published)
    ]
    for path in sorted(places.intersection(odd)):
        match found[path].kind:
            case "link" | "special" as kind:
                findings.append(diagnostic("O203", Span(path), kind=kind))
            case "file" if path not in published and not force:
                findings.append(diagnostic("O202", Span(path)))
            case "folder" if _strangers(published, found, path):
                findings.append(diagnostic("O203", Span(path), kind="folder"))
            case _:
                pass
    return tuple(findings)


def _strangers(published: Mapping[str, Entry], found: Mapping[str, Found], folder: str) -> bool:
    """Whether `folder` holds anything that is not ours."""
    inside = {path for path in published if path.startswith(f"{folder}/")}
    ours = inside.union(*map(ancestors, inside))
    return any(path.startswith(f"{folder}/") and path not in ours for path in found)


def ancestors(path: str) -> Iterable[str]:
    """The folders above `path`, nearest first, without the root."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def folders_above(paths: Iterable[str]) -> set[str]:
    """The folders above all of `paths`, without the root."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def contained(path: str) -> bool:
    """Whether `path` is a relative path of plain segments outside our own folder."""
    segments = path.split("/")
    return (
        bool(path)
        and "\0" not in path
        and segments[0] != HOME
        and all(segment not in ("", ".", "..") for segment in segments)
    )


def load(root: str) -> Manifest | None:
    """The list of the output folder `root`, None where there is none; raises `SiteError` when it is damaged."""
    path = os.path.join(root, NAME)
    try:
        with open(path, "rb") as file, naming(path):
            manifest = msgspec.json.decode(file.read(), type=Manifest)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SiteError(diagnostic("O205", Span(path))) from error
    except OSError as error:
        with naming(path):
            raise error
    if manifest.version != VERSION or not all(map(contained, [*manifest.files, *manifest.pending])):
        raise SiteError(diagnostic("O205", Span(path)))
    return manifest


def save(root: str, manifest: Manifest) -> None:
    """Write the list so that it survives a power cut whole: old or new, never torn."""
    path = os.path.join(root, NAME)
    fresh = os.path.join(root, STAGE, "manifest.json")
    ordered = msgspec.structs.replace(manifest, files=dict(sorted(manifest.files.items())))
    with naming(path):
        os.makedirs(os.path.dirname(fresh), exist_ok=True)
        file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            os.fchmod(file, 0o644)
            write_all(file, msgspec.json.encode(ordered) + b"\n")
            os.fsync(file)
        finally:
            os.close(file)
        os.replace(fresh, path)
        folder = os.open(os.path.dirname(path), os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_all(file: int, data: bytes) -> None:
    """Write all of `data`; the system may take it in parts."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
