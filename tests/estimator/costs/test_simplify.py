"""Sums of products."""

import pytest
import sympy

from estimator.costs.simplify import multiplied_out, weighted_sum
from estimator.symbols import b, c, m, n


@pytest.mark.parametrize(
    ("value", "terms"),
    [
        (3, {3}),
        (b, {b}),
        ((b + 1) * c, {b * c, c}),
        (2 ** (c + m), {2**c * 2**m}),
        (2 ** (2 * m) * (c - 1), {2 ** (2 * m) * c, -(2 ** (2 * m))}),
        ((b + c) ** 2, {b**2, 2 * b * c, c**2}),
        (b * (c + 1) + sympy.Max(1, n), {b * c, b, sympy.Max(1, n)}),
        ((2**m - 1) / 2, {2**m / 2, -sympy.Rational(1, 2)}),
    ],
)
def test_multiplied_out(value, terms):
    assert set(sympy.Add.make_args(multiplied_out(value))) == terms


def test_what_is_multiplied_out_is_left_alone():
    """The same object comes back."""
    value = 3 * b * c + 2**m * b**2 - 1
    assert multiplied_out(value) is value


def test_weighted_sum():
    """Products term by term; numbers stay numbers of Python."""
    assert weighted_sum([(2, 3), (4, 5)]) == 26
    assert type(weighted_sum([(2, 3), (4, 5)])) is int
    found = weighted_sum([(b + 1, c - 2), (m, 3)])
    assert set(found.args) == {b * c, -2 * b, c, sympy.Integer(-2), 3 * m}
