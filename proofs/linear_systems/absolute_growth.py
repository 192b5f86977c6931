"""The calls of a run of the absolute inverse grow with kappa log(kappa / error)."""

import sympy

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import epsilon, kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """The degree that is proved smallest, at the relative error that a state error allows."""
    x = sympy.Symbol("x", positive=True)
    rate = sympy.log((kappa + 1) / (kappa - 1))
    step("the rate in a small argument", sympy.limit(sympy.log((1 + x) / (1 - x)) / x, x, 0), 2)
    relative = epsilon * sympy.sqrt(1 - epsilon**2 / 4)
    step("the errors are as good as equal", sympy.limit(relative / epsilon, epsilon, 0), 1)
    return 2 * sympy.ceiling(sympy.log((kappa + 1) / epsilon) / rate) - 1


def measure(kappa: float, epsilon: float) -> Measurement:
    """Calls of the matrix that the circuit states."""
    parts = MatrixOracle(30, 2), VectorOracle(30, 0)
    bloq = TransformSolver.of(*parts, kappa, 1.0, epsilon, "absolute", with_phases=False)
    return Measurement(value=float(cost_by_annotation(bloq).queries["matrix"]))


THEOREM = GrowthClaim(
    says="One run of the absolute inverse polynomial takes Theta(kappa log(kappa / epsilon)) calls "
    "of the matrix.",
    cost=cost,
    relation="Theta",
    function=kappa * sympy.log(kappa / epsilon),
    regime="kappa->oo, epsilon->0",
    measure=measure,
    instances=tuple(
        {kappa: condition, epsilon: error}
        for condition, error in ((10.0, 1e-1), (1e3, 1e-2), (1e6, 1e-3), (1e9, 1e-4))
    ),
    least=0.9,
    most=1.2,
    false_twin=kappa * sympy.log(1 / epsilon),
    twin_says="As for a relative error.",
    source="[SNWPB25] The analytic shortcut",
)
