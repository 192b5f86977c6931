r"""The odd polynomial of degree 2n - 1 closest to 1/x on [1/kappa, 1] in the sup norm.

With $a = 1/\kappa$, $z = (2x^2 - 1 - a^2)/(1 - a^2)$, $r = (1 - a)/(1 + a)$,
$$P(x) = \frac{1 - L(x)/L(0)}{x}, \quad L = T_n(z) + r\,T_{n-1}(z), \quad
\max_{[a, 1]} |P - 1/x| = \frac{(1 - a)^n}{a(1 + a)^{n-1}}.$$

The error alternates n + 1 times between its extremes, so no odd polynomial of that degree is
closer. Rounding the coefficients to doubles adds about 1e-14 kappa.

Source: [SNWPB25], the analytic shortcut.
"""

from collections.abc import Callable
from math import asinh, atanh, ceil, exp, expm1, isfinite, log, log1p, sqrt

import numpy as np
import sympy

from estimator.polynomials.polynomial import Polynomial
from estimator.polynomials.series import Reals, coefficients_of
from estimator.symbols import epsilon, kappa


def require_condition(condition: float) -> None:
    """Accepts a condition number kappa; at 1 the interval is a point and x is the inverse.

    Raises:
        ValueError: if it is not finite and at least 1.
    """
    if not (isfinite(condition) and condition >= 1):
        raise ValueError(f"1/x on [1/kappa, 1] needs kappa >= 1, got kappa={condition}")


def require_inverse_degree(degree: int) -> None:
    """Accepts the degree of an odd polynomial.

    Raises:
        ValueError: if it is not odd and positive.
    """
    if degree < 1 or degree % 2 == 0:
        raise ValueError(f"an approximation of 1/x needs an odd degree >= 1, got {degree}")


def mapped_argument(x: Reals, condition: float) -> tuple[float, Reals, Reals]:
    r"""$w = (1 + a^2 - 2x^2)/(1 - a^2) = -z$ as $\cosh(b_0 - g)$ for |x| < a, else $\cos\varphi$.

    Returns:
        b_0 = arcosh(w(0)), g and phi; outside its region g is b_0 and phi is 0. The difference g
        is found without cancellation, so that 1 - T_m(w(x)) / T_m(w(0)) keeps its digits near 0.
    """
    a = 1 / condition
    square = (1 - a) * (1 + a)
    inside = np.abs(x) < a
    root = np.sqrt(np.abs((a - np.abs(x)) * (a + np.abs(x))) / square)
    b, high = np.where(inside, root, 0.0), a / sqrt(square)
    far = np.where(inside, x, a) ** 2 / square
    gap = 2 * np.arcsinh(far / (high * np.sqrt(1 + b**2) + b * sqrt(1 + high**2)))
    return 2 * asinh(high), gap, 2 * np.arcsin(np.where(inside, 0.0, np.minimum(root, 1.0)))


def inverse_polynomial(condition: float, degree: int) -> Polynomial:
    """P; its maximum on [-1, 1] exceeds 1, by far: it is 1.3 to 2.5 kappa in the tests.

    Args:
        condition: kappa, at least 1.
        degree: odd.

    Raises:
        ValueError: if `condition` is below 1, or `degree` not odd and positive.
    """
    require_condition(condition)
    require_inverse_degree(degree)
    if condition == 1:
        return Polynomial.chebyshev(1)
    return odd_interpolant(lambda x: inverse_values(x, condition, degree), degree)


def inverse_values(x: Reals, condition: float, degree: int) -> Reals:
    """P at points of [-1, 1], without its coefficients; any degree.

    Args:
        x: of any shape.
        condition: kappa, above 1.
        degree: odd.
    """
    n = (degree + 1) // 2
    top, gap, angle = mapped_argument(x, condition)  # r = exp(-top)
    scale = -expm1(-2 * top)
    near = exp(-2 * top) * np.expm1(gap) * np.exp(-n * gap)
    near += np.exp(-n * (2 * top - gap)) * np.expm1(-gap)
    near = near / scale - np.expm1(-n * gap)
    wave = np.cos(n * angle) - exp(-top) * np.cos((n - 1) * angle)
    residue = np.where(angle > 0, 1 - 2 * exp(-n * top) / scale * wave, near)
    return residue / np.where(x == 0, np.inf, x)


def inverse_maximum(condition: float, degree: int) -> float:
    """max |P| on [-1, 1], found on the first wave, to rounding; any degree.

    Raises:
        ValueError: as `inverse_polynomial`.
    """
    require_condition(condition)
    require_inverse_degree(degree)
    if condition == 1:
        return 1.0
    return first_wave_maximum(lambda x: inverse_values(x, condition, degree), condition)


def first_wave_maximum(values: Callable[[Reals], Reals], condition: float) -> float:
    """The largest value of an approximation of 1/x on [-1, 1].

    Between 0 and 1/kappa it leaves 1/x, which has fallen to kappa there, and turns back to zero;
    farther out it is close to 1/x and hence smaller. So the place lies in (0, 3/kappa).
    """
    end = min(1.0, 3 / condition)
    points = np.linspace(end / 4096, end, 4096)
    at = int(np.argmax(values(points)))
    low, high = points[max(at - 1, 0)], points[min(at + 1, len(points) - 1)]
    for _ in range(6):
        inner = np.linspace(low, high, 33)
        found = values(inner)
        at = int(np.argmax(found))
        low, high = inner[max(at - 1, 0)], inner[min(at + 1, 32)]
    return float(found[at])


def odd_interpolant(values: Callable[[Reals], Reals], degree: int) -> Polynomial:
    """The odd polynomial of that degree with the values of an odd function at Chebyshev points."""
    series = coefficients_of(values, degree)
    series[::2] = 0
    return Polynomial(series)


def inverse_error(condition: float, degree: int) -> float:
    """max |P(x) - 1/x| over [1/condition, 1], exactly, for the polynomial before rounding.

    Raises:
        ValueError: as `inverse_polynomial`.
    """
    require_condition(condition)
    require_inverse_degree(degree)
    return 0.0 if condition == 1 else exp(_log_error(condition, (degree + 1) // 2))


def _log_error(condition: float, n: int) -> float:
    return log(condition + 1) - 2 * n * atanh(1 / condition)


def inverse_minimal_degree(condition: float, error: float) -> int:
    """Smallest odd degree with absolute error at most `error`: no odd polynomial does better.

    Raises:
        ValueError: if `condition` is below 1, or `error` not positive and finite.
    """
    require_condition(condition)
    if not (isfinite(error) and error > 0):
        raise ValueError(f"epsilon must be positive and finite, got {error}")
    if condition == 1:
        return 1
    n = max(1, ceil((log1p(condition) - log(error)) / (2 * atanh(1 / condition))))
    if n > 1 and _log_error(condition, n - 1) <= log(error):  # rounded past a tie
        n -= 1
    return 2 * n - 1


def inverse_degree_bound(condition: sympy.Expr = kappa, error: sympy.Expr = epsilon) -> sympy.Expr:
    """`inverse_minimal_degree` in symbols, exactly."""
    rate = sympy.log((condition + 1) / (condition - 1))
    return 2 * sympy.Max(1, sympy.ceiling(sympy.log((condition + 1) / error) / rate)) - 1
