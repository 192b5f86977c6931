"""What a quantum sample is compared with: a classical one with the same access to the input."""

import numpy as np
import sympy

from bloqs.resnet.model.random_network import random_input, random_network
from bloqs.resnet.rivals.sampler import ClassicalSampler
from bloqs.resnet.rivals.sampler_block import Envelope
from bloqs.resnet.symbols import acceptance, blocks
from estimator.symbols import C_in, D, N
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim

SAMPLES = 300
"""Drawn to count the candidates of one."""

SEED = 11
"""Of the weights, the input and the sampler."""


def cost() -> sympy.Expr:
    """Candidates for one sample after two blocks, each tested with probability p to be kept.

    A candidate of a block starts from a sample of what comes before it; samples of the input come
    from memory.
    """
    p = acceptance
    expected = 1 / p
    step("one candidate, and as many again where it is not kept", 1 + (1 - p) * expected, expected)
    second = expected
    first = second * expected
    return first + second


def measure(N: int, k: int, C_in: int, D: int) -> Measurement:
    """Candidates of all blocks for one sample of the network's vector, as the sampler counts."""
    rng = np.random.default_rng(SEED)
    side = round((N // C_in) ** 0.5)
    network = random_network(C_in, D, side, k, C_in, False, rng)
    sampler = ClassicalSampler(network, random_input(N, rng), 0.3, Envelope.TIGHT, rng)
    before = sum(sampler.counts.steps)
    after = sum(sampler.sample(SAMPLES).counts.steps)
    return Measurement(value=(after - before) / SAMPLES)


THEOREM = GrowthClaim(
    says="A classical sampler that may draw from the input as the quantum network may load it "
    "takes Theta(1) candidates in N for a sample of the vector after two residual blocks.",
    assumptions=(
        "Channels, kernels and blocks are fixed; then the probability p to keep a candidate is at "
        "least a constant, and the number of candidates is exponential in the blocks.",
        "Norms that the sampler estimates once for an input are not counted.",
    ),
    cost=cost,
    relation="Theta",
    function=sympy.Integer(1),
    regime="N->oo, p const",
    measure=measure,
    instances=tuple({N: 2**size, blocks: 2, C_in: 1, D: 3} for size in (6, 10, 14)),
    least=5.0,
    most=200.0,
    false_twin=N,
    twin_says="It has to look at every entry, as the exact evaluation does.",
    source="[Tan19] for the access; [RHGPR25] App. E.1, for the network it samples",
)
