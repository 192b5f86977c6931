"""Signs of constants with roots, by means and by powers; none where there is none."""

import pytest
import sympy

from estimator.growth_checker.number import settled
from estimator.growth_checker.sign import direction_or_none
from estimator.growth_numbers.sign import sign_or_none
from estimator.symbols import asked

x, y, z = map(asked, ("x", "y", "z"))
sqrt, root = sympy.sqrt, sympy.root

POSITIVE = [
    y + x / 2 - sqrt(y) * sqrt(y + x),
    sqrt(2 * y**2 + 2 * x * y + x**2) - sqrt(2) * (y + x / 2),
    (3 * y + 2 * x + z) / 3 - root(y * (y + x) * (y + x + z), 3),
    sqrt(x) + sqrt(y) - sqrt(x + y),
    x + y - sqrt(x**2 + y**2),
    sqrt(x + y + 1) - sqrt(x + y),
    root(x**3 + y**3 + 1, 3) - root(x**3 + y**3, 3),
    (y + 2 * (y + x)) / 3 - root(y, 3) * root((y + x) ** 2, 3),
]


@pytest.mark.parametrize("value", POSITIVE, ids=str)
@pytest.mark.parametrize("decide", [sign_or_none, direction_or_none])
def test_roots_are_compared(value, decide):
    """Both the search and the checker see it; the opposite is negative."""
    assert decide(settled(value)) == 1
    assert decide(settled(-value)) == -1


NONE = [
    x + y - 2 * sqrt(x * y),
    x + y - 3 * sqrt(x * y),
    sqrt(x**2 + y**2) - x * sqrt(2),
    sqrt(x + y) - sqrt(2 * x),
    root(x * y * z, 3) - (x + y + z) / 3,
    sqrt(x + 1) - sqrt(y + 1),
    sqrt(x - y) + 1,
    y + x / 2 - sympy.Rational(101, 100) * sqrt(y) * sqrt(y + x),
    sqrt(x) + sqrt(y) - sqrt(x + y + 1),
]


@pytest.mark.parametrize("value", NONE, ids=str)
@pytest.mark.parametrize("decide", [sign_or_none, direction_or_none])
def test_there_is_no_sign_where_it_changes_or_vanishes(value, decide):
    """Zero where two numbers are equal, or of both signs, or undefined."""
    assert decide(settled(value)) is None
