"""A sine window needs the root of the inverse of the error."""

import sympy

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.hhl_solver import PhaseEstimationSolver
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import epsilon, kappa
from proofs.claim import Measurement
from proofs.derivation import bound, step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """The proven error is at most 13 kappa**2 times 1 - cos(pi/T), that is pi**2 / 2 T**2."""
    T, above = sympy.symbols("T above", positive=True)
    x = sympy.Symbol("x", positive=True)
    series = sympy.series(sympy.cos(x), x, 0, 4).removeO()
    step("a cosine to second order", 1 - series, x**2 / 2)
    whole = 12 * kappa**2 + 1 + (kappa - 1)
    bound("kappa is at least one", whole.subs(kappa, 1 + above), 13 * (1 + above) ** 2)
    length = sympy.solve(13 * kappa**2 * sympy.pi**2 / (2 * T**2) - epsilon, T)[0]
    step("length of the clock", length, sympy.pi * kappa * sympy.sqrt(13 / (2 * epsilon)))
    return 2 * (2 ** sympy.ceiling(sympy.log(length) / sympy.log(2)) - 1)


def measure(kappa: float, epsilon: float) -> Measurement:
    """Calls of the matrix that the circuit states, with the proven number of bits."""
    parts = MatrixOracle(30, 2, is_hermitian=True), VectorOracle(30, 0)
    bloq = PhaseEstimationSolver.of(*parts, kappa, 1.0, epsilon)
    return Measurement(value=float(cost_by_annotation(bloq).queries["matrix"]))


THEOREM = GrowthClaim(
    says="Phase estimation of the walk with a sine window takes Theta(kappa / sqrt(epsilon)) calls "
    "of the matrix by the bound that is proved.",
    cost=cost,
    relation="Theta",
    function=kappa / sympy.sqrt(epsilon),
    regime="kappa->oo, epsilon->0",
    measure=measure,
    instances=tuple(
        {kappa: condition, epsilon: error}
        for condition, error in ((10.0, 1e-2), (100.0, 1e-4), (1e4, 1e-6), (1e6, 1e-9))
    ),
    least=15.0,
    most=33.0,
    false_twin=kappa / epsilon,
    twin_says="The window changes nothing.",
    source="[HHL09] supplement, for the window; derived",
)
