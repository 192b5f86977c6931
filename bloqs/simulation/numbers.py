"""An array as part of a bloq: it does not change, and equal ones have equal hashes."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Numbers:
    """Complex numbers in an array that nobody can write to.

    Args:
        entries: anything NumPy makes an array of complex numbers from; it is copied.

    Raises:
        ValueError: if rows differ in length.
    """

    def __init__(self, entries: Any) -> None:
        self.array: NDArray[np.complex128] = np.array(entries, dtype=np.complex128)
        self.array.flags.writeable = False

    @classmethod
    def scaled(cls, entries: Any, alpha: float) -> "Numbers":
        """The entries divided by alpha, if that is positive."""
        with np.errstate(invalid="ignore"):  # infinite parts of complex numbers
            return cls(np.asarray(entries) / (alpha if alpha > 0 else 1.0))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return np.array(self.array, dtype=dtype)

    def __len__(self) -> int:
        return len(self.array)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.array)

    @cached_property
    def _hash(self) -> int:
        return hash((self.array.shape, self.array.tobytes()))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Numbers):
            return NotImplemented
        return self is other or np.array_equal(self.array, other.array)

    def __repr__(self) -> str:
        return f"Numbers of shape {self.array.shape}"


def numbers_of(entries: Any) -> Numbers:
    """The entries as they are if they are `Numbers`, or a copy that does not change."""
    return entries if isinstance(entries, Numbers) else Numbers(entries)
