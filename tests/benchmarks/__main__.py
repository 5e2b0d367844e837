"""`python -m tests.benchmarks`: builds made-up sites with sitegen and its peers, in alternation, and compares."""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from tests.benchmarks import corpus
from tests.benchmarks.measure import FailedError, Run, processors, run
from tests.benchmarks.report import HEAD, Report, ending, rows
from tests.benchmarks.scenarios import SCENARIOS, TOOLS, Tool, chosen, installed


class Bench:
    """Takes measurements, says how far it is, and after each run keeps all of them in a file."""

    def __init__(self, report: Report, file: Path, rounds: int) -> None:
        self.report = report
        self._file = file
        self._rounds = rounds
        self._start = time.monotonic()

    def measure(self, size: int, tools: Iterable[Tool], scenarios: list[str], folder: Path) -> None:
        """Every scenario at one size; in each round every tool has its turn, so that a slow minute hits all alike."""
        able = [it for it in tools if self._ready(it, size, scenarios[0], folder / it.name)]
        for scenario in scenarios:
            for number in range(self._rounds):
                able = [it for it in able if self._turn(it, size, scenario, number, folder / it.name)]
            for row in rows(size, scenario, self.report.sizes.get(size, {}).get(scenario, {})):
                _print(row)

    def _ready(self, tool: Tool, size: int, scenario: str, folder: Path) -> bool:
        """Write a tool's site; whatever does not begin with a cold build needs one before it, which does not count."""
        self._say(f"{size:,} articles, {tool.name}: writing the site")
        corpus.write(tool.name, size, folder)
        return scenario == "cold" or self._turn(tool, size, "", 0, folder)

    def _turn(self, tool: Tool, size: int, scenario: str, number: int, folder: Path) -> bool:
        """One run of a tool, kept under its scenario if that has a name; false if the tool failed."""
        what = f"{size:,} articles, {scenario or 'first build'}, {tool.name}"
        try:
            took = _took(tool, size, scenario, number, folder)
        except FailedError as error:
            self.report.fail(size, tool.name, str(error))
            self._say(f"{what}: {error}")
        else:
            if scenario:
                self.report.add(size, scenario, tool.name, took)
            self._say(f"{what}, {number + 1} of {self._rounds if scenario else 1}: {took.wall:.2f} s")
        self.report.keep(self._file)
        return tool.name not in self.report.failed.get(size, {})

    def _say(self, words: str) -> None:
        sys.stderr.write(f"{time.monotonic() - self._start:7.0f} s  {words}\n")


def _took(tool: Tool, size: int, scenario: str, number: int, folder: Path) -> Run:
    """Bring a site into the state in which a scenario begins, and build it: all of its pages must be there then."""
    if scenario == "cold":
        tool.forget(folder)
    elif scenario in tool.edits:
        tool.edits[scenario](folder, number)
    took = run(tool.command, folder)
    if missing := [it for it in corpus.pages(size) if not (folder / "public" / it).exists()]:
        raise FailedError(f"{len(missing)} pages are missing, the first is {missing[0]}")
    return took


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sizes", default="100,1000", help="numbers of articles, with commas between them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--tools",
        type=partial(chosen, known=TOOLS),
        default=list(TOOLS),
        help=f"which of {', '.join(TOOLS)}, with commas between them; what is not installed is left out",
    )
    parser.add_argument(
        "--scenarios",
        type=partial(chosen, known=SCENARIOS),
        default=list(SCENARIOS),
        help=f"which of {', '.join(SCENARIOS)}, with commas between them",
    )
    parser.add_argument(
        "--json", type=Path, default=Path(".cache/benchmarks.json"), help="where all runs are written"
    )
    return parser.parse_args()


def main() -> None:
    """Print the table while it grows, and what follows from it."""
    wanted = _arguments()
    machine = {
        "processors": str(processors()),
        "python": platform.python_version(),
        "system": platform.system(),
    }
    bench = Bench(Report(machine), wanted.json, wanted.rounds)
    tools = installed(wanted.tools)
    _print(HEAD)
    for size in map(int, wanted.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="sitegen-bench-") as folder:
            bench.measure(size, tools, wanted.scenarios, Path(folder))
    for line in ending(bench.report):
        _print(line)
    raise SystemExit(bool(bench.report.failed))


if __name__ == "__main__":
    main()
