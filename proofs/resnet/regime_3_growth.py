"""Regime 3, no quantum memory and no output matrix: depth linear in the length of one input."""

import sympy

from bloqs.data_loading.loaders import IdealQRAMLoader
from bloqs.resnet.model.block_plan import Output
from bloqs.resnet.model.memory import Regime
from bloqs.resnet.symbols import blocks
from estimator.symbols import N, b, epsilon, gamma
from proofs.claim import Measurement
from proofs.derivation import bound, step
from proofs.growth_claim import GrowthClaim
from proofs.resnet.network_growth import network, network_calls, steps_in_sequence, table_depth

LOG = sympy.log(N / epsilon)


SIZES = (
    *((1, 8, 1e-3, 40), (1, 40, 1e-20, 120), (2, 8, 1e-3, 40), (2, 10, 1e-8, 60)),
    *((2, 40, 1e-20, 120), (2, 60, 1e-3, 80), (3, 8, 1e-3, 60), (3, 10, 1e-8, 60)),
)
"""k, log2 N, epsilon and b of what is measured."""


def cost() -> sympy.Expr:
    """Two vectors of N entries from tables, and residual blocks alone; pooling is measurement."""
    step("root of the number of entries", sympy.sqrt(N**2) / epsilon, N / epsilon)
    bound("bits of an index: log2(N) <= 3 log(N) / 2", 1 / sympy.log(2), sympy.Rational(3, 2))
    n = 3 * sympy.log(N)
    inputs = 2 * table_depth(N, n / 2, b)
    return network_calls(LOG, has_output=False) * (inputs + gamma * (n + b))


def measure(k: int, N: int, epsilon: float, b: int) -> Measurement:
    """All gates, one after the other."""
    memory, access = IdealQRAMLoader(), Regime.NOTHING
    found = network(memory, access, k, N, epsilon, b, Output.POOL, order=2)
    return Measurement(value=steps_in_sequence(found, b))


THEOREM = GrowthClaim(
    says="In regime 3 an inference on the product of two vectors of N entries takes "
    "O((4 log(N / epsilon))**(2 k) (N + b log(N))) Toffoli gates, with angles of b bits.",
    assumptions=(
        "The number k of blocks and the kernels are fixed, sums are promised to be at least an "
        "eighth of their alpha long, and b is so large that rounding stays within epsilon.",
    ),
    cost=cost,
    relation="O",
    function=(4 * LOG) ** (2 * blocks) * (N + b * sympy.log(N)),
    regime="N->oo, epsilon->0, b->oo, k const, delta const, gamma const",
    measure=measure,
    instances=tuple(
        {blocks: k, N: 2**size, epsilon: error, b: bits} for k, size, error, bits in SIZES
    ),
    least=0.0,
    most=2.0,
    false_twin=(4 * LOG) ** blocks * (N + b * sympy.log(N)),
    twin_says="Each block adds one logarithm, not two.",
    source="[RHGPR25] Sec. 4.1.3, with the error of pooling that does not grow with N",
)
