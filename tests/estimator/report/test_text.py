"""Numbers as text."""

import pytest

from estimator.report.text import exponent, short


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (99_999, "99,999"),
        (100_000, "1.00e5"),
        (123_456_789, "1.23e8"),
        (10**400, "1.00e400"),
        (0.5, "0.5"),
        (62_612.3, "6.26e4"),
        (None, "-"),
    ],
)
def test_short_numbers(value, text):
    assert short(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(-0.001, "0.00"), (-0.006, "-0.01"), (0.0, "0.00"), (None, "undecided")]
)
def test_exponents_have_no_negative_zero(value, text):
    assert exponent(value) == text
