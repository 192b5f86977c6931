"""What the loss from shots sends grows with layers, logarithm of the data, and error squared."""

import sympy

from bloqs.communication.model.counts import inference
from bloqs.communication.model.outline import alternating
from bloqs.communication.symbols import L, N, epsilon
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """2L - 1 messages of log2 N qubits a shot; Hoeffding's inequality at a failure of 1/20."""
    M, e = sympy.symbols("M e", positive=True)
    shots = sympy.solve(2 * sympy.exp(-M * e**2 / 2) - sympy.Rational(1, 20), M)[0]
    step("shots", shots, 2 * sympy.log(40) / e**2)
    l = sympy.Symbol("l", integer=True, positive=True)
    messages = 2 * l - 1
    step("one layer more, two messages more", messages.subs(l, l + 1) - messages, 2)
    n = sympy.log(N) / sympy.log(2)
    return sympy.ceiling(2 * sympy.log(40) / epsilon**2) * messages.subs(l, L) * n


def measure(N: float, L: int, epsilon: float) -> Measurement:
    """Qubits that the protocol states."""
    found = inference(alternating(int(N).bit_length() - 1, L), epsilon, 0.05)
    return Measurement(value=float(found.qubits))


THEOREM = GrowthClaim(
    says="The loss of L layers within epsilon takes Theta(L log(N)/epsilon**2) qubits by shots.",
    cost=cost,
    relation="Theta",
    function=L * sympy.log(N) / epsilon**2,
    regime="N->oo, L->oo, epsilon->0",
    measure=measure,
    instances=(
        tuple(
            {N: 2.0**size, L: layers, epsilon: error}
            for size, layers, error in ((10, 2, 0.1), (100, 5, 1e-2), (900, 40, 1e-4))
        )
    ),
    least=10,
    most=25,
    false_twin=L * sympy.log(N) / epsilon,
    twin_says="One over the error, as by amplitude estimation.",
    source="[GMSM24] abstract; derived",
)
