r"""What a run of the classical sampler costs in expectation, worked out without running it.

A neuron is evaluated once and remembered until its block's estimates change, as in
`bloqs.resnet.rivals.sampler`: each round of estimates, with twice the candidates of the last,
starts with none. So the price is that of every candidate's test and of every *different* neuron
that the candidates, and the neurons above, ask for; large vectors are met once at each place,
small ones are soon known everywhere.

Units: FLOP as in `bloqs.resnet.rivals.flops`, and look-ups of the data: an entry read, or a step
of the n = log2 N down a tree of squares that draws one index.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

import attrs
import numpy as np
from attrs import frozen

from bloqs.resnet.model.linear_signal import delocalised_signal
from bloqs.resnet.rivals.sampled_network import SampledNetwork
from bloqs.resnet.rivals.sampler import (
    ENTRY_SHARE,
    FIRST_TRIALS,
    MEAN_FLOPS,
    estimates_worth,
)
from bloqs.resnet.rivals.sampler_error import (
    Interval,
    MeasuredBlock,
    StateError,
    output_error,
    output_norm_bound,
    state_error,
)
from bloqs.resnet.rivals.sampler_output import CANDIDATE_FLOPS, ENTRY_FLOPS
from bloqs.resnet.rivals.sampler_visits import Visits

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
class SamplerCost:
    """Expected work for classes of one input.

    Args:
        trials: candidates for the norm of each block in the last round of estimates.
        columns: columns of the output matrix averaged for a candidate; 0 without a matrix.
        estimates: FLOP of estimating norms, needed once for each input.
        sample: FLOP of the classes, once the norms are known.
        estimate_lookups: look-ups of the estimates.
        sample_lookups: look-ups of the classes.
    """

    trials: int
    columns: int
    estimates: float
    sample: float
    estimate_lookups: float
    sample_lookups: float

    @property
    def flops(self) -> float:
        """FLOP of everything."""
        return self.estimates + self.sample

    @property
    def lookups(self) -> float:
        """Look-ups of everything."""
        return self.estimate_lookups + self.sample_lookups

    def plain(self) -> dict[str, float]:
        """Plain data."""
        return {**attrs.asdict(self), "flops": self.flops, "lookups": self.lookups}


def expected_cost(network: SampledNetwork, N: int, classes: int = 1) -> SamplerCost | None:
    """The cost of the first classes of an input of length N.

    Args:
        network: sizes and data.
        N: length of the vectors, C times a square.
        classes: how many are drawn. Unit: classes.

    Returns:
        The cost; `None`, which is `UNDECIDED`, beyond `MOST_TRIALS` candidates.
    """
    last = Visits(network, N)
    spent, lookups, trials, columns = 0.0, 0.0, 0, 0
    if network.k > 1 or network.tau is not None:
        found = None
        trials, rounds = FIRST_TRIALS, 1
        while True:
            last = Visits(network, N)
            measured = _measurable(network, trials, rounds)
            for depth in range(measured):
                last.measure(depth, trials)
            if network.tau is not None and measured == network.k:
                last.sample(trials // ENTRY_SHARE)
            spent += last.flops + MEAN_FLOPS * measured * trials
            lookups += last.lookups
            found = _columns(network, N, trials, rounds)
            if found is not None:
                break
            trials, rounds = 2 * trials, rounds + 1
            if trials > MOST_TRIALS:
                return None
        columns = found
    before = last.flops, last.lookups
    extra, reads = 0.0, 0.0
    if network.tau is None:
        last.sample(classes)
    else:
        extra, reads = _output(network, last, columns, classes)
    return SamplerCost(
        trials=trials,
        columns=columns,
        estimates=spent,
        sample=last.flops - before[0] + extra,
        estimate_lookups=lookups,
        sample_lookups=last.lookups - before[1] + reads,
    )


def _measurable(network: SampledNetwork, trials: int, rounds: int) -> int:
    """Blocks measured in a round: it ends after the first whose norm may be zero."""
    part = _failure(network, rounds)
    for number, p in enumerate(network.acceptances):
        if _half_width(network, p, trials, part) >= p:
            return number + 1
    return network.k


def _output(
    network: SampledNetwork, visits: Visits, columns: int, classes: int
) -> tuple[float, float]:
    """FLOP and look-ups of the output block itself; its samples of what is below are visits.

    Of the envelope's mass for columns of norm c, (tau + (1 - tau) c)**2, the share
    tau / (tau + (1 - tau) c) comes through the skip path; a candidate takes `columns` samples, and
    one more through the skip path.
    """
    tau, N, c = float(network.tau or 0.0), visits.N, network.largest_norm
    signal = c * _gaussian_fourth_norm(N)
    length = network.output_length
    square = length**2 if length is not None else tau**2 + ((1 - tau) * signal) ** 2
    candidates = classes / output_acceptance(tau, square, signal, c, columns)
    skipped = tau / (tau + (1 - tau) * c)
    visits.sample(candidates * (columns + skipped))
    visits.placed += candidates * (1 - skipped)
    flops = candidates * (CANDIDATE_FLOPS + ENTRY_FLOPS * columns)
    reads = candidates * (columns + (1 - skipped) * math.log2(N))
    return flops, reads


def output_acceptance(
    tau: float, square: float, signal: float, column_norm: float, columns: int
) -> float:
    r"""Probability that a candidate of the output block is accepted.

    The envelope's mass is $(\tau + (1-\tau) c)^2$; of it remains
    $\|\tau\psi + (1-\tau) W|\psi|^2\|^2$ and $(1-\tau)^2$ times the variance of a mean of
    `columns` columns, $(c^2 - \|W|\psi|^2\|^2)/s$.

    Args:
        tau: weight of the skip path.
        square: squared l2 norm of the sum.
        signal: l2 norm of W |psi|^2.
        column_norm: c, of each column.
        columns: s.
    """
    variance = max(0.0, column_norm**2 - signal**2) / columns
    mass = (tau + (1 - tau) * column_norm) ** 2
    return min(1.0, (square + (1 - tau) ** 2 * variance) / mass)


def _gaussian_fourth_norm(N: int) -> float:
    return min(1.0, float(delocalised_signal(N)))


def column_samples(epsilon: float, tau: float, norm: float, column_norm: float = 1.0) -> float:
    """s, before rounding up, that keeps the effect of sampling columns at most epsilon.

    Args:
        epsilon: total variation distance.
        tau: weight of the skip path.
        norm: lower bound on the l2 norm before the last normalisation.
        column_norm: of the longest column.
    """
    return ((1 - tau) * column_norm) ** 2 * (1 - epsilon) / (epsilon * norm**2)


def _columns(network: SampledNetwork, N: int, trials: int, rounds: int) -> int | None:
    """Columns to average, 0 without a matrix; `None` if so many candidates do not do."""
    failure = network.epsilon / 4
    state = _state(network, N, trials, _failure(network, rounds))
    if state is None:
        return None
    if network.tau is None:
        return 0 if state.distance + failure <= network.epsilon else None
    fourth_norm = _fourth_norm(network, state, N, trials // ENTRY_SHARE, _failure(network, rounds))
    fixed = output_error(state, network.tau, fourth_norm) + failure
    signal = math.exp(-state.log_factor) * output_norm_bound(state, network.tau, fourth_norm)
    if fixed > 0.75 * network.epsilon or signal == 0:
        return None
    wanted = column_samples(network.epsilon - fixed, network.tau, signal, network.largest_norm)
    columns = max(1, math.ceil(wanted))
    return columns if trials >= estimates_worth(columns, network.tau) else None


def _fourth_norm(
    network: SampledNetwork, state: StateError, N: int, count: int, failure: float
) -> float:
    """Upper end of what `count` samples show of the l2 norm of |psi|^2.

    For Gaussian entries a sample's square has mean 3 / N and variance 15 / N^2 - 9 / N^2.
    """
    known = network.fourth_norm
    mean = (_gaussian_fourth_norm(N) if known is None else known) ** 2
    scale = math.exp(-2 * state.log_factor)
    log, largest = math.log(4 / failure), state.largest_entry**2
    width = math.sqrt(2 * 6 / 9 * log / count) * mean * scale + 7 * largest * log / (
        3 * (count - 1)
    )
    return min(1.0, math.sqrt(min(largest, mean * scale + width)) / scale)


def _failure(network: SampledNetwork, rounds: int) -> float:
    """Probability that one estimate of a round may fail with."""
    return network.epsilon / 4 / 2**rounds / (network.k + (network.tau is not None))


def _half_width(network: SampledNetwork, p: float, trials: int, failure: float) -> float:
    """Of the interval around the mean p of the candidates' probabilities of acceptance."""
    log = math.log(4 / failure)
    variance = weight_variance(p, 1 / network.skip_share - 1)
    return math.sqrt(2 * variance * log / trials) + 7 * log / (3 * (trials - 1))


@lru_cache(maxsize=256)
def weight_variance(p: float, t: float) -> float:
    r"""Variance of a candidate's probability of acceptance, for entries like Gaussian numbers.

    With standard normal x, and f normal of variance v and independent of it, a candidate is
    accepted with $w = (x + f)^2/((1 + t)(x^2 + t))$, because R is a sum over many entries, and
    candidates have the density of $(x^2 + t)/(1 + t)$ against that of x. Then
    $E[w] = (1 + v)/(1 + t)^2$, which settles v; where that would be negative, $x + f$ is a multiple
    of x.

    Args:
        p: mean of w.
        t: L alpha, which balances the tight envelope.
    """
    square = p * (1 + t) ** 2
    v = max(0.0, square - 1)
    scale = min(1.0, square)
    x, weights = np.polynomial.hermite_e.hermegauss(64)
    fourth = scale**2 * x**4 + 6 * scale * x**2 * v + 3 * v**2
    second = float((weights * fourth / (x**2 + t)).sum() / weights.sum()) / (1 + t) ** 3
    return min(max(second - p**2, 0.0), p * (1 - p))


def _state(network: SampledNetwork, N: int, trials: int, failure: float) -> StateError | None:
    """Errors of the last block's vector if every mean is what it is expected to be."""
    blocks: Sequence[MeasuredBlock] = []
    for p in network.acceptances:
        width = _half_width(network, p, trials, failure)
        if width >= p:
            return None
        mean = Interval(p - width, min(1.0, p + width)).scaled(network.mass)
        blocks = [*blocks, MeasuredBlock(mean, network.row_sum)]
    entry = network.largest_entry
    entry = min(1.0, math.sqrt(2 * math.log(N) / N)) if entry is None else entry
    return state_error(blocks, network.slope, entry)
