"""A real polynomial on [-1, 1], kept as its Chebyshev series."""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal, Self

import numpy as np
import scipy
from attrs import field, frozen
from numpy.polynomial import chebyshev
from numpy.typing import ArrayLike

from estimator.polynomials.series import Reals, series_values
from estimator.polynomials.sup_norm import Peak, sup_norm

BOUND_SLACK = 1e-12
"""How far above 1 the absolute value of a bounded polynomial may be found. Unit: 1."""

_OUTSIDE = 1e-12


def _trimmed(coefficients: Iterable[float]) -> tuple[float, ...]:
    values = np.asarray(coefficients if isinstance(coefficients, np.ndarray) else [*coefficients])
    if values.ndim != 1 or not len(values) or np.iscomplexobj(values):
        raise ValueError(
            f"Polynomial needs a non-empty list of real coefficients, got shape {values.shape}"
            f" of {values.dtype}"
        )
    values = values.astype(float)
    if not np.isfinite(values).all():
        first = int(np.flatnonzero(~np.isfinite(values))[0])
        raise ValueError(f"Polynomial needs finite coefficients, got {values[first]} for T_{first}")
    nonzero = np.flatnonzero(values)
    return tuple(values[: nonzero[-1] + 1 if len(nonzero) else 1].tolist())


@frozen(cache_hash=True)
class Polynomial:
    r"""$P(x) = \sum_k c_k T_k(x)$.

    Args:
        coefficients: $c_0, c_1, \dots$; real and finite. Zeros at the end are dropped, so that
            equal polynomials are equal objects.

    Raises:
        ValueError: if there is no coefficient, or one is complex, NaN or infinite.
    """

    coefficients: tuple[float, ...] = field(
        converter=_trimmed, repr=lambda c: f"<{len(c)} Chebyshev coefficients>"
    )

    @classmethod
    def chebyshev(cls, degree: int) -> Self:
        """T_degree.

        Raises:
            ValueError: if `degree` is negative.
        """
        if degree < 0:
            raise ValueError(f"T_d needs d >= 0, got d={degree}")
        return cls(np.eye(1, degree + 1, degree)[0])

    @classmethod
    def from_powers(cls, coefficients: ArrayLike) -> Self:
        """Of sum_k a_k x**k, given a_0, a_1, ..."""
        return cls(chebyshev.poly2cheb(np.asarray(coefficients, dtype=float)))

    @property
    def powers(self) -> Reals:
        """a_0, a_1, ... with P(x) = sum_k a_k x**k. They grow like 2.4**degree: for small ones."""
        return np.asarray(chebyshev.cheb2poly(self.array), dtype=float)

    @property
    def array(self) -> Reals:
        """The coefficients; shape (degree + 1,); entry k multiplies T_k."""
        return np.array(self.coefficients)

    @property
    def degree(self) -> int:
        """Index of the last nonzero coefficient; 0 for the zero polynomial."""
        return len(self.coefficients) - 1

    @property
    def parity(self) -> Literal["even", "odd"] | None:
        """Whether P(-x) is P(x) or -P(x), exactly; the zero polynomial counts as even."""
        if not any(self.coefficients[1::2]):
            return "even"
        return None if any(self.coefficients[::2]) else "odd"

    def evaluate(self, x: ArrayLike) -> Reals:
        """Values at points of any shape, to rounding error at every degree.

        Raises:
            ValueError: if a point is NaN or further outside [-1, 1] than rounding explains.
        """
        points = np.asarray(x, dtype=float)
        if not (np.abs(points) <= 1 + _OUTSIDE).all():
            raise ValueError("a Chebyshev series needs points in [-1, 1], got one outside")
        return series_values(self.array, np.clip(points, -1, 1))

    def maximum(self) -> Peak:
        """Maximum of |P| on [-1, 1]: value, point where attained, and an upper bound."""
        return self._maximum

    @cached_property
    def _maximum(self) -> Peak:
        return sup_norm(self.array)

    def scaled(self, factor: float) -> Self:
        """factor * P."""
        return type(self)(factor * self.array)

    def times_x(self) -> Self:
        """x * P(x)."""
        return type(self)(chebyshev.chebmulx(self.array))

    def over_x(self) -> Self:
        r"""P(x) / x, by $q_{j} = 2 p_{j+1} - q_{j+2}$, halved at $j = 0$.

        Raises:
            ValueError: if P is not odd.
        """
        if self.parity != "odd":
            raise ValueError(f"P(x) / x is a polynomial for odd P only, got parity {self.parity}")
        signs = (-1.0) ** np.arange((self.degree + 1) // 2)
        quotient = np.zeros(self.degree)
        quotient[::2] = 2 * signs * np.cumsum((signs * self.array[1::2])[::-1])[::-1]
        quotient[0] /= 2
        return type(self)(quotient)

    def __mul__(self, other: Self) -> Self:
        """The product, by T_j T_k = (T_(j+k) + T_|j-k|) / 2."""
        left, right = self._symmetric(), other._symmetric()
        product = scipy.signal.fftconvolve(left, right)[self.degree + other.degree :]
        product[1:] *= 2
        if self.parity and other.parity:  # the transform leaves rounding errors here
            product[int(self.parity == other.parity) :: 2] = 0
        return type(self)(product)

    def _symmetric(self) -> Reals:
        """Coefficients of exp(i k theta), k from -degree to degree."""
        half = self.array / 2
        return np.concatenate([half[:0:-1], [2 * half[0]], half[1:]])

    def __sub__(self, other: Self) -> Self:
        """The difference."""
        return type(self)(chebyshev.chebsub(self.array, other.array))
