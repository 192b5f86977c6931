"""Amplification by a small polynomial of a Chebyshev polynomial."""

import numpy as np
import pytest

from estimator.polynomials.composed_amplification import composed_amplification
from estimator.polynomials.sup_norm import sup_norm


@pytest.mark.parametrize("factor", [3.0, 24.6, 90.0, 246.0])
@pytest.mark.parametrize("error", [2.0**-8, 2.0**-13])
def test_the_series_stays_below_one_and_within_its_error(factor, error):
    found = composed_amplification(factor, 0.4, error)
    series = found.polynomial.array
    assert sup_norm(series).value <= 1
    x = np.linspace(0, 0.6 / factor, 1001)
    gap = np.abs(np.polynomial.chebyshev.chebval(x, series) - factor * x).max()
    assert gap <= found.error <= error
