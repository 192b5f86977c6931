"""The calls of the shortcut grow with the condition number times the logarithm of the error."""

import sympy

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.shortcut_solver import ShortcutSolver
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import epsilon, kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """The degree that is proved sufficient."""
    x = sympy.Symbol("x", positive=True)
    rate = sympy.log((kappa + 1) / (kappa - 1))
    step("the rate in a small argument", sympy.limit(sympy.log((1 + x) / (1 - x)) / x, x, 0), 2)
    logarithm = sympy.log(x + sympy.sqrt(x**2 - 1))
    step("an inverse cosh as a logarithm", sympy.cosh(logarithm).rewrite(sympy.exp), x)
    return 2 * sympy.ceiling(logarithm.subs(x, sympy.sqrt(2) / epsilon) / rate)


def measure(kappa: float, epsilon: float) -> Measurement:
    """Calls of the matrix that the circuit states."""
    parts = MatrixOracle(30, 2), VectorOracle(30, 0)
    bloq = ShortcutSolver.sized(*parts, kappa, 1.0, epsilon)
    queries = cost_by_annotation(bloq).queries
    return Measurement(value=float(queries["matrix"]), stated=float(queries["vector"]))


THEOREM = GrowthClaim(
    says="The shortcut with a known norm takes Theta(kappa log(1 / epsilon)) calls of the matrix, "
    "and as many of the right-hand side.",
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
    most=1.3,
    false_twin=kappa * sympy.log(kappa / epsilon),
    twin_says="An absolute error is bounded, as for the best polynomial for 1 / x.",
    source="[Dal24] Eq. 62",
)
