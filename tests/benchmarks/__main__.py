"""`python -m tests.benchmarks`: builds made-up sites with sitegen and its peers, in alternation, and compares."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks import corpus
from tests.benchmarks.measure import Run, processors, run
from tests.benchmarks.scenarios import Tool, tools

Results = dict[str, dict[str, list[Run]]]  # by scenario, by tool

HEAD = "| articles | scenario | tool | wall, s | processor, s | memory, MB | times sitegen |\n|---|---|---|---|---|---|---|"


def measured(size: int, rounds: int, folder: Path) -> Results:
    """Every scenario at one size; in each round every tool has its turn, so that a slow minute hits all alike."""
    results: Results = {}
    present = tools()
    for tool in present:
        corpus.write(tool.name, size, folder / tool.name)
    scenarios = ["cold", "nothing changed", *present[0].edits]
    for scenario in scenarios:
        for number in range(rounds):
            for tool in present:
                prepared(tool, scenario, folder / tool.name, number)
                took = run(tool.command, folder / tool.name)
                results.setdefault(scenario, {}).setdefault(tool.name, []).append(took)
                sys.stderr.write(f"{size} {scenario} {tool.name}: {took.wall:.2f} s\n")
    return results


def prepared(tool: Tool, scenario: str, folder: Path, number: int) -> None:
    """Bring a site into the state in which a scenario begins."""
    if scenario == "cold":
        tool.forget(folder)
    elif scenario in tool.edits:
        tool.edits[scenario](folder, number)


def rows(size: int, results: Results) -> Iterator[str]:
    """The medians as lines of a table."""
    for scenario, by_tool in results.items():
        own = median(it.wall for it in by_tool["sitegen"])
        for tool, runs in by_tool.items():
            wall, cpu, memory = (median(column) for column in zip(*runs, strict=True))
            yield f"| {size:,} | {scenario} | {tool} | {wall:.2f} | {cpu:.2f} | {memory:.0f} | {wall / own:.2f} |"


def main() -> None:
    """Print the table while it grows, and write all runs to a file."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sizes", default="100,1000", help="numbers of articles, with commas between them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--json", type=Path, default=Path(".cache/benchmarks.json"), help="where all runs are written"
    )
    wanted = parser.parse_args()
    machine = {"processors": processors(), "python": platform.python_version(), "system": platform.system()}
    report: dict[str, object] = {"machine": machine, "rounds": wanted.rounds}
    sys.stdout.write(HEAD + "\n")
    for size in map(int, wanted.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="sitegen-bench-") as folder:
            results = measured(size, wanted.rounds, Path(folder))
        report[str(size)] = {
            scenario: {tool: [it._asdict() for it in runs] for tool, runs in by_tool.items()}
            for scenario, by_tool in results.items()
        }
        sys.stdout.write("".join(f"{it}\n" for it in rows(size, results)))
        sys.stdout.flush()
        wanted.json.parent.mkdir(parents=True, exist_ok=True)
        wanted.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
