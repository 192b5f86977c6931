"""What a clock says, and the published bound of amplitude estimation."""

import numpy as np
import pytest

from bloqs.readout.clock import ClockWindow, clock_distribution
from bloqs.readout.estimates import (
    amplitude_bits,
    amplitude_confidence,
    amplitude_error,
    estimated_probability,
)


@pytest.mark.parametrize("k", [1, 2, 5])
@pytest.mark.parametrize("probability", [0.0, 0.003, 0.3, 0.5, 0.97, 1.0])
def test_the_published_bound_holds(probability, k):
    """The clock's own distribution has as much within the bound as is claimed."""
    for m in (1, 2, 4, 7):
        angle = 2 * np.arcsin(np.sqrt(probability))
        both = [clock_distribution(s * angle, m, ClockWindow.UNIFORM) for s in (1, -1)]
        likely = (both[0] + both[1]) / 2
        off = abs(estimated_probability(np.arange(2**m), m) - probability)
        within = off <= amplitude_error(probability, m, k) + 1e-12
        assert likely[within].sum() >= amplitude_confidence(k) - 1e-12


@pytest.mark.parametrize("probability", [0.0, 0.01, 0.5, 1.0])
@pytest.mark.parametrize("error", [0.3, 1e-2, 1e-6])
def test_bits_are_the_fewest(probability, error):
    m = amplitude_bits(probability, error)
    assert amplitude_error(probability, m) <= error
    assert m == 1 or amplitude_error(probability, m - 1) > error


def test_refusals():
    with pytest.raises(ValueError, match=r"a probability lies in \[0, 1\], got 1.5"):
        amplitude_error(1.5, 3)
    with pytest.raises(ValueError, match="k >= 1 and m >= 1, got k=0 and m=3"):
        amplitude_error(0.5, 3, 0)
    with pytest.raises(ValueError, match="error of an estimate is positive, got 0"):
        amplitude_bits(0.5, 0)
    with pytest.raises(ValueError, match="needs k >= 1, got 0"):
        amplitude_confidence(0)
