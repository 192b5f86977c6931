"""Degrees alone: those of polynomials where these exist, and in proportion to the reach."""

import pytest

from estimator.polynomials.activation import activation_polynomial
from estimator.polynomials.activation_degree import RELU_CONSTANT, activation_degree
from estimator.polynomials.activation_functions import ACTIVATIONS
from estimator.polynomials.activation_series import Target

SMALL = [(4.0, 2.0, 0.02), (60.0, 60.0, 0.1)]
LARGE = [(61.0, 61.0, 0.1), (300.0, 300.0, 0.1), (300.0, 10.0, 0.1), (800.0, 800.0, 0.3)]
FINE = [(8.0, 8.0, 3e-4)]


def pairs(kind, reach, span, error):
    made = activation_polynomial(kind, reach, span, error)
    found = activation_degree(kind, reach, span, error)
    exact = len(made.even) - 1, len(made.odd) - 1, made.even_bound, made.odd_bound
    return exact, found


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_where_the_polynomial_is_made(kind):
    for asked in SMALL:
        exact, found = pairs(kind, *asked)
        assert exact == found


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_where_it_is_scaled(kind):
    """Not below what the polynomial has, and at most half as much again."""
    fine = FINE if ACTIVATIONS[kind].strip is None else []
    for asked in LARGE + fine:
        exact, found = pairs(kind, *asked)
        for larger, smaller in zip(found, exact, strict=True):
            assert smaller <= larger <= max(1.5 * smaller, smaller)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_far_away(kind):
    for asked in ((3000.0, 3000.0, 0.3), (2000.0, 20.0, 0.1), (1000.0, 1000.0, 0.2)):
        exact, found = pairs(kind, *asked)
        for larger, smaller in zip(found, exact, strict=True):
            assert smaller <= larger <= max(1.5 * smaller, smaller)


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_any_reach(kind):
    """In proportion, up to 1e12, also by way of the scale."""
    near = max(activation_degree(kind, 1e6, 1e6, 0.1)[:2])
    even, odd, even_bound, odd_bound = activation_degree(kind, 1e12, 1e12, 0.1)
    assert max(even, odd) == pytest.approx(1e6 * near, rel=1e-3)
    assert 0.1 < even_bound + odd_bound < 2
    assert even % 2 == 0
    assert odd % 2 == 1
    scaled = activation_degree(kind, 1e3, 1e3, 0.1, 1e9)
    assert scaled[:2] == (even, odd)
    assert scaled[2:] == pytest.approx((1e9 * even_bound, 1e9 * odd_bound))


def test_the_constant_of_relu():
    """Above the certified error times d + 1 at every degree, which it exceeds by little."""
    target = Target("relu", 1.0, 1.0)
    products = [
        (degree + 1) * target.certified(target.coefficients(degree, 0.28))
        for degree in (*range(1, 120, 2), 255, 1001)
    ]
    assert 0.985 * RELU_CONSTANT <= max(products) <= RELU_CONSTANT


def test_a_parabola_stays_exact():
    """ "hard-swish" up to 3 has degree 1 at every error."""
    assert activation_degree("hard-swish", 2.0, 2.0, 1e-9)[:2] == (0, 1)


def test_refusals():
    with pytest.raises(ValueError, match="softplus, sigmoid, tanh, erf, got 'mish'"):
        activation_degree("mish", 1.0, 1.0, 0.1)
    with pytest.raises(ValueError, match="span <= reach"):
        activation_degree("relu", 1e12, 2e12, 0.1)
