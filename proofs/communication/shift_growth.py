"""Gradients by two shifted runs for each parameter grow like those by tests."""

import sympy

from bloqs.communication.model.counts import gradient
from bloqs.communication.model.outline import alternating
from bloqs.communication.symbols import L, N, P, epsilon
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """4 L P shifted models, each run so often; no ancilla."""
    parameters = 2 * L * P
    step("two signs", 2 * parameters, 4 * L * P)
    runs = sympy.ceiling(sympy.log(80 * L * P) / epsilon**2)
    return 2 * parameters * runs * (2 * L - 1) * sympy.log(N) / sympy.log(2)


def measure(N: float, L: int, P: int, epsilon: float) -> Measurement:
    """Qubits that the protocol states, one group a block."""
    outline = alternating(int(N).bit_length() - 1, L, P, 1)
    return Measurement(value=float(gradient(outline, epsilon, 0.05, "shift").qubits))


THEOREM = GrowthClaim(
    says="By shifted runs all gradients within epsilon take "
    "Theta(P L**2 log(N) log(L P)/epsilon**2) qubits.",
    cost=cost,
    relation="Theta",
    function=P * L**2 * sympy.log(N) * sympy.log(L * P) / epsilon**2,
    regime="N->oo, L->oo, P->oo, epsilon->0",
    measure=measure,
    instances=(
        tuple(
            {N: 2.0**size, L: layers, P: many, epsilon: error}
            for size, layers, many, error in (
                (10, 2, 10, 0.1),
                (100, 5, 10**4, 1e-2),
                (900, 40, 10**9, 1e-4),
            )
        )
    ),
    least=5,
    most=30,
    false_twin=P * L * sympy.log(N) * sympy.log(L * P) / epsilon**2,
    twin_says="A run costs the same, however deep.",
    source="ours; derived",
)
