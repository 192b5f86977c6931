import pytest
import sympy

from estimator.costs.maximum import largest
from estimator.symbols import a, m, n

loose = sympy.Symbol("loose")


@pytest.mark.parametrize(
    ("values", "branches"),
    [
        ([3, 7, 5], {7}),
        ([n, 2 * n, n + 1], {2 * n}),  # n >= 1, so 2 n >= n + 1
        ([n, 3 * n - 1, 2 * n], {3 * n - 1}),
        ([n + sympy.Max(a, m), 2 * n], {n + a, n + m, 2 * n}),
        ([2 * sympy.Max(n, a)], {2 * n, 2 * a}),
        ([loose, 0], {loose, 0}),  # no assumption, no decision
    ],
)
def test_only_branches_that_can_win_stay(values, branches):
    found = largest(values)
    assert {*(found.args if isinstance(found, sympy.Max) else [found])} == branches


def test_flattening_does_not_change_the_value():
    """Agrees with Python's `max` on a grid of sizes."""
    flat = largest([n + sympy.Max(3, 2 * a - n), 5 + sympy.Max(n, a) - a, 2 * n])
    for i in range(1, 7):
        for j in range(1, 7):
            expected = max(i + max(3, 2 * j - i), 5 + max(i, j) - j, 2 * i)
            assert flat.subs({n: i, a: j}) == expected


@pytest.mark.parametrize(
    ("one", "other", "winner"),
    [
        (2**n * m, 2**n, None),  # m >= 1 would decide it, but is not looked for in products
        (2 ** (2 * n) + m, 2 ** (2 * n) + 3 * m, 2 ** (2 * n) + 3 * m),
        (2**n, 2, 2**n),  # n >= 1
        (2**n, 3, None),
        (2**n, 2**m, None),
        (2**n + m, 2**n + a, None),
    ],
)
def test_powers_of_two_are_compared(one, other, winner):
    """Where one is at least the other for all sizes, that one is left; else both."""
    found = largest([one, other])
    if winner is None:
        assert set(found.args) == {sympy.sympify(one), sympy.sympify(other)}
    else:
        assert found == winner
