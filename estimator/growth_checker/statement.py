"""The claims that a growth question comes down to, as the checker reads it.

The regime turns the question into claims about variables that all go to infinity and constants
that are all positive: 1/eps for eps, lower + k for k > lower, lower + (upper - lower) k / (1 + k)
for lower < k < upper. As k runs through the positive numbers, k / (1 + k) runs through those below
one. An answer may further divide the positive k at a value r > 0, into r k / (1 + k), r and r + k;
or at a multiple c j of another constant, into j = k / c + j, k = c j and k = c j + k.

The search has code of its own that does the same. Where the two differ, the witness is one of
another claim.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from estimator.expressions.regime import Regime
from estimator.growth_checker.number import demand
from estimator.growth_checker.trees import (
    MINUS,
    Tree,
    names_of,
    parts_of,
    plus,
    raised,
    times,
    whole,
)


def variables_of(regime: Regime) -> frozenset[str]:
    """The symbols that go to infinity, or whose reciprocals do.

    Raises:
        WitnessError: if the regime says two things of one symbol.
    """
    said = [*regime.growing, *regime.vanishing, *regime.constants, *regime.coupled]
    demand(len(said) == len(set(said)), "the regime says two things of a symbol")
    return frozenset((*regime.growing, *regime.vanishing))


def claimed(tree: Tree, regime: Regime) -> Tree:
    """A side of the question with couplings put in and 1/x for every x that goes to zero.

    Raises:
        WitnessError: if it has a symbol of which the regime says nothing.
    """
    found = _turned(_uncoupled(tree, regime.coupled, ()), frozenset(regime.vanishing))
    unknown = names_of(found) - variables_of(regime) - set(regime.constants)
    demand(not unknown, "the regime does not mention a symbol")
    return found


def _uncoupled(tree: Tree, coupled: Mapping[str, Tree], open_names: tuple[str, ...]) -> Tree:
    parts = parts_of(tree)
    if tree[0] == "x" and tree[1] in coupled:
        demand(tree[1] not in open_names, "a coupling goes round in a circle")
        return _uncoupled(coupled[tree[1]], coupled, (*open_names, tree[1]))
    head = tree[: len(tree) - len(parts)]
    return (*head, *(_uncoupled(part, coupled, open_names) for part in parts))


def _turned(tree: Tree, vanishing: frozenset[str]) -> Tree:
    """The tree in which the names of vanishing symbols stand for their reciprocals."""
    parts = parts_of(tree)
    if tree[0] == "x":
        return raised(tree, MINUS) if tree[1] in vanishing else tree
    inner = tuple(_turned(part, vanishing) for part in parts)
    if tree[0] == "^" and parts[0][0] == "x" and parts[0][1] in vanishing:
        base, exponent = parts[0], inner[1]
        if exponent[0] == "q":
            return raised(base, whole(-exponent[1]))
        return raised(base, times(MINUS, exponent))
    return (*tree[: len(tree) - len(parts)], *inner)


def openings(regime: Regime) -> Iterator[dict[str, Tree]]:
    """What stands for every constant, for each choice of an interval's inside or an end of it."""
    options = []
    for name, (lower, upper) in regime.constants.items():
        k: Tree = ("x", name)
        demand(upper is None or upper > lower, "an interval is empty")
        shown = k if upper is None else times(whole(upper - lower), below_one(name))
        ends = [whole(value) for other, value in regime.ends if other == name]
        options.append([(name, value) for value in (plus(whole(lower), shown), *ends)])
    for choice in product(*options):
        yield dict(choice)


def below_one(name: str) -> Tree:
    """k / (1 + k), which runs through (0, 1) with k."""
    k: Tree = ("x", name)
    return times(k, raised(plus(whole(1), k), MINUS))


def divided(name: str, value: Tree) -> tuple[dict[str, Tree], ...]:
    """What stands for positive constants where one is below, at and above a positive value.

    Where the value is c j for a number c > 0 and another constant j, the first case is written as
    j = k / c + j; as j runs through the positive numbers, that runs through those above k / c.
    """
    k: Tree = ("x", name)
    below = {name: times(value, below_one(name))}
    factor, other = _multiple(value)
    if other is not None:
        below = {other: plus(times(whole(1 / factor), k), ("x", other))}
    return below, {name: value}, {name: plus(value, k)}


def _multiple(value: Tree) -> tuple[Fraction, str | None]:
    """c and j of a value that is c j."""
    if value[0] == "x":
        return Fraction(1), value[1]
    if value[0] == "*" and len(value) == 3 and (value[1][0], value[2][0]) == ("q", "x"):
        return value[1][1], value[2][1]
    return Fraction(1), None
