r"""The truncated Chebyshev series of any function that is analytic around [-1, 1].

If $|f| \le M$ on the ellipse with foci -1, 1 and semi-axes summing to $\rho > 1$, the coefficients
obey $|c_k| \le 2M\rho^{-k}$; hence the series truncated at degree d is within
$2M\rho^{-d}/(\rho - 1)$ of f, the interpolant at d + 1 Chebyshev points within twice that.

Source: [Tre13] Thms. 8.1, 8.2.
"""

from collections.abc import Callable
from functools import cached_property
from math import ceil, log

import numpy as np
from attrs import frozen

from estimator.polynomials.degree_search import smallest_degree
from estimator.polynomials.polynomial import Polynomial
from estimator.polynomials.series import ROUNDING, Reals, coefficients_of
from estimator.polynomials.sup_norm import sup_norm

_RESOLUTION = 1e-17
"""Times the size of f: error of the interpolant that stands for f. Unit: 1."""

_UNRESOLVED = 1e-6
"""Times the largest dropped coefficient: sum of those whose signs are ignored. Unit: 1."""

_MOST_COEFFICIENTS = 5_000_000


@frozen(kw_only=True)
class AnalyticFunction:
    """A function, and the ellipse on which it is bounded.

    Args:
        function: takes and returns an array of real numbers; arguments in [-1, 1].
        rho: sum of the semi-axes of an ellipse with foci -1 and 1 in which the function is
            analytic. Above 1.
        modulus: upper bound on its absolute value there; taken on trust.
        parity: "even", "odd" or None, taken on trust.

    Raises:
        ValueError: if `rho` or `modulus` is out of range, `parity` is no parity, or the function
            would need more than five million coefficients.
    """

    function: Callable[[Reals], Reals]
    rho: float
    modulus: float
    parity: str | None

    def __attrs_post_init__(self) -> None:
        if not 1 < self.rho < np.inf:
            raise ValueError(f"an ellipse around [-1, 1] needs rho > 1, got {self.rho}")
        if not 0 < self.modulus < np.inf:
            raise ValueError(f"the bound on the function must be positive, got {self.modulus}")
        if self.parity not in ("even", "odd", None):
            raise ValueError(f"parity must be even, odd or None, got {self.parity!r}")
        if self._resolving_degree > _MOST_COEFFICIENTS:
            raise ValueError(
                f"rho={self.rho} needs {self._resolving_degree} coefficients,"
                f" more than {_MOST_COEFFICIENTS}"
            )

    @property
    def _resolving_degree(self) -> int:
        return 2 + ceil(
            log(4 * max(1.0, self.modulus) / ((self.rho - 1) * _RESOLUTION)) / log(self.rho)
        )

    @cached_property
    def _series(self) -> Reals:
        series = coefficients_of(self.function, self._resolving_degree)
        if not np.isfinite(series).all():
            raise ValueError("the function returned a value that is NaN or infinite")
        if self.parity is not None:
            series[self._first == 0 :: 2] = 0
        return series

    @property
    def _first(self) -> int:
        return int(self.parity == "odd")

    def truncation(self, degree: int) -> Polynomial:
        """The Chebyshev series up to T_degree.

        Raises:
            ValueError: if `degree` is negative, or the function returns no finite number.
        """
        if degree < 0:
            raise ValueError(f"a truncated series needs a degree >= 0, got {degree}")
        return Polynomial(self._series[: degree + 1])

    def truncation_error(self, degree: int) -> float:
        """Upper bound on the sup-norm error of `truncation` on [-1, 1], tight to 1e-5.

        The maximum of the dropped terms that matter, plus the absolute values of the others up to
        the degree that resolves the function, the theorem's bound on the rest, and rounding
        errors of about 1e-15 times the function.

        Raises:
            ValueError: as `truncation`.
        """
        dropped = self._series.copy()
        dropped[: self.truncation(degree).degree + 1] = 0
        dropped[: degree + 1] = 0
        after = np.cumsum(np.abs(dropped[::-1]))[::-1]  # entry k: all terms from T_k on
        last = int(np.count_nonzero(after > _UNRESOLVED * np.abs(dropped).max()))
        rest = float(after[last]) if last < len(after) else 0.0
        rest += 4 * self.modulus * self.rho**-self._resolving_degree / (self.rho - 1)
        noise = ROUNDING * float(np.abs(self._series).max())
        return sup_norm(dropped[: max(1, last)], tolerance=1e-5).bound + rest + noise

    def minimal_degree(self, error: float) -> int:
        """Smallest degree, of the function's parity, with sup-norm error at most `error`.

        Where coefficients beat, one more of them can raise the error a little. If it is above
        `error` again soon after that degree, the answer is the smallest from which on it is not.

        Raises:
            ValueError: if `error` is not above the rounding errors.
        """
        if not error > self.truncation_error(self._resolving_degree):
            raise ValueError(f"the error must exceed rounding errors, got {error}")

        squares = np.cumsum(self._series[::-1] ** 2)[::-1]  # at most twice the squared norm

        def accepts(degree: int) -> bool:
            if degree < self._resolving_degree and squares[degree + 1] > 2 * error**2:
                return False
            return self.truncation_error(degree) <= error

        try:
            step_two = smallest_degree(accepts, self._first, self._resolving_degree // 8)
        except ArithmeticError:
            sums = np.cumsum(np.abs(self._series[::-1]))[::-1]
            step_two = self._first + 2 * (int(np.count_nonzero(sums > error)) // 2)
            while not accepts(step_two):
                step_two += 2
            while accepts(step_two - 2):
                step_two -= 2
        if self.parity is None and step_two and accepts(step_two - 1):
            return step_two - 1
        return step_two
