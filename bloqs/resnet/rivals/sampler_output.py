r"""The output block of the classical sampler: column samples in place of the matrix product.

$W|\psi|^2$ is the mean of the columns $w_j$ over $j \sim |\psi_j|^2$. With a fresh mean
$\mu_J$ of s columns for every candidate, rejection from
$$E(z) = (1+t)\,\tau^2 \psi_z^2 + (1+1/t)\,(1-\tau)^2 \tfrac1s \sum_{j\in J} W_{zj}^2
\ge (\tau\psi_z + (1-\tau)\mu_{J,z})^2$$
draws z with probability proportional to the mean of the right side over $J$, which is
$(\tau\psi_z + (1-\tau)\mu_z)^2$ plus $(1-\tau)^2/s$ times the variance of $W_{zj}$: the law is
off by $O(1/s)$, although one $\mu_J$ is off by $O(1/\sqrt s)$.
"""

from collections.abc import Callable

import numpy as np

from bloqs.resnet.rivals.sampler_access import ColumnAccess, Counts, Positions
from bloqs.resnet.rivals.sampler_block import Layer

LARGEST_BATCH = 2**22
"""Entries of the output matrix looked at in one go: a limit of memory, not of the algorithm."""

ENTRY_FLOPS = 3
"""Of one entry of the output matrix: add it, square it, add the square. Unit: FLOP."""

CANDIDATE_FLOPS = 10
"""Of one candidate, beside its entries: scale and add both parts of the vector (3), square it and
the skip part (2), two factors and the sum of the envelope (3), divide twice (2). Unit: FLOP."""


class SampledOutput:
    """Samples of the output block's vector.

    Args:
        below: the last residual block's vector, whose entries may be off by a common factor.
        attempts: called with a number, returns that many tries at a sample of `below` in one
            pass through all blocks, as the positions that survived.
        samples: called with a number, returns that many samples of `below`.
        survival: probability of surviving if the common factor were 1.
        columns: access to the output matrix.
        tau: weight of the skip path.
        column_samples: s.
        counts: where the work is counted.
        rng: source of randomness.
    """

    def __init__(
        self,
        below: Layer,
        attempts: Callable[[int], Positions],
        samples: Callable[[int], Positions],
        survival: float,
        columns: ColumnAccess,
        tau: float,
        column_samples: int,
        counts: Counts,
        rng: np.random.Generator,
    ) -> None:
        self._below, self._attempts, self._samples = below, attempts, samples
        self._columns, self._counts, self._rng = columns, counts, rng
        self._tau, self._s = tau, column_samples
        largest = columns.largest_norm
        self._t = (1 - tau) * largest / tau
        # Of a zero matrix nothing is drawn, and its entries need no bound.
        self._inverse = 1 / self._t if self._t > 0 else 0.0
        skip_mass = (1 + self._t) * tau**2
        column_mass = (1 + self._inverse) * ((1 - tau) * largest) ** 2
        self.mass = skip_mass + column_mass
        """Total of the envelope, (tau + (1-tau) max_j ||w_j||)**2. Unit: 1."""
        self.skip_share = skip_mass / survival / (skip_mass / survival + column_mass)
        """Share of the tries that go through the skip path, each a try at a sample of below.

        Not a share of samples: only tries keep the unknown common factor in the mixture, and so
        make the law exact whatever the factor.
        """
        self.rate = tau**2 / (skip_mass / survival + column_mass)
        """Tries that are accepted, if the matrix product is small. Unit: 1."""

    def tries(self, count: int) -> Positions:
        """The positions accepted in `count` tries, in random order."""
        skips = int(self._rng.binomial(count, self.skip_share))
        first = self._samples(count - skips)
        rows = self._columns.samples(first)
        found = rows >= 0
        survivors = self._attempts(skips)
        batch = max(1, LARGEST_BATCH // self._s)
        accepted = [
            self._accepted(survivors[start : start + batch], None)
            for start in range(0, len(survivors), batch)
        ] + [
            self._accepted(rows[found][start : start + batch], first[found][start : start + batch])
            for start in range(0, int(found.sum()), batch)
        ]
        return self._rng.permutation(np.concatenate([np.empty(0, dtype=np.int64), *accepted]))

    def _accepted(self, candidates: Positions, first: Positions | None) -> Positions:
        """Those accepted; `first` is the column a candidate was drawn from, if it was."""
        count, fresh = len(candidates), self._s - (first is not None)
        columns = self._samples(count * fresh).reshape(count, fresh)
        if first is not None:
            columns = np.concatenate([first[:, None], columns], axis=1)
        entries = self._columns.entries(candidates[:, None], columns)
        skip = self._tau * self._below.entries(candidates)
        value = skip + (1 - self._tau) * entries.mean(axis=1)
        square = (1 - self._tau) ** 2 * (entries**2).mean(axis=1)
        bound = (1 + self._t) * skip**2 + (1 + self._inverse) * square
        self._counts.candidates += count
        self._counts.flops += count * (CANDIDATE_FLOPS + ENTRY_FLOPS * self._s)
        return candidates[self._rng.random(count) * bound < value**2]
