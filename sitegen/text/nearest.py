"""Which known word was meant: the one engine behind every "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.text.arabic import normalise


def nearest(word: str, candidates: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Up to `limit` candidates that differ from `word` by few slips of the keyboard, best first; often none.

    Letters are compared after `normalise`, so عمان finds عُمان at distance 0. A slip adds, drops, changes or swaps
    letters; about one slip in three letters is forgiven. Ties keep alphabetical order.
    """
    target = normalise(word)
    if not target:
        return ()
    allowed = max(1, (len(target) + 1) // 3)
    letters = _letters(target)
    found: list[tuple[int, str]] = []
    for candidate in set(candidates):
        folded = normalise(candidate)
        # A slip changes at most two members of the set of letters: a cheap way to refuse most candidates.
        if abs(len(folded) - len(target)) > allowed or (letters ^ _letters(folded)).bit_count() > 2 * allowed:
            continue
        slips = distance(target, folded)
        if slips <= allowed:
            found.append((slips, candidate))
    return tuple(candidate for _, candidate in sorted(found)[:limit])


def _letters(word: str) -> int:
    bits = 0
    for char in word:
        bits |= 1 << (ord(char) & 63)
    return bits


def distance(a: str, b: str) -> int:
    """How many insertions, deletions, substitutions and swaps of neighbours turn `a` into `b`.

    The optimal string alignment distance, by Hyyrö's bit-parallel algorithm: a column of the table is two integers.
    """
    if not a or not b:
        return len(a) or len(b)
    where: dict[str, int] = {}
    for i, char in enumerate(a):
        where[char] = where.get(char, 0) | 1 << i
    last, full = 1 << (len(a) - 1), (1 << len(a)) - 1
    up, down, diagonal, before, score = full, 0, 0, 0, len(a)
    for char in b:
        here = where.get(char, 0)
        swap = (((~diagonal) & here) << 1) & before
        diagonal = ((((here & up) + up) ^ up) | here | down | swap) & full
        right = (down | ~(diagonal | up)) & full
        left = diagonal & up
        score += bool(right & last) - bool(left & last)
        right = (right << 1 | 1) & full
        up = ((left << 1) | ~(diagonal | right)) & full
        down = right & diagonal
        before = here
    return score
