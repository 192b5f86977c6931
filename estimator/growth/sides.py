"""Settles what a relation says, one side after the other, where no constant has to be divided."""

from collections.abc import Mapping, Sequence
from time import process_time
from typing import Any

import sympy
from attrs import evolve, frozen

from estimator.expressions.lowest_terms import parts_of
from estimator.expressions.relations import SIDES, VANISHING, Relation, logarithms
from estimator.expressions.tree import MINUS, UNIT, Tree, from_sympy, names_in, plus, times, whole
from estimator.growth.estimates import CHOICES
from estimator.growth.prove import (
    EVERY,
    ORDERS,
    Attempt,
    Question,
    attempt,
    find_division,
    refute,
    split_attempt,
)
from estimator.growth.witness import refutation_of, witness_of
from estimator.growth_numbers.number import DividedError, OrderError, UndecidedError
from estimator.growth_numbers.sign import noticing
from estimator.verdict import Verdict

VARIANTS = CHOICES + 2
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
        cases: where a constant is divided, and the outcomes there, if that is why; see `condition`.
    """

    verdict: Verdict
    witness: Any = None
    reason: str = ""
    cases: Mapping[str, Any] | None = None

    @property
    def part(self) -> Mapping[str, Any]:
        """The outcome as a part of one that differs from constant to constant."""
        return self.cases or {"verdict": self.verdict.value, "witness": self.witness}

    @property
    def is_open(self) -> bool:
        """Whether nothing is known."""
        return self.verdict is Verdict.UNDECIDED and self.cases is None


def settle_sides(f: Tree, relation: Relation, g: Tree, where: Question, stop: float) -> Settled:
    """All that a relation says, or the first of it that fails.

    Raises:
        DividedError: if the outcome depends on a constant.
        UndecidedError: if the time was not enough.
    """
    found: dict[str, Any] = {}
    undecided: Settled | None = None
    for side in SIDES[relation.kind]:
        if side == "~O":
            outcome = _settle_soft(f, g, relation.soft, where, stop)
        else:
            outcome = _settle_one(of_side(side, f, g, where), side in VANISHING, stop)
        if outcome.verdict is Verdict.FAILS:
            return Settled(Verdict.FAILS, {side: outcome.witness})
        if outcome.verdict is Verdict.UNDECIDED:
            undecided = undecided or outcome
        found[side] = outcome.witness
    return undecided or Settled(Verdict.HOLDS, found)


def of_side(side: str, f: Tree, g: Tree, where: Question) -> Question:
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
    with noticing() as seen:
        found = _settle_whole(question, vanishing, stop)
    if found.verdict is Verdict.UNDECIDED:
        divide_by_order(seen, (names_in(question.f) | names_in(question.g)) - question.variables)
    return found


def divide_by_order(seen: Sequence[OrderError], constants: frozenset[str]) -> None:
    """Divide a constant where a sign that was asked for depends on its size against others.

    Raises:
        DividedError: if there is such a sign.
    """
    values = [(each, from_sympy(each.value)) for each in seen if is_plain(each.value)]
    kept = [
        (each, tree)
        for each, tree in values
        if {each.symbol} | names_in(tree) <= constants and each.symbol not in names_in(tree)
    ]
    if kept:
        best, _ = min(kept, key=lambda pair: parts_of(pair[1]))
        raise DividedError(best.symbol, best.value, best.expression)


def is_plain(value: sympy.Expr) -> bool:
    """Whether all symbols have names that a question may use."""
    return all(x.name.isidentifier() for x in value.free_symbols)


def _settle_whole(question: Question, vanishing: bool, stop: float) -> Settled:
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
