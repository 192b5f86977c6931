"""Settles a relation where variables stand in an order that the regime says."""

from collections.abc import Sequence
from itertools import islice, permutations

from attrs import evolve

from estimator.expressions.cut import Cut, side_tree
from estimator.expressions.regime import Regime
from estimator.expressions.tree import Tree, names_in, replaced
from estimator.growth.prove import ORDERS, Question, half, refute
from estimator.growth.relations import SIDES, VANISHING, Relation
from estimator.growth.settle import settle
from estimator.growth.sides import Settled, of_side
from estimator.growth.witness import refutation_of
from estimator.verdict import Verdict

MOST_SEQUENCES = 6
"""Ways to put in the orders of a regime, one after the other."""


def settle_within(f: Tree, relation: Relation, g: Tree, regime: Regime, stop: float) -> Settled:
    """The outcome where the orders of the regime hold.

    The larger side of each is written as the smaller one times a ratio that is at least one. An
    order whose larger variable is written so already is left out, which is no loss for a bound.

    Args:
        f: left side, resolved.
        relation: what is asked.
        g: right side, resolved.
        regime: what varies, and in which order.
        stop: when to give up, on the clock of the process.
    """
    variables = frozenset((*regime.growing, *regime.vanishing))
    if not regime.ordered:
        return settle(f, relation, g, Question(f, g, variables), stop)
    places = range(len(regime.ordered))
    tried: dict[tuple[int, ...], Settled] = {}
    for sequence in islice(permutations(places), MOST_SEQUENCES):
        question, used = ordered(Question(f, g, variables), regime, sequence)
        if used in tried:
            continue
        found = settle(question.f, relation, question.g, question, stop)
        is_whole = len(used) == len(regime.ordered)
        if found.verdict is Verdict.HOLDS or (found.verdict is Verdict.FAILS and is_whole):
            return evolve(found, witness={"within": used, "part": found.witness})
        tried[used] = found
    if (failed := _settle_along(Question(f, g, variables), relation, regime, stop)) is not None:
        return failed
    reason = next((each.reason for each in tried.values() if each.reason), "")
    reason = reason or "not all orders of the regime could be used at once"
    return Settled(Verdict.UNDECIDED, reason=reason)


def _settle_along(
    question: Question, relation: Relation, regime: Regime, stop: float
) -> Settled | None:
    """A failure along a curve on which all orders hold, of which none was put in."""
    orders = tuple((side_tree(large), side_tree(small)) for large, small in regime.ordered)
    for side in SIDES[relation.kind]:
        for order in ORDERS[:2] if side != "~O" else ():
            asked = of_side(side, question.f, question.g, question)
            found, _ = refute(asked, side in VANISHING, order, stop, orders=orders)
            if found is not None:
                part = {side: refutation_of(found)}
                return Settled(Verdict.FAILS, {"within": (), "part": part})
    return None


def ordered(
    question: Question, regime: Regime, sequence: Sequence[int]
) -> tuple[Question, tuple[int, ...]]:
    """The question where orders of a regime hold, and which of them were put in."""
    used: list[int] = []
    values: dict[str, Tree] = {}
    for place in sequence:
        cut = Cut(*regime.ordered[place])
        value = replaced(cut.value, values)
        if cut.replaced in values or cut.replaced in names_in(value):
            continue
        question = half(question, cut, value)
        values = {name: replaced(each, {cut.replaced: value}) for name, each in values.items()}
        values[cut.replaced] = value
        used.append(place)
    return question, tuple(used)
