"""The distribution of a clock by closed forms."""

import numpy as np
import pytest

from bloqs.readout.clock import ClockWindow, clock_distribution


@pytest.mark.parametrize("window", ClockWindow)
def test_distribution(window):
    """By the closed form of the geometric sum, or of two of them."""
    m, phase = 4, 1.234
    size = 2**m
    off = phase - 2 * np.pi * np.arange(size) / size

    def kernel(x):
        return (np.exp(1j * size * x) - 1) / (np.exp(1j * x) - 1)

    if window is ClockWindow.UNIFORM:
        amplitudes = kernel(off) / size
    else:
        half = np.pi / size
        up = np.exp(0.5j * half) * kernel(off + half)
        down = np.exp(-0.5j * half) * kernel(off - half)
        amplitudes = (up - down) / 2j * np.sqrt(2) / size
    found = clock_distribution(phase, m, window)
    np.testing.assert_allclose(found, abs(amplitudes) ** 2, atol=1e-12)
    assert found.sum() == pytest.approx(1)
    assert abs(2 * np.pi * int(found.argmax()) / 2**m - phase) < 2 * np.pi / size
