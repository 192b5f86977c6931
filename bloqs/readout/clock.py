"""The clock of phase estimation before any circuit: its amplitudes, and what it is found in."""

from enum import StrEnum
from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

MOST_BITS = 24
"""Clock beyond which no circuit is written down: it would have more than 16 million steps."""


class ClockWindow(StrEnum):
    """Amplitudes that the clock starts with."""

    UNIFORM = "uniform"
    """All equal: no cost, and an error of a multiple of 1/T in the mean."""
    SINE = "sine"
    """Half a sine wave: large errors are rare, with a mean square of (pi/T)**2."""


def window_amplitudes(m: int, window: ClockWindow) -> NDArray[np.float64]:
    """Array of shape (2**m,): w of the clock, of length one."""
    size = 2**m
    if window is ClockWindow.UNIFORM:
        return np.full(size, 1 / sqrt(size))
    return sqrt(2 / size) * np.sin(pi * (np.arange(size) + 0.5) / size)


def clock_distribution(phase: float, m: int, window: ClockWindow) -> NDArray[np.float64]:
    r"""Probability of each y for the eigenvalue $e^{i\theta}$; array of shape (2**m,).

    Args:
        phase: theta. Unit: radians.
        m: bits of the clock.
        window: its amplitudes.
    """
    steps = np.arange(2**m)
    amplitudes = np.fft.fft(window_amplitudes(m, window) * np.exp(1j * phase * steps))
    found: NDArray[np.float64] = np.abs(amplitudes) ** 2 / 2**m
    return found
