"""Growth claims: how a cost grows in a regime, decided with a witness and seen in counts."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import numpy as np
import sympy
from attrs import frozen

from estimator.growth.decide import decide
from estimator.growth.report import answer_as_text
from proofs.claim import AbstractClaim, Finding, Measurement, holds
from proofs.derivation import recording
from proofs.inequality import in_floats
from proofs.theorem import check_symbols

Sizes = Mapping[sympy.Symbol, Any]


PATIENCE = 60.0
"""Processor time after which a claim is given up: a busy machine must not decide what holds. Unit:
seconds."""


@frozen(kw_only=True)
class GrowthClaim(AbstractClaim):
    """A claim that a cost is O, Theta, Omega or o of a function in a regime.

    Two routes: the growth engine on the cost in symbols, whose answer is a checked witness or a
    checked path; and counts at growing sizes, whose ratio to the function must stay within stated
    constants.

    Args:
        cost: the cost in symbols, derived; may take steps. Must not use any bloq.
        relation: which growth relation.
        function: what the cost is compared with, in the same symbols.
        regime: which symbols go where, as `estimator.expressions.regime` reads it.
        measure: the cost of one instance, counted or computed without `cost`.
        instances: sizes to measure, growing along the regime. At least three.
        least: the ratio of the measured cost to the function is nowhere smaller; 0 for O and o.
        most: and nowhere larger.
        false_twin: a function the cost does not grow like; both routes must reject it.
    """

    cost: Callable[[], sympy.Expr]
    relation: Literal["O", "o", "Theta", "Omega"]
    function: sympy.Expr
    regime: str
    measure: Callable[..., Measurement]
    instances: tuple[Sizes, ...]
    least: float
    most: float
    false_twin: sympy.Expr

    def __attrs_post_init__(self) -> None:
        check_symbols(self.function, self.false_twin)
        if len(self.instances) < 3:
            raise ValueError("growth is not seen at two sizes; give at least three instances")

    def examine(self, twin: bool = False) -> Finding:
        function = sympy.sympify(self.false_twin if twin else self.function)
        runs = [
            self.measure(**{str(symbol): size for symbol, size in instance.items()})
            for instance in self.instances
        ]
        compared = in_floats(function)
        functions = [compared(sizes) for sizes in self.instances]
        ratios = np.array([run.value / at for run, at in zip(runs, functions, strict=True)])
        stated = [run.value - run.stated for run in runs if run.stated is not None]
        within = bool(np.all((ratios >= self.least) & (ratios <= self.most)))
        with recording() as steps:
            cost = self.cost()
            answer = decide(cost, self.relation, function, self.regime, patience=PATIENCE)
        regime = f"{self.relation}({function}) as {self.regime}"
        return Finding(
            symbolic=answer.verdict,
            numeric=holds(within and not any(stated)),
            worst_gap=float(np.max(np.abs(stated), initial=0.0)),
            worst_ratio=float(np.max(ratios)),
            measurements=tuple(runs),
            steps=tuple(steps),
            remarks=(
                f"{regime}{f': {answer.reason}' if answer.reason else ''}",
                f"ratios {ratios.min():.3g} to {ratios.max():.3g}",
            ),
            witness=answer_as_text(answer, self.regime),
            derived=sympy.sympify(cost),
            routes=tuple(
                {"measured": run.value, "function": at, "ratio": float(ratio)}
                for run, at, ratio in zip(runs, functions, ratios, strict=True)
            ),
        )
