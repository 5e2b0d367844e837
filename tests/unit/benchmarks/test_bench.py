"""How the benchmark takes its turns, with made-up tools in the places of the peers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pytest

from tests.benchmarks import corpus, scenarios
from tests.benchmarks.__main__ import Bench
from tests.benchmarks.report import Report, kept
from tests.benchmarks.scenarios import Tool, chosen, installed

SIZE = 12
BUILDS = f"""
from pathlib import Path
with open("../diary", "a") as diary: diary.write("build\\n")
for page in {list(corpus.pages(SIZE))}:
    Path("public", page).parent.mkdir(parents=True, exist_ok=True)
    Path("public", page).touch()
"""


def tool(name: str, program: str) -> Tool:
    """A tool that builds by a program in Python, and notes its edits in a diary."""

    def edit(folder: Path, number: int) -> None:
        with (folder / "../diary").open("a", encoding="utf-8") as diary:
            diary.write(f"edit {number}\n")

    return Tool(name, (sys.executable, "-c", program), ("public",), {"one body": edit})


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(Report({}), tmp_path / "report.json", rounds=2)


def test_tools_and_scenarios_are_chosen_by_name_in_their_own_order() -> None:
    """So that a cold build always comes first."""
    assert chosen("nothing changed, cold", scenarios.SCENARIOS) == ["cold", "nothing changed"]


def test_a_name_that_is_not_known_is_answered_with_those_that_are() -> None:
    """Long runs do not begin with a slip of the pen."""
    with pytest.raises(argparse.ArgumentTypeError, match=r"not hugp: choose from sitegen, hugo, eleventy"):
        chosen("sitegen,hugp", scenarios.TOOLS)


def test_a_peer_that_is_not_installed_is_left_out_and_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody takes a table without Eleventy for a whole one."""
    monkeypatch.delenv("ELEVENTY", raising=False)
    monkeypatch.setattr(scenarios, "ROOT", tmp_path)
    assert [it.name for it in installed(["sitegen", "eleventy"])] == ["sitegen"]
    assert "eleventy is left out" in capsys.readouterr().err


def test_a_peer_may_be_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program elsewhere is measured as well."""
    monkeypatch.setenv("ELEVENTY", "/opt/eleventy")
    assert installed(["eleventy"])[0].command[0] == "/opt/eleventy"


def test_an_edit_is_measured_on_a_site_that_has_been_built(bench: Bench, tmp_path: Path) -> None:
    """The first build does not count, whether or not cold builds were asked for."""
    bench.measure(SIZE, [tool("sitegen", BUILDS)], ["one body"], tmp_path)
    diary = (tmp_path / "diary").read_text("utf-8").split("\n")
    assert diary == ["build", "edit 0", "build", "edit 1", "build", ""]
    assert [len(runs) for runs in bench.report.sizes[SIZE]["one body"].values()] == [2]


def test_a_tool_that_fails_loses_its_turns_and_no_other_does(bench: Bench, tmp_path: Path) -> None:
    """What runs out of memory at 100,000 articles does not cost the figures of the others."""
    fails = "open('../tries', 'a').write('.')\nraise SystemExit('out of memory')"
    tools = [tool("hugo", fails), tool("sitegen", BUILDS)]
    bench.measure(SIZE, tools, ["cold", "nothing changed"], tmp_path)
    assert bench.report.failed[SIZE]["hugo"].endswith("out of memory")
    assert (tmp_path / "tries").read_text("utf-8") == "."
    assert {name: list(by_tool) for name, by_tool in bench.report.sizes[SIZE].items()} == {
        "cold": ["sitegen"],
        "nothing changed": ["sitegen"],
    }


def test_a_build_that_leaves_pages_out_has_failed(bench: Bench, tmp_path: Path) -> None:
    """Nobody is fast by doing nothing."""
    bench.measure(SIZE, [tool("hugo", "pass")], ["cold"], tmp_path)
    assert "pages are missing, the first is index.html" in bench.report.failed[SIZE]["hugo"]


def test_a_run_that_is_broken_off_keeps_its_figures(bench: Bench, tmp_path: Path) -> None:
    """Everything up to the last whole run is in the file."""

    def broken_off(folder: Path, number: int) -> None:
        raise KeyboardInterrupt

    stopped = tool("sitegen", BUILDS)._replace(edits={"one body": broken_off})
    with pytest.raises(KeyboardInterrupt):
        bench.measure(SIZE, [stopped], ["cold", "one body"], tmp_path)
    assert kept([tmp_path / "report.json"]).sizes == {SIZE: bench.report.sizes[SIZE]}
    assert list(bench.report.sizes[SIZE]) == ["cold"]
