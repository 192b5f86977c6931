"""Regime 2, only the output matrix in quantum memory: depth linear in the length of one input."""

import sympy

from bloqs.data_loading.loaders import IdealQRAMLoader
from bloqs.resnet.model.block_plan import Output
from bloqs.resnet.model.memory import Regime
from bloqs.resnet.symbols import blocks
from estimator.symbols import N, b, epsilon, gamma
from proofs.claim import Measurement
from proofs.derivation import bound, step
from proofs.growth_claim import GrowthClaim
from proofs.resnet.network_growth import (
    memory_depth,
    network,
    network_calls,
    steps_in_sequence,
    table_depth,
)

LOG = sympy.log(N / epsilon)


SIZES = (
    *((1, 8, 1e-3, 40), (1, 10, 1e-8, 60), (1, 40, 1e-20, 120), (1, 60, 1e-3, 80)),
    *((2, 8, 1e-3, 60), (2, 40, 1e-20, 120), (3, 8, 1e-3, 60), (3, 10, 1e-8, 60)),
)
"""k, log2 N, epsilon and b of what is measured."""


def cost() -> sympy.Expr:
    """As in the first regime, with the two vectors of N entries read from tables in the circuit.

    Their product has N**2 entries, so that the matrix has N**4 and an index has 2 log2(N) bits.
    """
    step("root of the number of entries", sympy.sqrt(N**2) / epsilon, N / epsilon)
    bound("bits of an index: log2(N) <= 3 log(N) / 2", 1 / sympy.log(2), sympy.Rational(3, 2))
    n = 3 * sympy.log(N)
    memory = memory_depth(((n, n), (n, sympy.Integer(1))), b)
    inputs = 2 * table_depth(N, n / 2, b)
    return network_calls(LOG, has_output=True) * (inputs + memory + gamma * (n + b))


def measure(k: int, N: int, epsilon: float, b: int) -> Measurement:
    """Gates outside of memory and depths of all queries, one after the other."""
    memory, access = IdealQRAMLoader(), Regime.WEIGHTS
    found = network(memory, access, k, N, epsilon, b, Output.LINEAR_POOL, order=2)
    return Measurement(value=steps_in_sequence(found, b))


THEOREM = GrowthClaim(
    says="In regime 2 an inference on the product of two vectors of N entries has depth "
    "O((4 log(N / epsilon))**(2 k + 1) (N + b log(N)**2)), with angles of b bits.",
    assumptions=(
        "A query of memory has the depth of a bucket brigade; its gates are another claim.",
        "The number k of blocks and the kernels are fixed, sums are promised to be at least an "
        "eighth of their alpha long, and b is so large that rounding stays within epsilon.",
    ),
    cost=cost,
    relation="O",
    function=(4 * LOG) ** (2 * blocks + 1) * (N + b * sympy.log(N) ** 2),
    regime="N->oo, epsilon->0, b->oo, k const, delta const, gamma const",
    measure=measure,
    instances=tuple(
        {blocks: k, N: 2**size, epsilon: error, b: bits} for k, size, error, bits in SIZES
    ),
    least=0.0,
    most=1.5,
    false_twin=(4 * LOG) ** (2 * blocks) * (N + b * sympy.log(N) ** 2),
    twin_says="The output block adds no logarithm, as if it did not normalise.",
    source="[RHGPR25] Sec. 4.1.2, by Thm. 2; the exponent there is 2 k",
)
