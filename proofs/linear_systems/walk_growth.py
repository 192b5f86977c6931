"""The calls of walk and filter grow with the condition number times the logarithm of the error."""

import sympy

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.walk_solver import WalkSolver
from bloqs.linear_systems.model.walk import PRACTICAL, lengths_expression
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import epsilon, kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """The lengths at a distance of one half, which no error changes."""
    constant = sympy.Rational(2, 5)
    steps, degree = lengths_expression(kappa, epsilon, constant)
    step("steps at a fixed distance", steps, 2 * sympy.ceiling(constant * kappa))
    x = sympy.Symbol("x", positive=True)
    logarithm = sympy.log(x + sympy.sqrt(x**2 - 1))
    step("an inverse cosh as a logarithm", sympy.cosh(logarithm).rewrite(sympy.exp), x)
    return steps + degree.replace(sympy.acosh, lambda y: logarithm.subs(x, y))


def measure(kappa: float, epsilon: float) -> Measurement:
    """Calls of the matrix that the circuit of least expected total states."""
    matrix, vector = MatrixOracle(30, 2, is_hermitian=True), VectorOracle(30, 0)
    bloq = WalkSolver.sized(matrix, vector, kappa, 1.0, epsilon, constant=PRACTICAL["definite"])
    return Measurement(value=float(cost_by_annotation(bloq).queries["matrix"]))


THEOREM = GrowthClaim(
    says="A walk to a fixed distance and a filter after it take Theta(kappa log(1 / epsilon)) "
    "calls of the matrix.",
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
    most=1.4,
    false_twin=kappa / epsilon,
    twin_says="Without the filter: the walk alone has to end that near.",
    source="[CASSBB22] abstract",
)
