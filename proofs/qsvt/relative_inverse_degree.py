"""The degree of the odd polynomial for 1/x with the smallest relative error, exactly."""

from typing import Any

import sympy

from estimator.polynomials.inverse_relative import (
    relative_inverse_degree_bound,
    relative_inverse_polynomial,
)
from estimator.symbols import epsilon, kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.qsvt.alternation import minimal_odd_degree
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """x P(x) - 1 is a polynomial in x**2 that is -1 at 0; the smallest on [a, 1] is T_t(w) scaled.

    w = (1 + a**2 - 2 x**2) / (1 - a**2) maps [a, 1] to [-1, 1] and 0 to w_0 > 1, where T_t is
    cosh(t arcosh(w_0)); that must be at least 1 / epsilon. T_t takes the values 1 and -1 in turn
    t + 1 times on [-1, 1], so that a smaller polynomial would meet it t times there and at 0.
    """
    t, x = sympy.symbols("t x", positive=True)
    a = 1 / kappa
    w = (1 + a**2 - 2 * x**2) / (1 - a**2)
    step("w at the upper end", w.subs(x, 1), -1)
    step("w at the lower end", w.subs(x, a), 1)
    ratio = (kappa + 1) / (kappa - 1)
    step("w at zero is a cosh", w.subs(x, 0), (ratio + 1 / ratio) / 2)
    step("of this number", sympy.cosh(sympy.log(ratio)).rewrite(sympy.exp), (ratio + 1 / ratio) / 2)
    rate = sympy.log(ratio)
    solved = sympy.acosh(1 / epsilon) / rate
    step("T_t there is 1 / epsilon", sympy.cosh((t * rate).subs(t, solved)), 1 / epsilon)
    return 2 * sympy.ceiling(solved) - 1


def measure(kappa: float, epsilon: float) -> Measurement:
    """Smallest degree that reaches the error, the one before shown to miss it."""

    def difference(degree: int, x: Any) -> Any:
        return x * relative_inverse_polynomial(kappa, degree).evaluate(x) - 1

    return Measurement(
        value=minimal_odd_degree(difference, kappa, epsilon),
        stated=float(relative_inverse_degree_bound(sympy.Float(kappa), sympy.Float(epsilon))),
    )


THEOREM = Theorem(
    says="The smallest degree of an odd P with |x P(x) - 1| <= epsilon on [1/kappa, 1] is "
    "2 ceil(arcosh(1 / epsilon) / ln((kappa + 1) / (kappa - 1))) - 1.",
    relation="==",
    value=2 * sympy.ceiling(sympy.acosh(1 / epsilon) / sympy.log((kappa + 1) / (kappa - 1))) - 1,
    derive=derive,
    measure=measure,
    instances=tuple(
        {kappa: condition, epsilon: error}
        for condition, error in ((2.0, 0.1), (3.0, 1e-3), (10.0, 1e-2), (20.0, 1e-4))
    ),
    false_twin=2 * sympy.ceiling(sympy.log(1 / epsilon) / sympy.log((kappa + 1) / (kappa - 1))) - 1,
    twin_says="cosh is replaced by an exponential, without its factor one half.",
    source="[Saa03] Thm. 6.25",
)
