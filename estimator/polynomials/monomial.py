r"""Powers of x as Chebyshev series.

$x^k = 2^{1-k} \sum_{j \le k,\; j \equiv k} \binom{k}{(k-j)/2}\, T_j(x)$, the term j = 0 halved.

Source: [Tre13] Ex. 3.13.
"""

from fractions import Fraction
from math import comb

import numpy as np

from estimator.polynomials.polynomial import Polynomial


def exact_monomial(power: int) -> tuple[Fraction, ...]:
    """Coefficients of T_0, ..., T_power in x**power, as fractions.

    Raises:
        ValueError: if `power` is negative.
    """
    if power < 0:
        raise ValueError(f"x^k needs k >= 0, got k={power}")
    series = [Fraction(0)] * (power + 1)
    for j in range(power % 2, power + 1, 2):
        series[j] = Fraction(2 * comb(power, (power - j) // 2), 2**power)
    if power % 2 == 0:
        series[0] /= 2
    return tuple(series)


def monomial_polynomial(power: int) -> Polynomial:
    """x**power; every coefficient is the exact one, correctly rounded.

    Raises:
        ValueError: if `power` is negative.
    """
    return Polynomial(np.array([float(term) for term in exact_monomial(power)]))
