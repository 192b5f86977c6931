"""Gradients by tomography cost powers of logarithms, up to a constant nobody states."""

import sympy

from bloqs.communication.model.tomography import TomographyCost
from bloqs.communication.symbols import N, P, epsilon
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """A search for every update of the hypothesis, and one that finds nothing."""
    T, b, G, d = sympy.symbols("T b G d", positive=True)
    updates = sympy.solve(sympy.Eq(T * G, d / b + b * T), T)[0]
    at = updates.subs({b: epsilon / 4, G: epsilon / 2})
    step("updates", at, 16 * d / epsilon**2)
    searches = sympy.floor(16 * sympy.log(2 * N) / epsilon**2) + 1
    failure = sympy.log(20 * searches)
    return searches * (sympy.log(2 * P) ** 2 + failure) * failure * 64 / epsilon**2


def measure(N: float, P: int, epsilon: float) -> Measurement:
    """Copies that the cost model states, for a constant of 1."""
    cost = TomographyCost(entries=N, parameters=P, epsilon=epsilon, delta=0.05)
    return Measurement(value=float(cost.copies_for(1.0)))


THEOREM = GrowthClaim(
    says="Shadow tomography of a block's gradients takes, up to the constant of threshold search, "
    "Theta(log(N) (log(P)**2 + l) l/epsilon**4) copies with l = log(log(N)/epsilon).",
    cost=cost,
    relation="Theta",
    function=sympy.log(N)
    / epsilon**4
    * (sympy.log(P) ** 2 + sympy.log(sympy.log(N) / epsilon))
    * sympy.log(sympy.log(N) / epsilon),
    regime="N->oo, P->oo, epsilon->0",
    measure=measure,
    instances=(
        tuple(
            {N: 2.0**size, P: many, epsilon: error}
            for size, many, error in ((10, 10**3, 0.1), (100, 10**6, 1e-2), (900, 10**12, 1e-4))
        )
    ),
    least=1000,
    most=6000,
    false_twin=sympy.log(N) / epsilon**4 * sympy.log(P) ** 2,
    twin_says="One search alone, that never fails.",
    source="[BO21] threshold search; derived",
)
