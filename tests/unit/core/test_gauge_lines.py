"""Where the words of a gauge's marks stand."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sitegen.core.charts import curated, tiers

PLACES = st.lists(st.floats(0, 100), max_size=12)


@given(PLACES)
def test_every_mark_has_a_line_of_its_own(places: list[float]) -> None:
    """No two words share a line, and no line stays empty."""
    assert sorted(tiers(places)) == list(range(len(places)))


@given(PLACES)
def test_no_words_cross_a_leader_of_their_own_side(places: list[float]) -> None:
    """Words run to the middle above all leaders that come down farther out on their side."""
    lines = tiers(places)
    for here, line in zip(places, lines, strict=True):
        for there, other in zip(places, lines, strict=True):
            same_side = (here < 50) == (there < 50)
            if same_side and abs(there - 50) > abs(here - 50):
                assert other > line


def test_landmarks_use_the_whole_scale() -> None:
    """Five landmarks stand at the middles of five equal parts."""
    marks = [Decimal(it) for it in ("0.7", "3.67", "20", "60", "90")]
    assert [curated(it, marks) for it in marks] == [10, 30, 50, 70, 90]
