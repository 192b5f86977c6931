"""The smallest degree of a best approximation, with the proof that no smaller one will do."""

from bisect import bisect_left
from collections.abc import Callable
from typing import Any

import numpy as np

GRID = 4_001
MOST = 250
"""Largest n that is tried, for degrees 2 n - 1. Unit: 1."""

Difference = Callable[[int, Any], Any]
"""From a degree and arguments to the error of the polynomial of that degree there."""


def minimal_odd_degree(difference: Difference, condition: float, error: float) -> float:
    """Smallest odd degree whose largest error on [1/condition, 1] is at most `error`; or nan.

    The errors fall with the degree, so the degree is found by bisection. That no polynomial of the
    degree before, 2 n - 3, will do is seen from its error: n values of alternating sign, all
    larger than `error`. If they are not there, nothing is proved and the answer is nan.
    """
    a = 1 / condition
    angle = np.linspace(0, np.pi / 2, GRID)
    x = np.sqrt(a**2 * np.cos(angle) ** 2 + np.sin(angle) ** 2)

    def reaches(n: int) -> bool:
        return float(np.abs(difference(2 * n - 1, x)).max()) <= error

    n = bisect_left(range(1, MOST), True, key=reaches) + 1
    if n > 1:
        before = difference(2 * n - 3, x)
        large = np.sign(before[np.abs(before) > error])
        if 1 + np.count_nonzero(np.diff(large)) < n:
            return float("nan")
    return 2 * n - 1
