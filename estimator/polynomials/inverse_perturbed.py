r"""Polynomials close to 1/(1 + beta x) on [-1, 1]: the inverse of a perturbed identity.

With $w = (1 - \sqrt{1 - \beta^2})/\beta$ the Chebyshev series is
$$\frac{1}{1 + \beta x} = \frac{1}{\sqrt{1 - \beta^2}} \Big[1 + 2\sum_{k \ge 1} (-w)^k T_k\Big].$$
Truncated at T its relative residual is $(-w)^T (\beta/\sqrt{1-\beta^2})\,(T_{T+1} + w\,T_T)$, all
other terms cancelling, whose maximum is $\beta (1 + w) w^T/\sqrt{1 - \beta^2}$, at x = 1.
"""

from math import ceil, expm1, log, sqrt

import numpy as np

from estimator.polynomials.degree_search import require_epsilon
from estimator.polynomials.polynomial import Polynomial


def _ratio(strength: float) -> float:
    """w, without cancellation.

    Raises:
        ValueError: if `strength` is not between 0 and 1.
    """
    if not 0 < strength < 1:
        raise ValueError(f"1/(1 + beta x) needs 0 < beta < 1, got beta={strength}")
    return strength / (1 + sqrt((1 - strength) * (1 + strength)))


def perturbed_identity_inverse(strength: float, degree: int) -> Polynomial:
    """The series of 1/(1 + strength * x) up to T_degree.

    Raises:
        ValueError: if `strength` is not between 0 and 1, or `degree` is negative.
    """
    ratio = _ratio(strength)
    if degree < 0:
        raise ValueError(f"a truncated series needs a degree >= 0, got {degree}")
    series = 2 * (-ratio) ** np.arange(degree + 1) / sqrt((1 - strength) * (1 + strength))
    series[0] /= 2
    return Polynomial(series)


def perturbed_identity_error(strength: float, degree: int) -> float:
    """max |(1 + strength * x) P(x) - 1| over [-1, 1], exactly.

    Raises:
        ValueError: as `perturbed_identity_inverse`.
    """
    ratio = _ratio(strength)
    if degree < 0:
        raise ValueError(f"a truncated series needs a degree >= 0, got {degree}")
    return strength * (1 + ratio) * ratio**degree / sqrt((1 - strength) * (1 + strength))


def perturbed_identity_weight(strength: float, degree: int) -> float:
    r"""Largest value of the even part of the series plus that of its odd part, on [-1, 1].

    Coefficients of one parity have one sign and $|T_k| \le T_k(1) = 1$, so that both are largest
    at the ends, and their sum is that of all $|c_k|$:
    $(1 + 2 w (1 - w^T)/(1 - w))/\sqrt{1 - \beta^2}$.

    Raises:
        ValueError: as `perturbed_identity_inverse`.
    """
    ratio = _ratio(strength)
    if degree < 0:
        raise ValueError(f"a truncated series needs a degree >= 0, got {degree}")
    root = sqrt((1 - strength) * (1 + strength))
    tail = ratio * -expm1(degree * log(ratio)) / _to_one(strength)
    return (1 + 2 * tail) / root


def _to_one(strength: float) -> float:
    """1 - w, without cancellation."""
    root = sqrt((1 - strength) * (1 + strength))
    return (1 - strength + root) / (1 + root)


def perturbed_identity_minimal_degree(strength: float, error: float) -> int:
    """Smallest degree with relative error at most `error`.

    Raises:
        ValueError: if `strength` or `error` is not between 0 and 1.
    """
    require_epsilon(error)
    start = perturbed_identity_error(strength, 0)
    degree = max(0, ceil(log(start / error) / -log(_ratio(strength))))
    if degree and perturbed_identity_error(strength, degree - 1) <= error:  # rounded past a tie
        degree -= 1
    return degree
