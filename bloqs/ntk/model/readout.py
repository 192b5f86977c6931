r"""The vector k_*, clipped as a circuit loads it, and its overlap with a solution.

A flag is turned so that its zero has amplitude $\tilde k_i = k_i/\hat k$, cut off at $\pm 1$; it is
found in zero with probability $P/n$, $P = \sum_i \tilde k_i^2$.

Source: [ZNL21] App. A.3
"""

from math import inf
from sys import float_info

import numpy as np
from attrs import frozen

from bloqs.ntk.model.activation import Reals
from bloqs.ntk.model.kernel import Kernel, check_gap

ROUNDING = 2.0**-46
"""Overlap of unit vectors below which nothing but rounding is left of it."""

LEAST_CEILING = float_info.min / float_info.epsilon
"""Kernels below this lose digits, or all of them, in floating point."""


def ceiling_at(kernel: Kernel, gap: float) -> float:
    """k_L(1 - eps'), where k_* is cut off.

    Raises:
        ValueError: if eps' is not in (0, 1), or so deep a kernel is lost in floating point.
    """
    check_gap(gap)
    ceiling = float(kernel.at_gap(gap))
    if not ceiling > LEAST_CEILING:
        raise ValueError(
            f"at depth {kernel.depth} the kernel at correlation 1 - {gap:g} is {ceiling:.3g}, too "
            "small for floating point; go less deep"
        )
    return ceiling


def check_vector(k: Reals) -> None:
    """Refuse a vector that cannot be prepared.

    Raises:
        ValueError: if it is zero or not finite.
    """
    if not np.all(np.isfinite(k)):
        raise ValueError("k_* has an entry that is not finite; check the test point")
    if not np.any(k):
        raise ValueError(
            "k_* is zero: the test point is orthogonal to all data at this depth; go less deep"
        )


def clip(k: Reals, ceiling: float) -> Reals:
    """Entries over the ceiling, cut off at one in modulus: shape (n,).

    Raises:
        ValueError: if k is zero, or the ceiling not above zero.
    """
    check_vector(k)
    if not ceiling > 0:
        raise ValueError(f"k_* is divided by a ceiling above 0, got {ceiling}")
    return np.clip(np.asarray(k) / ceiling, -1, 1)


@frozen
class Overlap:
    """What a read-out of a clipped vector against a solution is about.

    Args:
        success: P/n, probability that the flag of |k_*> is found in zero.
        overlap: o, inner product of the two unit vectors; 0 where it is within `ROUNDING` of it.
    """

    success: float
    overlap: float

    @classmethod
    def of(cls, clipped: Reals, solution: Reals) -> "Overlap":
        """Of clipped entries (n,) and a solution of any length (n,)."""
        square = float(clipped @ clipped)
        if not square > 0:
            raise ValueError(
                "the clipped k_* is zero in floating point: its squares vanish; lower the ceiling"
            )
        length = float(np.sqrt(square) * np.linalg.norm(solution))
        overlap = float(clipped @ solution) / length
        return cls(square / len(clipped), overlap if abs(overlap) > ROUNDING else 0.0)

    @property
    def attempts(self) -> float:
        """n/P: attempts until the flag is found in zero, on average."""
        return 1 / self.success

    @property
    def sign(self) -> int:
        """+1, -1, or 0 without an overlap."""
        return int(np.sign(self.overlap))

    @property
    def shots(self) -> float:
        """1/o**2 - 1; infinite without an overlap."""
        return 1 / self.overlap**2 - 1 if self.overlap else inf


def signed_parts(vector: Reals) -> tuple[Reals, Reals]:
    """Positive and negative part, both with entries of at least zero and disjoint."""
    return np.maximum(vector, 0), np.maximum(-vector, 0)


def from_four(squares: dict[tuple[int, int], float], k: Reals, x: Reals) -> float:
    """The overlap of k and x from four squared overlaps of their unit parts.

    Args:
        squares: |<k^s|x^t>|**2 of unit vectors, s and t being +1 or -1; where a part is zero it
            does not matter.
        k: clipped entries.
        x: solution; its parts are those where the labels are +1 and -1, up to sign.

    Source: [ZNL21] Eq. A.38
    """
    k_parts, x_parts = signed_parts(k), signed_parts(x)
    total = 0.0
    for s, one in zip((1, -1), k_parts, strict=True):
        for t, other in zip((1, -1), x_parts, strict=True):
            lengths = np.linalg.norm(one) * np.linalg.norm(other)
            total += s * t * float(lengths) * float(np.sqrt(squares[s, t]))
    return total / float(np.linalg.norm(k) * np.linalg.norm(x))


def check_four(solution: Reals, labels: Reals) -> None:
    """Refuse four overlaps where the classes do not part the signs of the solution.

    Raises:
        ValueError: if an entry of the solution has not the sign of its label.
    """
    against = np.flatnonzero(solution * labels < 0)
    if against.size:
        i = int(against[0])
        raise ValueError(
            f"four overlaps need y_i x_i >= 0 for all i, and row {i} has y_i x_i = "
            f"{float(solution[i] * labels[i]):.3g}; take the Hadamard test, or go deeper until the "
            "masked row sum is below 1/2"
        )
