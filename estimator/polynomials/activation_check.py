r"""A certificate for a polynomial of an activation that shares no formula with its construction.

The activation is handed over as a function with bounds on its first two derivatives. With
$x = A\cos\theta$ the error is $e(\theta) = f(x) - f(0) - xQ(x/A)$. Between two points of a grid it
exceeds the larger one of its absolute values there by at most $h^2/8$ times the largest $|e''|$,
$$|e''| \le A^2|f''| + A|f'| + \sum_k k^2|p_k|$$
with $p_k$ the coefficients of $xQ(x/A)$. Points where f is bent are points of the grid. Rounding is
$10^{-15}$ times the degree and the sum of $|p_k|$, for the recurrence of Clenshaw.
"""

from collections.abc import Callable
from math import acos, ceil, sqrt

import numpy as np
from numpy.polynomial import chebyshev

from estimator.polynomials.activation import ActivationPolynomial
from estimator.polynomials.series import Reals

_MOST_POINTS = 20_000_000
_CHUNK = 20_000


def certified_error(
    polynomial: ActivationPolynomial,
    function: Callable[[Reals], Reals],
    slope: float,
    curvature: float,
    corners: tuple[float, ...] = (),
    slack: float = 0.02,
) -> float:
    """Upper bound on |f(x) - f(0) - x Q(x / A)| over |x| <= R.

    Args:
        polynomial: with Q, A and R; its own error is the unit of `slack`, and not used otherwise.
        function: f, of an array, with the scale in it.
        slope: at least |f'| everywhere.
        curvature: at least |f''|, but at corners.
        corners: where f' jumps. Unit: that of x.
        slack: how much the bound may exceed the error, relative to the error that is claimed.

    Raises:
        ValueError: if that would take more than twenty million points.
    """
    reach = polynomial.reach
    whole = chebyshev.chebadd(polynomial.even or (0.0,), polynomial.odd or (0.0,))
    made = reach * chebyshev.chebmulx(whole)
    k = np.arange(len(made))
    bend = reach**2 * curvature + reach * slope + float(k**2 @ np.abs(made))
    first = acos(min(1.0, polynomial.span / reach))
    wanted = sqrt(8 * slack * polynomial.error / bend)
    count = 2 + ceil((np.pi - 2 * first) / wanted)
    if count > _MOST_POINTS:
        raise ValueError(f"a check with slack={slack} takes {count} points; take a larger slack")
    angles = np.linspace(first, np.pi - first, count)
    inside = [acos(corner / reach) for corner in corners if abs(corner) < polynomial.span]
    angles = np.sort(np.append(angles, inside))
    zero = float(function(np.zeros(1))[0])
    worst = 0.0
    for start in range(0, len(angles), _CHUNK):
        u = np.cos(angles[start : start + _CHUNK])
        off = function(reach * u) - zero - chebyshev.chebval(u, made)
        worst = max(worst, float(np.abs(off).max()))
    step = float(np.diff(angles).max())
    return worst + step**2 / 8 * bend + 1e-15 * len(made) * float(np.abs(made).sum())
