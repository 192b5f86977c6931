"""The steps of a walk grow with the condition number over the distance that is left."""

import numpy as np
import sympy

from bloqs.linear_systems.model.walk import POWER
from bloqs.linear_systems.model.walk_evolution import Outcome, walked
from estimator.symbols import epsilon, kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim
from proofs.linear_systems.random_systems import random_system

SEEDS = range(4)


def cost() -> sympy.Expr:
    """The first order of the adiabatic bound: slope over gap squared at the end, over T.

    The gap is 1 - f + f / kappa; the schedule's slope is a multiple of its p-th power, and the
    multiple is what takes f to 1 at s = 1.
    """
    s, u = sympy.symbols("s u", positive=True)
    p = sympy.Rational(round(10 * POWER), 10)
    f = kappa / (kappa - 1) * (1 - (1 + s * (kappa ** (p - 1) - 1)) ** (1 / (1 - p)))
    step("the schedule begins at", f.subs(s, 0), 0)
    gap = 1 - f + f / kappa
    inside = 1 + s * (kappa ** (p - 1) - 1)
    step("its gap", gap, inside ** (1 / (1 - p)))
    rate = kappa * (kappa ** (p - 1) - 1) / ((kappa - 1) * (p - 1))
    power = rate * inside ** (p / (1 - p))
    step("its slope is a multiple of the gap to the p", sympy.diff(f, s) / power, 1)
    ends = (rate * u**p / u**2).subs(u, 1 / kappa)
    step("slope over gap squared at the end", ends, rate * kappa ** (2 - p))
    return ends / epsilon


def measure(kappa: float, epsilon: float) -> Measurement:
    """Fewest even steps, from kappa/4 on, after which the whole distance is on average as small."""
    systems = [random_system("definite", 4, kappa, seed) for seed in SEEDS]
    steps = 2 * max(1, round(kappa / 8))
    while True:
        found = [
            Outcome.of(walked(x.matrix, x.vector, kappa, steps, "definite"), x.matrix, x.vector)
            for x in systems
        ]
        if float(np.mean([outcome.whole for outcome in found])) <= epsilon:
            return Measurement(value=steps)
        steps += 2 * max(1, steps // 30)


THEOREM = GrowthClaim(
    says="The discrete adiabatic walk takes Theta(kappa / epsilon) steps to end within epsilon of "
    "the solution, raised flags included.",
    cost=cost,
    relation="Theta",
    function=kappa / epsilon,
    regime="kappa->oo, epsilon->0",
    measure=measure,
    instances=tuple(
        {kappa: condition, epsilon: error}
        for condition, error in ((5.0, 0.2), (10.0, 0.1), (20.0, 0.05), (40.0, 0.05))
    ),
    least=0.2,
    most=0.6,
    false_twin=kappa / epsilon**2,
    twin_says="A coin prepared alike on both sides does it, whose distance falls like the root of "
    "one over the steps.",
    assumptions=(
        "The cost in symbols is the leading term of the adiabatic bound; the constant is measured.",
    ),
    source="[CASSBB22] Sec. IV",
)
