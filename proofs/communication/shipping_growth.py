"""What shipping sends grows with the data."""

import sympy

from bloqs.communication.rivals.shipping import shipped_bits
from bloqs.communication.symbols import L, N, epsilon
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """2L - 1 messages of N numbers, whose errors add up."""
    x, e = sympy.symbols("x e", positive=True)
    root = sympy.solve((1 + x) ** 2 - 1 - e, x)[-1]
    step("error of the state", root, sympy.sqrt(1 + e) - 1)
    messages = 2 * L - 1
    inner = messages * sympy.sqrt(N) / (sympy.sqrt(1 + epsilon) - 1)
    return messages * N * sympy.ceiling(sympy.log(inner) / sympy.log(2))


def measure(N: float, L: int, epsilon: float) -> Measurement:
    """Bits that the protocol states."""
    return Measurement(value=float(shipped_bits(int(N), 2 * L - 1, epsilon)))


THEOREM = GrowthClaim(
    says="Shipping the state of L layers with a guaranteed error takes Theta(L N log(L N/epsilon)) "
    "bits.",
    cost=cost,
    relation="Theta",
    function=L * N * sympy.log(L * N / epsilon),
    regime="N->oo, L->oo, epsilon->0",
    measure=measure,
    instances=(
        tuple(
            {N: 2.0**size, L: layers, epsilon: error}
            for size, layers, error in ((10, 2, 0.1), (100, 5, 1e-2), (900, 40, 1e-4))
        )
    ),
    least=1,
    most=4,
    false_twin=L * N,
    twin_says="The same bits for every number, whatever the error.",
    source="ours; derived",
)
