r"""Symmetric phases by the inverse nonlinear Fourier transform, in $O(d \log^2 d)$ operations.

A polynomial $P = \sum_k c_k T_k$ of definite parity and degree $d$ becomes, with
$w = e^{2i\theta}$ and $x = \cos\theta$, the real palindromic polynomial
$b(w) = e^{id\theta} P(\cos\theta)$.
The product $G_0 G_1 \cdots G_d$ of the factors
$$G_k = \frac{1}{\sqrt{1+F_k^2}} \begin{pmatrix} 1 & F_k w^k \\ -F_k w^{-k} & 1 \end{pmatrix}$$
has the first row $(a, b)$, and $\psi_k = \arctan F_k$ are phases of
quantum signal processing.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import fft

Real = NDArray[np.float64]

LEAK = 1e-13
"""Largest coefficient of a completion beyond its degree at which the grid counts as fine enough."""

COARSEST, FINEST, LARGEST = 32, 2**14, 2**24
"""Grid points per degree to begin with and to stop at, and grid points in all."""

LEAF = 32
"""Below this many factors layers are stripped one by one."""


def transform_of(coefficients: Real) -> Real:
    """b: coefficients of w**0 .. w**d, from Chebyshev coefficients c_0 .. c_d of one parity."""
    degree = len(coefficients) - 1
    order = np.abs(2 * np.arange(degree + 1) - degree)
    return np.where(order == 0, 1.0, 0.5) * coefficients[order]


def completion(b: Real) -> tuple[Real, float]:
    r"""The outer $a^*$ with $|a|^2 + |b|^2 = 1$ on the unit circle, by Weiss' algorithm.

    $a^* = \exp(\Pi \log(1-|b|^2))$ on a grid of roots of unity, where $\Pi$ keeps the analytic
    half of a Laurent series. The grid is refined until nothing leaks beyond degree $d$ or the
    memory is spent; zeros of $1-|b|^2$ on the circle leave a leak.

    Returns:
        Coefficients of w**0 .. w**d, and the largest coefficient beyond.

    Source: [ALMNTW24] Weiss algorithm, for a* instead of the ratio b/a
    """
    count = len(b)
    points = 1 << int(np.ceil(np.log2(COARSEST * count)))
    while True:
        gap = 1 - np.abs(fft.rfft(b, points)) ** 2
        series = fft.irfft(np.log(np.maximum(gap, 1e-16)) / 2, points)
        series[1 : points // 2] *= 2
        series[points // 2 + 1 :] = 0
        a = fft.irfft(np.exp(fft.rfft(series)), points)
        leak = float(np.abs(a[count:]).max())
        rounding = 1e-15 / np.sqrt(max(float(gap.min()), 1e-16))
        if (gap.min() > 0 and leak <= max(LEAK, rounding)) or 2 * points > min(
            LARGEST, FINEST * count
        ):
            return a[:count], leak
        points *= 2


def inverse_transform(a: Real, b: Real) -> Real:
    """F_0 .. F_d of the pair: a* outer and b, coefficients of w**0 .. w**d each.

    The first half of the factors depends on the lower half of the coefficients only; once found,
    it is divided out and the second half follows.

    Source: [NSYL25] inverse nonlinear FFT; here with real coefficients
    """
    return _strip(a, b)[0]


def _strip(a: Real, b: Real) -> tuple[Real, Real, Real]:
    """F, and the pair (a*, b) that F itself generates."""
    count = len(a)
    if count <= LEAF:
        return _strip_one_by_one(a, b)
    half = -(-count // 2)
    points = 2 * fft.next_fast_len(half, real=True)
    F_low, a_low, b_low = _strip(a[:half], b[:half])
    A, B = fft.rfft(a_low, points), fft.rfft(b_low, points)
    A_in, B_in = fft.rfft(a, points), fft.rfft(b, points)
    a_rest = fft.irfft(A.conj() * A_in + B.conj() * B_in, points)[: count - half]
    b_rest = fft.irfft(A * B_in - B * A_in, points)[half:count]
    F_high, a_high, b_high = _strip(a_rest, b_rest)
    shifted = np.zeros(points)
    shifted[half:count] = b_high
    A_high, B_high = fft.rfft(a_high, points), fft.rfft(shifted)
    a_all = fft.irfft(A * A_high - B.conj() * B_high, points)[:count]
    b_all = fft.irfft(A.conj() * B_high + B * A_high, points)[:count]
    return np.concatenate([F_low, F_high]), *_unit(a_all, b_all)


def _strip_one_by_one(a: Real, b: Real) -> tuple[Real, Real, Real]:
    count = len(a)
    F = np.empty(count)
    for k in range(count):
        F[k] = b[0] / a[0]
        c = 1 / np.sqrt(1 + F[k] ** 2)
        a, b = (a + F[k] * b)[:-1] * c, (b - F[k] * a)[1:] * c
    a_all, b_all = np.zeros(count), np.zeros(count)
    a_all[0] = 1
    for f in F[::-1]:
        b_all = np.roll(b_all, 1)
        a_all, b_all = a_all - f * b_all, b_all + f * a_all
        a_all, b_all = _unit(a_all, b_all)
    return F, a_all, b_all


def _unit(a: Real, b: Real) -> tuple[Real, Real]:
    """The pair scaled to norm one, which it has in exact arithmetic: rounding must not drift."""
    scale = 1 / np.sqrt(a @ a + b @ b)
    return a * scale, b * scale
