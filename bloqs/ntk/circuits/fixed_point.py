r"""Points, a new point and their inner products as whole numbers, and how far off that is.

A point's entry in [-s, s] is the word u of b bits that stands for $s (2u + 1 - 2^b)/2^b$; an entry
of the new point is the odd number c with $|c| < 2^{b'}$ that stands for $s c/2^{b'}$: as a sum of
$\pm 2^k$ it has no zeros, so that every new point costs the same. Then $\rho = s^2 2^{-b-b'} (2
\sum_j u_j c_j + (1 - 2^b) \sum_j c_j)$: one sum of words, and a number known beforehand. It is
counted modulo $2^w$, for $\rho$ within [-1, 1] and its error, whatever the sums of single terms.
"""

from collections.abc import Callable
from math import ceil, log2, sqrt

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from bloqs.ntk.model.activation import Reals
from bloqs.ntk.model.budget import Budget


@frozen(kw_only=True)
class FixedPoint:
    """How many bits everything has.

    Args:
        word: of an entry of a stored point, b. Unit: qubits.
        reference: of an entry of the new point, b'. Unit: 1.
        cells: of a correlation, where its kernel value is looked up. Unit: qubits.
        angle: of a rotation's angle, at least 4. Unit: qubits.
        dimension: entries of a point, d.
        scale: s, the largest modulus of an entry of any point, at most 1.

    Raises:
        ValueError: if a number is out of its range.
    """

    word: int
    reference: int
    cells: int
    angle: int
    dimension: int
    scale: float = 1.0

    def __attrs_post_init__(self) -> None:
        if min(self.word, self.reference, self.cells, self.dimension) < 1:
            raise ValueError(f"words, cells and dimension are at least 1, got {self}")
        if not 0 < self.scale <= 1 + 1e-12:
            raise ValueError(f"the largest entry of unit vectors is in (0, 1], got {self.scale}")
        if self.cells > self.width:
            raise ValueError(
                f"a correlation of {self.width} bits has no {self.cells} bits to look up; give "
                "fewer cells, or more bits to the words"
            )

    @classmethod
    def of_budget(cls, budget: Budget) -> "FixedPoint":
        """The bits that a budget allows: words of the data and of the new point, cells, angles.

        A cell is as wide as two steps of the budget's address, so that its middle is off by one.
        """
        word = budget.data_bits
        rough = cls(
            word=word,
            reference=word,
            cells=1,
            angle=budget.angle_bits,
            dimension=budget.d,
            scale=budget.largest,
        )
        cells = 1
        while rough.cell_error(cells) > 2.0**-budget.address_bits:
            cells += 1
        return evolve(rough, cells=cells)

    @property
    def unit(self) -> float:
        """Half of a correlation's step from one sum to the next."""
        return self.scale**2 / 2.0 ** (self.word + self.reference)

    @property
    def rounding(self) -> float:
        """Bound on the error of a correlation by words and new point."""
        one, two = self.scale / 2.0**self.word, self.scale / 2.0**self.reference
        root = sqrt(self.dimension)
        return root * (one + two) + self.dimension * one * two

    @property
    def width(self) -> int:
        """w, bits of the sum. Unit: qubits."""
        return max(self.word + self.reference, ceil(log2((1 + self.rounding) / self.unit + 2)))

    @property
    def correlation_error(self) -> float:
        """Bound on the error of a correlation, its cell included."""
        return self.rounding + self.cell_error(self.cells)

    def cell_error(self, cells: int) -> float:
        """How far a correlation is from the middle of its cell, for so many bits of cells."""
        return self.unit * (2.0 ** (self.width - cells) - 1)

    def words_of(self, points: Reals) -> tuple[int, ...]:
        """Each row of an array (n, d) as one word, its first entry in the most significant bits.

        Raises:
            ValueError: if an entry is not within the scale.
        """
        digits = self._levels(points, self.scale, self.word)
        return tuple(int("".join(f"{int(u):0{self.word}b}" for u in row), 2) for row in digits)

    def reference_of(self, point: Reals) -> tuple[int, ...]:
        """The odd numbers of an array (d,).

        Raises:
            ValueError: if an entry is not within the scale.
        """
        levels = self._levels(point, self.scale, self.reference)
        return tuple(2 * int(u) + 1 - 2**self.reference for u in levels)

    def _levels(self, values: Reals, scale: float, bits: int) -> NDArray[np.int64]:
        values = np.asarray(values, dtype=float)
        if not np.all(np.abs(values) <= scale * (1 + 1e-12)):
            raise ValueError(
                f"entries are within {scale:g}, got {np.abs(values).max():g}; give the largest "
                "entry as the scale"
            )
        if values.shape[-1] != self.dimension:
            raise ValueError(f"points have {self.dimension} entries, got {values.shape[-1]}")
        levels = np.floor((values / scale + 1) / 2 * 2**bits).astype(np.int64)
        return np.clip(levels, 0, 2**bits - 1)

    def start(self, reference: tuple[int, ...]) -> int:
        """What the sum starts from, so that half its range is a correlation of about zero."""
        return (self._known(reference) // 2 + 2 ** (self.width - 1)) % 2**self.width

    def _known(self, reference: tuple[int, ...]) -> int:
        return (1 - 2**self.word) * sum(reference)

    def correlations(
        self, reference: tuple[int, ...], cells: NDArray[np.int64] | None = None
    ) -> Reals:
        """Of the middles of some cells, an array of their shape; of all 2**cells without any."""
        step = 2.0 ** (self.width - self.cells)
        middle = (np.arange(2**self.cells) if cells is None else cells) * step + (step - 1) / 2
        odd = self._known(reference) % 2
        return np.asarray((2 * (middle - 2.0 ** (self.width - 1)) + odd) * self.unit)

    def angles_of(
        self,
        reference: tuple[int, ...],
        kernel: Callable[[Reals], Reals],
        cells: NDArray[np.int64] | None = None,
    ) -> tuple[int, ...]:
        """The arcsines of a clipped kernel in cells, in units of 2 pi / 2**angle.

        Args:
            reference: the odd numbers of the new point.
            kernel: clipped, of correlations.
            cells: numbers of cells; all without any.
        """
        rho = np.clip(self.correlations(reference, cells), -1, 1)
        turns = np.arcsin(kernel(rho)) * 2**self.angle / (2 * np.pi)
        return tuple(int(x) for x in np.rint(turns).astype(int) % 2**self.angle)


def clipped(kernel: Callable[[Reals], Reals], gap: float) -> Callable[[Reals], Reals]:
    """A kernel over its value at correlation 1 - gap, clipped to [-1, 1].

    Args:
        kernel: of correlations.
        gap: eps', in (0, 1).

    Raises:
        ValueError: if the gap is not, or the kernel is not positive there.
    """
    ceiling = _ceiling(kernel, gap)
    return lambda rho: np.clip(kernel(rho) / ceiling, -1, 1)


def kernel_slope(kernel: Callable[[Reals], Reals], gap: float) -> float:
    """Bound on the slope of the clipped kernel.

    A kernel of correlations is a power series without negative coefficients: its slope is largest
    where it is clipped, and there at most that of a chord beyond.

    Raises:
        ValueError: as `clipped`.
    """
    ceiling = _ceiling(kernel, gap)
    step = gap / 2**10
    there, beyond = kernel(np.array([1 - gap, 1 - gap + step]))
    return float((beyond - there) / (step * ceiling))


def _ceiling(kernel: Callable[[Reals], Reals], gap: float) -> float:
    if not 0 < gap < 1:
        raise ValueError(f"kernel values are clipped at 1 - eps' with eps' in (0, 1), got {gap}")
    ceiling = float(kernel(np.array([1 - gap]))[0])
    if not ceiling > 0:
        raise ValueError(f"a kernel is clipped at a positive value, got {ceiling:g} at {1 - gap:g}")
    return ceiling
