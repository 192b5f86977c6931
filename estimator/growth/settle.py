"""Settles one relation for all positive values of the constants, dividing them where needed."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice, permutations
from time import process_time
from typing import Any

import sympy
from attrs import evolve, frozen

from estimator.expressions.cut import Cut, side_tree
from estimator.expressions.regime import Regime
from estimator.expressions.tree import (
    MINUS,
    UNIT,
    Tree,
    children,
    from_sympy,
    names_in,
    plus,
    replaced,
    times,
    to_sympy,
    whole,
)
from estimator.growth.constants import divided
from estimator.growth.number import DividedError, UndecidedError
from estimator.growth.prove import (
    EVERY,
    ORDERS,
    Attempt,
    Question,
    attempt,
    find_division,
    half,
    refute,
    split_attempt,
)
from estimator.growth.relations import SIDES, VANISHING, Relation, logarithms
from estimator.growth.witness import refutation_of, witness_of
from estimator.verdict import Verdict

MOST_PARTS = 60
_HIGHEST = 12


def cancelled(tree: Tree, variables: frozenset[str]) -> Tree:
    """The tree in lowest terms if it is a small rational function and that makes it shorter."""
    if not is_rational(tree, variables) or not _divides(tree):
        return tree
    found = from_sympy(sympy.cancel(to_sympy(tree)), is_ours=True)
    return found if _parts(found) < _parts(tree) else tree


def is_rational(tree: Tree, variables: frozenset[str]) -> bool:
    """Whether a tree is made of symbols and numbers by + - * / and small integer powers."""
    return _is_rational(tree, variables) and _parts(tree) <= MOST_PARTS


def _is_rational(tree: Tree, variables: frozenset[str]) -> bool:
    if tree[0] in "qx":
        return True
    if tree[0] == "^":
        exponent = tree[2]
        small = exponent[0] == "q" and exponent[1].denominator == 1
        return small and abs(exponent[1]) <= _HIGHEST and _is_rational(tree[1], variables)
    return tree[0] in "+*" and all(_is_rational(part, variables) for part in tree[1:])


def _divides(tree: Tree) -> bool:
    if tree[0] == "^" and tree[2] < ("q", Fraction(0)) and names_in(tree[1]):
        return True
    return any(_divides(part) for part in children(tree))


def _parts(tree: Tree) -> int:
    return 1 + sum(_parts(part) for part in children(tree))


MOST_DIVISIONS = 4
MOST_SEQUENCES = 6
"""Ways to put in the orders of a regime, one after the other."""

VARIANTS = 4
"""Choices among several bounds of one quantity."""

POWERS = (1, 2, 3, 4, 6, 10, 20)
"""Of logarithms that are allowed for, in turn."""


@frozen
class Settled:
    """The outcome for one choice of the constants.

    Args:
        verdict: the outcome.
        witness: see `growth_checker.answer`; `None` if undecided.
        reason: why it is undecided.
        division: constant and value at which the outcome changes, if that is why.
    """

    verdict: Verdict
    witness: Any = None
    reason: str = ""
    division: tuple[str, Tree] | None = None


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
            asked = _of_side(side, question.f, question.g, question)
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


def settle(
    f: Tree, relation: Relation, g: Tree, where: Question, stop: float, depth: int = 0
) -> Settled:
    """HOLDS or FAILS with a witness that is the same kind for all constants, or UNDECIDED.

    Args:
        f: left side, resolved.
        relation: what is asked.
        g: right side, resolved.
        where: the variables, and which of them are pinned.
        stop: when to give up, on the clock of the process, which stands while others run.
        depth: divisions so far.
    """
    variables = where.variables
    try:
        one, two = cancelled(f, variables), cancelled(g, variables)
        if (one, two) == (f, g):
            return _settle_sides(f, relation, g, where, stop)
        found = _settle_sides(one, relation, two, where, stop)
        return evolve(found, witness={"rewritten": (one, two), "part": found.witness})
    except DividedError as problem:
        if depth >= MOST_DIVISIONS or problem.symbol in variables or problem.symbol == EVERY:
            return Settled(Verdict.UNDECIDED, reason=str(problem))
        division = (problem.symbol, from_sympy(problem.value))
    parts: list[Settled] = []
    for values in divided(*division):
        one, two = replaced(f, values), replaced(g, values)
        parts.append(settle(one, relation, two, where, stop, depth + 1))
        if parts[-1].verdict is Verdict.UNDECIDED:
            return Settled(Verdict.UNDECIDED, reason=parts[-1].reason)
    if len({part.verdict for part in parts}) == 1:
        witness = {"divided": division, "parts": tuple(part.witness for part in parts)}
        return Settled(parts[0].verdict, witness)
    places = ("below", "at", "above")
    said = ", ".join(
        f"{part.verdict.value} {place}" for place, part in zip(places, parts, strict=True)
    )
    return Settled(Verdict.UNDECIDED, reason=said, division=division)


def _settle_sides(f: Tree, relation: Relation, g: Tree, where: Question, stop: float) -> Settled:
    found: dict[str, Any] = {}
    undecided: Settled | None = None
    for side in SIDES[relation.kind]:
        if side == "~O":
            outcome = _settle_soft(f, g, relation.soft, where, stop)
        else:
            outcome = _settle_one(_of_side(side, f, g, where), side in VANISHING, stop)
        if outcome.verdict is Verdict.FAILS:
            return Settled(Verdict.FAILS, {side: outcome.witness})
        if outcome.verdict is Verdict.UNDECIDED:
            undecided = undecided or outcome
        found[side] = outcome.witness
    return undecided or Settled(Verdict.HOLDS, found)


def _of_side(side: str, f: Tree, g: Tree, where: Question) -> Question:
    """What is bounded by what."""
    if side in ("Omega", "omega"):
        return evolve(where, f=g, g=f)
    return evolve(where, f=plus(f, times(MINUS, g)) if side == "~" else f, g=g)


def _settle_soft(f: Tree, g: Tree, soft: tuple[str, ...], where: Question, stop: float) -> Settled:
    """Whether f is O(g) times some power of logarithms."""
    variables = where.variables
    constants = sorted((names_in(f) | names_in(g)) - variables)
    powers = [whole(power) for power in POWERS]
    if constants:
        total = plus(UNIT, *(("x", name) for name in constants))
        powers += [times(whole(factor), total) for factor in (1, 3)]

    def asked(power: Tree) -> Question:
        return evolve(where, f=f, g=times(g, logarithms(soft, variables, power)))

    def held(power: Tree, witness: Any) -> Settled:
        return Settled(Verdict.HOLDS, {"power": power, "part": witness})

    reason = ""
    for order in ORDERS:
        for power in powers:
            try:
                tried = attempt(asked(power), False, order, stop=stop)
            except DividedError as problem:
                tried = Attempt(None, reason=str(problem))  # another power may do for all
            if tried.proof is not None:
                return held(power, witness_of(tried.proof))
            reason = tried.reason
        every: Tree = ("x", EVERY)
        refuted, truncated = refute(asked(every), False, order, stop)
        if refuted is None:
            refuted, _ = refute(asked(every), False, order, stop, is_unbalanced=True)
        if refuted is not None:
            part = refutation_of(refuted)
            return Settled(Verdict.FAILS, {"power": every, "part": part})
        for power in powers[:3]:
            split = split_attempt(asked(power), False, order, stop=stop)
            if split.proof is not None:
                return held(power, witness_of(split.proof))
        if process_time() > stop:
            raise UndecidedError("the time allowed was not enough")
        if not (tried.truncated or truncated or split.truncated):
            break
    return Settled(Verdict.UNDECIDED, reason=reason)


def _settle_one(question: Question, vanishing: bool, stop: float) -> Settled:
    reason = ""
    for variant in range(VARIANTS):
        varied = False
        for order in ORDERS[:2] if variant else ORDERS:
            tried = attempt(question, vanishing, order, stop=stop, variant=variant)
            if tried.proof is not None:
                return Settled(Verdict.HOLDS, witness_of(tried.proof))
            refuted, truncated = refute(question, vanishing, order, stop, variant)
            if refuted is not None:
                return Settled(Verdict.FAILS, refutation_of(refuted))
            split = split_attempt(question, vanishing, order, stop=stop, variant=variant)
            if split.proof is not None:
                return Settled(Verdict.HOLDS, witness_of(split.proof))
            reason = reason or tried.reason or split.reason
            varied |= tried.is_varied or split.is_varied
            if process_time() > stop:
                raise UndecidedError("the time allowed was not enough")
            if not (tried.truncated or truncated or split.truncated):
                break
        if not varied:
            break
    if not vanishing and len(question.variables) > 1:
        for order in ORDERS[:2]:
            refuted, _ = refute(question, vanishing, order, stop, is_unbalanced=True)
            if refuted is not None:
                return Settled(Verdict.FAILS, refutation_of(refuted))
    find_division(question)
    return Settled(Verdict.UNDECIDED, reason=reason)
