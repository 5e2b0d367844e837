"""What was measured, as a file and as tables: `python -m tests.benchmarks.report FILE…` prints kept runs again."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

import msgspec
from msgspec import Struct, field

from tests.benchmarks.measure import Run

HEAD = "| articles | scenario | tool | wall, s | processor, s | memory, MB | times sitegen |\n|---|---|---|---|---|---|---|"
GROWTH = "| articles | scenario | tool | exponent of wall time | of memory |\n|---|---|---|---|---|"

Runs = dict[str, dict[str, list[Run]]]  # by scenario, by tool


class Report(Struct):
    """All runs by number of articles; `failed` says by size and tool what went wrong and ended its turns there."""

    machine: dict[str, str]
    sizes: dict[int, Runs] = field(default_factory=dict)
    failed: dict[int, dict[str, str]] = field(default_factory=dict)

    def add(self, size: int, scenario: str, tool: str, took: Run) -> None:
        """Take one run in."""
        self.sizes.setdefault(size, {}).setdefault(scenario, {}).setdefault(tool, []).append(took)

    def fail(self, size: int, tool: str, reason: str) -> None:
        """Take in that a tool did not come through at that size."""
        self.failed.setdefault(size, {})[tool] = reason

    def keep(self, path: Path) -> None:
        """Write everything to `path`, which is at every moment either what it was or complete."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.new")
        fresh.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n")
        os.replace(fresh, path)


def kept(paths: Sequence[Path]) -> Report:
    """The reports in files as one, in order of size; where two measured the same in one scenario, the later counts."""
    found = [msgspec.json.decode(it.read_bytes(), type=Report) for it in paths]
    whole = Report(found[-1].machine)
    for report in found:
        for size, runs in report.sizes.items():
            for scenario, by_tool in runs.items():
                whole.sizes.setdefault(size, {}).setdefault(scenario, {}).update(by_tool)
        for size, reasons in report.failed.items():
            whole.failed.setdefault(size, {}).update(reasons)
    whole.sizes = dict(sorted(whole.sizes.items()))
    return whole


def rows(size: int, scenario: str, by_tool: dict[str, list[Run]]) -> Iterator[str]:
    """The medians of one scenario at one size, a line of the table for each tool."""
    own = median(it.wall for it in by_tool["sitegen"]) if "sitegen" in by_tool else math.nan
    for tool, runs in by_tool.items():
        wall, cpu, memory = (median(getattr(it, name) for it in runs) for name in ("wall", "cpu", "memory"))
        ratio = "–" if math.isnan(own) else f"{wall / own:.2f}"
        yield f"| {size:,} | {scenario} | {tool} | {wall:.2f} | {cpu:.2f} | {memory:.0f} | {ratio} |"


def exponent(few: float, many: float, before: float, after: float) -> float:
    """The e for which a cost that grows as size**e goes from `before` at `few` to `after` at `many`: 1 is linear.

    A cost of nothing has no exponent: the answer is NaN.
    """
    if before <= 0 or after <= 0:
        return math.nan
    return math.log(after / before) / math.log(many / few)


def growth(report: Report) -> Iterator[str]:
    """How time and memory grow from each size to the next, and from the first to the last, by medians."""
    sizes = sorted(report.sizes)
    spans = list(pairwise(sizes))
    if len(sizes) > 2:
        spans.append((sizes[0], sizes[-1]))
    for few, many in spans:
        for scenario, by_tool in report.sizes[few].items():
            for tool, small in by_tool.items():
                if large := report.sizes[many].get(scenario, {}).get(tool):
                    wall, memory = (_exponent(few, many, small, large, name) for name in ("wall", "memory"))
                    yield f"| {few:,} → {many:,} | {scenario} | {tool} | {wall:.2f} | {memory:.2f} |"


def _exponent(few: int, many: int, small: list[Run], large: list[Run], column: str) -> float:
    before, after = (median(getattr(it, column) for it in runs) for runs in (small, large))
    return exponent(few, many, before, after)


def ending(report: Report) -> Iterator[str]:
    """What stands under the table: growth, where there are sizes to compare, and who did not come through."""
    if grown := list(growth(report)):
        yield from ("", GROWTH, *grown)
    for size, reasons in report.failed.items():
        for tool, reason in reasons.items():
            yield f"\n{tool} did not come through at {size:,} articles: {reason}"


def lines(report: Report) -> Iterator[str]:
    """The whole report."""
    yield HEAD
    for size, runs in report.sizes.items():
        for scenario, by_tool in runs.items():
            yield from rows(size, scenario, by_tool)
    yield from ending(report)


if __name__ == "__main__":
    if not sys.argv[1:]:
        raise SystemExit(__doc__)
    sys.stdout.writelines(f"{it}\n" for it in lines(kept([Path(it) for it in sys.argv[1:]])))
