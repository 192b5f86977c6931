"""What a quantum sample is compared with: a classical one with the same access to the input."""

import numpy as np
import sympy

from bloqs.resnet.model.random_network import random_input, random_network
from bloqs.resnet.rivals.sampler import ClassicalSampler
from bloqs.resnet.rivals.sampler_block import Envelope
from bloqs.resnet.symbols import acceptance, blocks
from estimator.symbols import C_in, D, N, delta, s_c, s_r
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim

SAMPLES = 300
"""Drawn to count the candidates of one."""

SEED = 11
"""Of the weights, the input and the sampler."""


def cost() -> sympy.Expr:
    """Candidates for one sample after two blocks, at most.

    A candidate is kept with probability p = |x + f(W x)|**2 / (1 + L alpha)**2 for a unit x, the
    envelope's mass being (1 + L alpha)**2, alpha**2 = s_r s_c, and L = 1 - delta the steepest
    slope of the activation. As
    |f(W x)| <= L |W x| <= L, the length is at least 1 - L, whatever the data.
    """
    p, L = acceptance, 1 - delta
    longest = 1 + L * sympy.sqrt(s_r * s_c)
    expected = 1 / p
    step("one candidate, and as many again where it is not kept", 1 + (1 - p) * expected, expected)
    worst = (longest / (1 - L)) ** 2
    step("candidates, p at its least", expected.subs(p, ((1 - L) / longest) ** 2), worst)
    return worst + worst**2


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
    "takes O(1) candidates in N for a sample of the vector after two residual blocks.",
    assumptions=(
        "Channels, kernels and blocks are fixed, and the slope of the activation is at most "
        "sqrt(pi) / 2 times a number L below one.",
        "Norms that the sampler estimates once for an input are not counted.",
    ),
    cost=cost,
    relation="O",
    function=sympy.Integer(1),
    regime="N->oo, s_r const, s_c const, 0<delta<1",
    measure=measure,
    instances=tuple({N: 2**size, blocks: 2, C_in: 1, D: 3} for size in (6, 10, 14)),
    least=0.0,
    most=25.0,
    false_twin=1 / N,
    twin_says="The longer the vector, the fewer candidates there are.",
    source="[Tan19] for the access; [RHGPR25] App. E.1, for the network it samples",
)
