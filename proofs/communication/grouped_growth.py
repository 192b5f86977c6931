"""Gradients of commuting groups cost the logarithm of the parameters."""

import sympy

from bloqs.communication.model.counts import gradient
from bloqs.communication.model.outline import alternating
from bloqs.communication.symbols import L, N, P, epsilon
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """One state for every block and copy, read in one basis."""
    k, l, n = sympy.symbols("k l n", integer=True, positive=True)
    whole = 2 * l  # blocks: forwards through all, back to the output of block k with an ancilla
    qubits = (whole - 1) * n + (whole - k) * (n + 1)
    total = sympy.factor(sympy.summation(qubits, (k, 1, whole)))
    step("one state for every block", total, l * (2 * l - 1) * (3 * n + 1))
    copies = sympy.ceiling(2 * sympy.log(80 * L * P) / epsilon**2)
    return copies * total.subs({l: L, n: sympy.log(N) / sympy.log(2)})


def measure(N: float, L: int, P: int, epsilon: float) -> Measurement:
    """Qubits that the protocol states, one group a block."""
    outline = alternating(int(N).bit_length() - 1, L, P, 1)
    return Measurement(value=float(gradient(outline, epsilon, 0.05, "grouped").qubits))


THEOREM = GrowthClaim(
    says="If the generators of each block commute, all gradients within epsilon take "
    "Theta(L**2 log(N) log(L P)/epsilon**2) qubits: the parameters count by their logarithm.",
    cost=cost,
    relation="Theta",
    function=L**2 * sympy.log(N) * sympy.log(L * P) / epsilon**2,
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
    false_twin=P * L**2 * sympy.log(N) * sympy.log(L * P) / epsilon**2,
    twin_says="Every parameter has copies of its own.",
    source="[BWP23] commuting generators; derived",
)
