r"""Odd polynomials close to 1 on [x_0, 1], and bounded by 1 on [-1, 1].

$P(x) = (1 - \epsilon/4)\, P_d(x)$ with $P_d$ the polynomial of degree d close to $\mathrm{erf}(kx)$
and $k = \mathrm{erfc}^{-1}(\epsilon/2)/x_0$. If $P_d$ is within $\epsilon/4$ of the error function,
then $|P| \le 1$ on [-1, 1] and $|P - 1| \le \epsilon$ on $[x_0, 1]$; smaller degrees may do.

Source: [GSLW18] Lem. 25; [RHGPR25] Lem. B.8.
"""

from math import acosh, atanh, ceil, log, tanh

import numpy as np
import sympy
from scipy.special import erfcinv

from estimator.polynomials.degree_search import likely_degree, require_epsilon, smallest_degree
from estimator.polynomials.erf import erf_degree_bound, erf_polynomial, erf_tail_degree
from estimator.polynomials.polynomial import BOUND_SLACK, Polynomial
from estimator.polynomials.series import Reals, values_on_grid
from estimator.polynomials.sup_norm import sup_norm
from estimator.symbols import epsilon, x_0


def require_start(start: float) -> None:
    """Accepts a smallest argument x_0.

    Raises:
        ValueError: if `start` is not between 0 and 1.
    """
    if not 0 < start < 1:
        raise ValueError(f"x_0 must be between 0 and 1, got {start}")


def sign_slope(start: float, error: float) -> float:
    """k, the slope of the error function that is within error / 2 of 1 on [start, 1].

    Raises:
        ValueError: if `start` or `error` is not between 0 and 1.
    """
    require_start(start)
    require_epsilon(error)
    return float(erfcinv(error / 2)) / start


def sign_polynomial(start: float, error: float, degree: int) -> Polynomial:
    """The polynomial of the given degree whose slope and prefactor belong to `error`.

    Args:
        start: x_0.
        error: sup-norm error on [x_0, 1] aimed at; reached if `degree` is large enough.
        degree: odd.

    Raises:
        ValueError: if `start` or `error` is not between 0 and 1, or `degree` not odd and positive.
    """
    return erf_polynomial(sign_slope(start, error), degree).scaled(1 - error / 4)


def distance_to_one(polynomial: Polynomial, start: float) -> float:
    """Upper bound on max |P(x) - 1| over [start, 1], tight to a relative 1e-6 and to rounding.

    Raises:
        ValueError: if `start` is not between 0 and 1.
    """
    require_start(start)
    difference: Reals = polynomial.array
    difference[0] -= 1
    return sup_norm(difference, lower=start, tolerance=1e-6).bound


def sign_error(start: float, error: float, degree: int) -> float:
    """Upper bound on max |P(x) - 1| over [start, 1] for `sign_polynomial`.

    Raises:
        ValueError: as `sign_polynomial`.
    """
    return distance_to_one(sign_polynomial(start, error, degree), start)


def sign_minimal_degree(start: float, error: float) -> int:
    """Smallest degree at which the polynomial is bounded by 1 and within `error` on [start, 1].

    Of this family; `minimax_sign` has smaller degrees. Values on a grid refuse most degrees.

    Raises:
        ValueError: if `start` or `error` is not between 0 and 1.
    """
    slope = sign_slope(start, error)

    def may_do(degree: int) -> bool:
        values, x = values_on_grid(sign_polynomial(start, error, degree).array)
        far = np.abs(values[x >= start] - 1).max(initial=0.0)
        return bool(far <= error and np.abs(values).max() <= 1 + BOUND_SLACK)

    def accepts(degree: int) -> bool:
        if not may_do(degree):
            return False
        candidate = sign_polynomial(start, error, degree)
        if distance_to_one(candidate, start) > error:
            return False
        return sup_norm(candidate.array, lower=0.0, tolerance=1e-6).value <= 1 + BOUND_SLACK

    likely = likely_degree(may_do, 1, erf_tail_degree(slope, error / 4))
    return smallest_degree(accepts, 1, likely)


def sign_degree_bound(start: sympy.Expr = x_0, error: sympy.Expr = epsilon) -> sympy.Expr:
    r"""Upper bound on the smallest degree, from $\mathrm{erfc}(t) \le e^{-t^2}$.

    The bound of `erf_degree_bound` for slope $\sqrt{\ln(2/\epsilon)}/x_0$ and error $\epsilon/4$.
    """
    return erf_degree_bound(sympy.sqrt(sympy.log(2 / error)) / start, error / 4)


def fixed_point_length(start: float, error: float) -> int:
    r"""Length L of the fixed-point sequence: the odd number from $\ln(2/\delta)/x_0$ upwards.

    With $\delta$ = `error`, amplitudes of at least $x_0$ become at least $\sqrt{1 - \delta^2}$, up
    to a phase that depends on the amplitude. The exact condition is
    $T_{1/L}(1/\delta)\sqrt{1 - x_0^2} \le 1$, so this L suffices. Unit: calls.

    Raises:
        ValueError: if `start` or `error` is not between 0 and 1.

    Source: [YLC14] Eq. 3.
    """
    require_start(start)
    require_epsilon(error)
    return ceil(log(2 / error) / start) // 2 * 2 + 1


def fixed_point_start(length: int, error: float) -> float:
    r"""Smallest amplitude that the sequence takes to $\sqrt{1 - \delta^2}$ at least.

    $\tanh(\mathrm{arcosh}(1/\delta)/L)$, which is where the exact condition of
    `fixed_point_length` holds with equality.

    Args:
        length: L, odd.
        error: delta.

    Raises:
        ValueError: if `length` is not odd and positive, or `error` not between 0 and 1.
    """
    require_epsilon(error)
    if length < 1 or length % 2 == 0:
        raise ValueError(f"a fixed-point sequence needs an odd length >= 1, got {length}")
    return tanh(acosh(1 / error) / length)


def fixed_point_minimal_length(start: float, error: float) -> int:
    r"""Smallest length for these amplitudes: odd, $L \ge \mathrm{arcosh}(1/\delta) /
    \mathrm{artanh}\,x_0$.

    That is the exact condition of `fixed_point_length`, whose closed form is at most a few percent
    longer for small x_0 and much longer near one. Unit: calls.

    Raises:
        ValueError: if `start` or `error` is not between 0 and 1.
    """
    require_start(start)
    require_epsilon(error)
    return ceil(acosh(1 / error) / atanh(start)) // 2 * 2 + 1


def fixed_point_phases(length: int, error: float) -> Reals:
    r"""Phases of the fixed-point sequence, in closed form, as `bloqs.qsvt.sequence` wants them.

    With $t$ = `fixed_point_start`, the reflection phases are $\alpha_j = -\beta_{l-j+1} =
    2\,\mathrm{arccot}(t \tan(2\pi j/L))$, $L = 2l + 1$; half of them are what turns
    $2\Pi - 1$. In order of execution: zero, $\beta_1/2, -\alpha_1/2, \beta_2/2, \dots,
    -\alpha_l/2$, zero. An amplitude x becomes one of modulus $\sqrt{1 - \delta^2
    T_L(\sqrt{1 - x^2}/\sqrt{1 - t^2})^2}$, and of a phase that depends on x.

    Args:
        length: L, odd, the number of calls.
        error: delta.

    Returns:
        L + 1 phases. Unit: radians.

    Raises:
        ValueError: if `length` is not odd and positive, or `error` not between 0 and 1.

    Source: [YLC14] Eqs. 1, 11.
    """
    start = fixed_point_start(length, error)
    half = np.arctan2(1.0, start * np.tan(2 * np.pi * np.arange(1, (length + 1) // 2) / length))
    phases = np.zeros(length + 1)
    phases[1:-1:2] = -half[::-1]  # -alpha_l / 2, ..., -alpha_1 / 2
    phases[2:-1:2] = -half  # beta_l / 2, ..., beta_1 / 2
    return phases


def fixed_point_length_expression(
    start: sympy.Expr = x_0, error: sympy.Expr = epsilon
) -> sympy.Expr:
    """`fixed_point_length` in symbols."""
    return 2 * sympy.floor(sympy.ceiling(sympy.log(2 / error) / start) / 2) + 1
