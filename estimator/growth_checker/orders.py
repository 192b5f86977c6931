"""Checks that the orders of a regime hold along a curve."""

from collections.abc import Mapping
from typing import Any

from estimator.expressions.regime import Regime
from estimator.growth_checker.cases import side_of
from estimator.growth_checker.check import check_sign
from estimator.growth_checker.number import demand
from estimator.growth_checker.trees import MINUS, Tree, names_of, plus, times, with_values


def check_orders(regime: Regime, path: Mapping[str, Tree], witnesses: Any) -> None:
    """Demand that the orders of a regime hold along a path, far out.

    Raises:
        WitnessError: if one of them is not shown to.
    """
    demand(len(witnesses) == len(regime.ordered), "an order without a witness")
    parameters = frozenset(name for shape in path.values() for name in names_of(shape))
    demand(len(parameters) == 1, "a path with more than one parameter")
    for (large, small), witness in zip(regime.ordered, witnesses, strict=True):
        one, two = (with_values(side_of(side), path) for side in (large, small))
        gap = plus(one, times(MINUS, two))
        demand(check_sign(gap, parameters, witness) >= 0, "an order that does not hold on a path")
