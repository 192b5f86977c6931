from fractions import Fraction

import numpy as np
import pytest

from estimator.polynomials.monomial import exact_monomial, monomial_polynomial


@pytest.mark.parametrize("power", [0, 1, 2, 5, 12])
def test_values_are_powers(power):
    x = np.linspace(-1, 1, 41)
    found = monomial_polynomial(power)
    assert found.degree == power
    assert found.parity == ("odd" if power % 2 else "even")
    assert np.allclose(found.evaluate(x), x**power, atol=1e-15)


def test_coefficients_are_exact():
    """x^4 = (3 + 4 T_2 + T_4) / 8, and they add up to 1 at every power."""
    assert exact_monomial(4) == (Fraction(3, 8), 0, Fraction(1, 2), 0, Fraction(1, 8))
    for power in (0, 1, 7, 100, 301):
        assert sum(exact_monomial(power)) == 1


def test_a_high_power_is_bounded_and_exact():
    found = monomial_polynomial(2000)
    found.require_bounded()
    assert found.evaluate(0.999) == pytest.approx(0.999**2000, rel=1e-12)


def test_refuses_a_negative_power():
    with pytest.raises(ValueError, match="needs k >= 0, got k=-1"):
        monomial_polynomial(-1)
