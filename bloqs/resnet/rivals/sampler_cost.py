r"""What the classical sampler costs in expectation, in closed form.

Unit: FLOP, as in `bloqs.resnet.rivals.flops`; random numbers and look-ups are not among them. No
neuron is remembered from one candidate to the next, and images are larger than the receptive
field: with memory, or near the border, it is less. None of the numbers depends on the image side.
"""

import math
from collections.abc import Sequence
from typing import TypeAlias

import sympy
from attrs import frozen

from bloqs.resnet.model.linear_signal import delocalised_signal
from bloqs.resnet.rivals.sampler import ENTRY_SHARE, FIRST_TRIALS
from bloqs.resnet.rivals.sampler_block import EXTRA_FLOPS, TEST_FLOPS
from bloqs.resnet.rivals.sampler_error import (
    Interval,
    MeasuredBlock,
    StateError,
    output_error,
    output_norm_bound,
    state_error,
)
from bloqs.resnet.rivals.sampler_output import CANDIDATE_FLOPS, ENTRY_FLOPS

Number: TypeAlias = int | float | sympy.Expr


def receptive_field(C: Number, D: Number, depth: Number) -> Number:
    """Entries on which one entry depends, `depth` >= 1 blocks below it, at most.

    Args:
        C: channels.
        D: kernel side, odd kernels centred or not; the skip path is one of the taps.
        depth: number of convolutions between.
    """
    return C * (depth * (D - 1) + 1) ** 2


def neurons(C: Number, D: Number, number: Number) -> Number:
    """Neurons evaluated for one entry of block `number`, counted from 1: itself and those below.

    The sum of `receptive_field` over depths 1 to number - 1, and one.
    """
    n, q = number - 1, D - 1
    squares = q**2 * n * (n + 1) * (2 * n + 1) / sympy.Integer(6) + q * n * (n + 1) + n
    return 1 + C * squares


def step_flops(C: Number, D: Number, number: Number) -> Number:
    """One candidate of block `number`, counted from 1."""
    return neurons(C, D, number) * (4 * C * D**2 + EXTRA_FLOPS) + TEST_FLOPS


def sample_flops(C: Number, D: Number, acceptances: Sequence[Number]) -> Number:
    r"""One sample of the last block's vector, $\sum_i \prod_{j \ge i} p_j^{-1} \cdot$ step i.

    Args:
        C: channels.
        D: kernel side.
        acceptances: p_1 .. p_k, of each block's candidates.
    """
    total: Number = sympy.Integer(0)
    for number, p in enumerate(acceptances, start=1):
        total = (total + step_flops(C, D, number)) / p
    return total


def input_samples(acceptances: Sequence[Number]) -> Number:
    """Samples of the input for one sample of the last block's vector: the product of 1/p_i."""
    return 1 / sympy.prod(acceptances)


def column_samples(epsilon: Number, tau: Number, norm: Number) -> Number:
    """s, before rounding up, that keeps the effect of sampling columns at most epsilon.

    Args:
        epsilon: total variation distance.
        tau: weight of the skip path.
        norm: lower bound on the l2 norm before the last normalisation.
    """
    return (1 - tau) ** 2 * (1 - epsilon) / (epsilon * norm**2)


def output_sample_flops(sample: Number, entry: Number, s: Number, p_out: Number) -> Number:
    """One sample of the output block's vector, at most.

    A candidate takes at most s + 1 samples of the vector below, one entry of it, and s entries of
    the matrix.

    Args:
        sample: FLOP of one sample of the last residual block's vector.
        entry: FLOP of one entry of it, `step_flops` of the last block.
        s: column samples.
        p_out: acceptance: the squared norm before the last normalisation, plus the variance
            (1-tau)**2 / s at most, over the envelope's mass.
    """
    return ((s + 1) * sample + entry + ENTRY_FLOPS * s + CANDIDATE_FLOPS) / p_out


def estimate_flops(C: Number, D: Number, acceptances: Sequence[Number], trials: Number) -> Number:
    """Estimating every block's norm once, from `trials` candidates each."""
    total: Number = sympy.Integer(0)
    for number in range(len(acceptances)):
        below = sample_flops(C, D, acceptances[:number])
        total += trials * (below + step_flops(C, D, number + 1))
    return total


MOST_TRIALS = 2**64
"""Candidates for one norm beyond which the expected cost is not worked out: intervals as narrow as
that are lost in the rounding of floating-point numbers. A run stops much earlier, which says
nothing about the algorithm. Unit: candidates."""

UNDECIDED = (
    "no expected cost is given where one estimate would take more than 2^64 candidates: its "
    "interval is lost in rounding; what needs it is undecided"
)
"""What is said where the cost is unknown."""


@frozen(kw_only=True)
class SampledNetwork:
    """Sizes and promises that the expected cost depends on.

    Args:
        C: channels.
        D: kernel side. Unit: pixels.
        k: residual blocks.
        slope: of erf.
        row_sum: s_r of the convolutions, the largest sum of moduli that reaches a channel.
        length: l2 norm of x + erf(slope W x) of each block.
        acceptance: probability that a candidate of a block is accepted.
        epsilon: total variation distance of the sampled law from the exact one.
        tau: weight of the skip path of the output block, or `None` if there is none.
        output_length: l2 norm of the output block's sum.
    """

    C: int
    D: int
    k: int
    slope: float
    row_sum: float
    length: float
    acceptance: float
    epsilon: float
    tau: float | None
    output_length: float


@frozen(kw_only=True)
class SamplerCost:
    """Expected work for one class.

    Args:
        trials: candidates for the norm of each block.
        columns: columns of the output matrix averaged for a candidate; 0 without a matrix.
        estimates: FLOP of estimating norms, needed once for each input.
        sample: FLOP of one sample once the norms are known.
    """

    trials: int
    columns: int
    estimates: float
    sample: float

    @property
    def flops(self) -> float:
        """FLOP of the first class drawn for an input."""
        return self.estimates + self.sample


def expected_cost(network: SampledNetwork, N: int) -> SamplerCost | None:
    """The cost at length N; `None`, which is `UNDECIDED`, beyond `MOST_TRIALS` candidates."""
    accepted = [network.acceptance] * network.k
    one = float(sample_flops(network.C, network.D, accepted))
    has_output = network.tau is not None
    if network.k == 1 and not has_output:
        return SamplerCost(trials=0, columns=0, estimates=0.0, sample=one)
    trials, rounds = FIRST_TRIALS, 1
    while (columns := _columns(network, N, trials, rounds)) is None:
        trials, rounds = 2 * trials, rounds + 1
        if trials > MOST_TRIALS:
            return None
    spent = float(estimate_flops(network.C, network.D, accepted, trials))
    if not has_output:
        return SamplerCost(trials=trials, columns=0, estimates=spent, sample=one)
    entry = float(step_flops(network.C, network.D, network.k))
    spent += trials // ENTRY_SHARE * (one + entry)
    tau = float(network.tau or 0.0)
    # The envelope's mass for columns of norm 1 is (tau + 1 - tau)**2 = 1.
    p_out = min(1.0, network.output_length**2 + (1 - tau) ** 2 / columns)
    sample = float(output_sample_flops(one, entry, columns, p_out))
    return SamplerCost(trials=trials, columns=columns, estimates=spent, sample=sample)


def _columns(network: SampledNetwork, N: int, trials: int, rounds: int) -> int | None:
    """Columns to average, 0 without a matrix; `None` if so many candidates do not do."""
    has_output = network.tau is not None
    failure = network.epsilon / 4
    part = failure / 2**rounds / (network.k + has_output)
    state = _state(network, N, trials, part)
    if state is None:
        return None
    if network.tau is None:
        return 0 if state.distance + failure <= network.epsilon else None
    fourth_norm = min(1.0, float(delocalised_signal(N)) * math.exp(2 * state.log_factor))
    fixed = output_error(state, network.tau, fourth_norm) + failure
    signal = math.exp(-state.log_factor) * output_norm_bound(state, network.tau, fourth_norm)
    if fixed > 0.75 * network.epsilon or signal == 0:
        return None
    wanted = column_samples(network.epsilon - fixed, network.tau, signal)
    return max(1, math.ceil(float(wanted)))


def _state(network: SampledNetwork, N: int, trials: int, failure: float) -> StateError | None:
    """Errors of the last block's vector if every mean is what it is expected to be."""
    p = network.acceptance
    log = math.log(4 / failure)
    width = math.sqrt(2 * p * (1 - p) * log / trials) + 7 * log / (3 * (trials - 1))
    if width >= p:
        return None
    mass = network.length**2 / p
    mean = Interval(p - width, min(1.0, p + width)).scaled(mass)
    blocks = [MeasuredBlock(mean, network.row_sum)] * network.k
    return state_error(blocks, network.slope, min(1.0, math.sqrt(2 * math.log(N) / N)))
