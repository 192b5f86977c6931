"""Inequalities over all admissible values: derived, and attacked by random draws."""

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
import sympy
from attrs import frozen
from numpy.random import Generator

from estimator.verdict import compare
from proofs.claim import AbstractClaim, Finding, Measurement, holds
from proofs.derivation import at_most, recording
from proofs.theorem import check_symbols

ROUNDING = 1e-9
"""Relative excess over a bound that floating point can explain. Unit: 1."""


@frozen(kw_only=True)
class Draw:
    """One admissible point.

    Args:
        at: values of the symbols of the bound.
        value: the bounded quantity there, computed from arrays, not from a formula.
        stated: the bound as the library states it, if it does; it must be the claimed one.
    """

    at: Mapping[sympy.Symbol, float]
    value: float
    stated: float | None = None


@frozen(kw_only=True)
class InequalityClaim(AbstractClaim):
    """A bound on a quantity for all admissible values.

    Args:
        bound: right-hand side. Its symbols come from `estimator.symbols`.
        derive: an upper bound on the quantity from first principles; must be at most `bound`.
            Must not use any bloq.
        draw: a random admissible point. Must not use `bound`.
        draws: how many points are drawn.
        worst: an admissible point that comes so close to the bound that the false twin fails.
        false_twin: a bound slightly too strong; it must be rejected.
        tightness: share of the bound that some point reaches, at least.
    """

    bound: sympy.Expr
    derive: Callable[[], sympy.Expr]
    draw: Callable[[Generator], Draw]
    draws: int
    worst: Callable[[], Draw]
    false_twin: sympy.Expr
    tightness: float = 0.4

    def __attrs_post_init__(self) -> None:
        check_symbols(self.bound, self.false_twin)
        if self.draws < 100:
            raise ValueError(f"a bound must survive at least 100 draws, got draws={self.draws}")

    def examine(self, twin: bool = False) -> Finding:
        rng = np.random.default_rng(0)
        points = [self.worst(), *(self.draw(rng) for _ in range(self.draws))]
        right = sympy.sympify(self.false_twin if twin else self.bound)
        limits = evaluated(right, points)
        gaps = [point.value - limit for point, limit in zip(points, limits, strict=True)]
        ratios = [
            point.value / limit if limit else 1.0 + point.value
            for point, limit in zip(points, limits, strict=True)
        ]
        within = all(  # false for nan as well
            gap <= ROUNDING * (abs(limit) or 1.0) for gap, limit in zip(gaps, limits, strict=True)
        )
        claimed = limits if not twin else evaluated(sympy.sympify(self.bound), points)
        agrees = all(
            point.stated is None or abs(point.stated - limit) <= ROUNDING * (1 + abs(limit))
            for point, limit in zip(points, claimed, strict=True)
        )
        with recording() as steps:
            derived = self.derive()
            verdict = at_most(derived, right)
            if verdict is not verdict.HOLDS:
                verdict = compare(derived, "<=", right)
        return Finding(
            symbolic=verdict,
            numeric=holds(within and agrees),
            worst_gap=float(np.max(gaps)),
            worst_ratio=float(np.max(ratios)),
            measurements=tuple(Measurement(value=p.value, stated=p.stated) for p in points),
            steps=tuple(steps),
            remarks=() if agrees else ("the library states another bound",),
            routes=tuple(
                {
                    **{str(symbol): float(number) for symbol, number in point.at.items()},
                    "quantity": point.value,
                    "bound": limit,
                    "ratio": ratio,
                }
                for point, limit, ratio in zip(points, limits, ratios, strict=True)
            ),
        )


def evaluated(expression: sympy.Expr, points: list[Draw]) -> list[float]:
    """The expression in floating point at every draw."""
    function = in_floats(expression)
    return [function(point.at) for point in points]


@cache
def in_floats(expression: sympy.Expr) -> Callable[[Mapping[sympy.Symbol, float]], float]:
    """The expression as a function of the values of its symbols."""
    symbols = sorted(expression.free_symbols, key=str)
    function = sympy.lambdify(symbols, expression, "numpy")
    return lambda at: float(function(*(at[symbol] for symbol in symbols)))
