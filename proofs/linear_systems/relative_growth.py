"""The calls of a run of the relative inverse grow with kappa times the logarithm of the error."""

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
    logarithm = sympy.log(x + sympy.sqrt(x**2 - 1))
    step("an inverse cosh as a logarithm", sympy.cosh(logarithm).rewrite(sympy.exp), x)
    relative = epsilon * sympy.sqrt(1 - epsilon**2 / 4)
    step("the errors are as good as equal", sympy.limit(relative / epsilon, epsilon, 0), 1)
    return 2 * sympy.ceiling(logarithm.subs(x, 1 / epsilon) / rate) - 1


def measure(kappa: float, epsilon: float) -> Measurement:
    """Calls of the matrix that the circuit states."""
    parts = MatrixOracle(30, 2), VectorOracle(30, 0)
    bloq = TransformSolver.of(*parts, kappa, 1.0, epsilon, "relative", with_phases=False)
    return Measurement(value=float(cost_by_annotation(bloq).queries["matrix"]))


THEOREM = GrowthClaim(
    says="One run of the relative inverse polynomial takes Theta(kappa log(1 / epsilon)) calls of "
    "the matrix.",
    cost=cost,
    relation="Theta",
    function=kappa * sympy.log(1 / epsilon),
    regime="kappa->oo, epsilon->0",
    measure=measure,
    instances=tuple(
        {kappa: condition, epsilon: error}
        for condition, error in ((10.0, 1e-2), (100.0, 1e-4), (1e4, 1e-6), (1e6, 1e-9))
    ),
    least=0.9,
    most=1.2,
    false_twin=kappa * sympy.log(kappa / epsilon),
    twin_says="As for an absolute error, which the direction of a solution does not need.",
    source="[Saa03] Thm. 6.25",
)
