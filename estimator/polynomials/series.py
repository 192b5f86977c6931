"""Chebyshev series at any point, and from values at Chebyshev points, to rounding error."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dct, next_fast_len

Reals = NDArray[np.float64]
"""Real numbers, of any number of axes."""

ROUNDING = 2e-15
"""Times the sum of absolute coefficients: exceeds the rounding error of a cosine sum at a given
angle, measured up to degree 30,000 against multiple precision. Unit: 1.
"""

_CHUNK = 4096
"""Points handled at once, to limit memory. Unit: points."""


def series_values(coefficients: Reals, x: Reals) -> Reals:
    r"""Values of $\sum_k c_k T_k(x)$.

    With $x = \sin\varphi$, $T_k(x) = \mathrm{Re}\,(-i)^k e^{ik\varphi}$. Writing $k = qB + r$
    splits the sum into two short ones, and splitting $\varphi$ into a part of 26 bits and the
    rest makes every $k\varphi$ exact. The result is then the value at an angle one rounding from
    $\varphi$, up to a small multiple of the unit roundoff times $\sum|c_k|$; the three-term
    recurrence loses a factor that grows with the degree. Near zero $\varphi$ is accurate to
    relative rounding error.

    Args:
        coefficients: shape (degree + 1,); entry k multiplies T_k.
        x: points in [-1, 1], any shape.

    Returns:
        Array of the shape of `x`.
    """
    flat = np.arcsin(np.ravel(x))
    block = int(np.sqrt(len(coefficients))) + 1
    rows = -(-len(coefficients) // block)
    turned = np.zeros(rows * block, dtype=complex)
    turned[: len(coefficients)] = coefficients
    turned *= np.array([1, -1j, -1, 1j])[np.arange(len(turned)) % 4]
    table = turned.reshape(rows, block)
    values = np.empty_like(flat)
    for start in range(0, len(flat), _CHUNK):
        angle = flat[start : start + _CHUNK]
        inner = _powers(angle, np.arange(block)) @ table.T
        outer = _powers(angle, block * np.arange(rows))
        values[start : start + _CHUNK] = np.einsum("ij,ij->i", inner, outer).real
    return values.reshape(np.shape(x))


def values_on_grid(coefficients: Reals, oversampling: int = 16) -> tuple[Reals, Reals]:
    r"""Values of $\sum_k c_k T_k(x)$ at the Chebyshev points of so many times the degree.

    Args:
        coefficients: shape (degree + 1,); entry k multiplies T_k.
        oversampling: points for each degree, at least 1.

    Returns:
        Values and points, both of shape (points,).
    """
    points = next_fast_len(oversampling * max(1, len(coefficients) - 1) + 1, real=True)
    halved = np.asarray(coefficients, dtype=float) / 2
    halved[0] *= 2
    values = dct(halved, type=3, n=points)
    return values, np.cos(np.pi * (np.arange(points) + 0.5) / points)


def _powers(angle: Reals, orders: NDArray[np.int64]) -> NDArray[np.complex128]:
    """exp(i k angle); shape (points, orders)."""
    scaled = angle * (2.0**27 + 1)
    head = scaled - (scaled - angle)
    tail = angle - head
    return np.exp(1j * np.outer(head, orders)) * np.exp(1j * np.outer(tail, orders))


def coefficients_of(function: Callable[[Reals], Reals], degree: int) -> Reals:
    """Coefficients of the polynomial that interpolates at the degree + 1 zeros of T_(degree+1).

    Args:
        function: takes and returns an array of shape (degree + 1,); arguments in (-1, 1).
        degree: at least 0.

    Returns:
        Shape (degree + 1,).
    """
    size = degree + 1
    nodes = np.sin(np.pi * (size - 1 - 2 * np.arange(size)) / (2 * size))
    coefficients = dct(function(nodes), type=2) / size
    coefficients[0] /= 2
    return coefficients
