r"""Odd polynomials bounded by 1 that are proportional to 1/x on a window [l, h] alone.

A linear program over the odd Chebyshev coefficients and c makes c largest subject to
$|x P(x) - c| \le \epsilon c$ on points of the window and $|P| \le 1$ on points of [-1, 1]. What it
finds is then divided by a bound on its maximum between the points, and its error on the window is
bounded as in `sup_norm`, so the points carry no claim. As the window closes on one point x the
best c tends to x: the encoded inverse has length one there, whatever kappa = 1/l would cost.

Source: derived; [GSLW18] Cor. 18 says that being odd and bounded by 1 is all that is needed.
"""

from functools import lru_cache

import numpy as np
from attrs import frozen
from numpy.polynomial.chebyshev import chebval, chebvander
from scipy.optimize import linprog

from estimator.polynomials.degree_search import require_epsilon
from estimator.polynomials.inverse import require_inverse_degree
from estimator.polynomials.polynomial import Polynomial
from estimator.polynomials.series import Reals
from estimator.polynomials.sup_norm import sup_norm

MOST_DEGREE = 301
"""Largest degree whose linear program is solved: larger ones take minutes. Unit: 1."""

_ROUNDS = 12
_EXCHANGES = 12
_NONE = np.empty(0)


@frozen
class WindowInverse:
    """An odd polynomial close to c/x on a window, at most 1 on [-1, 1].

    Args:
        polynomial: P, at most 1 in absolute value.
        scale: c.
        error: bound on |x P(x) / c - 1| over the window.
    """

    polynomial: Polynomial
    scale: float
    error: float


def require_window(lower: float, upper: float) -> None:
    """Accepts a window of singular values.

    Raises:
        ValueError: if not 0 < lower <= upper <= 1.
    """
    if not 0 < lower <= upper <= 1:
        raise ValueError(f"a window needs 0 < lower <= upper <= 1, got [{lower}, {upper}]")


@lru_cache(maxsize=512)
def window_inverse(lower: float, upper: float, degree: int, error: float) -> WindowInverse | None:
    """The polynomial with the largest c, or `None` if none of that degree is accurate enough.

    Args:
        lower: l, above 0.
        upper: h, at least l and at most 1.
        degree: odd, at most `MOST_DEGREE`.
        error: epsilon, in (0, 1).

    Raises:
        ValueError: if an argument is out of range.
    """
    _check(lower, upper, degree, error)
    aim = error
    for _ in range(_ROUNDS):
        found = _best(lower, upper, degree, aim)
        if found is None or found.error <= error:
            return found
        aim *= (1 - 1e-6) * error / found.error
    return None


@lru_cache(maxsize=512)
def window_scale(lower: float, upper: float, degree: int, error: float) -> float:
    """c of one linear program, to choose a degree by; a little too large, 0 if there is none.

    Raises:
        ValueError: as `window_inverse`.
    """
    _check(lower, upper, degree, error)
    points = np.cos(np.pi * np.arange(3 * degree) / (6 * degree))
    answer = _solved(lower, upper, degree, error, points)
    return 0.0 if answer is None else float(answer[-1])


def _check(lower: float, upper: float, degree: int, error: float) -> None:
    require_window(lower, upper)
    require_inverse_degree(degree)
    require_epsilon(error)
    if degree > MOST_DEGREE:
        raise ValueError(f"a window's polynomial has degree {MOST_DEGREE} at most, got {degree}")


def _best(lower: float, upper: float, degree: int, aim: float) -> WindowInverse | None:
    """Points where the solution, or its error on the window, is too large are added until there
    are none to speak of."""
    count = 6 * degree
    points = np.cos(np.pi * np.arange(count) / (2 * count))
    fine = np.cos(np.pi * (np.arange(16 * count) + 0.5) / (32 * count))
    on_window = (lower + upper) / 2 + (upper - lower) / 2 * np.cos(
        np.pi * (np.arange(32 * degree) + 0.5) / (32 * degree)
    )
    inside = np.empty(0)
    series, scale = np.zeros(degree + 1), 0.0
    for _ in range(_EXCHANGES):
        answer = _solved(lower, upper, degree, aim, points, inside)
        if answer is None:
            return None
        series[1::2], scale = answer[:-1], float(answer[-1])
        values = np.abs(np.asarray(chebval(fine, series)))
        peaks = (values[1:-1] >= values[:-2]) & (values[1:-1] >= values[2:])
        worst = fine[1:-1][peaks & (values[1:-1] > 1 + 1e-7)]
        missed = np.abs(on_window * np.asarray(chebval(on_window, series)) / scale - 1)
        peaks = (missed[1:-1] >= missed[:-2]) & (missed[1:-1] >= missed[2:])
        wrong = on_window[1:-1][peaks & (missed[1:-1] > aim * (1 + 1e-4))]
        if not len(worst) and not len(wrong):
            break
        points, inside = np.concatenate([points, worst]), np.concatenate([inside, wrong])
    return _certified(lower, upper, series, scale)


def _solved(
    lower: float,
    upper: float,
    degree: int,
    aim: float,
    bounded: Reals,
    also: Reals = _NONE,
) -> Reals | None:
    """Odd coefficients and c of the linear program, if it has a solution.

    Args:
        lower: l.
        upper: h.
        degree: of the polynomial.
        aim: allowed |x P / c - 1|.
        bounded: points at which |P| is to be at most 1.
        also: points of the window beside those that are always looked at.
    """
    half = (degree + 1) // 2
    inside = (lower + upper) / 2 + (upper - lower) / 2 * np.cos(
        np.pi * (np.arange(4 * half + 8) + 0.5) / (4 * half + 8)
    )
    inside = np.concatenate([inside, also])
    everywhere = chebvander(bounded, degree)[:, 1::2]
    window = chebvander(inside, degree)[:, 1::2] * inside[:, None]
    zeros, ones = np.zeros((len(bounded), 1)), np.ones((len(inside), 1))
    rows = np.vstack(
        [
            np.hstack([everywhere, zeros]),
            np.hstack([-everywhere, zeros]),
            np.hstack([window, -(1 + aim) * ones]),
            np.hstack([-window, (1 - aim) * ones]),
        ]
    )
    limits = np.concatenate([np.ones(2 * len(bounded)), np.zeros(2 * len(inside))])
    goal = np.zeros(half + 1)
    goal[-1] = -1
    answer = linprog(
        goal, A_ub=rows, b_ub=limits, bounds=[(None, None)] * half + [(0, None)], method="highs"
    )
    if answer.status != 0 or answer.x[-1] <= 0:
        return None
    return np.asarray(answer.x)


def _certified(lower: float, upper: float, series: Reals, scale: float) -> WindowInverse:
    most = max(1.0, sup_norm(series).bound)
    found = Polynomial(series / most)
    scale = scale / most
    if lower == upper:
        return WindowInverse(found, lower * float(found.evaluate(np.array(lower))), 0.0)
    residual = found.times_x().array / scale
    residual[0] -= 1
    return WindowInverse(found, scale, sup_norm(residual, lower, upper, tolerance=1e-6).bound)
