"""What the benchmark says of the runs it has seen."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.benchmarks.measure import Run
from tests.benchmarks.report import Report, ending, exponent, growth, kept, lines, rows


def report(**walls: dict[int, list[float]]) -> Report:
    """Cold builds by tool and size, whose memory is always a hundred."""
    made = Report({"processors": "2"})
    for tool, by_size in walls.items():
        for size, times in by_size.items():
            for wall in times:
                made.add(size, "cold", tool, Run(wall, wall, 100.0))
    return made


@settings(deadline=None)
@given(st.floats(-1, 3), st.integers(1, 1000), st.integers(2, 1000), st.floats(0.001, 1000))
def test_the_exponent_of_a_power_is_the_power(power: float, few: int, times: int, cost: float) -> None:
    """Whatever the sizes and the unit."""
    many = few * times
    assert exponent(few, many, cost * few**power, cost * many**power) == pytest.approx(power, abs=1e-6)


def test_a_cost_of_nothing_has_no_exponent() -> None:
    """A run too short to be looked at has no memory, and that is no reason to end."""
    assert math.isnan(exponent(10, 100, 0.0, 5.0))


def test_growth_is_told_from_size_to_size_and_from_the_first_to_the_last() -> None:
    """By medians: one slow run among three changes nothing."""
    told = list(growth(report(sitegen={10: [1, 1, 9], 100: [10], 1000: [1000]})))
    assert told == [
        "| 10 → 100 | cold | sitegen | 1.00 | 0.00 |",
        "| 100 → 1,000 | cold | sitegen | 2.00 | 0.00 |",
        "| 10 → 1,000 | cold | sitegen | 1.50 | 0.00 |",
    ]


def test_growth_leaves_out_what_one_of_the_sizes_lacks() -> None:
    """A tool that did not come through at the larger size has no growth."""
    assert list(growth(report(hugo={10: [1]}, sitegen={10: [1], 100: [1]}))) == [
        "| 10 → 100 | cold | sitegen | 0.00 | 0.00 |"
    ]


def test_one_size_has_no_table_of_growth() -> None:
    """There is nothing to say under the table."""
    assert list(ending(report(sitegen={10: [1]}))) == []


def test_times_are_compared_with_sitegen_where_it_ran() -> None:
    """Without it there is no ratio."""
    both = report(sitegen={10: [2]}, hugo={10: [1]}).sizes[10]["cold"]
    assert [it.split(" | ")[-1] for it in rows(10, "cold", both)] == ["1.00 |", "0.50 |"]
    del both["sitegen"]
    assert [it.split(" | ")[-1] for it in rows(10, "cold", both)] == ["– |"]


def test_runs_of_several_files_are_one_report(tmp_path: Path) -> None:
    """Sizes measured on different days stand in order, and a later run of the same replaces the earlier."""
    report(sitegen={100: [5]}, hugo={100: [7]}).keep(tmp_path / "cache/first.json")
    later = report(sitegen={10: [1], 100: [10]})
    later.fail(100, "eleventy", "out of memory")
    later.keep(tmp_path / "second.json")
    told = list(lines(kept([tmp_path / "cache/first.json", tmp_path / "second.json"])))
    assert [it for it in told if "cold" in it] == [
        "| 10 | cold | sitegen | 1.00 | 1.00 | 100 | 1.00 |",
        "| 100 | cold | sitegen | 10.00 | 10.00 | 100 | 1.00 |",
        "| 100 | cold | hugo | 7.00 | 7.00 | 100 | 0.70 |",
        "| 10 → 100 | cold | sitegen | 1.00 | 0.00 |",
    ]
    assert told[-1].endswith("eleventy did not come through at 100 articles: out of memory")
