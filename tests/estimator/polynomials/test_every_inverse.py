"""What the inverse polynomials share: their maxima at any degree, and kappa = 1."""

import pytest
import sympy

from estimator.polynomials.inverse import (
    inverse_degree_bound,
    inverse_error,
    inverse_maximum,
    inverse_minimal_degree,
    inverse_polynomial,
)
from estimator.polynomials.inverse_binomial import binomial_inverse_degree
from estimator.polynomials.inverse_relative import (
    relative_inverse_degree_bound,
    relative_inverse_error,
    relative_inverse_maximum,
    relative_inverse_minimal_degree,
    relative_inverse_polynomial,
)
from estimator.symbols import epsilon, kappa

ABSOLUTE = (inverse_polynomial, inverse_maximum, inverse_minimal_degree, inverse_error)
RELATIVE = (
    relative_inverse_polynomial,
    relative_inverse_maximum,
    relative_inverse_minimal_degree,
    relative_inverse_error,
)
BOTH = pytest.mark.parametrize("kind", [ABSOLUTE, RELATIVE], ids=["absolute", "relative"])


@BOTH
@pytest.mark.parametrize("condition", [1.0001, 1.05, 1.7, 3, 20, 100])
def test_the_maximum_is_that_of_the_coefficients(kind, condition):
    """By the branch and bound over the series, which knows no formula of the polynomial."""
    polynomial, maximum, minimal_degree, _ = kind
    for error in (0.3, 1e-2, 1e-7):
        degree = minimal_degree(condition, error)
        found = polynomial(condition, degree).maximum()
        assert maximum(condition, degree) == pytest.approx(found.value, rel=1e-12)


def test_the_maximum_of_a_long_one_follows_the_law():
    """M / kappa has a limit as kappa grows: 1.1145 at .01, of the published list 1.11."""
    degree = relative_inverse_minimal_degree(1e6, 1e-2)
    assert degree == 5_298_293
    assert relative_inverse_maximum(1e6, degree) / 1e6 == pytest.approx(1.11446, abs=1e-4)


@BOTH
def test_at_kappa_one_the_inverse_is_x(kind):
    polynomial, maximum, minimal_degree, error = kind
    assert minimal_degree(1, 1e-9) == 1
    assert error(1, 1) == 0
    assert maximum(1, 1) == 1
    assert polynomial(1, 1).coefficients == (0, 1)


def test_at_kappa_one_symbols_give_degree_one():
    at = {kappa: sympy.Integer(1), epsilon: sympy.Rational(1, 100)}
    assert inverse_degree_bound(*at.values()) == relative_inverse_degree_bound(*at.values()) == 1
    assert binomial_inverse_degree(1, 0.01) == 9
