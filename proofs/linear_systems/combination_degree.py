"""The degree at which the binomial series for 1/x may be cut, and what is left of it there."""

from fractions import Fraction
from math import ceil, comb, exp, log

import numpy as np
import sympy

from estimator.polynomials.inverse_binomial import (
    binomial_inverse_degree,
    binomial_inverse_polynomial,
)
from estimator.symbols import epsilon, kappa
from proofs.claim import Measurement
from proofs.derivation import bound, step
from proofs.theorem import Theorem

EXPONENT = sympy.ceiling(kappa**2 * sympy.log(kappa / epsilon))
LENGTH = sympy.ceiling(sympy.sqrt(EXPONENT * sympy.log(4 * EXPONENT / epsilon)))
POINTS = 40
"""At which the cut series is evaluated exactly."""


def derive() -> sympy.Expr:
    """Term j is four times the chance of more than b + j heads in 2 b tosses, exp(-j**2 / b).

    There are b terms, so that those from j on are at most 4 b exp(-j**2 / b); the series itself
    differs from 1/x by (1 - x**2)**b / x.
    """
    b, j, k, e = sympy.symbols("b j k e", positive=True)
    tail = 4 * b * sympy.exp(-(j**2) / b)
    enough = sympy.sqrt(b * sympy.log(4 * b / e))
    step("terms left out, at the cut", tail.subs(j, enough), e)
    left = k * sympy.exp(-b / k**2)
    step("the series, at 1/kappa", left.subs(b, k**2 * sympy.log(k / e)), e)
    x = sympy.Symbol("x", real=True)
    bound("a power by an exponential", 1 - x**2, 1 - x**2 + x**4 / 2)
    step("degree of the last term, j = b - 1", (2 * j + 1).subs(j, b - 1), 2 * b - 1)
    return sympy.Min(2 * LENGTH + 1, 2 * EXPONENT - 1)


def measure(kappa: float, epsilon: float) -> Measurement:
    """The smallest cut that the bound on the tail allows, if the exact sums keep the promise."""
    b = ceil(kappa**2 * log(kappa / epsilon))
    j = 0
    while 4 * b * exp(-(j**2) / b) > epsilon:
        j += 1
    whole = binomial_inverse_polynomial(kappa, epsilon, 4 * b + 1).degree
    degree = min(2 * j + 1, whole)
    heads = np.cumsum([comb(2 * b, 2 * b - i) for i in range(b)], dtype=object)[::-1]
    terms = [Fraction(4 * (-1) ** i * int(heads[i]), 4**b) for i in range((degree + 1) // 2)]
    coefficients = binomial_inverse_polynomial(kappa, epsilon, degree).coefficients[1::2]
    is_kept = np.allclose(coefficients, [float(x) for x in terms], rtol=1e-9, atol=1e-15)
    for x in np.linspace(1 / kappa, 1, POINTS):
        angle = (2 * np.arange(len(terms)) + 1) * np.arccos(x)
        value = float(np.dot([float(y) for y in terms], np.cos(angle)))
        is_kept &= abs(value - 1 / x) <= 2 * epsilon
    return Measurement(
        value=degree if is_kept else float("nan"),
        stated=binomial_inverse_degree(kappa, epsilon),
    )


THEOREM = Theorem(
    says="The binomial series for 1/x with exponent b = ceil(kappa**2 ln(kappa / epsilon)), cut at "
    "degree min(2 ceil(sqrt(b ln(4 b / epsilon))) + 1, 2 b - 1), is within 2 epsilon of 1/x on "
    "[1/kappa, 1]; that is the smallest degree at which the bound on its tail says so.",
    relation="==",
    value=sympy.Min(2 * LENGTH + 1, 2 * EXPONENT - 1),
    derive=derive,
    measure=measure,
    instances=tuple(
        {kappa: condition, epsilon: error}
        for condition, error in ((1.05, 1e-2), (1.2, 1e-3), (2.0, 1e-2), (8.0, 1e-2), (10.0, 1e-4))
    ),
    false_twin=2 * LENGTH + 1,
    twin_says="The series never ends: at small kappa the cut is longer than the series.",
    source="[CKS17] Lems. 14, 17-19",
)
