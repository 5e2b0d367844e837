"""Did you mean."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.text import distance, nearest


def slow_distance(a: str, b: str) -> int:
    """The textbook table of the optimal string alignment distance."""
    rows = [list(range(len(b) + 1))]
    for i, left in enumerate(a, start=1):
        row = [i]
        for j, right in enumerate(b, start=1):
            best = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


@given(st.text(alphabet="abcد", max_size=9), st.text(alphabet="abcد", max_size=9))
def test_distance_equals_the_textbook(a: str, b: str) -> None:
    """The fast algorithm counts what the table counts."""
    assert distance(a, b) == slow_distance(a, b)


@given(st.text(alphabet="abcد", min_size=2, max_size=9), st.integers(0, 7))
def test_a_swap_is_one_slip(word: str, at: int) -> None:
    """Two neighbours typed in the wrong order count once."""
    at %= len(word) - 1
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert distance(word, swapped) == (swapped != word)


def test_slips_of_the_keyboard_are_forgiven() -> None:
    """A missing letter, a swap, another hamza: the word is found, the best first."""
    assert nearest("certanty", ["certainty", "currency", "scale"]) == ("certainty",)
    assert nearest("fordow-particle-2023", ["fordow-particles-2023", "fordow"]) == ("fordow-particles-2023",)
    assert nearest("عمان", ["عُمان", "عمّان", "لبنان"]) == ("عمّان", "عُمان")
    assert nearest("valeu", ["value", "label"]) == ("value",)


def test_strangers_are_not_offered() -> None:
    """A wrong hint is worse than none."""
    assert nearest("subject", ["value", "label", "id"]) == ()
    assert nearest("", ["a"]) == ()


def test_at_most_three_are_offered() -> None:
    """A hint is short."""
    assert len(nearest("abcd", [f"abc{end}" for end in "efghij"])) == 3
