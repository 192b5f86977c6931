import numpy as np
import pytest

from estimator.polynomials.polynomial import BOUND_SLACK, Polynomial

x = np.linspace(-1, 1, 101)


def test_equal_polynomials_are_equal_objects():
    """Whatever holds the coefficients, and with or without zeros at the end."""
    one = Polynomial([1, 2, 0, 0])
    assert one == Polynomial(np.array([1.0, 2.0]))
    assert hash(one) == hash(Polynomial((1, 2)))
    assert one != Polynomial([1, 3])
    assert one.degree == 1
    assert Polynomial([0, 0]).degree == 0


@pytest.mark.parametrize(
    ("coefficients", "parity"),
    [([0, 1], "odd"), ([1, 0, 2], "even"), ([1, 1], None), ([0], "even"), ([0, 0, 0, 4], "odd")],
)
def test_parity(coefficients, parity):
    assert Polynomial(coefficients).parity == parity


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ([1, float("nan")], "finite coefficients, got nan for T_1"),
        ([float("inf")], "finite coefficients, got inf for T_0"),
        ([], "non-empty list of real coefficients"),
        ([1j], "non-empty list of real coefficients"),
        ([[1.0]], "non-empty list of real coefficients"),
    ],
)
def test_refuses_what_is_no_real_polynomial(bad, message):
    with pytest.raises(ValueError, match=message):
        Polynomial(bad)


def test_values_are_those_of_the_powers(rng):
    powers = rng.normal(size=8)
    found = Polynomial.from_powers(powers)
    assert np.allclose(found.evaluate(x), np.polynomial.polynomial.polyval(x, powers), atol=1e-13)
    assert np.allclose(found.powers, powers, atol=1e-13)


def test_chebyshev_is_a_cosine():
    found = Polynomial.chebyshev(9).evaluate(np.cos(0.3))
    assert found == pytest.approx(np.cos(2.7), abs=1e-14)
    with pytest.raises(ValueError, match="needs d >= 0, got d=-1"):
        Polynomial.chebyshev(-1)


@pytest.mark.parametrize("bad", [1.1, -1.0001, float("nan")])
def test_refuses_points_outside(bad):
    with pytest.raises(ValueError, match=r"points in \[-1, 1\]"):
        Polynomial([1]).evaluate(bad)


def test_arithmetic_is_that_of_the_values(rng):
    one, two = Polynomial(rng.normal(size=12)), Polynomial(rng.normal(size=7))
    assert np.allclose((one * two).evaluate(x), one.evaluate(x) * two.evaluate(x), atol=1e-13)
    assert np.allclose((one - two).evaluate(x), one.evaluate(x) - two.evaluate(x), atol=1e-13)
    assert np.allclose(one.times_x().evaluate(x), x * one.evaluate(x), atol=1e-13)
    assert np.allclose(one.scaled(-3).evaluate(x), -3 * one.evaluate(x), atol=1e-13)


def test_products_keep_parity(rng):
    odd = Polynomial(np.where(np.arange(10) % 2, rng.normal(size=10), 0))
    even = Polynomial(np.where(np.arange(9) % 2, 0, rng.normal(size=9)))
    assert (odd * odd).parity == (even * even).parity == "even"
    assert (odd * even).parity == "odd"


@pytest.mark.parametrize("degree", [1, 3, 51, 3001])
def test_division_by_x_inverts_multiplication(degree, rng):
    even = Polynomial(np.where(np.arange(degree) % 2, 0, rng.normal(size=degree)))
    assert np.allclose(even.times_x().over_x().array, even.array, atol=1e-12)


def test_division_by_x_refuses_a_remainder():
    with pytest.raises(ValueError, match="odd P only, got parity even"):
        Polynomial([1]).over_x()


def test_maxima():
    """4 x^2 (1 - x^2) is largest at 1 / sqrt(2); a maximum of 1, in however many points, is not
    taken for more than rounding allows, and one of 1 + 2e-12 is."""
    for bounded in (Polynomial.chebyshev(300), Polynomial.from_powers([0, 1.5, 0, -0.5])):
        assert bounded.maximum().value == pytest.approx(1, abs=BOUND_SLACK)
    peak = Polynomial.from_powers([0, 0, 4.04, 0, -4.04]).maximum()
    assert peak.value == pytest.approx(1.01, rel=1e-12)
    assert abs(peak.point) == pytest.approx(0.5**0.5, abs=1e-6)
    assert Polynomial.chebyshev(30).scaled(1 + 2e-12).maximum().value > 1 + BOUND_SLACK
