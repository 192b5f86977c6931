"""Numbers for comparing prices."""

import math

import pytest
import sympy

from bloqs.resnet import symbols as own
from estimator import symbols
from estimator.costs.prices import TRIAL_VALUE, Comparison, PriceList, trial_values
from estimator.polynomials.degrees import ErfDegree

x, y = sympy.Symbol("x", positive=True), sympy.Symbol("y", positive=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, 7),
        (sympy.Rational(1, 4), 0.25),
        (x, TRIAL_VALUE),
        (3 * x**2 - x / 2 + 1, 3 * TRIAL_VALUE**2 - TRIAL_VALUE / 2 + 1),
        (2**symbols.m, 2**5),
        (sympy.Max(x, 100) * symbols.epsilon, 100 / 1024),
        (sympy.ceiling(x / 3), math.ceil(TRIAL_VALUE / 3)),
        (sympy.sqrt(x), math.sqrt(TRIAL_VALUE)),
    ],
)
def test_number(value, expected):
    """Every symbol at its trial value."""
    assert Comparison().number(value) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("value", [sympy.nan, sympy.oo, sympy.I * x, x ** (x**x)])
def test_what_is_no_number_compares_with_nothing(value):
    """Undefined, infinite, complex and too large values are nan."""
    assert math.isnan(Comparison().number(value))


def test_definitions_are_put_in():
    """Runs of an earlier layer are more than those of a later one; degrees stay at trial values."""
    last, first = own.calls_of(1), own.calls_of(0)
    f = own.erf_degree_of(1)
    definitions = {first: last * f, last: 5 * f, f: ErfDegree(x, y)}
    comparison = Comparison(definitions)
    assert comparison.number(last) == 5 * TRIAL_VALUE
    assert comparison.number(first) == 5 * TRIAL_VALUE**2
    assert comparison.trial_values([first * y]) == trial_values([f, y])


def test_a_price_list_takes_the_definitions_of_a_bloq():
    """A bloq without any has none."""

    class Defined:
        definitions = {x: 2 * y}  # noqa: RUF012  in place of a property

    assert PriceList.of(Defined()).number(x) == 2 * TRIAL_VALUE
    assert PriceList.of(object()).number(x) == TRIAL_VALUE
