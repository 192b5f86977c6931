"""What a chain of sketches sends: less than all of the data for any number of messages."""

import sympy

from bloqs.communication.rivals.chain import chain_equal_confidence_bits
from bloqs.communication.symbols import N, epsilon
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim

MESSAGES = 3
"""Of two layers."""


def cost() -> sympy.Expr:
    """1 + N s is multiplied by 1 + a N at every message, a = pi/(2 k)."""
    s, a = sympy.symbols("s a", positive=True)
    after = s + a * (1 + N * s)
    step("one message more", sympy.factor(1 + N * after), (1 + a * N) * (1 + N * s))
    noise = ((1 + a * N) ** MESSAGES - 1) / N
    variance = N * noise**2 + 2 * noise
    closed = ((1 + a * N) ** (2 * MESSAGES) - 1) / N
    step("variance of the estimate", sympy.expand(variance - closed), 0)
    whole = 1 + N * epsilon**2 / 4
    root = whole ** sympy.Rational(1, 2 * MESSAGES)
    enough = sympy.pi * N / (2 * (root - 1))
    at = closed.subs(a, sympy.pi / (2 * enough))
    step("two standard deviations", sympy.simplify(at), epsilon**2 / 4)
    x = sympy.Symbol("x", positive=True)
    powers = sum(x**j for j in range(2 * MESSAGES))
    step("the quotient is a sum", sympy.expand((x - 1) * powers), x ** (2 * MESSAGES) - 1)
    length = 2 * sympy.pi / epsilon**2 * powers.subs(x, root)
    return 2 * (MESSAGES * sympy.ceiling(length) + 64 * (MESSAGES - 1))


def measure(N: float, epsilon: float) -> Measurement:
    """Bits that the protocol states."""
    return Measurement(value=float(chain_equal_confidence_bits(int(N), MESSAGES, epsilon)))


POWER = sympy.Rational(2 * MESSAGES - 1, 2 * MESSAGES)

THEOREM = GrowthClaim(
    says="Two layers by chains of one-bit sketches, sketched anew at each of three messages, with "
    "epsilon for two standard deviations, take Theta(N**(5/6)/epsilon**(1/3) + 1/epsilon**2) bits.",
    cost=cost,
    relation="Theta",
    function=N**POWER / epsilon ** sympy.Rational(1, MESSAGES) + epsilon**-2,
    regime="N->oo, epsilon->0",
    measure=measure,
    instances=(
        {N: 2**10, epsilon: 0.1},
        {N: 2**20, epsilon: 0.1},
        {N: 2**20, epsilon: 1e-4},
        {N: 2**60, epsilon: 1e-3},
    ),
    least=4,
    most=300,
    false_twin=sympy.sqrt(N) / epsilon + epsilon**-2,
    twin_says="Every message keeps the accuracy of the first.",
    source="ours; derived",
)
