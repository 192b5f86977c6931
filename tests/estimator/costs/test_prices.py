"""Numbers for comparing prices."""

import math

import pytest
import sympy

from bloqs.resnet import symbols as own
from estimator import symbols
from estimator.costs.prices import TRIAL_VALUE, Comparison, Price, PriceList, trial_values
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


def test_functions_of_an_index_are_put_in():
    """Runs of the layers of a symbolic network: R(i) = f(i + 1) ... f(k), of k = 2 layers."""
    i, j, k = own.block, own.later_block, own.blocks
    f, runs, total = own.erf_degree_at, own.calls_at, own.sum_over_layers("")
    definitions = {
        f(i): ErfDegree(x, i),
        runs(i): sympy.Product(f(j), (j, i + 1, k)),
        total: sympy.Sum(runs(i), (i, 1, k)),
        own.error_at(i): own.error_at(i - 1) + i,
        own.error_at(0): sympy.Integer(5),
    }
    comparison = Comparison(definitions)
    assert comparison.number(runs(0)) == TRIAL_VALUE**2
    assert comparison.number(runs(i)) == TRIAL_VALUE
    assert comparison.number(runs(k)) == 1
    assert comparison.number(total / 2) == (TRIAL_VALUE + 1) / 2
    assert comparison.number(own.error_at(2)) == 5 + 1 + 2
    assert comparison.trial_values([runs(0)]) == {f(i): TRIAL_VALUE, k: 2}


def test_a_sum_of_too_many_terms_is_no_number():
    many = sympy.Sum(own.block, (own.block, 1, 10**6))
    assert math.isnan(Comparison().number(many))


def test_rotations_weigh_what_a_price_list_says():
    assert PriceList().weight(Price(t=5, rotations=2)) == 7
    assert PriceList(per_rotation=23).weight(Price(t=5, rotations=2)) == 51


def test_a_price_list_takes_the_definitions_of_a_bloq():
    """A bloq without any has none."""

    class Defined:
        definitions = {x: 2 * y}  # noqa: RUF012  in place of a property

    assert PriceList.of(Defined()).number(x) == 2 * TRIAL_VALUE
    assert PriceList.of(object()).number(x) == TRIAL_VALUE
