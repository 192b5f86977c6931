"""Settles one relation for all positive values of the constants, dividing them where needed."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from time import process_time
from typing import Any

import sympy
from attrs import evolve, frozen

from estimator.expressions.tree import Tree, children, from_sympy, names_in, replaced, to_sympy
from estimator.growth.constants import divided
from estimator.growth.number import DividedError, OrderError, UndecidedError
from estimator.growth.prove import (
    ORDERS,
    Question,
    attempt,
    find_division,
    refute,
    split_attempt,
)
from estimator.growth.sign import noticing
from estimator.growth.witness import refutation_of, witness_of
from estimator.verdict import Verdict

MOST_PARTS = 60
_HIGHEST = 12


def cancelled(tree: Tree, variables: frozenset[str]) -> Tree:
    """The tree in lowest terms if it is a small rational function and that makes it shorter."""
    if not is_rational(tree, variables) or not _divides(tree):
        return tree
    found = from_sympy(sympy.cancel(to_sympy(tree)))
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


MOST_DIVISIONS = 6
SIDES = {"O": ("O",), "o": ("o",), "Omega": ("Omega",), "Theta": ("O", "Omega")}


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


def settle(
    f: Tree, relation: str, g: Tree, variables: frozenset[str], stop: float, depth: int = 0
) -> Settled:
    """HOLDS or FAILS with a witness that is the same kind for all constants, or UNDECIDED.

    Args:
        f: left side, resolved.
        relation: O, o, Theta or Omega.
        g: right side, resolved.
        variables: what goes to infinity.
        stop: when to give up, on the clock of the process, which stands while others run.
        depth: divisions so far.
    """
    try:
        one, two = cancelled(f, variables), cancelled(g, variables)
        if (one, two) == (f, g):
            return _settle_sides(f, relation, g, variables, stop)
        found = _settle_sides(one, relation, two, variables, stop)
        return evolve(found, witness={"rewritten": (one, two), "part": found.witness})
    except DividedError as problem:
        if depth >= MOST_DIVISIONS or problem.symbol in variables:
            return Settled(Verdict.UNDECIDED, reason=str(problem))
        division = (problem.symbol, from_sympy(problem.value))
    parts: list[Settled] = []
    for values in divided(*division):
        one, two = replaced(f, values), replaced(g, values)
        parts.append(settle(one, relation, two, variables, stop, depth + 1))
        if parts[-1].is_open:
            return Settled(Verdict.UNDECIDED, reason=parts[-1].reason)
    if any(part.cases for part in parts) or len({part.verdict for part in parts}) > 1:
        cases = {"divided": division, "parts": tuple(part.part for part in parts)}
        return Settled(Verdict.UNDECIDED, cases=cases)
    witness = {"divided": division, "parts": tuple(part.witness for part in parts)}
    return Settled(parts[0].verdict, witness)


def _settle_sides(
    f: Tree, relation: str, g: Tree, variables: frozenset[str], stop: float
) -> Settled:
    found: dict[str, Any] = {}
    undecided: Settled | None = None
    for side in SIDES[relation]:
        ordered = (g, f) if side == "Omega" else (f, g)
        outcome = _settle_one(Question(*ordered, variables), side == "o", stop)
        if outcome.verdict is Verdict.FAILS:
            return Settled(Verdict.FAILS, {side: outcome.witness})
        if outcome.verdict is Verdict.UNDECIDED:
            undecided = undecided or outcome
        found[side] = outcome.witness
    return undecided or Settled(Verdict.HOLDS, found)


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
        best, _ = min(kept, key=lambda pair: _parts(pair[1]))
        raise DividedError(best.symbol, best.value, best.expression)


def is_plain(value: sympy.Expr) -> bool:
    """Whether all symbols have names that a question may use."""
    return all(x.name.isidentifier() for x in value.free_symbols)


def _settle_whole(question: Question, vanishing: bool, stop: float) -> Settled:
    reason = ""
    for order in ORDERS:
        tried = attempt(question, vanishing, order, stop=stop)
        if tried.proof is not None:
            return Settled(Verdict.HOLDS, witness_of(tried.proof))
        refuted, truncated = refute(question, vanishing, order, stop)
        if refuted is not None:
            return Settled(Verdict.FAILS, refutation_of(refuted))
        split = split_attempt(question, vanishing, order, stop=stop)
        if split.proof is not None:
            return Settled(Verdict.HOLDS, witness_of(split.proof))
        reason = tried.reason or split.reason
        if process_time() > stop:
            raise UndecidedError("the time allowed was not enough")
        if not (tried.truncated or truncated or split.truncated):
            break
    find_division(question)
    return Settled(Verdict.UNDECIDED, reason=reason)
