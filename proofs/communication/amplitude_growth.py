"""What the amplitude-estimated loss sends grows with one over the error."""

import sympy

from bloqs.communication.model.amplitude import SUCCESS, majority_failure
from bloqs.communication.model.counts import amplitude_estimated
from bloqs.communication.model.outline import alternating
from bloqs.communication.symbols import L, N, epsilon
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """Seven estimates of T - 1 iterates, through all blocks and back, with a control."""
    u, e = sympy.symbols("u e", positive=True)
    root = sympy.solve(2 * u + 2 * u**2 - e, u)[-1]  # u = pi/T
    step("clock", 2 * root + 2 * root**2, e)
    least = sympy.pi * (1 + sympy.sqrt(1 + 2 * e)) / e
    step("its length", sympy.radsimp(root * least), sympy.pi)
    T = 2 ** sympy.ceiling(sympy.log(least.subs(e, epsilon)) / sympy.log(2))
    n = sympy.log(N) / sympy.log(2)
    return 7 * 2 * (T - 1) * (2 * L - 1) * (n + 1)


def measure(N: float, L: int, epsilon: float) -> Measurement:
    """Qubits that the protocol states, if seven estimates are enough."""
    assert majority_failure(7, SUCCESS) <= 0.05 < majority_failure(5, SUCCESS)
    found = amplitude_estimated(alternating(int(N).bit_length() - 1, L), epsilon, 0.05)
    return Measurement(value=float(found.qubits))


THEOREM = GrowthClaim(
    says="The loss of L layers within epsilon takes Theta(L log(N)/epsilon) qubits by amplitude "
    "estimation.",
    cost=cost,
    relation="Theta",
    function=L * sympy.log(N) / epsilon,
    regime="N->oo, L->oo, epsilon->0",
    measure=measure,
    instances=(
        tuple(
            {N: 2.0**size, L: layers, epsilon: error}
            for size, layers, error in ((10, 2, 0.1), (100, 5, 1e-2), (900, 40, 1e-4))
        )
    ),
    least=250,
    most=700,
    false_twin=L * sympy.log(N) / epsilon**2,
    twin_says="One over the square of the error, as from shots.",
    source="[BHMT02] Thm. 12; derived",
)
