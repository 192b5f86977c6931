"""What the search puts for constants: for those in an interval, and where it divides one."""

from collections.abc import Iterator
from itertools import product

from estimator.expressions.regime import Regime
from estimator.expressions.tree import MINUS, Tree, plus, raised, times, whole


def openings(regime: Regime) -> Iterator[dict[str, Tree]]:
    """For each choice of an interval's inside or end point: what stands for every constant."""
    options: list[list[tuple[str, Tree]]] = []
    for name, (lower, upper) in regime.constants.items():
        k: Tree = ("x", name)
        if upper is None:
            inside = plus(whole(lower), k)
        else:
            inside = plus(whole(lower), times(whole(upper - lower), squeezed(name)))
        ends = [(name, whole(value)) for other, value in regime.ends if other == name]
        options.append([(name, inside), *ends])
    for choice in product(*options):
        yield dict(choice)


def squeezed(name: str) -> Tree:
    """k / (1 + k), which runs through (0, 1) with k."""
    k: Tree = ("x", name)
    return times(k, raised(plus(whole(1), k), MINUS))


def divided(name: str, value: Tree) -> tuple[dict[str, Tree], ...]:
    """What stands for positive constants where one is below, at and above a positive value.

    Below a multiple of another constant, that other one is written as what it is above, so that
    both cases are as simple.
    """
    return _below(name, value), {name: value}, {name: plus(value, ("x", name))}


def _below(name: str, value: Tree) -> dict[str, Tree]:
    if value[0] == "x":
        return {value[1]: plus(("x", name), value)}
    if value[0] == "*" and len(value) == 3 and value[1][0] == "q" and value[2][0] == "x":
        share = times(whole(1 / value[1][1]), ("x", name))
        return {value[2][1]: plus(share, value[2])}
    return {name: times(value, squeezed(name))}
