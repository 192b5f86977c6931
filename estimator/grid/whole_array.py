"""Arrays of whole numbers, exact far beyond 64 bits, at the speed of machine numbers.

Every number is kept twice: its remainder modulo 2**64, which machine arithmetic gives for nothing,
and a floating-point number near it with a bound on the distance. While that bound is below 2**62
both together are the number; where it is not, Python's own numbers take over.
"""

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import frozen

Array = np.ndarray

WORD = 2**64
"""Remainders are taken modulo this."""

RESOLVED = float(2**62)
"""A distance below which a remainder says which number is meant."""

ROUNDING = 2.0**-53
"""Largest relative error of one operation on floating-point numbers."""

PLAIN = float(2**53)
"""Whole numbers up to this are floating-point numbers."""

MOST = 2.0**116
"""Numbers below this are put together from remainder and float without a third part."""


class TooLargeError(ArithmeticError):
    """The numbers are too large to be told apart by their remainders."""


@frozen(eq=False)
class WholeArray:
    """Whole numbers of one shape.

    Args:
        low: remainders modulo 2**64, of type uint64.
        near: floating-point numbers near them, of the same shape.
        most: largest modulus.
        off: largest distance of `near` from the numbers.
    """

    low: Array
    near: Array
    most: float
    off: float

    @classmethod
    def of(cls, values: Array) -> "WholeArray":
        """From an array of Python's or NumPy's whole numbers.

        Raises:
            TooLargeError: if one is 2**116 or more.
        """
        if values.dtype != object:
            near = values.astype(np.float64)
            most = float(np.max(np.abs(near), initial=0.0))
            off = 0.0 if most <= PLAIN else most * ROUNDING
            return cls(values.astype(np.int64).view(np.uint64), near, most, off)
        flat = [int(each) for each in values.ravel()]
        most = max((abs(each) for each in flat), default=0)
        if most >= MOST:
            raise TooLargeError
        low = np.array([each % WORD for each in flat], dtype=np.uint64).reshape(values.shape)
        near = np.array([float(each) for each in flat]).reshape(values.shape)
        off = 0.0 if most <= PLAIN else float(most) * ROUNDING
        return cls(low, near, float(most), off)

    @classmethod
    def power_of_two(cls, exponents: Array) -> "WholeArray":
        """Two to the power of whole numbers that are not negative.

        Raises:
            TooLargeError: if a power is 2**116 or more.
        """
        if exponents.size and int(exponents.max()) >= 116:
            raise TooLargeError
        small = np.minimum(exponents, 63).astype(np.uint64)
        low = np.where(exponents < 64, np.uint64(1) << small, np.uint64(0))
        near = np.ldexp(1.0, exponents.astype(np.int64))
        return cls(low, near, float(np.max(near, initial=0.0)), 0.0)

    def __add__(self, other: "WholeArray") -> "WholeArray":
        most = self.most + other.most
        return self._made(other, operator.add, most, self.off + other.off)

    def __sub__(self, other: "WholeArray") -> "WholeArray":
        most = self.most + other.most
        return self._made(other, operator.sub, most, self.off + other.off)

    def __mul__(self, other: "WholeArray") -> "WholeArray":
        most = self.most * other.most
        off = self.most * other.off + other.most * self.off + self.off * other.off
        return self._made(other, operator.mul, most, off)

    def _made(
        self, other: "WholeArray", operation: Callable[[Any, Any], Any], most: float, off: float
    ) -> "WholeArray":
        if most > PLAIN or off:
            off += 1.01 * ROUNDING * (most + off)
        if not most < MOST or not off < RESOLVED:
            raise TooLargeError
        with np.errstate(over="ignore"):
            low = operation(self.low, other.low)
        return WholeArray(low, operation(self.near, other.near), most, off)

    def larger(self, other: "WholeArray") -> "WholeArray":
        """The larger number at each place."""
        return self._chosen(other, self._is_less(other))

    def smaller(self, other: "WholeArray") -> "WholeArray":
        """The smaller number at each place."""
        return self._chosen(other, ~self._is_less(other))

    def _chosen(self, other: "WholeArray", takes_other: Array) -> "WholeArray":
        low = np.where(takes_other, other.low, self.low)
        near = np.where(takes_other, other.near, self.near)
        return WholeArray(low, near, max(self.most, other.most), max(self.off, other.off))

    def _is_less(self, other: "WholeArray") -> Array:
        """Whether it is below the other number; by the exact difference where they are near."""
        apart = self.near - other.near
        doubt = self.off + other.off + ROUNDING * (self.most + other.most)
        if doubt == 0 or (self.off == other.off == 0 and max(self.most, other.most) <= PLAIN):
            return apart < 0
        if not 2 * doubt < RESOLVED:
            raise TooLargeError
        with np.errstate(over="ignore"):
            exact = (self.low - other.low).view(np.int64)
        return np.where(np.abs(apart) > doubt, apart < 0, exact < 0)

    def limbs(self) -> tuple[Array, Array]:
        """The numbers as high * 2**64 + low, of types int64 and uint64."""
        high = np.rint((self.near - self.low.astype(np.float64)) / WORD)
        return high.astype(np.int64), self.low

    def halved(self, times: int) -> "WholeArray":
        """Divided by two so many times, if that leaves whole numbers.

        Raises:
            TooLargeError: if it does not, or so many bits are not kept.
        """
        if times == 0:
            return self
        if times > 32 or np.any(self.low & np.uint64(2**times - 1)):
            raise TooLargeError
        high, low = self.limbs()
        with np.errstate(over="ignore"):
            lower = (low >> np.uint64(times)) | (high.view(np.uint64) << np.uint64(64 - times))
        part = 2.0**-times
        return WholeArray(lower, self.near * part, self.most * part, self.off * part)

    def exact(self) -> Array:
        """The numbers, of type int64 if they fit, else Python's own."""
        if self.most < RESOLVED:
            return self.low.view(np.int64)
        high, low = self.limbs()
        if not np.any((high != 0) & (high != -1)):
            narrow = low.view(np.int64)
            if np.array_equal(high, narrow >> 63):
                return narrow
        return high.astype(object) * WORD + low.astype(object)
