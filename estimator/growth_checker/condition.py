"""Verifies an answer that differs from constant to constant: every part is an answer of its own."""

from collections.abc import Mapping
from typing import Any

from estimator.expressions.regime import Regime
from estimator.growth_checker.answer import cases_of, check_part
from estimator.growth_checker.number import demand, reading
from estimator.growth_checker.statement import claimed, openings, variables_of
from estimator.growth_checker.trees import Tree, with_values

DEEPEST = 8


def check_condition(f: Tree, relation: str, g: Tree, regime: Regime, parts: Any) -> None:
    """Verify the verdict of every part of an answer, and that no value of a constant is left out.

    Args:
        f: the left side, as asked.
        relation: as `statement.asked_sides` reads it.
        g: the right side, as asked.
        regime: as asked.
        parts: one for every choice that `openings` lists, in that order: a mapping with `verdict`
            and its `witness`, or with `divided` and the `parts` below, at and above the value.

    Raises:
        WitnessError: if a witness does not prove its verdict, or only one verdict is given.
    """
    demand(not regime.ordered, "a condition and orders")
    with reading():
        one, two = claimed(f, regime), claimed(g, regime)
        choices = list(openings(regime))
        demand(isinstance(parts, tuple) and len(parts) == len(choices), "a case is missing")
        verdicts: set[str] = set()
        for values, part in zip(choices, parts, strict=True):
            sides = with_values(one, values), relation, with_values(two, values)
            verdicts |= _check(*sides, variables_of(regime), part, 0)
        demand(verdicts == {"holds", "fails"}, "an answer that does not depend on constants")


def _check(
    f: Tree,
    relation: str,
    g: Tree,
    variables: frozenset[str],
    part: Mapping[str, Any],
    depth: int,
) -> set[str]:
    """The verdicts that occur, all of them verified."""
    demand(isinstance(part, Mapping) and depth < DEEPEST, "a case is malformed")
    if "divided" in part:
        demand(set(part) == {"divided", "parts"}, "a case is malformed")
        found: set[str] = set()
        for one, two, inner in cases_of(f, g, variables, part):
            found |= _check(one, relation, two, variables, inner, depth + 1)
        return found
    demand(set(part) == {"verdict", "witness"}, "a case is malformed")
    demand(part["verdict"] in ("holds", "fails"), "nothing to verify")
    check_part(f, relation, g, (variables, frozenset()), part["verdict"], part["witness"], depth)
    return {part["verdict"]}
