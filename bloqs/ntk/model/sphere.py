r"""What is expected of points that are uniform on a sphere, where there are no data.

The correlation of two points in d dimensions has density $\propto (1 - \rho^2)^{(d - 3)/2}$: the
separability is where one pair is expected closer, $P/n$ and row sums are means over it. Labels are
those of a half space: $1/o^2$ is about $(\pi/2)\, d/.455$ for the median of points.

Source: derived; measured for n up to 16,384
"""

from functools import cached_property
from math import ceil, log, pi, sqrt

import numpy as np
from attrs import frozen
from scipy.special import betaincinv

from bloqs.ntk.model.activation import Reals
from bloqs.ntk.model.bounds import largest_sparsity, median_shots
from bloqs.ntk.model.depths import exact_depth
from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.model.readout import ceiling_at

NODES = 2000
"""Of the quadrature, by the midpoint rule over the angle between two points."""

WIDEST = 12.0
"""Standard deviations of a correlation up to which it goes."""


def dimension(n: int) -> int:
    """d = 4 ln n: as many entries as keep n random points apart."""
    return max(2, ceil(4 * log(n)))


def expected_separability(n: int, d: int) -> float:
    """delta where one of n (n - 1)/2 pairs is expected to have |rho| > 1 - delta."""
    share = min(1.0, 2 / (n * (n - 1.0)))
    if share == 1:
        return 1.0
    square = float(betaincinv((d - 1) / 2, 0.5, share))
    return square / (1 + sqrt(1 - square))


@frozen
class SphereModel:
    """Points on a sphere and a kernel of their correlations.

    Args:
        n: points, at least 2.
        d: entries of one.
        activation: name of it.
        depth: hidden layers; `None` for as few as make all kernels 1/n**2 at most.
        gap: eps', where kernels are cut off.
    """

    n: int
    d: int
    activation: str
    depth: int | None
    gap: float

    @cached_property
    def delta(self) -> float:
        """Separability."""
        return expected_separability(self.n, self.d)

    @cached_property
    def layers(self) -> int:
        """Hidden layers."""
        if self.depth is not None:
            return self.depth
        return exact_depth(self.n, self.delta, self.activation)

    @cached_property
    def kernel(self) -> Kernel:
        """k_L."""
        return Kernel.of(self.activation, self.layers)

    @cached_property
    def nodes(self) -> tuple[Reals, Reals]:
        """Correlations and their weights, which sum to one."""
        angle = ((np.arange(NODES) + 0.5) * 2 / NODES - 1) * min(pi / 2, WIDEST / sqrt(self.d))
        weight = np.cos(angle) ** (self.d - 2)
        return np.sin(angle), weight / weight.sum()

    @cached_property
    def values(self) -> Reals:
        """k_L at the nodes."""
        return self.kernel.values(self.nodes[0])

    @property
    def ceiling(self) -> float:
        """Where kernels are cut off."""
        return ceiling_at(self.kernel, self.gap)

    @property
    def slope(self) -> float:
        """Bound on the slope of the clipped kernel."""
        return self.kernel.steepest(self.gap) / self.ceiling

    @property
    def attempts(self) -> float:
        """n/P."""
        clipped = np.clip(self.values / self.ceiling, -1, 1)
        return float(1 / (self.nodes[1] @ clipped**2))

    @property
    def inverse_square(self) -> float:
        """1/o**2 of the median point."""
        return median_shots(self.d)

    @property
    def row_sum(self) -> float:
        """r, on average over points."""
        return float((self.n - 1) * (self.nodes[1] @ np.abs(self.values)))

    @property
    def largest(self) -> float:
        """k_max, at the separability."""
        return float(self.kernel.at_gap(self.delta))

    @property
    def sparsity(self) -> int:
        """Entries of a row of a random mask, with probability 1 - 1/n; those of a class at most."""
        return min(ceil(largest_sparsity(self.n)), max(1, self.n // 2))

    @property
    def masked_row_sum(self) -> float:
        """Bound on r_S."""
        return (self.sparsity - 1) * self.largest

    def alpha(self, variant: str) -> float:
        """Bound on the subnormalisation of an encoding."""
        return {
            "uniform": float(self.sparsity),
            "weighted": 1 + self.masked_row_sum,
            "diagonal": 1.0,
        }[variant]
