"""Numbers as written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sitegen.text import fold_digits, fold_number_signs, parse_number


def test_case_27_arabic_indic_decimal_is_exact() -> None:
    """٣٫٦٧ is Decimal 3.67, not a binary float."""
    assert parse_number("٣٫٦٧") == Decimal("3.67")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("83.70", "83.70"),
        ("1,234.5", "1234.5"),
        ("١٬٢٣٤٬٥٦٧", "1234567"),
        ("۱۲", "12"),
        ("−5.2", "-5.2"),
        ("\u061c-٥", "-5"),
        ("6e9", "6E+9"),
        ("1\u00a0234\u00a0567", "1234567"),
    ],
)
def test_numbers_keep_their_written_decimals(written: str, number: str) -> None:
    """The digits say how precise a value is, so none is added or lost."""
    assert str(parse_number(written)) == number


@pytest.mark.parametrize(
    "written", ["", "3,67", "1,23,4", "1.2.3", "NaN", "Infinity", "1e999", "٣ ٤", "9" * 65, "5 kg", "-", "²"]
)
def test_anything_else_is_no_number(written: str) -> None:
    """A comma groups thousands and nothing else; nothing can be unboundedly large."""
    assert parse_number(written) is None


def test_folding_keeps_length() -> None:
    """Offsets into folded text hold in the original."""
    assert fold_digits("٨٤٪ و۹") == "84٪ و9"
    assert fold_number_signs("−٣٫٦٧٪") == "-3.67%"
