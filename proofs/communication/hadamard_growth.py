"""Gradients by a test for each parameter cost as many times more as there are parameters."""

import sympy

from bloqs.communication.model.counts import gradient
from bloqs.communication.model.outline import alternating
from bloqs.communication.symbols import L, N, P, epsilon
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """One state for every parameter and copy."""
    k, l, n = sympy.symbols("k l n", integer=True, positive=True)
    whole = 2 * l  # blocks: forwards through all, back to the output of block k with an ancilla
    qubits = (whole - 1) * n + (whole - k) * (n + 1)
    total = sympy.factor(sympy.summation(qubits, (k, 1, whole)))
    step("one state for every block", total, l * (2 * l - 1) * (3 * n + 1))
    copies = sympy.ceiling(2 * sympy.log(80 * L * P) / epsilon**2)
    return P * copies * total.subs({l: L, n: sympy.log(N) / sympy.log(2)})


def measure(N: float, L: int, P: int, epsilon: float) -> Measurement:
    """Qubits that the protocol states, one group a block."""
    outline = alternating(int(N).bit_length() - 1, L, P, 1)
    return Measurement(value=float(gradient(outline, epsilon, 0.05, "hadamard").qubits))


THEOREM = GrowthClaim(
    says="By a test for each parameter all gradients within epsilon take "
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
    least=8,
    most=40,
    false_twin=L**2 * sympy.log(N) * sympy.log(L * P) / epsilon**2,
    twin_says="One copy serves all parameters of a block.",
    source="ours; derived",
)
