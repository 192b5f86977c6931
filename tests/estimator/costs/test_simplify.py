"""Sums of products."""

import pytest
import sympy
from sympy import ceiling
from sympy.codegen.cfunctions import log2

from estimator.costs.simplify import largest, multiplied_out, weighted_sum
from estimator.symbols import a, b, c, m, n


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
        (2**n * m, 2**n, 2**n * m),  # m >= 1
        (2 ** (2 * n) + m, 2 ** (2 * n) + 3 * m, 2 ** (2 * n) + 3 * m),
        (2**n, 2, 2**n),  # n >= 1
        (2**n, 3, None),
        (2**n, 2**m, None),
        (2**n + m, 2**n + a, None),
        (n * m + 1, n + m, n * m + 1),  # (n - 1) (m - 1) >= 0
        (n * m, n + m, None),
        (3 * ceiling(log2(n)) + 4, ceiling(log2(n)) + 4, 3 * ceiling(log2(n)) + 4),
        (2 * ceiling(log2(n)), ceiling(log2(n)) + 1, None),
        (ceiling(log2(n / 2)), 0, None),  # -1 at n = 1
    ],
)
def test_powers_of_two_are_compared(one, other, winner):
    """Where one is at least the other for all sizes, that one is left; else both."""
    found = largest([one, other])
    if winner is None:
        assert set(found.args) == {sympy.sympify(one), sympy.sympify(other)}
    else:
        assert found == winner


def test_a_long_sum_of_maxima_stays_one_and_keeps_its_value():
    """Six maxima of three whole numbers would have 729 branches."""
    x = sympy.symbols("x:18", integer=True)
    total = sum(sympy.Max(*x[3 * k : 3 * k + 3], evaluate=False) for k in range(6))
    found = largest([total, x[0]])
    assert len(found.args) == 2
    places = {symbol: (7 * k) % 11 - 5 for k, symbol in enumerate(x)}
    assert found.subs(places) == max(total.subs(places), places[x[0]])


def test_sympy_is_asked_a_bounded_number_of_times():
    """All stay whose comparison is left out."""
    x = sympy.symbols("x:40", integer=True)
    sums = [sympy.Abs(each) + 1 for each in x]
    assert set(largest([*sums, 0]).args) >= set(sums)
