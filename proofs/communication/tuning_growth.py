"""What training the last block alone sends: nothing comes back."""

import sympy

from bloqs.communication.model.counts import fine_tuning
from bloqs.communication.model.outline import alternating
from bloqs.communication.symbols import L, N, P, kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """Greedy training by states that its owner reads where they arrive."""
    l, n, m = sympy.symbols("l n m", integer=True, positive=True)
    whole = 2 * l  # blocks, a message of n qubits between any two
    sent = sympy.summation(n, (m, 1, whole - 1))
    step("one state of the last block", sympy.factor(sent), n * (2 * l - 1))
    times = sympy.floor(64 / (3 * kappa**2)) + 1
    copies = sympy.ceiling(2 * sympy.log(40 * P * times) / (kappa / 4) ** 2)
    return times * copies * sent.subs({l: L, n: sympy.log(N) / sympy.log(2)})


def measure(N: float, L: int, P: int, kappa: float) -> Measurement:
    """Qubits that the protocol states, one group in the block."""
    outline = alternating(int(N).bit_length() - 1, L, P, 1)
    return Measurement(value=float(fine_tuning(outline, kappa, 0.05).qubits))


THEOREM = GrowthClaim(
    says="Training the last block alone by commuting groups until no gradient of it is above kappa "
    "takes Theta(L log(N) log(P/kappa)/kappa**4) qubits: one factor L less than training all.",
    cost=cost,
    relation="Theta",
    function=L * sympy.log(N) * sympy.log(P / kappa) / kappa**4,
    regime="N->oo, L->oo, P->oo, kappa->0",
    measure=measure,
    instances=(
        tuple(
            {N: 2.0**size, L: layers, P: many, kappa: error}
            for size, layers, many, error in (
                (10, 2, 10, 0.1),
                (100, 5, 10**4, 1e-2),
                (900, 40, 10**9, 1e-4),
            )
        )
    ),
    least=1500,
    most=9000,
    false_twin=L**2 * sympy.log(N) * sympy.log(P / kappa) / kappa**4,
    twin_says="States go back through the layers.",
    source="ours; derived",
)
