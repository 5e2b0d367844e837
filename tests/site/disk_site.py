"""The rich site on disk: every build is a new process as far as the engine can tell, and goes on from the store."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from site_runs import Living, cold

from sitegen.errors import Diagnostic
from sitegen.graph.site import Route
from sitegen.messages import severity
from sitegen.shell.build import Result, build, each_once
from sitegen.shell.session import Request


class OnDisk(Living):
    """A site whose files are mirrored below `root` and built by the shell, next to the one in memory."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root
        self.published: dict[str, bytes] = {}
        self.mirror({path: data for path, data in self.world.files.items() if not path.startswith("theme/")})

    def write(self, changes: Mapping[str, bytes | None]) -> None:
        super().write(changes)
        self.mirror(changes)

    def mirror(self, changes: Mapping[str, bytes | None]) -> None:
        """Make the disk what the memory is."""
        for path, data in changes.items():
            place = self.root / path
            if data is None:
                place.unlink(missing_ok=True)
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)

    def build(self, workers: int = 1) -> Result:
        """One run of the command."""
        return build(Request(str(self.root), settings=dict(self.world.settings), workers=workers))

    def compare(self) -> list[str]:
        """What differs from a site made from nothing, in memory or on disk."""
        return [*super().compare(), *self.compare_disk()]

    def compare_disk(self) -> list[str]:
        if "content/site.yaml" not in self.world.files:
            return []  # no site; the command says so before it reads anything
        wanted = cold(self.world)
        result = self.build()
        errors = [it for it in findings(wanted) if severity(it) == "error"]
        if not errors:
            self.published = pages(wanted)
        wrong = ["publishing"] if result.published == bool(errors) else []
        if set(result.findings) != set(findings(wanted)):
            wrong.append("findings")
        there = tree(self.root / "public")
        wrong += [
            it for it in there.keys() | self.published.keys() if there.get(it) != self.published.get(it)
        ]
        return sorted(wrong)


def findings(said: Mapping[str, object]) -> list[Diagnostic]:
    """Findings of a snapshot as a build reports them: those of pages only where the content is sound."""
    problems = _diagnostics(said["problems"])
    if any(severity(it) == "error" for it in problems):
        return problems
    return [
        *problems,
        *each_once(it for name, page in said.items() if " " in name for it in _diagnostics(page)),
    ]


def _diagnostics(outcome: object) -> list[Diagnostic]:
    if isinstance(outcome, tuple) and outcome[:1] == ("failed",):
        return list(outcome[1])
    return [it for it in outcome if isinstance(it, Diagnostic)] if isinstance(outcome, tuple) else []


def pages(said: Mapping[str, object]) -> dict[str, bytes]:
    """The files of a snapshot without errors."""
    routes = said["routes"]
    assert isinstance(routes, tuple)
    found = {}
    for route in routes:
        assert isinstance(route, Route)
        data = said[f"{route.path} {route.kind} {route.key}"]
        assert isinstance(data, bytes)
        found[route.path] = data
    return found


def tree(folder: Path) -> dict[str, bytes]:
    """The published files below a folder, without what the program keeps there for itself."""
    found = {str(it.relative_to(folder)): it for it in folder.rglob("*") if it.is_file()}
    return {path: it.read_bytes() for path, it in found.items() if not path.startswith(".sitegen/")}


def same_stamps(place: Path, data: bytes) -> None:
    """Write a file so that its size and the time of its last change stay as they are."""
    status = place.stat()
    assert len(data) == status.st_size
    place.write_bytes(data)
    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))
