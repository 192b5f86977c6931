"""Data by name or from a file, split into what is learned from and what is asked.

Source: the programs of the authors of [ZNL21] for the treatment of images
"""

from pathlib import Path

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from bloqs.ntk.model.activation import Reals
from bloqs.ntk.model.data import Labelled, check_labels, check_shapes
from estimator.network.array_file import UNREADABLE

DIGITS = "digits:"
"""Begins the name of two classes of the handwritten digits of scikit-learn."""

SUFFIX = ".npz"
"""Of a file with the fields X and y."""


@frozen(eq=False)
class Split:
    """What is learned from, and what is asked.

    Args:
        train: labelled points.
        test: the others; `None` if there are none of both classes.
        points: those that a file names to be asked about, as they are stored; `None` without.
    """

    train: Labelled
    test: Labelled | None
    points: Reals | None = None


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
    X, y, points = _from_file(source)
    if n is None:
        return Split(Labelled.of(X, y), None, points)
    check_shapes(X, y)
    check_labels(y)
    train, test = _drawn(y, n, seed, source)
    asked = Labelled.of(X[test], y[test]) if _has_both(y[test]) else None
    learned = Labelled.of(X[train], y[train])
    return Split(_named(learned, train), _named(asked, test) if asked else None, points)


def _has_both(y: Reals) -> bool:
    return len(np.unique(y)) == 2


def _named(part: Labelled, rows: NDArray[np.int64]) -> Labelled:
    return Labelled(part.rows, part.labels, rows[part.sources], part.notes)


def _digits(source: str) -> tuple[Reals, Reals]:
    """Pixels of two digits and labels: as published, the second has +1 and the first -1."""
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


def _from_file(source: str) -> tuple[Reals, Reals, Reals | None]:
    path = Path(source)
    if path.suffix != SUFFIX:
        raise ValueError(f"data are digits:8v9 or a file FILE.npz with X and y, got {source!r}")
    if not path.is_file():
        raise ValueError(f"there is no file {source!r}; give one with fields X and y")
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
            fields = {name: found[name] for name in found.files}
    except UNREADABLE as broken:
        raise ValueError(f"{source!r} is no file of arrays as numpy.savez writes it") from broken
    if missing := {"X", "y"} - set(fields):
        raise ValueError(
            f"{source!r} lacks the field {' and '.join(sorted(missing))}; save X (n, d) and y (n,)"
        )
    return fields["X"], fields["y"], fields.get("X_test")
