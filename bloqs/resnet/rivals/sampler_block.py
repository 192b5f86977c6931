r"""One residual block of the classical sampler: its entries by recursion, its law by rejection.

The block maps $x$ to $\varphi = x + \mathrm{erf}(\nu W x)$. With $L = 2\nu/\sqrt\pi$ and any
$t > 0$ and $R(z) \ge (Wx)_z^2$,
$$\varphi_z^2 \le E(z) = (1+t)\, x_z^2 + (1+1/t)\, L^2 R(z).$$
A candidate comes from $E$, by one sample of $x$ and at most one step along a column of $W$, and
is accepted with probability $\varphi_z^2/E(z)$.
"""

from enum import StrEnum
from typing import Protocol

import numpy as np
from attrs import frozen
from scipy.special import erf

from bloqs.resnet.rivals.sampler_access import Counts, Memory, Positions
from estimator.network.convolution_layer import Convolution
from estimator.network.layers import Matrix


class Envelope(StrEnum):
    r"""Which $R$ and which $t$.

    With $B$ such that the mass of $L^2 R$ is at most $B \|x\|^2$, the mass of $E$ is at most
    $Z\|x\|^2$ with $Z = 1 + t + (1+1/t) B$, and candidates are accepted with probability
    $\|\varphi\|^2/(Z\|x\|^2)$.
    """

    SIMPLE = "simple"
    r"""$t = 1$, $R(z) = C D^2 \sum_j W_{zj}^2 x_j^2$, so $B = L^2 C D^2 \max_j \|w_j\|^2$."""
    TIGHT = "tight"
    r"""$t = \sqrt B$, $R(z) = s_r \sum_j |W_{zj}| x_j^2$ by Schur's test, so $B = L^2 s_r s_c$."""


EXTRA_FLOPS = 9
"""Of one neuron, beside two sums of C D**2 products: scale, erf, add; square, two factors, add;
divide by the norm and square the result, for the neurons above. Unit: FLOP."""

TEST_FLOPS = 2
"""Of one candidate: a square and a division. Unit: FLOP."""


class Layer(Protocol):
    """What a block asks of the vector it is applied to."""

    def entries(self, positions: Positions) -> Matrix: ...


def lipschitz_constant(slope: float) -> float:
    """L = 2 slope / sqrt(pi), the largest derivative of erf(slope x)."""
    return float(2 * slope / np.sqrt(np.pi))


@frozen
class Weighting:
    """The numbers of an envelope for one block.

    Args:
        power: of |W| in R: 2 or 1.
        factor: C D**2 or s_r, the factor before the sum in R.
        column_mass: the largest sum over a column of |W|**power.
        t: the balance between skip and convolution.
        mass: Z.
    """

    power: int
    factor: float
    column_mass: float
    t: float
    mass: float

    @classmethod
    def of(cls, block: Convolution, slope: float, envelope: Envelope) -> "Weighting":
        """The weighting that `envelope` names."""
        L = lipschitz_constant(slope)
        if envelope is Envelope.SIMPLE:
            C, D = block.kernel.shape[1], block.kernel.shape[2]
            power, factor = 2, float(C * D**2)
        else:
            power, factor = 1, block.row_sum
        column_mass = float((np.abs(block.kernel) ** power).sum(axis=(0, 2, 3)).max())
        B = L**2 * factor * column_mass
        t = 1.0 if envelope is Envelope.SIMPLE or B == 0 else float(np.sqrt(B))
        return cls(power, factor, column_mass, t, 1 + t + (1 + 1 / t) * B)


class SampledBlock:
    """Entries of a block's vector, and steps from samples of its input to samples of it.

    Args:
        below: the vector the block is applied to; its entries may be off by a common factor.
        block: the convolution.
        slope: of erf.
        envelope: which bound the candidates come from.
        counts: where the work is counted; `number` is the place in its lists.
        number: of the block, counted from 0.
        rng: source of randomness.
    """

    def __init__(
        self,
        below: Layer,
        block: Convolution,
        slope: float,
        envelope: Envelope,
        counts: Counts,
        number: int,
        rng: np.random.Generator,
    ) -> None:
        self._below, self._counts, self._rng = below, counts, rng
        self._slope, self._number = slope, number
        self.block = block
        self.weighting = Weighting.of(block, slope, envelope)
        self.norm = 1.0
        """What the entries are divided by: an estimate of the l2 norm of phi. To be set."""
        self._C, self._D, self._M = block.kernel.shape[1], block.kernel.shape[2], block.side
        # Row i: the taps from all input positions to output channel i; then the same by column.
        self._incoming = block.kernel.reshape(self._C, -1)
        outgoing = np.abs(block.kernel.transpose(1, 0, 2, 3)) ** self.weighting.power
        cumulative = np.cumsum(outgoing.reshape(self._C, -1), axis=1)
        share = cumulative / max(self.weighting.column_mass, np.finfo(float).tiny)
        self._tap_table = (share + 2 * np.arange(self._C)[:, None]).ravel()
        self.forget()
        counts.steps.append(0)
        counts.neurons.append(0)

    def entries(self, positions: Positions) -> Matrix:
        """phi / norm at the positions."""
        return self._memory.rows(positions)[..., 0] / self.norm

    def law(self, positions: Positions) -> tuple[Matrix, Matrix]:
        """phi**2 and the envelope E at the positions; a candidate is drawn there by E / Z."""
        rows = self._memory.rows(positions)
        return rows[..., 0] ** 2, rows[..., 1]

    def forget(self) -> None:
        """Drops all neurons, because the entries below have changed."""
        self._memory = Memory(self._C * self._M**2, 2, self._evaluated)

    def step(self, positions: Positions) -> tuple[Positions, Matrix]:
        """A candidate for each sample of the input vector, and its probability of acceptance.

        Args:
            positions: distributed as the squares of the input vector.

        Returns:
            Candidates; and probabilities, zero where there was no candidate. A candidate z
            accepted with its probability is distributed as phi_z**2.
        """
        count = len(positions)
        self._counts.steps[self._number] += count
        through = self._rng.random(count) * self.weighting.mass >= 1 + self.weighting.t
        candidates = positions.copy()
        candidates[through] = self._along_columns(positions[through])
        valid = candidates >= 0
        values = self._memory.rows(candidates[valid])
        probabilities = np.zeros(count)
        bound = values[:, 1]
        probabilities[valid] = values[:, 0] ** 2 / np.where(bound > 0, bound, 1)
        self._counts.flops += TEST_FLOPS * count
        return candidates, probabilities

    def _along_columns(self, positions: Positions) -> Positions:
        """From column j to row z with probability |W_zj|**power / column_mass, else -1."""
        j, y, z = np.unravel_index(positions, (self._C, self._M, self._M))
        drawn = self._rng.random(len(positions))
        place = np.searchsorted(self._tap_table, drawn + 2 * j, side="right")
        taps = self._C * self._D**2
        tap = place - taps * j
        # Beyond the last tap: the rest of the probability, where there is no candidate.
        i, k, l = np.unravel_index(np.minimum(tap, taps - 1), (self._C, self._D, self._D))
        z, y = z + self.block.pad_begin - k, y + self.block.pad_begin - l
        inside = (tap < taps) & (z >= 0) & (z < self._M) & (y >= 0) & (y < self._M)
        return np.where(inside, (i * self._M + y) * self._M + z, -1)

    def _evaluated(self, positions: Positions) -> Matrix:
        """phi and E at the positions, shape (len, 2)."""
        self._counts.neurons[self._number] += len(positions)
        self._counts.flops += len(positions) * (4 * self._C * self._D**2 + EXTRA_FLOPS)
        i, y, z = np.unravel_index(positions, (self._C, self._M, self._M))
        j, k, l = np.unravel_index(np.arange(self._C * self._D**2), (self._C, self._D, self._D))
        z = z[:, None] + k - self.block.pad_begin
        y = y[:, None] + l - self.block.pad_begin
        inside = (z >= 0) & (z < self._M) & (y >= 0) & (y < self._M)
        sources = ((j * self._M + y) * self._M + z)[inside]
        neighbours = np.zeros(inside.shape)
        neighbours[inside] = self._below.entries(sources)
        weights = self._incoming[i]
        x = self._below.entries(positions)
        phi = x + erf(self._slope * (weights * neighbours).sum(axis=1))
        R = (np.abs(weights) ** self.weighting.power * neighbours**2).sum(axis=1)
        t, L = self.weighting.t, lipschitz_constant(self._slope)
        bound = (1 + t) * x**2 + (1 + 1 / t) * L**2 * self.weighting.factor * R
        return np.stack([phi, bound], axis=1)
