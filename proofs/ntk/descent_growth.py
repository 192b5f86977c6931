"""Steps of gradient descent against the condition number."""

import sympy

from bloqs.ntk.rivals.solvers import descent_steps
from estimator.symbols import epsilon, kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """Each step keeps 2 r/(1 + r) = 1 - 1/kappa of the residual, for kappa = (1 + r)/(1 - r)."""
    r = sympy.Symbol("r", positive=True)
    step("what a step keeps", 1 - (1 - r) / (1 + r), 2 * r / (1 + r))
    return sympy.log(1 / epsilon) / sympy.log(kappa / (kappa - 1))


def measure(kappa: float, epsilon: float) -> Measurement:
    """What is enough for a row sum with this condition number."""
    return Measurement(value=float(descent_steps((kappa - 1) / (kappa + 1), epsilon)))


THEOREM = GrowthClaim(
    says="Gradient descent takes Theta(kappa log(1/epsilon)) steps, as many as a quantum solver "
    "takes calls: what trains fast is what inverts fast.",
    assumptions=("kappa is (1 + r)/(1 - r) with the largest row sum r beside the diagonal.",),
    cost=cost,
    relation="Theta",
    function=kappa * sympy.log(1 / epsilon),
    regime="kappa->oo, epsilon->0",
    measure=measure,
    instances=tuple(
        {kappa: size, epsilon: error}
        for size, error in ((4, 1e-2), (32, 1e-3), (256, 1e-6), (4096, 1e-9))
    ),
    least=0.8,
    most=1.2,
    false_twin=sympy.sqrt(kappa) * sympy.log(1 / epsilon),
    twin_says="The root of the condition number, as for conjugate gradients.",
    source="[ZNL21] abstract, for conditions that coincide; derived",
)
