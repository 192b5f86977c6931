r"""A classical algorithm for the quantum task: one class, drawn from nearly the right law.

It asks no more of its data than the circuit does (`bloqs.resnet.rivals.sampler_access`) and its
number of questions does not depend on the length of the vectors. Blocks are sampled by rejection
from entries evaluated recursively; norms are estimated from samples; the output matrix is replaced
by sampled columns.
"""

import itertools
import math

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bloqs.resnet.model.network import ResidualNetwork
from bloqs.resnet.rivals.sampler_access import ColumnAccess, Counts, InputAccess, Positions
from bloqs.resnet.rivals.sampler_block import Envelope, SampledBlock
from bloqs.resnet.rivals.sampler_error import (
    MeasuredBlock,
    StateError,
    column_error,
    mean_interval,
    output_error,
    output_norm_bound,
    state_error,
)
from bloqs.resnet.rivals.sampler_output import SampledOutput
from estimator.ask.question import Tracker, untracked
from estimator.network.layers import Matrix

FIRST_TRIALS, MOST_TRIALS = 2**8, 2**24
"""Candidates for the first, and at most for one, estimate of a block's norm."""

ENTRY_SHARE = 16
"""Candidates for a norm for each entry of the last block's vector that is looked at: its size is
needed less exactly, and each entry takes a whole sample."""

AHEAD = 1.05
"""Samples made in a pass for each that is still missing: most passes are then the last; what is
left is kept. Unit: 1."""

MEAN_FLOPS = 3
"""Of each candidate whose weight goes into the mean and the variance of a norm's estimate: two
sums and a square. Unit: FLOP."""

LARGEST_PASS = 2**18
"""Tries in one pass: a limit of memory, not of the algorithm."""


def estimates_worth(column_samples: int, tau: float) -> float:
    """Candidates for a norm below which a class would take more samples than an estimate did.

    Norms that are known better let fewer columns do: it pays to estimate again.

    Args:
        column_samples: s, for one candidate of the output block.
        tau: weight of the skip path; at least about tau**2 of the candidates are accepted.
    """
    return column_samples / tau**2


@frozen
class Samples:
    """What the sampler returns.

    Args:
        classes: one class for each sample, independent given the estimated norms.
        counts: all work up to now, estimates included.
        error_bound: total variation distance between the law of a class and the network's class
            probabilities, at most; it includes the probability that an estimate failed.
    """

    classes: NDArray[np.int64]
    counts: Counts
    error_bound: float


class ClassicalSampler:
    """Draws classes of one input with probabilities within `epsilon` of the network's.

    Args:
        network: the network.
        psi: its input, shape (N,), l2 norm 1.
        epsilon: total variation distance allowed between the law of a sample and the exact one;
            a quarter of it, at most, is the probability that an estimate fails.
        envelope: which bound the rejection of the residual blocks uses.
        rng: source of randomness.
        track: hands on rounds of estimates and passes of samples, and shows how far that is.

    Raises:
        ValueError: if epsilon is not between 0 and 1, psi is no unit vector, or epsilon is so
            small that an estimate would take more than `MOST_TRIALS` candidates.

    Source: [RHGPR25] App. E.1 asks whether the last layer resists; the algorithm and its bounds
        are derived here. The idea that sampling access to vectors replaces loading them: [Tan19]
    """

    def __init__(
        self,
        network: ResidualNetwork,
        psi: Matrix,
        epsilon: float,
        envelope: Envelope,
        rng: np.random.Generator,
        track: Tracker = untracked,
    ) -> None:
        if not 0 < epsilon < 1:
            raise ValueError(f"epsilon must be between 0 and 1, got {epsilon:.6g}")
        self.network, self.epsilon = network, epsilon
        self.counts = Counts()
        self._rng, self._track = rng, track
        self._input = InputAccess(network.checked(psi), self.counts, rng)
        if network.output is not None:
            self._columns = ColumnAccess(network.output.matrix, self.counts, rng)
        self._blocks: list[SampledBlock] = []
        below: InputAccess | SampledBlock = self._input
        for number, block in enumerate(network.blocks):
            below = SampledBlock(below, block, network.slope, envelope, self.counts, number, rng)
            self._blocks.append(below)
        self._spare = [np.empty(0, dtype=np.int64) for _ in self._blocks]
        self._spare_output = np.empty(0, dtype=np.int64)
        self.survival: list[float] = []
        """Estimated probability that a candidate of each block is accepted; empty if its law does
        not depend on any estimate."""
        self._tested = np.zeros(network.k)
        self._chances = np.zeros(network.k)
        self.column_samples = 0
        """s: columns of the output matrix averaged for one candidate; 0 without a matrix."""
        self._failure = epsilon / 4
        self._estimate_norms()

    def _estimate_norms(self) -> None:
        """Sets the blocks' norms and s so that the bound is at most epsilon."""
        output = self.network.output
        estimates = self.network.k + (output is not None)
        if output is None and self.network.k == 1:
            self._failure = 0.0  # its law does not depend on any estimate
            self.error_bound = 0.0
            return
        doublings = range((MOST_TRIALS // FIRST_TRIALS).bit_length())
        for doubled in self._track(doublings, "estimating norms"):
            # Every round may fail; the rounds share the allowed probability as 1/2, 1/4, ...
            trials, part = FIRST_TRIALS << doubled, self._failure / 2 ** (doubled + 1) / estimates
            state = self._measured(trials, part)
            if state is not None and self._accurate(state, trials, part):
                return
        raise ValueError(
            f"a total variation distance of {self.epsilon:.3g} needs more than {MOST_TRIALS:,} "
            "candidates for one estimate of a norm; allow a larger one"
        )

    def _measured(self, trials: int, failure: float) -> StateError | None:
        """Each block's norm from `trials` candidates; `None` if one may be zero."""
        measured: list[MeasuredBlock] = []
        self.survival = []
        self._spare = [np.empty(0, dtype=np.int64) for _ in self._blocks]
        for number, block in enumerate(self._blocks):
            block.forget()
            _, weights = block.step(self._sample(number, trials))
            self.counts.flops += MEAN_FLOPS * trials
            mean = mean_interval(weights, 1.0, failure)
            mass = block.weighting.mass
            found = MeasuredBlock(mean.scaled(mass), block.block.row_sum)
            if found.norm_squared.low <= 0:
                return None
            measured.append(found)
            block.norm = found.estimate
            self.survival.append(found.estimate**2 / mass)
        return state_error(measured, self.network.slope, self._input.largest_entry)

    def _accurate(self, state: StateError, trials: int, failure: float) -> bool:
        """Whether some s keeps the bound at most epsilon, and is no longer worth making smaller."""
        output = self.network.output
        if output is None:
            self.error_bound = state.distance + self._failure
            return self.error_bound <= self.epsilon
        top = self._blocks[-1]
        squares = top.entries(self._sample(len(self._blocks), trials // ENTRY_SHARE)) ** 2
        squares = squares * math.exp(-2 * state.log_factor)
        largest = state.largest_entry**2
        # u**2 is at most squares * exp(4 log_factor): u = x / c with |log c| <= log_factor.
        mean = mean_interval(np.minimum(squares, largest), largest, failure)
        fourth_norm = min(1.0, math.sqrt(mean.high) * math.exp(2 * state.log_factor))
        fixed = output_error(state, output.tau, fourth_norm) + self._failure
        if fixed > 0.75 * self.epsilon:
            return False
        largest_norm = self._columns.largest_norm
        signal = math.exp(-state.log_factor) * output_norm_bound(state, output.tau, fourth_norm)
        allowed = self.epsilon - fixed
        variance = ((1 - output.tau) * largest_norm) ** 2
        self.column_samples = max(1, math.ceil(variance * (1 - allowed) / allowed / signal**2))
        self.error_bound = fixed + column_error(
            state, output.tau, fourth_norm, largest_norm, self.column_samples
        )
        self._output = SampledOutput(
            top,
            lambda count: self._attempts(len(self._blocks), count),
            lambda count: self._sample(len(self._blocks), count),
            math.prod(self.survival),
            self._columns,
            output.tau,
            self.column_samples,
            self.counts,
            self._rng,
        )
        return trials >= estimates_worth(self.column_samples, output.tau) or trials >= MOST_TRIALS

    def _attempts(self, depth: int, count: int) -> Positions:
        """Of `count` samples of the input, sent through `depth` blocks, those that survive."""
        positions = self._input.samples(count)
        for number, block in enumerate(self._blocks[:depth]):
            candidates, probabilities = block.step(positions)
            self._tested[number] += len(candidates)
            self._chances[number] += probabilities.sum()
            positions = candidates[self._rng.random(len(candidates)) < probabilities]
        return positions

    @property
    def acceptance(self) -> tuple[float, ...]:
        """Probability that a candidate of each block is accepted.

        Estimated before the first sample or, where no estimate is needed, the mean over the
        candidates of all samples so far.

        Raises:
            ValueError: if there is neither an estimate nor a sample.
        """
        if self.survival:
            return tuple(self.survival)
        if not self._tested.all():
            raise ValueError("acceptance is measured while sampling: draw a sample first")
        return tuple(float(x) for x in self._chances / self._tested)

    def _sample(self, depth: int, count: int) -> Positions:
        """Samples of the vector after `depth` blocks, shape (count,)."""
        if depth == 0:
            return self._input.samples(count)
        found = [self._spare[depth - 1]]
        have = len(found[0])
        rate = math.prod(self.survival[:depth])
        while have < count:
            tries = min(LARGEST_PASS, math.ceil(AHEAD * (count - have) / rate))
            found.append(self._attempts(depth, tries))
            have += len(found[-1])
        pool = np.concatenate(found)
        self._spare[depth - 1] = pool[count:]
        return pool[:count]

    def sample(self, count: int) -> Samples:
        """`count` classes.

        Raises:
            ValueError: if count is below 1.
        """
        if count < 1:
            raise ValueError(f"count must be at least 1, got {count}")
        if self.network.output is None:
            positions = self._sample(len(self._blocks), count)
        else:
            found = [self._spare_output]
            have = len(found[0])
            for _ in self._track(itertools.count(), "drawing classes"):
                if have >= count:
                    break
                tries = min(LARGEST_PASS, math.ceil(AHEAD * (count - have) / self._output.rate))
                found.append(self._output.tries(tries))
                have += len(found[-1])
            pool = np.concatenate(found)
            positions, self._spare_output = pool[:count], pool[count:]
        return Samples(self.network.bins[positions], self.counts, self.error_bound)
