"""The calls of phase estimation with a uniform clock grow with the inverse of the error."""

import sympy

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.hhl_solver import PhaseEstimationSolver
from bloqs.readout.clock import ClockWindow
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import epsilon, kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """The clock is T long where 13 kappa / 5 T is the error, rounded up to a power of two."""
    T = sympy.Symbol("T", positive=True)
    length = sympy.solve(sympy.Rational(13, 5) * kappa / T - epsilon, T)[0]
    step("length of the clock", length, sympy.Rational(13, 5) * kappa / epsilon)
    m = sympy.ceiling(sympy.log(length) / sympy.log(2))
    k, n = sympy.symbols("k n", integer=True, positive=True)
    steps = sympy.summation(2**k, (k, 0, n - 1))
    step("powers of two", steps, 2**n - 1)
    return 2 * (2**m - 1)


def measure(kappa: float, epsilon: float) -> Measurement:
    """Calls of the matrix that the circuit states, with the measured number of bits."""
    parts = MatrixOracle(30, 2, is_hermitian=True), VectorOracle(30, 0)
    bloq = PhaseEstimationSolver.of(
        *parts, kappa, 1.0, epsilon, window=ClockWindow.UNIFORM, is_proven=False
    )
    return Measurement(value=float(cost_by_annotation(bloq).queries["matrix"]))


THEOREM = GrowthClaim(
    says="Phase estimation of the walk with a uniform clock whose error is a constant times "
    "kappa / T takes Theta(kappa / epsilon) calls of the matrix.",
    cost=cost,
    relation="Theta",
    function=kappa / epsilon,
    regime="kappa->oo, epsilon->0",
    measure=measure,
    instances=tuple(
        {kappa: condition, epsilon: error}
        for condition, error in ((10.0, 1e-2), (100.0, 1e-4), (1e4, 1e-6), (1e6, 1e-9))
    ),
    least=5.2,
    most=10.8,
    false_twin=kappa * sympy.log(1 / epsilon),
    twin_says="The error costs no more than in a polynomial of the matrix.",
    source="[HHL09] abstract",
)
