r"""Polynomials close to exp(i t x) on [-1, 1]: an evolution for a time t.

$$e^{i t x} = J_0(t) + 2 \sum_{k \ge 1} i^k J_k(t)\, T_k(x),$$
whose even part is real, cos(t x), and whose odd part is i times a real one, sin(t x). Truncated
after degree d it errs by $2 \sum_{k > d} |J_k(t)|$ at most. With $k = t \cosh\alpha$,
$|J_k(t)| \le e^{-k(\alpha - \tanh\alpha)}$, and from one k to the next this falls by more than
$e^{-\alpha}$, since $\alpha$ is the derivative of the exponent.

Source: [DLMF] 10.12.3 for the series, 10.14.5 for the bound (Kapteyn); the sum is derived.
"""

from functools import lru_cache
from math import ceil, exp, inf, log, log1p, sqrt

import numpy as np
import sympy
from scipy.special import jv

from estimator.polynomials.degree_search import require_epsilon
from estimator.polynomials.polynomial import Polynomial

PREFACTOR = sympy.Rational(127, 100)
"""Above 2/(sqrt(2 pi) (1 - 1/e)), of a tail that falls by e from term to term."""


def exponential_tail(time: float, degree: int) -> float:
    """Bound on the sup-norm error of the series after a degree; infinite up to t.

    Args:
        time: t, positive.
        degree: of the truncated series.
    """
    excess = (degree + 1 - time) / time
    if excess <= 0:
        return inf
    root = sqrt(excess * (excess + 2))
    slope = log1p(excess + root)
    height = slope - root / (1 + excess)
    return 2 * exp(-(degree + 1) * height) / (1 - exp(-slope))


def exponential_minimal_degree(time: float, error: float) -> int:
    """Smallest degree, at least 2, for which the bound on the tail is at most an error.

    Args:
        time: t, positive.
        error: sup-norm error on [-1, 1], in (0, 1).

    Raises:
        ValueError: if the time is not positive, or the error not in (0, 1).
    """
    require_epsilon(error)
    _require_time(time)
    least, most = 1, max(2, ceil(np.e * time / 2 + log(float(PREFACTOR)) - log(error)) + 1)
    while exponential_tail(time, most) > error:
        most *= 2
    while most - least > 1:
        middle = (least + most) // 2
        if exponential_tail(time, middle) <= error:
            most = middle
        else:
            least = middle
    return most


def exponential_degree_bound(time: sympy.Expr, error: sympy.Expr) -> sympy.Expr:
    r"""An even degree that is enough, in symbols: e t/2 + ln(1.27/epsilon), and 2 to 4 more.

    $|J_k(t)| \le (t/2)^k/k! \le (q/k)^k/\sqrt{2 \pi k}$ with q = e t/2, and $(q/k)^k \le e^{q-k}$.
    So much more that m times the degree for the mean of m times is enough for all of them.
    """
    enough = sympy.E * time / 2 + sympy.log(PREFACTOR / error)
    return 2 * sympy.ceiling(enough / 2) + 2


@lru_cache(maxsize=64)
def exponential_parts(time: float, error: float, slack: float) -> tuple[Polynomial, Polynomial]:
    """Real E and O with |(1 + slack) (E + i O) - exp(i t x)| at most an error on [-1, 1].

    Phases of a polynomial that touches one are hard to find, and both parts touch it but for the
    slack.

    Args:
        time: t, positive.
        error: sup-norm error, in (0, 1).
        slack: at least the error, so that both parts are bounded by one.

    Raises:
        ValueError: as `exponential_minimal_degree`, or if the slack is too small.
    """
    if not slack >= error:
        raise ValueError(f"a bounded evolution needs slack >= error = {error:g}, got {slack:g}")
    degree = exponential_minimal_degree(time, error)
    k = np.arange(degree + 1)
    series = 2 * jv(k, time) / (1 + slack)
    series[0] /= 2
    signs = np.array([1, 1, -1, -1])[k % 4]
    even, odd = (np.where(k % 2 == parity, signs * series, 0.0) for parity in (0, 1))
    return Polynomial(even), Polynomial(odd)


def _require_time(time: float) -> None:
    if not 0 < time < inf:
        raise ValueError(f"an evolution needs a time > 0, got t={time}")
