"""Numbers as text."""

import pytest

from estimator.report.text import exponent, few_digits, short


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
    ("value", "text"),
    [
        ("-", "-"),
        (12, "12"),
        (999_999, "999,999"),
        (1_234_567, "1.23e+06"),
        (0.00123456, "0.00123"),
        (1234 * 10**400, "1.23e+403"),
    ],
)
def test_few_digits_of_numbers_of_any_size(value, text):
    assert few_digits(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(-0.001, "0.00"), (-0.006, "-0.01"), (0.0, "0.00"), (None, "undecided")]
)
def test_exponents_have_no_negative_zero(value, text):
    assert exponent(value) == text
