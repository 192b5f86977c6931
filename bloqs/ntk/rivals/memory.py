"""What a classical algorithm may ask of the data, and how often it did.

The same memory that a circuit loads from: rows by their number. A kernel value is worked out from
two rows: an inner product and the layers.
"""

from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from bloqs.ntk.model.activation import Reals
from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.model.masks import Mask

Positions = NDArray[np.int64]

LAYER_FLOP = 11
"""FLOP of a layer, variances and diagonals being known: two products, an arcsine, a square, a
difference, a root, a quotient, three products and a sum. A value of arcsine or a root is one."""


@define
class Work:
    """Done so far.

    Args:
        flop: additions, multiplications, divisions, roots and arcsines. Unit: FLOP.
        rows: rows of the data looked up. Unit: accesses.
        labels: labels looked up. Unit: accesses.
        kernels: values of the kernel worked out.
    """

    flop: int = 0
    rows: int = 0
    labels: int = 0
    kernels: int = 0

    @property
    def accesses(self) -> int:
        """Of the memory: rows and labels."""
        return self.rows + self.labels


def kernel_flop(d: Any, depth: Any) -> Any:
    """FLOP of one value of the kernel from two rows of d entries; numbers or symbols."""
    return 2 * d + LAYER_FLOP * depth


@define
class PointMemory:
    """Rows, labels and the mask, each asked for by number.

    Args:
        points: unit rows, shape (n, d).
        signs: labels, shape (n,).
        kernel: of two rows.
        mask: whose columns of a row are known without asking for data.
        work: where the questions are counted.
    """

    points: Reals
    signs: Reals
    kernel: Kernel
    mask: Mask
    work: Work = field(factory=Work)

    @property
    def n(self) -> int:
        """Points."""
        return len(self.points)

    def kernels(self, i: Positions, j: Positions) -> Reals:
        """Of pairs of rows (m,), both looked up: shape (m,)."""
        self._count(len(i), 2 * len(i))
        rho = np.einsum("ij,ij->i", self.points[i], self.points[j])
        found = self.kernel.values(np.clip(rho, -1, 1))
        return np.where(i == j, 1.0, found)

    def with_point(self, i: Positions, point: Reals) -> Reals:
        """Of rows (m,) and a test point, which is at hand: shape (m,)."""
        self._count(len(i), len(i))
        return self.kernel.vector(self.points[i], point)

    def whole(self) -> Reals:
        """The kernel matrix: every row looked up once, every pair worked out once."""
        n = self.n
        self._count(n * (n - 1) // 2, n)
        return self.kernel.matrix(self.points)

    def labels(self, i: Positions) -> Reals:
        """Shape (m,)."""
        self.work.labels += len(i)
        return self.signs[i]

    def columns(self, i: int) -> Positions:
        """Of row i of the mask, the diagonal left out."""
        found = np.flatnonzero(self.mask.kept[i])
        return found[found != i]

    def _count(self, kernels: int, rows: int) -> None:
        self.work.kernels += kernels
        self.work.rows += rows
        self.work.flop += kernels * kernel_flop(self.points.shape[1], self.kernel.depth)
