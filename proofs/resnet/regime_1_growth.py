"""Regime 1, input and output matrix in quantum memory: depth polylogarithmic in all sizes."""

import sympy

from bloqs.data_loading.loaders import IdealQRAMLoader
from bloqs.resnet.model.block_plan import Output
from bloqs.resnet.model.memory import Regime
from bloqs.resnet.symbols import blocks
from estimator.symbols import N, b, epsilon, gamma
from proofs.claim import Measurement
from proofs.derivation import bound
from proofs.growth_claim import GrowthClaim
from proofs.resnet.network_growth import memory_depth, network, network_calls, steps_in_sequence

LOG = sympy.log(sympy.sqrt(N) / epsilon)


SIZES = (
    *((1, 8, 1e-3, 40), (1, 10, 1e-8, 60), (1, 40, 1e-20, 120), (1, 60, 1e-3, 60)),
    *((2, 8, 1e-3, 60), (2, 40, 1e-20, 120), (3, 8, 1e-3, 60), (3, 10, 1e-8, 60)),
)
"""k, log2 N, epsilon and b of what is measured."""


def cost() -> sympy.Expr:
    """Calls of the input, each with its tree and with all that runs no more often than it does.

    That is a column of the matrix and its norm, from memory, and what has at most gamma gates for
    each bit of an index or an angle: convolutions with a fixed kernel, tests of flags, rotations.
    """
    bound("bits of an index: log2(N) <= 3 log(N) / 2", 1 / sympy.log(2), sympy.Rational(3, 2))
    n = 3 * sympy.log(N) / 2
    one = sympy.Integer(1)
    memory = memory_depth(((one, n), (n, n), (n, one)), b)
    return network_calls(LOG, has_output=True) * (memory + gamma * (n + b))


def measure(k: int, N: int, epsilon: float, b: int) -> Measurement:
    """Gates outside of memory and depths of all queries, one after the other."""
    memory, access = IdealQRAMLoader(), Regime.INPUT_AND_WEIGHTS
    found = network(memory, access, k, N, epsilon, b, Output.LINEAR_POOL)
    return Measurement(value=steps_in_sequence(found, b))


THEOREM = GrowthClaim(
    says="In regime 1 an inference has depth "
    "O((4 log(sqrt(N) / epsilon))**(2 k + 1) b log(N)**2), for N entries and angles of b bits in "
    "quantum memory.",
    assumptions=(
        "A query of memory has the depth of a bucket brigade; its gates are another claim.",
        "The number k of blocks and the kernels are fixed, sums are promised to be at least an "
        "eighth of their alpha long, and b is so large that rounding stays within epsilon.",
    ),
    cost=cost,
    relation="O",
    function=(4 * LOG) ** (2 * blocks + 1) * b * sympy.log(N) ** 2,
    regime="N->oo, epsilon->0, b->oo, k const, delta const, gamma const",
    measure=measure,
    instances=tuple(
        {blocks: k, N: 2**size, epsilon: error, b: bits} for k, size, error, bits in SIZES
    ),
    least=0.0,
    most=20.0,
    false_twin=(4 * LOG) ** (2 * blocks) * b * sympy.log(N) ** 2,
    twin_says="The output block adds no logarithm, as if it did not normalise.",
    source="[RHGPR25] Thm. 2 and Sec. 4.1.1",
)
