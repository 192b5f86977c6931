"""The degree of the best odd polynomial for 1/x, exactly."""

from typing import Any

import sympy

from estimator.polynomials.inverse import inverse_degree_bound, inverse_polynomial
from estimator.symbols import epsilon, kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.qsvt.alternation import minimal_odd_degree
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """The error (1 - a)**n / (a (1 + a)**(n - 1)) at a = 1 / kappa, solved for n.

    It is attained with alternating signs at n + 1 points of [a, 1], so that no odd polynomial of
    degree 2 n - 1 is closer: their difference would vanish between neighbours, n times, and at
    most n - 1 positive zeros fit an odd polynomial of that degree.
    """
    n = sympy.Symbol("n", positive=True)
    a = 1 / kappa
    printed = (1 - a) ** n / (a * (1 + a) ** (n - 1))
    ratio = (kappa - 1) / (kappa + 1)
    step("per step of n the error shrinks by", printed.subs(n, n + 1) / printed, ratio)
    step("from kappa - 1 at n = 1", printed.subs(n, 1), kappa - 1)
    error = (kappa + 1) * ratio**n
    step("so it is", error.subs(n, n + 1) / error, ratio)
    step("and starts there", error.subs(n, 1), kappa - 1)
    step("positive zeros of an odd polynomial of degree 2 n - 1", (2 * n - 1 - 1) / 2, n - 1)
    rate = sympy.log((kappa + 1) / (kappa - 1))
    solved = sympy.log((kappa + 1) / epsilon) / rate
    exponent = sympy.expand_log(sympy.log(error) - sympy.log(epsilon), force=True)
    lowest = sympy.expand_log(exponent.subs(n, solved), force=True)
    step("the error is epsilon at that n", sympy.simplify(lowest))
    return 2 * sympy.Max(1, sympy.ceiling(solved)) - 1


def measure(kappa: float, epsilon: float) -> Measurement:
    """Smallest degree that reaches the error, the one before shown to miss it."""

    def difference(degree: int, x: Any) -> Any:
        return inverse_polynomial(kappa, degree).evaluate(x) - 1 / x

    return Measurement(
        value=minimal_odd_degree(difference, kappa, epsilon),
        stated=float(inverse_degree_bound(sympy.Float(kappa), sympy.Float(epsilon))),
    )


THEOREM = Theorem(
    says="The smallest degree of an odd polynomial within epsilon of 1/x on [1/kappa, 1] is "
    "2 ceil(ln((kappa + 1) / epsilon) / ln((kappa + 1) / (kappa - 1))) - 1.",
    relation="==",
    value=2
    * sympy.Max(
        1,
        sympy.ceiling(sympy.log((kappa + 1) / epsilon) / sympy.log((kappa + 1) / (kappa - 1))),
    )
    - 1,
    derive=derive,
    measure=measure,
    instances=tuple(
        {kappa: condition, epsilon: error}
        for condition, error in ((2.0, 0.1), (3.0, 1e-3), (10.0, 1e-2), (20.0, 1e-4))
    ),
    false_twin=2 * sympy.ceiling(sympy.log(kappa / epsilon) / sympy.log((kappa + 1) / (kappa - 1)))
    - 3,
    twin_says="One step less, as if the error started at kappa**2 / (kappa + 1) and n at 2.",
    source="[SNWPB25] The analytic shortcut",
)
