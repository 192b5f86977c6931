"""Any number of points of either class in 2**a rows, with the class in the first bit of a row.

The class +1 fills the lower half, the class -1 the upper. A row that no point is at has one on the
diagonal, nothing beside it, a label of zero and no kernel with any point, so that no prediction
changes.

Source: derived
"""

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bloqs.ntk.model.activation import Reals


@frozen(eq=False)
class Places:
    """Where points stand.

    Args:
        a: log2 of the rows, at least 1. Unit: qubits.
        at: shape (n,), row of each point.
    """

    a: int
    at: NDArray[np.int64]

    @classmethod
    def of(cls, labels: Reals) -> "Places":
        """Of points whose labels are +1 and -1, in any order; shape (n,)."""
        classes = [np.flatnonzero(labels == label) for label in (1, -1)]
        a = (max(1, *(len(each) for each in classes)) - 1).bit_length() + 1
        at = np.empty(len(labels), dtype=np.int64)
        for side, each in enumerate(classes):
            at[each] = side * 2 ** (a - 1) + np.arange(len(each))
        return cls(a, at)

    @property
    def size(self) -> int:
        """2**a rows."""
        return int(2**self.a)

    @property
    def is_full(self) -> bool:
        """Whether every row has a point, so that labels need no loading."""
        return len(self.at) == self.size

    def vector(self, values: Reals) -> Reals:
        """Of points, shape (n,), as rows, shape (2**a,)."""
        rows = np.zeros(self.size)
        rows[self.at] = values
        return rows

    def matrix(self, values: Reals, diagonal: float = 1.0) -> Reals:
        """Between points, shape (n, n), as between rows; `diagonal` where no point is."""
        rows = np.diag(np.full(self.size, float(diagonal)))
        rows[np.ix_(self.at, self.at)] = values
        return rows

    def points(self, rows: Reals) -> Reals:
        """Entries at points, shape (n,), of rows, shape (2**a,)."""
        return np.asarray(rows)[self.at]
