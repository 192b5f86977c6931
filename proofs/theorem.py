"""Exact counts: a formula that is derived, and counted in circuits."""

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
import sympy
from attrs import frozen

from estimator.symbols import is_defined
from estimator.verdict import compare
from proofs.claim import AbstractClaim, Finding, Measurement, holds
from proofs.derivation import at_most, recording

Instance = Mapping[sympy.Symbol, float]


@frozen(kw_only=True)
class Theorem(AbstractClaim):
    """A quantitative claim `quantity relation value`, with two independent ways to test it.

    Where the library states the quantity as well, what it states must be what is measured.

    Args:
        relation: "==" or "<=".
        value: right-hand side as printed in the source. Its symbols come from `estimator.symbols`.
        derive: recomputes the left-hand side from first principles. Must not use any bloq.
        measure: left-hand side of one concrete instance, from a circuit. Must not use `value`.
        instances: sizes to measure, smallest first. At least two.
        false_twin: the tempting wrong `value` (the usual off-by-one); it must be rejected.
        tolerance: allowed absolute difference between `measure` and `value`; 0 for counts.
    """

    relation: Literal["==", "<="]
    value: sympy.Expr
    derive: Callable[[], sympy.Expr]
    measure: Callable[..., Measurement]
    instances: tuple[Instance, ...]
    false_twin: sympy.Expr
    tolerance: float = 0.0

    def __attrs_post_init__(self) -> None:
        check_symbols(self.value, self.false_twin)
        if len(self.instances) < 2:
            raise ValueError("one instance proves nothing about the formula; give at least two")

    def examine(self, twin: bool = False) -> Finding:
        value = sympy.sympify(self.false_twin if twin else self.value)
        gaps, measurements, routes = [], [], []
        for instance in self.instances:
            measured = self.measure(**{str(symbol): size for symbol, size in instance.items()})
            stated = float(value.subs(instance))
            excess = measured.value - stated
            gap = abs(excess) if self.relation == "==" else float(np.maximum(excess, 0.0))
            if measured.stated is not None:
                gap = float(np.maximum(gap, abs(measured.stated - measured.value)))
            gaps.append(gap)
            measurements.append(measured)
            routes.append({"formula": stated, "measured": measured.value})
        with recording() as steps:
            derived = self.derive()
            verdict = compare(derived, self.relation, value)
            if self.relation == "<=":
                verdict = at_most(derived, value)
        return Finding(
            symbolic=verdict,
            numeric=holds(all(gap <= self.tolerance for gap in gaps)),
            worst_gap=float(np.max(gaps)),
            measurements=tuple(measurements),
            steps=tuple(steps),
            routes=tuple(routes),
        )


def check_symbols(*values: sympy.Expr) -> None:
    """Refuse formulas with symbols of their own.

    Raises:
        ValueError: if no glossary has a symbol.
    """
    used = set().union(*(sympy.sympify(value).free_symbols for value in values))
    if unknown := {symbol for symbol in used if not is_defined(symbol)}:
        raise ValueError(f"{unknown} in no glossary; define them in a symbols.py")
