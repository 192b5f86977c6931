"""The calls of a run of the Chebyshev combination grow with kappa log(kappa / error)."""

import sympy

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.answers.solvers import Problem, combination_candidate
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import epsilon, kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """The published degree, before the outer numbers are rounded up."""
    b = sympy.Symbol("b", positive=True)
    exponent = kappa**2 * sympy.log(kappa / epsilon)
    terms = sympy.sqrt(b * sympy.log(4 * b / epsilon))
    step("degree of the last term", sympy.expand(2 * terms + 1 - 1), 2 * terms)
    factor = sympy.log(4 * kappa**2 * sympy.log(kappa / epsilon) / epsilon)
    step("a factor that stays", (terms**2 / b).subs(b, exponent), factor)
    return 2 * sympy.ceiling(terms.subs(b, exponent)) + 1


def measure(kappa: float, epsilon: float) -> Measurement:
    """Calls of the matrix that the circuit states."""
    problem = Problem(
        encoding=MatrixOracle(30, 2),
        vector=VectorOracle(30, 0),
        condition=kappa,
        error=epsilon,
        norm=1.0,
    )
    found = combination_candidate(problem)
    assert found is not None
    assert found.bloq is not None
    value = float(cost_by_annotation(found.bloq).queries["matrix"])
    return Measurement(value=value, stated=float(found.plan.matrix_calls))


THEOREM = GrowthClaim(
    says="One run of the linear combination of Chebyshev polynomials takes Theta(kappa log(kappa / "
    "epsilon)) calls of the matrix.",
    cost=cost,
    relation="Theta",
    function=kappa * sympy.log(kappa / epsilon),
    regime="kappa->oo, epsilon->0",
    measure=measure,
    instances=tuple(
        {kappa: condition, epsilon: error}
        for condition, error in ((10.0, 1e-1), (100.0, 1e-2), (1e4, 1e-3), (1e6, 1e-4))
    ),
    least=2,
    most=5,
    false_twin=kappa**2 * sympy.log(kappa / epsilon),
    twin_says="The exponent of the binomial series, which is not its degree once it is cut.",
    source="[CKS17] Lems. 14, 17-19",
)
