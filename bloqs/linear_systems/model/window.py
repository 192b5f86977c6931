r"""Inversion where the singular values are promised in a window $[l, h]$.

The polynomial owes nothing outside of the window but to be at most 1, so it inverts with a scale
near the window's middle instead of 1/M: what decides the price is h/l, not 1/l.

Source: derived; the polynomials are those of `estimator.polynomials.inverse_window`.
"""

from functools import lru_cache
from math import inf

from attrs import frozen

from bloqs.linear_systems.model.amplification import best_rounds, runs_until_success
from bloqs.linear_systems.model.condition import ROUNDING, check_error, sine_of
from bloqs.linear_systems.model.plan import Plan, Provenance
from estimator.polynomials.inverse_relative import relative_inverse_minimal_degree
from estimator.polynomials.inverse_window import (
    MOST_DEGREE,
    WindowInverse,
    require_window,
    window_inverse,
    window_scale,
)

BEYOND = 4
"""Degrees looked at beyond that of the polynomial that inverts up to 1: there is one of these."""


@frozen
class Window:
    """The promise that all singular values of A/alpha lie in [lower, upper]."""

    lower: float
    upper: float

    def __attrs_post_init__(self) -> None:
        require_window(self.lower, self.upper)

    def check_values(self, smallest: float, largest: float) -> None:
        """Refuse a promise that a matrix does not keep.

        Raises:
            ValueError: if a singular value of A/alpha lies outside.
        """
        slack = 1 + ROUNDING
        if smallest * slack < self.lower or largest > self.upper * slack:
            raise ValueError(
                f"the window [{self.lower:g}, {self.upper:g}] does not hold: the singular values "
                f"of A/alpha lie in [{smallest:g}, {largest:g}]; give a window around them"
            )


@lru_cache(maxsize=64)
def best_window_inverse(window: Window, norm: float, error: float) -> WindowInverse:
    """The polynomial with the fewest expected calls, among the degrees that are looked at.

    Args:
        window: of the singular values.
        norm: t, between 1/upper and 1/lower.
        error: s, the largest |x P / c - 1| on the window.

    Raises:
        ValueError: if `error` is not in (0, 1), or no degree up to `MOST_DEGREE` will do.
    """
    check_error(error)
    least = relative_inverse_minimal_degree(1 / window.lower, error)
    most = min(least + BEYOND, MOST_DEGREE)
    calls: dict[int, float] = {}

    def look_at(degree: int) -> None:
        if degree not in calls and 1 <= degree <= most:
            scale = window_scale(window.lower, window.upper, degree, error)
            success = min(1.0, (scale * norm) ** 2)
            runs = runs_until_success(success, best_rounds(success)) if success > 0 else inf
            calls[degree] = degree * runs

    degree = 1
    while degree <= min(most, *calls.values()) if calls else True:
        look_at(degree)
        degree += 2 * max(1, degree // 8)
    if most <= min(calls.values()):  # a degree is one run at least
        look_at(most)
    step = 2 * max(1, min(calls, key=lambda d: (calls[d], d)) // 16)
    while step >= 2:
        best = min(calls, key=lambda d: (calls[d], d))
        look_at(best - step)
        look_at(best + step)
        if best == min(calls, key=lambda d: (calls[d], d)):
            step = 2 * (step // 4) if step > 2 else 0
    for degree in sorted((d for d in calls if calls[d] < inf), key=lambda d: (calls[d], d)):
        found = window_inverse(window.lower, window.upper, degree, error)
        if found is not None:  # the quick estimate says yes a little too soon
            return found
    raise ValueError(
        f"no polynomial of degree up to {MOST_DEGREE} inverts on the window [{window.lower:g},"
        f" {window.upper:g}] to {error:g}; use the qsvt solver, or a larger error"
    )


def window_plan(window: Window, error: float, norm: float) -> Plan:
    """One row of the table of solvers.

    Args:
        window: of the singular values.
        error: of the normalised solution (l2 norm).
        norm: t, between 1/upper and 1/lower.

    Raises:
        ValueError: if a number is out of its range.
    """
    if not 1 / window.upper <= norm * (1 + ROUNDING) <= (1 + ROUNDING) ** 2 / window.lower:
        raise ValueError(
            f"norm is |(A/alpha)^-1 b| for a unit vector b, between {1 / window.upper:g} and "
            f"{1 / window.lower:g} in that window, got {norm:g}"
        )
    found = best_window_inverse(window, float(norm), sine_of(error))
    return Plan(
        solver="window",
        provenance=Provenance.PROVEN,
        source="derived, by a linear program",
        matrix_calls=found.polynomial.degree,
        vector_calls=1,
        success=min(1.0, (found.scale * norm) ** 2),
        degrees={"degree": found.polynomial.degree},
        note=f"singular values promised in [{window.lower:g}, {window.upper:g}]",
    )
