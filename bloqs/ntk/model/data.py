"""Labelled points of two classes on the unit sphere, read, checked and put in order.

Source: [ZNL21] App. A, and its authors' programs for the treatment of images
"""

from pathlib import Path

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bloqs.ntk.model.activation import Activation, Reals

DIGITS = "digits:"
"""Begins the name of two classes of the handwritten digits of scikit-learn."""

SUFFIX = ".npz"
"""Of a file with the fields X and y."""

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
        _check_shapes(X, y)
        X = X.astype(float)
        lengths = _checked_lengths(X)
        _check_labels(y)
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
        rows = X[order] / lengths[order, None]
        return cls(rows, y[order].astype(float), order, notes)

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


def _check_shapes(X: NDArray[np.float64], y: NDArray[np.float64]) -> None:
    if X.ndim != 2 or not X.size:
        raise ValueError(f"X holds a point in each row, got shape {X.shape}; give (n, d)")
    if y.shape != (len(X),):
        raise ValueError(f"y holds a label for each of {len(X)} rows, got shape {y.shape}")
    if X.dtype.kind not in "fiub" or y.dtype.kind not in "fiub":
        raise ValueError(f"X and y hold real numbers, got {X.dtype} and {y.dtype}; convert them")


def _checked_lengths(X: Reals) -> Reals:
    wrong = np.flatnonzero(~np.isfinite(X).all(axis=1))
    if wrong.size:
        raise ValueError(
            f"entries are finite numbers, and row {wrong[0]} holds NaN or infinity; remove it"
        )
    lengths = np.linalg.norm(X, axis=1)
    zero = np.flatnonzero(lengths == 0)
    if zero.size:
        raise ValueError(f"row {zero[0]} is zero and has no direction; remove it")
    return np.asarray(lengths)


def _check_labels(y: NDArray[np.float64]) -> None:
    wrong = np.flatnonzero((y != 1) & (y != -1))
    if wrong.size:
        i = int(wrong[0])
        raise ValueError(f"labels are +1 and -1, and row {i} has {y[i]}; map the classes to these")
    if len(np.unique(y)) < 2:
        raise ValueError(
            f"two classes are told apart, and all {len(y)} labels are {int(y[0]):+d}; "
            "add points of the other"
        )


@frozen(eq=False)
class Split:
    """What is learned from, and what is asked.

    Args:
        train: labelled points.
        test: the others; `None` if there are none of both classes.
    """

    train: Labelled
    test: Labelled | None


def read(source: str, n: int | None = None, seed: int = 0) -> Split:
    """Data by name or from a file.

    Args:
        source: "digits:8v9" for two of the handwritten digits, or a file with fields X and y.
        n: training points, drawn at random, of both classes as evenly as n and the data allow;
            all points of a file without it.
        seed: of the draw.

    Raises:
        ValueError: if it cannot be read so, in one sentence.
    """
    if source.startswith(DIGITS):
        X, y = _digits(source)
        train, test = _drawn(y, n if n is not None else len(y) // 2 // 2 * 2, seed, source)
        learned = Labelled.of(_standardised(X[train]), y[train])
        asked = Labelled.of(_standardised(X[test]), y[test]) if _has_both(y[test]) else None
        return Split(_named(learned, train), _named(asked, test) if asked else None)
    X, y = _from_file(source)
    if n is None:
        return Split(Labelled.of(X, y), None)
    _check_shapes(X, y)
    _check_labels(y)
    train, test = _drawn(y, n, seed, source)
    asked = Labelled.of(X[test], y[test]) if _has_both(y[test]) else None
    learned = Labelled.of(X[train], y[train])
    return Split(_named(learned, train), _named(asked, test) if asked else None)


def _has_both(y: Reals) -> bool:
    return len(np.unique(y)) == 2


def _named(part: Labelled, rows: NDArray[np.int64]) -> Labelled:
    return Labelled(part.rows, part.labels, rows[part.sources], part.notes)


def _digits(source: str) -> tuple[Reals, Reals]:
    """Pixels of two digits and labels: as published, the second has +1 and the first -1."""
    from sklearn.datasets import load_digits  # the data are read when they are asked for

    pair = source.removeprefix(DIGITS).split("v")
    if len(pair) != 2 or not all(len(x) == 1 and x.isdecimal() for x in pair) or pair[0] == pair[1]:
        raise ValueError(f"two different digits are named as in digits:8v9, got {source!r}")
    found = load_digits()
    first, second = map(int, pair)
    here = (found.target == first) | (found.target == second)
    return np.asarray(found.data[here], float), np.where(found.target[here] == second, 1.0, -1.0)


def _standardised(X: Reals) -> Reals:
    """Minus the mean of all entries, over their standard deviation: of this set."""
    return (X - X.mean()) / X.std()


def _drawn(y: Reals, n: int, seed: int, source: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows to learn from and the others."""
    if not 2 <= n <= len(y):
        raise ValueError(f"{source} has {len(y)} points, and at least 2 are needed, got n={n}")
    rng = np.random.default_rng(seed)
    classes = [rng.permutation(np.flatnonzero(y == label)) for label in (1.0, -1.0)]
    first = min(max((n + 1) // 2, n - len(classes[1])), len(classes[0]))
    parts = [classes[0][:first], classes[1][: n - first]]
    train = np.sort(np.concatenate(parts))
    return train, np.setdiff1d(np.arange(len(y)), train)


def _from_file(source: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    path = Path(source)
    if path.suffix != SUFFIX:
        raise ValueError(f"data are digits:8v9 or a file FILE.npz with X and y, got {source!r}")
    if not path.is_file():
        raise ValueError(f"there is no file {source!r}; give one with fields X and y")
    try:
        with np.load(path, allow_pickle=False) as found:
            fields = {name: found[name] for name in found.files}
    except (OSError, ValueError, EOFError, KeyError) as broken:
        raise ValueError(f"{source!r} is no file of arrays as numpy.savez writes it") from broken
    if missing := {"X", "y"} - set(fields):
        raise ValueError(
            f"{source!r} lacks the field {' and '.join(sorted(missing))}; save X (n, d) and y (n,)"
        )
    return fields["X"], fields["y"]
