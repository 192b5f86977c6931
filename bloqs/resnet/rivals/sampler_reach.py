"""Whether a run of the classical sampler can reach a distance, from the exact vectors.

The sampler itself may not ask this: every entry of every vector goes in. Whoever has evaluated the
network exactly can save a run that would stop at its limit.
"""

import math

import numpy as np
from attrs import frozen

from bloqs.resnet.model.network import ResidualNetwork
from bloqs.resnet.rivals.sampler import FIRST_TRIALS, MOST_TRIALS
from bloqs.resnet.rivals.sampler_access import Counts, Positions
from bloqs.resnet.rivals.sampler_block import Envelope, SampledBlock
from bloqs.resnet.rivals.sampler_error import Interval, MeasuredBlock, output_error, state_error
from estimator.network.convolution_layer import Convolution
from estimator.network.layers import Matrix

LUCK = 0.98
"""Share of the expected half-width of an interval that a run may find, by chance. Unit: 1."""


@frozen(eq=False)
class _Known:
    """A vector all of whose entries are known."""

    vector: Matrix

    def entries(self, positions: Positions) -> Matrix:
        return self.vector[positions]


def is_within_reach(network: ResidualNetwork, psi: Matrix, epsilon: float) -> bool:
    """Whether `MOST_TRIALS` candidates, with some luck, estimate every norm well enough.

    Args:
        network: the network.
        psi: its input, shape (N,), l2 norm 1.
        epsilon: total variation distance asked of the sampler with the tight envelope.
    """
    output = network.output
    if output is None and network.k == 1:
        return True
    states, failure = network.states(psi), epsilon / 4
    rounds = 1 + (MOST_TRIALS // FIRST_TRIALS).bit_length() - 1
    part = failure / 2**rounds / (network.k + (output is not None))
    blocks = [
        _measured(block, states[number], network.slope, part)
        for number, block in enumerate(network.blocks)
    ]
    if any(block.norm_squared.low <= 0 for block in blocks):
        return False
    state = state_error(blocks, network.slope, float(np.abs(psi).max()))
    if output is None:
        return state.distance + failure <= epsilon
    fourth_norm = float(np.sqrt((states[network.k] ** 4).sum()))
    return output_error(state, output.tau, fourth_norm) + failure <= 0.75 * epsilon


def _measured(block: Convolution, vector: Matrix, slope: float, failure: float) -> MeasuredBlock:
    """What `MOST_TRIALS` candidates show of a block, from the exact law of their weights."""
    rng = np.random.default_rng(0)
    sampled = SampledBlock(_Known(vector), block, slope, Envelope.TIGHT, Counts(), 0, rng)
    mass = sampled.weighting.mass
    squares, bounds = sampled.law(np.arange(len(vector)))
    mean = float(squares.sum()) / mass
    second = float((squares**2 / np.where(bounds > 0, bounds, 1)).sum()) / mass
    log, variance = math.log(4 / failure), max(0.0, second - mean**2)
    width = math.sqrt(2 * variance * log / MOST_TRIALS) + 7 * log / (3 * (MOST_TRIALS - 1))
    width *= LUCK
    interval = Interval(max(0.0, mean - width), min(1.0, mean + width))
    return MeasuredBlock(interval.scaled(mass), block.row_sum)
