r"""Points, a new point and their inner products as whole numbers, and how far off that is.

A point's entry in [-s, s] is the word u of b bits that stands for $s (2u + 1 - 2^b)/2^b$; an entry
of the new point is the odd number c with $|c| < 2^{b'}$ that stands for $s' c/2^{b'}$: as a sum of
$\pm 2^k$ it has no zeros, so that every new point costs the same. Then $\rho = s s' 2^{-b-b'} (2
\sum_j u_j c_j + (1 - 2^b) \sum_j c_j)$: one sum of words, and a number known beforehand. It is
counted modulo $2^w$, for $\rho$ within [-1, 1] and its error, whatever the sums of single terms.
"""

from collections.abc import Callable
from math import ceil, log2, sqrt

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

Reals = NDArray[np.float64]

PARTS = 4
"""Of an error: words, the new point, cells of the correlation, angles."""

MOST_BITS = 60


@frozen(kw_only=True)
class FixedPoint:
    """How many bits everything has.

    Args:
        word: of an entry of a stored point, b. Unit: qubits.
        reference: of an entry of the new point, b'. Unit: 1.
        cells: of a correlation, where its kernel value is looked up. Unit: qubits.
        angle: of a rotation's angle, at least 4. Unit: qubits.
        dimension: entries of a point, d.
        scale: s, the largest modulus of an entry of a stored point.
        reference_scale: s', of the new point.

    Raises:
        ValueError: if a number is out of its range.
    """

    word: int
    reference: int
    cells: int
    angle: int
    dimension: int
    scale: float = 1.0
    reference_scale: float = 1.0

    def __attrs_post_init__(self) -> None:
        if min(self.word, self.reference, self.cells, self.dimension) < 1:
            raise ValueError(f"words, cells and dimension are at least 1, got {self}")
        for scale in (self.scale, self.reference_scale):
            if not 0 < scale <= 1 + 1e-12:
                raise ValueError(f"the largest entry of unit vectors is in (0, 1], got {scale}")
        if self.cells > self.width:
            raise ValueError(
                f"a correlation of {self.width} bits has no {self.cells} bits to look up; give "
                "fewer cells, or more bits to the words"
            )

    @classmethod
    def within(
        cls,
        error: float,
        alpha: float,
        slope: float,
        dimension: int,
        scale: float = 1.0,
        reference_scale: float = 1.0,
    ) -> "FixedPoint":
        r"""The least bits with which a vector of kernel values errs by no more than `error`.

        A quarter of it each for words, new point, cells and angles: $\alpha$ times the slope times
        what a correlation is off, or times $\pi/2^{b_\theta}$.

        Args:
            error: of the normalised vector (l2 norm), in (0, 1).
            alpha: $\sqrt{n/P}$, over as many rows as the index has.
            slope: largest slope of the clipped kernel, `kernel_slope`.
            dimension: as in the class.
            scale: as in the class.
            reference_scale: as in the class.

        Raises:
            ValueError: if a number is out of its range.
        """
        if not 0 < error < 1:
            raise ValueError(f"the error of a vector lies between 0 and 1, got {error}")
        if not (alpha >= 1 and slope > 0):
            raise ValueError(f"alpha is >= 1 and a slope > 0, got {alpha} and {slope}")
        share = error / (PARTS * alpha)
        root = sqrt(dimension)

        def bits(unit: float, least: int) -> int:
            return min(max(least, ceil(log2(unit / share))), MOST_BITS)

        word = bits(1.5 * slope * root * scale, 1)  # half more, for the product of both errors
        reference = bits(slope * root * reference_scale, 1)
        angle = bits(np.pi, 4)
        rough = cls(
            word=word,
            reference=reference,
            cells=1,
            angle=angle,
            dimension=dimension,
            scale=scale,
            reference_scale=reference_scale,
        )
        cells = min(rough.width, bits(slope * rough.unit * 2.0**rough.width, 1))
        return cls(
            word=word,
            reference=reference,
            cells=cells,
            angle=angle,
            dimension=dimension,
            scale=scale,
            reference_scale=reference_scale,
        )

    @property
    def unit(self) -> float:
        """Half of a correlation's step from one sum to the next."""
        return self.scale * self.reference_scale / 2.0 ** (self.word + self.reference)

    @property
    def rounding(self) -> float:
        """Bound on the error of a correlation by words and new point."""
        one, two = self.scale / 2.0**self.word, self.reference_scale / 2.0**self.reference
        root = sqrt(self.dimension)
        return root * (one + two) + self.dimension * one * two

    @property
    def width(self) -> int:
        """w, bits of the sum. Unit: qubits."""
        return max(self.word + self.reference, ceil(log2((1 + self.rounding) / self.unit + 2)))

    @property
    def correlation_error(self) -> float:
        """Bound on the error of a correlation, its cell included."""
        return self.rounding + self.unit * (2.0 ** (self.width - self.cells) - 1)

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
        levels = self._levels(point, self.reference_scale, self.reference)
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

    def correlations(self, reference: tuple[int, ...]) -> Reals:
        """Of the middle of every cell: Array of shape (2**cells,)."""
        step = 2.0 ** (self.width - self.cells)
        middle = np.arange(2**self.cells) * step + (step - 1) / 2
        odd = self._known(reference) % 2
        return (2 * (middle - 2.0 ** (self.width - 1)) + odd) * self.unit

    def angles_of(
        self, reference: tuple[int, ...], kernel: Callable[[Reals], Reals]
    ) -> tuple[int, ...]:
        """The arcsines of a clipped kernel in every cell, in units of 2 pi / 2**angle.

        Args:
            reference: the odd numbers of the new point.
            kernel: clipped, of correlations.
        """
        rho = np.clip(self.correlations(reference), -1, 1)
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
