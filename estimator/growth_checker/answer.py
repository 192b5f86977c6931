"""Verifies the whole answer to a growth question: every case, both sides, HOLDS and FAILS.

The regime turns the question into claims about variables that all go to infinity and constants
that are all positive: 1/eps for eps, lower + k for k > lower, lower + (upper - lower) k / (1 + k)
for lower < k < upper. An answer may further divide the positive k at a value r, into
r k / (1 + k), r and r + k.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import sympy

from estimator.expressions.regime import Regime
from estimator.expressions.tree import (
    Tree,
    names_in,
    plus,
    raised,
    replaced,
    times,
    to_sympy,
    whole,
)
from estimator.growth_checker.check import check_claim, check_path
from estimator.growth_checker.number import demand, reading, settled
from estimator.growth_checker.sign import direction


def check_answer(
    f: Tree, relation: str, g: Tree, regime: Regime, verdict: str, witness: Any
) -> None:
    """Verify a verdict.

    Args:
        f: the left side, as asked.
        relation: O, o, Theta or Omega.
        g: the right side, as asked.
        regime: as asked.
        verdict: "holds" or "fails".
        witness: one entry for every choice that `openings` lists, in that order.

    Raises:
        WitnessError: if the witness does not prove the verdict.
    """
    demand(verdict in ("holds", "fails"), "nothing to verify")
    one, two = regime.resolve(f), regime.resolve(g)
    variables = frozenset((*regime.growing, *regime.vanishing))
    choices = list(openings(regime))
    demand(isinstance(witness, tuple) and len(witness) == len(choices), "a case is missing")
    for values, part in zip(choices, witness, strict=True):
        with reading():
            _check(
                replaced(one, values), relation, replaced(two, values), variables, verdict, part, 0
            )


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
    return times(k, raised(plus(whole(1), k), whole(-1)))


def divided(name: str, value: Tree) -> tuple[dict[str, Tree], ...]:
    """What stands for a positive constant below, at and above a positive value."""
    below = times(value, squeezed(name))
    return {name: below}, {name: value}, {name: plus(value, ("x", name))}


def _check(
    f: Tree,
    relation: str,
    g: Tree,
    variables: frozenset[str],
    verdict: str,
    part: Mapping[str, Any],
    depth: int,
) -> None:
    demand(isinstance(part, Mapping) and depth < 8, "a case is malformed")
    if "divided" in part:
        name, value = part["divided"]
        demand(name not in variables and not names_in(value), "divided at something that varies")
        demand(direction(settled(to_sympy(value))) > 0, "divided at something negative")
        demand(len(part["parts"]) == 3, "a case is missing")
        for values, inner in zip(divided(name, value), part["parts"], strict=True):
            one, two = replaced(f, values), replaced(g, values)
            _check(one, relation, two, variables, verdict, inner, depth + 1)
        return
    if "rewritten" in part:
        one, two = part["rewritten"]
        for old, new in ((f, one), (g, two)):
            gap = sympy.cancel(to_sympy(old) - to_sympy(new)) if old != new else 0
            demand(gap == 0, "a rewriting that is not an identity")
        _check(one, relation, two, variables, verdict, part["part"], depth + 1)
        return
    sides = {"O": ["O"], "o": ["o"], "Omega": ["Omega"], "Theta": ["O", "Omega"]}
    demand(relation in sides, "an unknown relation")
    given = set(part) & set(sides[relation])
    demand(set(part) == given and given, "a side that was not asked for")
    if verdict == "holds":
        demand(given == set(sides[relation]), "a side is missing")
    for side in given:
        ordered = (g, f) if side == "Omega" else (f, g)
        plain = "o" if side == "o" else "O"
        if verdict == "holds":
            check_claim(*ordered, plain, variables, part[side])
        else:
            witness = part[side]
            check_path(*ordered, plain, variables, witness["path"], witness["along"])
