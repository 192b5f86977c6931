r"""The polynomial that a sequence of phases makes, for all coefficients at once.

Shares no line with the search for phases, so that it may judge it.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import fft

Complex = NDArray[np.complex128]


def response_coefficients(phases: NDArray[np.float64]) -> Complex:
    r"""Chebyshev coefficients of $p(x) = \langle 0| e^{i\phi_0 Z}\prod_{k=1}^d W(x)
    e^{i\phi_k Z} |0\rangle$, a complex polynomial; `Convention.WX` of `phases.conventions`.

    Between Hadamard gates $W(\cos\theta)$ is $e^{-i\theta}\,\mathrm{diag}(z, 1)$ with
    $z = e^{2i\theta}$, and $e^{i\phi Z}$ is $e^{i\phi X}$. The factors
    $e^{i\phi_k X}\mathrm{diag}(z, 1)$ are multiplied in pairs, pairs of pairs and so on, each
    product sampled at twice the nodes of the one before: $O(d \log^2 d)$ operations. Only the
    first row $(z a(z), b(z))$ of a product of $L$ factors is kept: the second one is
    $z^L(-\bar b, \bar z\bar a)$ on the circle.

    Args:
        phases: phi_0 .. phi_d. Unit: radians.

    Returns:
        Array of shape (d + 1,); entry k multiplies T_k.
    """
    degree = len(phases) - 1
    factors = 1 << max(degree - 1, 0).bit_length()
    idle = factors - degree  # factors diag(z, 1) in front, taken off again below
    angle = np.concatenate([np.zeros(idle), phases[:-1]])[:, None]
    a, b = np.cos(angle).astype(complex), 1j * np.sin(angle)
    while len(a) > 1:
        length, nodes = a.shape[1], 2 * a.shape[1]
        a_left, a_right, b_left, b_right = a[::2], a[1::2], b[::2], b[1::2]
        za_left, za_right, zb_right = (
            fft.fft(_shifted(x), nodes) for x in (a_left, a_right, b_right)
        )
        twist = fft.fft(b_left, nodes) * np.tile([1.0, -1.0], length)  # times z**length
        a = fft.ifft(za_left * fft.fft(a_right, nodes) - twist * zb_right.conj())
        b = fft.ifft(za_left * fft.fft(b_right, nodes) + twist * za_right.conj())
        scale = np.sqrt((np.abs(a) ** 2 + np.abs(b) ** 2).sum(axis=1, keepdims=True))
        a, b = a / scale, b / scale  # exactly one but for rounding, which would drift
    first = _shifted(a)[0, idle:]
    second = np.concatenate([b[0, idle:], np.zeros(1)])
    c, s = np.cos(phases[-1]), 1j * np.sin(phases[-1])
    first, second = first * c + second * s, first * s + second * c
    series = (first + second + (first - second).conj()[::-1]) / 2  # <+| . |+>, powers 2j - d
    folded = np.zeros(degree + 1, dtype=complex)
    np.add.at(folded, np.abs(2 * np.arange(degree + 1) - degree), series)
    return folded


def _shifted(a: Complex) -> Complex:
    """Coefficients of z a(z), one more per row. A shift is exact; z itself is rounded, and a
    rounding that all rows share would grow with their number."""
    return np.concatenate([np.zeros((len(a), 1)), a], axis=1)
