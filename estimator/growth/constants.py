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
    """What stands for a positive constant below, at and above a positive value."""
    below = times(value, squeezed(name))
    return {name: below}, {name: value}, {name: plus(value, ("x", name))}
