"""Labelled points of two classes on the unit sphere, checked and put in order.

Source: the programs of the authors of [ZNL21]
"""

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bloqs.ntk.model.activation import Activation, Reals

UNIT = 1e-9
"""How far a length may be from one that still counts as rounding."""

SAME = 1e-13
"""Gap 1 - |x_i . x_j| up to which two rows are the same, or opposite."""

STRIP = 512
"""Rows that are compared with all others together."""


@frozen(eq=False)
class Labelled:
    """Unit rows with labels, the class +1 first.

    Args:
        rows: shape (n, d), each of length one.
        labels: shape (n,) of +1.0 and -1.0.
        sources: shape (n,), row in what was given.
        notes: what was done to the data, one sentence each.
    """

    rows: Reals
    labels: Reals
    sources: NDArray[np.int64]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, X: NDArray[np.float64], y: NDArray[np.float64], is_normalised: bool = False
    ) -> "Labelled":
        """From points and labels in any order.

        Args:
            X: shape (n, d).
            y: shape (n,) of +1 and -1.
            is_normalised: whether rows of another length than one are refused instead of divided
                by it.

        Raises:
            ValueError: if there is nothing to learn from them, in one sentence.
        """
        X, y = np.asarray(X), np.asarray(y)
        check_shapes(X, y)
        X = X.astype(float)
        check_entries(X)
        rows, lengths = unit_rows(X)
        check_labels(y)
        off = np.flatnonzero(np.abs(lengths - 1) > UNIT)
        notes: tuple[str, ...] = ()
        if off.size:
            if is_normalised:
                i = int(off[0])
                raise ValueError(
                    f"rows are unit vectors, and row {i} has length {lengths[i]:.6g}; "
                    "divide it by its length"
                )
            notes = (f"{off.size} of {len(X)} rows were divided by their length.",)
        order = np.argsort(-y.astype(float), kind="stable")
        return cls(rows[order], y[order].astype(float), order, notes)

    @property
    def n(self) -> int:
        """Points."""
        return len(self.rows)

    @property
    def d(self) -> int:
        """Entries of a row."""
        return int(self.rows.shape[1])

    @property
    def is_balanced(self) -> bool:
        """Whether both classes have as many points."""
        return not self.labels.sum()

    def closest(self, has_sign: bool = True) -> tuple[float, int, int]:
        """Separability delta and the pair of rows that has it, as numbered in what was given.

        Args:
            has_sign: whether antipodal points count as close, 1 - |x . z|; else 1 - x . z.
        """
        best, pair = 2.0, (0, 0)
        for start in range(0, self.n, STRIP):
            rho = self.rows[start : start + STRIP] @ self.rows.T
            if has_sign:
                rho = np.abs(rho)
            rho[np.arange(len(rho)), np.arange(start, start + len(rho))] = -2
            i, j = np.unravel_index(np.argmax(rho), rho.shape)
            if 1 - rho[i, j] < best:
                one, two = self.rows[start + i], self.rows[j]
                apart = one - two if one @ two > 0 or not has_sign else one + two
                best, pair = float(apart @ apart) / 2, (int(start + i), int(j))
        first, second = sorted(int(self.sources[i]) for i in pair)
        return best, first, second

    @property
    def separability(self) -> float:
        """delta = min 1 - |x_i . x_j|."""
        return self.closest()[0]

    def check_apart(self, activation: Activation) -> float:
        """delta as the activation sees it.

        Raises:
            ValueError: if two rows are the same, or opposite and the activation odd.
        """
        gap, i, j = self.closest(has_sign=activation.is_odd)
        if gap > SAME:
            return gap
        a, b = (self.rows[np.flatnonzero(self.sources == row)[0]] for row in (i, j))
        if a @ b > 0:
            raise ValueError(
                f"points must differ, and rows {i} and {j} are the same direction (delta = 0); "
                "remove one of them"
            )
        raise ValueError(
            f"rows {i} and {j} are antipodal (delta = 0), and {activation.name} is odd: it takes "
            "them for one point; remove one of them, or take relu"
        )


def check_shapes(X: NDArray[np.float64], y: NDArray[np.float64]) -> None:
    """Refuse arrays that are no points and labels.

    Raises:
        ValueError: if they are not.
    """
    if X.ndim != 2 or not X.size:
        raise ValueError(f"X holds a point in each row, got shape {X.shape}; give (n, d)")
    if y.shape != (len(X),):
        raise ValueError(f"y holds a label for each of {len(X)} rows, got shape {y.shape}")
    if X.dtype.kind not in "fiub" or y.dtype.kind not in "fiub":
        raise ValueError(f"X and y hold real numbers, got {X.dtype} and {y.dtype}; convert them")


def check_entries(X: Reals) -> None:
    """Refuse rows without a direction.

    Raises:
        ValueError: if one is zero or has an entry that is not finite.
    """
    wrong = np.flatnonzero(~np.isfinite(X).all(axis=1))
    if wrong.size:
        raise ValueError(
            f"entries are finite numbers, and row {wrong[0]} holds NaN or infinity; remove it"
        )
    zero = np.flatnonzero(~X.any(axis=1))
    if zero.size:
        raise ValueError(f"row {zero[0]} is zero and has no direction; remove it")


def unit_rows(X: Reals) -> tuple[Reals, Reals]:
    """Rows (n, d), none of them zero, over their lengths, and the lengths (n,).

    Each row is first brought near one by a power of two, so that no square is too large or small.
    """
    exponents = np.frexp(np.abs(X).max(axis=1))[1]
    scaled = np.ldexp(X, -exponents[:, None])
    lengths = np.linalg.norm(scaled, axis=1)
    with np.errstate(over="ignore"):
        return scaled / lengths[:, None], np.ldexp(lengths, exponents)


def check_labels(y: NDArray[np.float64]) -> None:
    """Refuse labels that are not +1 and -1, both.

    Raises:
        ValueError: if they are not.
    """
    wrong = np.flatnonzero((y != 1) & (y != -1))
    if wrong.size:
        i = int(wrong[0])
        raise ValueError(f"labels are +1 and -1, and row {i} has {y[i]}; map the classes to these")
    if len(np.unique(y)) < 2:
        raise ValueError(
            f"two classes are told apart, and all {len(y)} labels are {int(y[0]):+d}; "
            "add points of the other"
        )
