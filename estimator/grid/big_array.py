"""Arrays of Python's own whole numbers, with the operations of `WholeArray`."""

import numpy as np
from attrs import frozen

from estimator.grid.whole_array import Array

MOST_BITS = 100_000
"""Bits of the largest power of two that is written out."""


@frozen(eq=False)
class BigArray:
    """Whole numbers of any size and one shape.

    Args:
        values: Python's whole numbers, of type object.
    """

    values: Array

    @classmethod
    def of(cls, values: Array) -> "BigArray":
        """From an array of whole numbers."""
        return cls(values.astype(object))

    @classmethod
    def power_of_two(cls, exponents: Array) -> "BigArray":
        """Two to the power of whole numbers that are not negative.

        Raises:
            OverflowError: if a power has more than `MOST_BITS` bits.
        """
        if exponents.size and int(exponents.max()) > MOST_BITS:
            raise OverflowError(f"a number of more than {MOST_BITS} bits")
        return cls(np.asarray(2 ** exponents.astype(object), dtype=object))

    def __add__(self, other: "BigArray") -> "BigArray":
        return BigArray(np.asarray(self.values + other.values, dtype=object))

    def __mul__(self, other: "BigArray") -> "BigArray":
        return BigArray(np.asarray(self.values * other.values, dtype=object))

    def larger(self, other: "BigArray") -> "BigArray":
        """The larger number at each place."""
        return BigArray(np.asarray(np.maximum(self.values, other.values), dtype=object))

    def smaller(self, other: "BigArray") -> "BigArray":
        """The smaller number at each place."""
        return BigArray(np.asarray(np.minimum(self.values, other.values), dtype=object))

    def exact(self) -> Array:
        """The numbers, of type int64 if they fit, else Python's own."""
        flat = self.values.ravel()
        if all(-(2**63) <= each < 2**63 for each in flat):
            return self.values.astype(np.int64)
        return self.values
