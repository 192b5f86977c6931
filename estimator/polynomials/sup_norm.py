r"""The largest absolute value of a polynomial on an interval, as a bound and not a sample.

With $x = \cos\theta$ a polynomial of degree d is a cosine sum $f(\theta)$ of degree d.

1. Everywhere: its maximum over m > d Chebyshev points, divided by $\cos(\pi d / 2m)$, bounds
   $|f|$; call that M. (At a maximum the sum stays above the cosine
   $M\cos(d(\theta - \theta^*))$, by the Bernstein-Szego inequality.)
2. By Bernstein's inequality $|f^{(j)}| \le d^j M$, so a Taylor series of order p about the nearest
   of the m points is off by at most $M (\pi d / 2m)^{p+1}/(p+1)!$, here below 3e-15 M.
3. That Taylor series is bounded on a cell by the exact maximum of its quadratic part plus the
   absolute cubic and higher terms. Cells whose bound exceeds the largest value seen are split in
   four until none does by more than the tolerance.

The bound adds the remainder of step 2 and `ROUNDING` times the sum of absolute coefficients.

Source: [EZ64] for step 1.
"""

from math import factorial

import numpy as np
from attrs import frozen
from scipy.fft import dct, dst, next_fast_len

from estimator.polynomials.series import ROUNDING, Reals

_OVERSAMPLING = 16
_ORDER = 8
_MOST_CELLS = 4_000_000
"""Splitting stops here: the bound stays valid but may miss the tolerance. Unit: cells."""


@frozen
class Peak:
    """The maximum of an absolute value: attained `value` at `point`, and nowhere above `bound`."""

    value: float
    point: float
    bound: float


def sup_norm(
    coefficients: Reals,
    lower: float = -1.0,
    upper: float = 1.0,
    *,
    tolerance: float = 1e-13,
    over_x: bool = False,
) -> Peak:
    """Maximum of |P(x)|, or of |P(x) / x|, over [lower, upper].

    Args:
        coefficients: of P; shape (degree + 1,); entry k multiplies T_k.
        lower: left end, at least -1; positive if `over_x`.
        upper: right end, above `lower` and at most 1.
        tolerance: relative gap allowed between `value` and `bound`, rounding apart.
        over_x: whether P is divided by x.

    Raises:
        ValueError: if the interval is empty, outside [-1, 1], or contains a division by zero.
    """
    if not -1 <= lower < upper <= 1:
        raise ValueError(f"sup_norm needs -1 <= lower < upper <= 1, got [{lower}, {upper}]")
    if over_x and lower <= 0:
        raise ValueError(f"a maximum of |P(x) / x| needs lower > 0, got lower={lower}")
    degree = max(1, len(coefficients) - 1)
    points = next_fast_len(_OVERSAMPLING * degree, real=True)
    taylor = _scaled_derivatives(coefficients, degree, points)
    half = np.pi * degree / (2 * points)  # of a cell, in units of 1 / degree
    everywhere = np.abs(taylor[0]).max() / np.cos(half)
    slack = everywhere * half ** (_ORDER + 1) / factorial(_ORDER + 1)
    slack += ROUNDING * np.abs(coefficients).sum()

    angle = np.pi * (np.arange(points) + 0.5) / points
    left = np.maximum(-half, degree * (np.arccos(upper) - angle))
    right = np.minimum(half, degree * (np.arccos(lower) - angle))
    cell = np.flatnonzero(left <= right)
    left, right = left[cell], right[cell]
    best, best_angle = -1.0, 0.0
    while True:
        middle, width = (left + right) / 2, (right - left) / 2
        bounds, offset, found = _cell_maxima(taylor[:, cell], middle, width)
        if over_x:
            bounds /= np.maximum(np.cos(angle[cell] + right / degree), lower)
            found /= np.clip(np.cos(angle[cell] + offset / degree), lower, upper)
        winner = int(found.argmax())
        if found[winner] > best:
            best = float(found[winner])
            best_angle = float(angle[cell[winner]] + offset[winner] / degree)
        keep = bounds > best * (1 + tolerance)
        if not keep.any() or 4 * keep.sum() > _MOST_CELLS or width.max() < 1e-12:
            break
        cell = np.repeat(cell[keep], 4)
        quarters = left[keep, None] + np.outer(width[keep] / 2, np.arange(5))
        left, right = quarters[:, :-1].ravel(), quarters[:, 1:].ravel()
    highest = max(best * (1 + tolerance), float(bounds.max()))
    point = float(np.clip(np.cos(best_angle), lower, upper))
    return Peak(best, point, highest + float(slack) / (lower if over_x else 1.0))


def _scaled_derivatives(coefficients: Reals, degree: int, points: int) -> Reals:
    """f^(j) / (d^j j!) at the Chebyshev points, in theta; shape (order + 1, points)."""
    ratio = np.arange(len(coefficients)) / degree
    rows = []
    for j in range(_ORDER + 1):
        padded = np.zeros(points)
        terms = coefficients * ratio**j / factorial(j)
        if j % 2 == 0:
            padded[: len(terms)] = terms / 2
            padded[0] *= 2
            row = dct(padded, type=3)
        else:
            padded[: len(terms) - 1] = terms[1:] / 2
            row = -dst(padded, type=3)
        rows.append(row if j % 4 < 2 else -row)
    return np.array(rows)


def _cell_maxima(taylor: Reals, middle: Reals, width: Reals) -> tuple[Reals, Reals, Reals]:
    """Per cell: upper bound, offset of the best point seen, absolute value there."""
    shifted = taylor.copy()
    for start in range(_ORDER):  # Horner's scheme, repeated, moves the centre to `middle`
        for j in range(_ORDER - 1, start - 1, -1):
            shifted[j] += middle * shifted[j + 1]
    f0, f1, f2 = shifted[:3]
    with np.errstate(divide="ignore", invalid="ignore"):
        vertex = np.clip(np.nan_to_num(-f1 / (2 * f2)), -width, width)
    candidates = np.array([-width, vertex, width])
    sizes = np.abs(f0 + candidates * (f1 + candidates * f2))
    chosen = sizes.argmax(axis=0)
    columns = np.arange(len(width))
    tail = np.zeros_like(width)
    for j in range(_ORDER, 2, -1):
        tail = (tail + np.abs(shifted[j])) * width
    best = candidates[chosen, columns]
    value = np.zeros_like(width)
    for j in range(_ORDER, -1, -1):
        value = value * best + shifted[j]
    return sizes[chosen, columns] + tail * width**2, middle + best, np.abs(value)
