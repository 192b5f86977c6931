"""What a one-bit sketch sends grows with the square root of the data."""

import sympy

from bloqs.communication.rivals.sketch import equal_confidence_bits
from bloqs.communication.symbols import N, epsilon
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """The bound on the variance is (epsilon/2)**2 at a root of a quadratic equation."""
    k = sympy.Symbol("k", positive=True)
    variance = 2 * sympy.pi / k + sympy.pi**2 * N / (2 * k * (k - 1))
    v = epsilon**2 / 4
    half = 1 + 2 * sympy.pi / v
    root = (half + sympy.sqrt(half**2 - 8 * sympy.pi / v + 2 * sympy.pi**2 * N / v)) / 2
    over = variance.subs(k, root) - v
    step("length of the sketch", sympy.numer(sympy.together(over)))
    return sympy.ceiling(root)


def measure(N: float, epsilon: float) -> Measurement:
    """Bits that the protocol states."""
    return Measurement(value=float(equal_confidence_bits(int(N), epsilon)))


THEOREM = GrowthClaim(
    says="A sketch whose estimate has epsilon for two standard deviations takes "
    "Theta(sqrt(N)/epsilon + 1/epsilon**2) bits.",
    cost=cost,
    relation="Theta",
    function=sympy.sqrt(N) / epsilon + epsilon**-2,
    regime="N->oo, epsilon->0",
    measure=measure,
    instances=(
        {N: 2**10, epsilon: 0.1},
        {N: 2**20, epsilon: 0.1},
        {N: 2**20, epsilon: 1e-4},
        {N: 2**60, epsilon: 1e-3},
    ),
    least=4,
    most=30,
    false_twin=N / epsilon**2,
    twin_says="The variance of one bit falls with the number of bits alone.",
    source="ours; derived",
)
