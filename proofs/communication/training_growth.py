"""What training sends does not depend on where it begins."""

import sympy

from bloqs.communication.model.counts import training
from bloqs.communication.model.outline import alternating
from bloqs.communication.symbols import L, N, P, kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """64/(3 kappa**2) updates and one gradient more, each within kappa/4."""
    g, e = sympy.symbols("g e", positive=True)
    gain = (g**2 - e**2) / 2
    step("least gain of an update", gain.subs({g: kappa / 2, e: kappa / 4}), 3 * kappa**2 / 32)
    times = sympy.floor(2 / (3 * kappa**2 / 32)) + 1
    copies = sympy.ceiling(2 * sympy.log(80 * L * P * times) / (kappa / 4) ** 2)
    n = sympy.log(N) / sympy.log(2)
    return times * copies * L * (2 * L - 1) * (3 * n + 1)


def measure(N: float, L: int, P: int, kappa: float) -> Measurement:
    """Qubits that the protocol states, one group a block."""
    outline = alternating(int(N).bit_length() - 1, L, P, 1)
    return Measurement(value=float(training(outline, kappa, 0.05).qubits))


THEOREM = GrowthClaim(
    says="Greedy training by commuting groups until no gradient is above kappa takes "
    "Theta(L**2 log(N) log(L P/kappa)/kappa**4) qubits.",
    cost=cost,
    relation="Theta",
    function=L**2 * sympy.log(N) * sympy.log(L * P / kappa) / kappa**4,
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
    least=2000,
    most=30000,
    false_twin=L**2 * sympy.log(N) * sympy.log(L * P / kappa) / kappa**2,
    twin_says="The copies of one gradient alone.",
    source="ours; derived",
)
