"""Verifies the whole answer to a growth question: every case, both sides, HOLDS and FAILS."""

from collections.abc import Iterator, Mapping
from typing import Any

from estimator.expressions.regime import Regime
from estimator.growth_checker.check import check_claim, check_path
from estimator.growth_checker.number import demand, reading
from estimator.growth_checker.orders import check_orders
from estimator.growth_checker.quotients import are_identical
from estimator.growth_checker.sign import direction
from estimator.growth_checker.statement import (
    asked_sides,
    claimed,
    divided,
    openings,
    softened,
    variables_of,
    within,
)
from estimator.growth_checker.trees import Tree, names_of, number_of, with_values


def check_answer(
    f: Tree, relation: str, g: Tree, regime: Regime, verdict: str, witness: Any
) -> None:
    """Verify a verdict.

    Args:
        f: the left side, as asked.
        relation: as `statement.asked_sides` reads it.
        g: the right side, as asked.
        regime: as asked.
        verdict: "holds" or "fails".
        witness: one entry for every choice that `openings` lists, in that order.

    Raises:
        WitnessError: if the witness does not prove the verdict.
    """
    demand(verdict in ("holds", "fails"), "nothing to verify")
    with reading():
        one, two = claimed(f, regime), claimed(g, regime)
        where = (variables_of(regime), frozenset[str]())
        choices = list(openings(regime))
        demand(isinstance(witness, tuple) and len(witness) == len(choices), "a case is missing")
        for values, part in zip(choices, witness, strict=True):
            left, right = with_values(one, values), with_values(two, values)
            if not regime.ordered:
                check_part(left, relation, right, where, verdict, part, 0)
                continue
            left, right, inside, is_whole = within(left, right, regime, part["within"])
            if not is_whole and verdict == "fails":
                demand(not part["within"] and "~O" not in relation, "an order is left out")
                (witness,) = part["part"].values()
                check_orders(regime, witness["path"], witness["orders"])
            check_part(left, relation, right, inside, verdict, part["part"], 0)


def check_part(
    f: Tree,
    relation: str,
    g: Tree,
    where: tuple[frozenset[str], frozenset[str]],
    verdict: str,
    part: Mapping[str, Any],
    depth: int,
) -> None:
    """Verify a verdict for all positive values of the constants.

    Args:
        f: the left side, with what stands for the constants.
        relation: as `statement.asked_sides` reads it.
        g: the right side.
        where: what goes to infinity, and those of them that are only at least 16.
        verdict: "holds" or "fails".
        part: the witness.
        depth: cases that this one is inside of.

    Raises:
        WitnessError: if the witness does not prove the verdict.
    """
    demand(isinstance(part, Mapping) and depth < 8, "a case is malformed")
    variables, pinned = where
    if "divided" in part:
        for one, two, inner in cases_of(f, g, variables, part):
            check_part(one, relation, two, where, verdict, inner, depth + 1)
        return
    if "rewritten" in part:
        one, two = part["rewritten"]
        for old, new in ((f, one), (g, two)):
            is_same = old == new or are_identical(old, new)
            demand(is_same, "a rewriting that is not an identity")
        check_part(one, relation, two, where, verdict, part["part"], depth + 1)
        return
    sides = asked_sides(f, relation, g)
    names = {side for side, *_ in sides}
    given = set(part) & names
    demand(set(part) == given and given, "a side that was not asked for")
    if verdict == "holds":
        demand(given == names, "a side is missing")
    for side, plain, ordered, logs in sides:
        if side not in given:
            continue
        witness = part[side]
        if side == "~O":
            is_every = verdict == "fails"
            demand("#p" not in names_of(f), "a symbol of that name")
            right = softened(g, logs, witness["power"], variables, is_every)
            ordered, witness = (f, right), witness["part"]
        if verdict == "holds":
            check_claim(*ordered, plain, variables, witness, pinned)
        else:
            along, phase = witness["along"], witness.get("phase")
            check_path(*ordered, plain, variables, witness["path"], along, phase, pinned)


def cases_of(
    f: Tree, g: Tree, variables: frozenset[str], part: Mapping[str, Any]
) -> Iterator[tuple[Tree, Tree, Any]]:
    """Both sides, and what is said of them, below, at and above where a constant is divided.

    Raises:
        WitnessError: if it is not divided at something positive that stays fixed.
    """
    name, value = part["divided"]
    known = names_of(f) | names_of(g)
    demand(name not in variables | names_of(value), "divided at something that varies")
    demand(names_of(value) <= known - variables, "divided at something that varies")
    demand(direction(number_of(value)) > 0, "divided at something negative")
    demand(len(part["parts"]) == 3, "a case is missing")
    for values, inner in zip(divided(name, value), part["parts"], strict=True):
        yield with_values(f, values), with_values(g, values), inner
