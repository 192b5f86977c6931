"""Degree of the polynomial that amplifies an encoding, by the best method that is fast enough."""

from functools import lru_cache

import sympy

from estimator.polynomials.amplification import (
    amplification_degree_bound,
    amplification_sufficient_degree,
)
from estimator.polynomials.minimax import minimax_amplification_degree

SMALLEST_ERROR = 1e-7
"""Errors below this are beyond the linear programs that find minimax degrees. Unit: 1."""

RESOLVED_ERROR = 1e-10
"""Errors below this are left to the closed-form degree: a series in floating-point numbers takes
long near its rounding errors and fails at them. Unit: 1."""

LARGEST_FACTOR = 100
"""Amplifications by more than this are left to the closed-form degree too: linear programs of
hundreds of unknowns take minutes. Unit: 1."""


@lru_cache(maxsize=256)
def amplification_degree(factor: float, margin: float, error: float) -> int:
    """Odd degree of a polynomial within `error` of factor x on [-(1 - margin)/factor, ...].

    The minimax degree, or for errors below `SMALLEST_ERROR` that of the closed-form polynomial, and
    for errors below `RESOLVED_ERROR` or factors above `LARGEST_FACTOR` the bound on it.

    Args:
        factor: at least 1.
        margin: distance of factor times the largest argument from 1, above 0.
        error: sup-norm distance.

    Raises:
        ValueError: if a value is out of range.
    """
    if error < RESOLVED_ERROR or factor > LARGEST_FACTOR:
        return int(amplification_degree_bound(*map(sympy.Float, (factor, margin, error))))
    if error < SMALLEST_ERROR:
        return amplification_sufficient_degree(factor, margin, error)
    return minimax_amplification_degree(factor, margin, error)
