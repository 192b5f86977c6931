"""Which neurons the candidates of the classical sampler ask for, and what that costs."""

import math

from bloqs.resnet.rivals.sampled_network import SampledNetwork
from bloqs.resnet.rivals.sampler import AHEAD
from bloqs.resnet.rivals.sampler_block import EXTRA_FLOPS, TEST_FLOPS


class Visits:
    """Where candidates have been since the neurons were last forgotten: nowhere, to begin with."""

    def __init__(self, network: SampledNetwork, N: int) -> None:
        self._network, self.N = network, N
        self.steps = [0.0] * network.k
        """Candidates of each block."""
        self.placed = 0.0
        """Entries of the last block's vector looked at where the output matrix says."""

    def measure(self, depth: int, trials: float) -> None:
        """`trials` candidates of the block above `depth` blocks."""
        self.steps[depth] += trials
        self._through(depth, trials * (AHEAD if depth else 1))

    def sample(self, count: float) -> None:
        """`count` samples of the last block's vector."""
        self._through(self._network.k, count * AHEAD)

    def _through(self, depth: int, count: float) -> None:
        """Candidates of the blocks below for `count` samples after `depth` blocks."""
        for number in reversed(range(depth)):
            count /= self._network.acceptances[number]
            self.steps[number] += count

    @property
    def flops(self) -> float:
        """Tests of all candidates and evaluations of all different neurons."""
        C, D = self._network.C, self._network.D
        each = 4 * C * D**2 + EXTRA_FLOPS
        return TEST_FLOPS * sum(self.steps) + each * sum(self.neurons(i) for i in self._blocks)

    @property
    def lookups(self) -> float:
        """Different entries of the input, and the ways down its tree for its samples."""
        return self.neurons(-1) + self.steps[0] * math.log2(self.N)

    @property
    def _blocks(self) -> range:
        return range(self._network.k)

    def neurons(self, number: int) -> float:
        r"""Different neurons evaluated in a block, counted from 0; -1 are entries of the input.

        One stays unknown if no candidate came to it and no patch of D x D pixels (wider for
        blocks further up) around a candidate above covers it.
        """
        network, N = self._network, self.N
        pixels = N / network.C
        log_unknown = 0.0 if number < 0 else self._log_unmet(number)
        for above in range(number + 1, network.k):
            met = -N * math.expm1(self._log_unmet(above))
            field = min(pixels, ((above - number) * (network.D - 1) + 1) ** 2)
            if field == pixels:
                log_unknown = -math.inf if met > 0 else log_unknown
            else:
                log_unknown += met * math.log1p(-field / pixels)
        return -N * math.expm1(log_unknown)

    def _log_unmet(self, number: int) -> float:
        r"""log of the probability that no candidate of a block came to an entry.

        A share of the candidates is drawn like the squares of Gaussian numbers:
        $E e^{-m x^2/N} = (1 + 2m/N)^{-1/2}$; the others come through the convolution, evenly.
        """
        share, N = self._network.skip_share, self.N
        m = self.steps[number]
        placed = self.placed if number == self._network.k - 1 else 0.0
        return -((1 - share) * m + placed) / N - math.log1p(2 * share * m / N) / 2
