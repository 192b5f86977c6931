"""The polynomials on the spectrum, their degree, and what is refused."""

import numpy as np
import pytest
import sympy
from numpy.polynomial import chebyshev

from bloqs.linear_systems.model.kernel_polynomial import (
    bent_suppression,
    degree_expression,
    degree_for,
    kernel_polynomial,
    margin_of,
    suppression,
)
from estimator.phases.find import phases_of

CASES = [(1.0, 2), (1.05, 4), (2.0, 12), (20.0, 114), (100.0, 566), (3.0, 40)]


@pytest.mark.parametrize(("condition", "degree"), CASES)
def test_projection(condition, degree):
    """One at 0, and on the spectrum d/2 + 1 extremes of one size with alternating signs.

    That is what makes it the smallest: a smaller one would meet it d/2 times there and at 0.
    """
    polynomial = kernel_polynomial(condition, degree, "projection")
    assert polynomial.parity == "even"
    assert polynomial.degree == degree
    assert polynomial.evaluate(0.0) == pytest.approx(1, abs=1e-12)
    assert polynomial.maximum().value <= 1 + 1e-12
    a = 1 / condition
    z = np.cos(np.pi * np.arange(degree // 2 + 1) / (degree // 2))
    extremes = polynomial.evaluate(np.sqrt((1 + a**2 - (1 - a**2) * z) / 2))
    wanted = suppression(condition, degree) * (-1.0) ** np.arange(degree // 2 + 1)
    np.testing.assert_allclose(extremes, wanted, atol=1e-12, rtol=0)
    spectrum = np.linspace(a, 1, 4001)
    assert np.abs(polynomial.evaluate(spectrum)).max() <= abs(wanted[0]) + 1e-12


@pytest.mark.parametrize(("condition", "degree"), CASES)
def test_reflection(condition, degree):
    """One at 0, between -1 and -1 + 4 s / (1 + s) on the spectrum, at most one everywhere."""
    polynomial = kernel_polynomial(condition, degree, "reflection")
    assert polynomial.parity == "even"
    assert polynomial.evaluate(0.0) == pytest.approx(1, abs=1e-12)
    assert polynomial.maximum().value <= 1 + 1e-12
    s = suppression(condition, degree)
    outputs = polynomial.evaluate(np.linspace(1 / condition, 1, 20001))
    assert outputs.min() == pytest.approx(-1, abs=1e-4 * s + 1e-12)
    assert outputs.max() == pytest.approx(-1 + 4 * s / (1 + s), abs=1e-4 * s + 1e-12)


@pytest.mark.parametrize("condition", [1.0, 1.05, 2.0, 20.0, 1e6])
@pytest.mark.parametrize("wanted", [1.0, 0.5, 1e-2, 1e-9])
def test_degree_is_the_smallest(condition, wanted):
    """It is reached, and missed two degrees before; T_l is evaluated by NumPy where it can be."""
    degree = degree_for(condition, wanted)
    assert suppression(condition, degree) <= wanted
    assert degree == 2 or suppression(condition, degree - 2) > wanted
    if 1 < condition <= 20:
        z = (condition**2 + 1) / (condition**2 - 1)
        exact = 1 / chebyshev.chebval(z, np.eye(degree // 2 + 1)[-1])
        assert suppression(condition, degree) == pytest.approx(exact, rel=1e-9)
        symbolic = degree_expression(sympy.Float(condition), sympy.Float(wanted))
        assert int(symbolic) == degree


def test_at_condition_one_everything_but_the_kernel_is_gone():
    """1 - x**2 and 1 - 2 x**2, exactly."""
    assert kernel_polynomial(1, 2, "projection").powers.tolist() == pytest.approx([1, 0, -1])
    assert kernel_polynomial(1, 2, "reflection").powers.tolist() == pytest.approx([1, 0, -2])
    assert suppression(1, 2) == 0
    assert degree_for(1, 1e-12) == 2


@pytest.mark.parametrize(("condition", "degree"), [(5.0, 20), (1.0, 4)])
def test_below_the_promised_spectrum_the_projection_grows(condition, degree):
    """Largest modulus from a smaller value on: as the polynomial's own values say."""
    polynomial = kernel_polynomial(condition, degree, "projection")
    for smallest in (0.01, 0.1, 0.99 / condition, 1 / condition):
        found = np.abs(polynomial.evaluate(np.linspace(smallest, 1, 5001))).max()
        assert bent_suppression(condition, degree, smallest) == pytest.approx(found, rel=1e-6)
    assert bent_suppression(condition, degree, 0.0) == 1
    assert bent_suppression(condition, degree, -0.1) == 1


@pytest.mark.parametrize("kind", ["reflection", "projection"])
@pytest.mark.parametrize(
    ("condition", "degree"),
    [
        (1.0, 2),
        (1.0, 4),
        (1.05, 4),
        (20.0, 114),
        (3.0, 400),
        (17.93, 72),
        (59.6, 242),
        (108.72, 262),
        pytest.param(100, 1486, marks=pytest.mark.slow),
    ],
)
def test_phases_are_found(condition, degree, kind):
    """With the margin that is taken; without one, they are not for degree 4 at kappa = 1."""
    polynomial = kernel_polynomial(condition, degree, kind)
    found = phases_of(polynomial.scaled(1 - margin_of(degree)).array)
    assert found.degree == degree


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: kernel_polynomial(2, 3, "reflection"), "an even degree >= 2, got 3"),
        (lambda: kernel_polynomial(2, 0, "projection"), "an even degree >= 2, got 0"),
        (lambda: kernel_polynomial(0.5, 2, "projection"), "at least 1 and finite, got 0.5"),
        (lambda: degree_for(2, 0.0), r"suppresses by a factor in \(0, 1\], got 0.0"),
        (lambda: degree_for(2, 1.5), r"suppresses by a factor in \(0, 1\], got 1.5"),
        (lambda: degree_for(float("nan"), 0.5), "at least 1 and finite, got nan"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call()
