"""What regime 3 is compared with: the exact classical evaluation without an output matrix."""

import sympy

from bloqs.resnet.rivals.flops import ResidualShape
from bloqs.resnet.symbols import blocks
from estimator.symbols import C_in, D, N
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """A dot product for every pixel of every convolution, and some operations an entry."""
    t = sympy.Symbol("t", integer=True, nonnegative=True)
    dot = 2 * t
    step("a sum of no products", dot.subs(t, 0))
    step("one product more: a multiplication and an addition", dot.subs(t, t + 1), dot + 2)
    convolution = N**2 * dot.subs(t, C_in * D**2)
    return blocks * (convolution + 6 * N**2) + 5 * N**2


def measure(N: int, k: int, C_in: int, D: int) -> Measurement:
    """All operations of the network on N**2 entries, from the image to the class probabilities."""
    side = round((N * N // C_in) ** 0.5)
    return Measurement(value=float(ResidualShape(C_in, D, side, k, has_matrix=False).flops))


THEOREM = GrowthClaim(
    says="The exact classical evaluation of regime 3 on the product of two vectors of N entries "
    "takes Theta(N**2) operations: the square of the depth of regime 3, but for logarithms.",
    assumptions=(
        "Channels, kernels and blocks are fixed.",
        "The classical machine has one processor and computes every entry; sampling is cheaper.",
    ),
    cost=cost,
    relation="Theta",
    function=N**2,
    regime="N->oo, k const, C_in const, D const",
    measure=measure,
    instances=tuple({N: 2**size, blocks: 2, C_in: 4, D: 3} for size in (3, 5, 8, 12)),
    least=150,
    most=170,
    false_twin=N**4,
    twin_says="As with an output matrix, where a speed-up is quartic.",
    source="[RHGPR25] Sec. 4.1.3",
)
