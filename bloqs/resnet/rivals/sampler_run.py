"""The classical sampler run on one input, against the exact network."""

import math
from typing import Any

import attrs
import numpy as np
from attrs import frozen

from bloqs.resnet.model.network import ResidualNetwork
from bloqs.resnet.rivals.sampler import FIRST_TRIALS, MOST_TRIALS, ClassicalSampler
from bloqs.resnet.rivals.sampler_access import Counts, Positions
from bloqs.resnet.rivals.sampler_block import Envelope, SampledBlock
from bloqs.resnet.rivals.sampler_error import Interval, MeasuredBlock, output_error, state_error
from estimator.ask.question import Tracker, untracked
from estimator.network.convolution_layer import Convolution
from estimator.network.layers import Matrix
from estimator.statistics.frequencies import sampling_noise, total_variation

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


@frozen(kw_only=True)
class SamplerRun:
    """What a run of the sampler cost and how far from the exact probabilities it was.

    Args:
        epsilon: total variation distance asked for.
        error_bound: distance that the run guarantees.
        count: classes drawn.
        distance: of their frequencies from the exact probabilities, total variation.
        noise: distance that as many exact samples stay below, with near certainty.
        survival: probability that a candidate is accepted, by block, as the run estimated it.
        column_samples: columns of the output matrix averaged for a candidate.
        estimate_flops: FLOP of the estimates that precede the first class.
        flops: FLOP of everything.
        input_entries: different entries of the input looked up.
        input_samples: indices drawn from the input.
        neurons: different neurons evaluated, by block.
        matrix_entries: entries of the output matrix looked up.
        lookups: all reads of the data, as a comparison counts them.
    """

    epsilon: float
    error_bound: float
    count: int
    distance: float
    noise: float
    survival: tuple[float, ...]
    column_samples: int
    estimate_flops: int
    flops: int
    input_entries: int
    input_samples: int
    neurons: tuple[int, ...]
    matrix_entries: int
    lookups: int

    @property
    def agrees(self) -> bool:
        """Whether the frequencies are as near as bound and noise promise."""
        return self.distance <= self.error_bound + self.noise

    @property
    def flops_per_class(self) -> float:
        """FLOP of one class after the estimates."""
        return (self.flops - self.estimate_flops) / self.count

    def plain(self) -> dict[str, Any]:
        """Plain data."""
        return {
            **attrs.asdict(self),
            "agrees": self.agrees,
            "flops_per_class": self.flops_per_class,
        }


def check_distance(epsilon: float) -> None:
    """Refuse what is no distance to ask of the sampler.

    Raises:
        ValueError: if it is not between 0 and 1.
    """
    if not 0 < epsilon < 1:
        raise ValueError(f"--sampler-epsilon must be between 0 and 1, got {epsilon:.6g}")


def sampler_run(
    network: ResidualNetwork,
    psi: Matrix,
    epsilon: float,
    count: int,
    seed: int,
    track: Tracker = untracked,
) -> SamplerRun:
    """One run with the tight envelope.

    Args:
        network: the network.
        psi: its input, shape (N,), l2 norm 1.
        epsilon: total variation distance asked of the sampler.
        count: classes to draw.
        seed: of the randomness.
        track: shows how far the run has got.

    Raises:
        ValueError: if epsilon or count is out of range, or epsilon needs too many candidates.
    """
    check_distance(epsilon)
    if count < 1:
        raise ValueError(f"the number of classes to draw must be at least 1, got {count}")
    if not is_within_reach(network, psi, epsilon):
        raise ValueError(
            f"--sampler-epsilon {epsilon:.3g} needs more than {MOST_TRIALS:,} candidates for one "
            "estimate of a norm; allow a larger one"
        )
    rng = np.random.default_rng(seed)
    sampler = ClassicalSampler(network, psi, epsilon, Envelope.TIGHT, rng, track)
    before = sampler.counts.flops
    drawn = sampler.sample(count)
    probabilities = network.probabilities(psi)
    seen = np.bincount(drawn.classes, minlength=network.classes) / count
    counts = drawn.counts
    return SamplerRun(
        epsilon=epsilon,
        error_bound=drawn.error_bound,
        count=count,
        distance=total_variation(seen, probabilities),
        noise=sampling_noise(network.classes, count),
        survival=sampler.acceptance,
        column_samples=sampler.column_samples,
        estimate_flops=before,
        flops=counts.flops,
        input_entries=counts.input_entries,
        input_samples=counts.input_samples,
        neurons=tuple(counts.neurons),
        matrix_entries=counts.matrix_entries,
        lookups=counts.lookups(network.N),
    )
