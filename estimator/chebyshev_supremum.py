"""Where on [-1, 1] a Chebyshev series is largest in absolute value, to machine precision."""

import numpy as np
from numpy.typing import NDArray
from scipy import fft

OVERSAMPLING = 32
"""Grid intervals per degree; the maximum lies within pi/64 of a wavelength unit from a node."""

CANDIDATES = 16
"""Highest grid maxima that are refined."""

ORDER = 8
"""Taylor order of the refinement: (pi/64)**9 / 9! is below 1e-17."""


def supremum(coefficients: NDArray[np.float64]) -> tuple[float, float]:
    r"""The point $x$ and the value $\max_{[-1,1]} |P(x)|$ of $P = \sum_k c_k T_k$.

    Samples $P(\cos t)$ on a grid of $32(d+1)$ intervals and replaces the highest local maxima by
    those of the Taylor polynomial about their grid point, whose cosines are taken at arguments
    reduced in integers, so that no digit is lost at high degree.

    Args:
        coefficients: c_0 .. c_d, real and finite, at least one.
    """
    count = len(coefficients)
    intervals = OVERSAMPLING * count
    padded = np.zeros(intervals + 1)
    padded[:count] = coefficients
    padded[1:] /= 2
    size = np.abs(fft.dct(padded, type=1))
    bordered = np.concatenate(([size[1]], size, [size[-2]]))
    left, right = bordered[:-2], bordered[2:]
    bend = left - 2 * size + right
    estimate = size - np.where(bend < 0, (right - left) ** 2 / np.where(bend < 0, 8 * bend, 1), 0)
    peaks = np.flatnonzero((size >= left) & (size >= right))
    nodes = peaks[np.argsort(-estimate[peaks])[:CANDIDATES]]

    k = np.arange(count)
    cosine = np.cos(np.pi * np.arange(2 * intervals) / intervals)
    turn = np.outer(nodes, k) % (2 * intervals)
    scaled = [coefficients * (k / count) ** order for order in range(ORDER + 1)]
    slopes = np.stack(  # derivatives in t, each divided by count**order
        [
            cosine[(turn + order * (intervals // 2)) % (2 * intervals)] @ scaled[order]
            for order in range(ORDER + 1)
        ]
    )
    factorial = np.cumprod(np.concatenate(([1.0], np.arange(1.0, ORDER + 1))))
    best_point, best_value = 1.0, -1.0
    for node, slope in zip(nodes, slopes.T, strict=True):
        taylor = np.polynomial.Polynomial(slope / factorial)
        reach = np.pi / OVERSAMPLING
        roots = taylor.deriv().roots()
        inside = roots.real[(np.abs(roots.imag) < 1e-6) & (np.abs(roots.real) <= reach)]
        steps = np.concatenate(([0.0], inside))
        values = np.abs(taylor(steps))
        top = int(np.argmax(values))
        if values[top] > best_value:
            best_value = float(values[top])
            best_point = float(
                np.sin(np.pi * (intervals - 2 * node) / (2 * intervals) - steps[top] / count)
            )
    return best_point, best_value
