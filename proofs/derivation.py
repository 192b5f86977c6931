"""Steps of a derivation: equations and inequalities that SymPy decides, recorded as they pass."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

import sympy
from attrs import frozen

from estimator.verdict import Verdict, compare, simplified


class DerivationError(ArithmeticError):
    """A step of a derivation does not follow."""


@frozen
class Step:
    """One line of a derivation that was found to follow.

    Args:
        name: why, in words.
        left: left-hand side, as given.
        relation: "==" or "<=".
        right: right-hand side, as given.
    """

    name: str
    left: sympy.Expr
    relation: Literal["==", "<="]
    right: sympy.Expr

    def __str__(self) -> str:
        return f"{self.left} {'=' if self.relation == '==' else '<='} {self.right}"


_recorded: ContextVar[list[Step] | None] = ContextVar("recorded", default=None)


@contextmanager
def recording() -> Iterator[list[Step]]:
    """Collect the steps taken inside the block, in order."""
    steps: list[Step] = []
    token = _recorded.set(steps)
    try:
        yield steps
    finally:
        _recorded.reset(token)


def step(name: str, left: sympy.Expr, right: sympy.Expr | int = 0) -> None:
    """Assert that `left` equals `right` for all values, which is what the step called `name` says.

    Raises:
        DerivationError: if SymPy does not reduce the difference to zero.
    """
    left, right = sympy.sympify(left), sympy.sympify(right)
    if (left_over := _reduced(left - right)) != 0:
        raise DerivationError(f"{name}: expected {right}, SymPy is left with {left_over} too much")
    _record(Step(name, left, "==", right))


def bound(name: str, smaller: sympy.Expr, larger: sympy.Expr) -> None:
    """Assert that `smaller` is at most `larger` for all values the symbols' assumptions allow.

    Raises:
        DerivationError: if SymPy does not see that the difference is nonnegative.
    """
    smaller, larger = sympy.sympify(smaller), sympy.sympify(larger)
    if at_most(smaller, larger) is not Verdict.HOLDS:
        gap = simplified(larger - smaller)
        raise DerivationError(f"{name}: SymPy does not see that {gap} is nonnegative")
    _record(Step(name, smaller, "<=", larger))


def norm_at_most(
    name: str, operator: sympy.Expr, norms: Mapping[sympy.Symbol, sympy.Expr]
) -> sympy.Expr:
    """A bound on the norm of a polynomial in operators or vectors, from bounds on theirs.

    The triangle inequality term by term, and |X Y| <= |X| |Y| within a term; both hold for
    spectral norms, for operators applied to vectors in the l2 norm, and for tensor products.

    Args:
        name: why, in words.
        operator: a polynomial in noncommuting symbols.
        norms: an upper bound on the norm of each of them.

    Raises:
        DerivationError: if an operator has no bound.
    """
    total = sympy.Integer(0)
    for term in sympy.Add.make_args(sympy.expand(operator)):
        numbers, factors = term.args_cnc()
        size = sympy.Abs(sympy.Mul(*numbers))
        for factor in factors:
            base, power = factor.as_base_exp()
            if base not in norms:
                raise DerivationError(f"{name}: no bound on the norm of {base}")
            size *= norms[base] ** power
        total += size
    _record(Step(name, sympy.Symbol(f"norm({sympy.expand(operator)})"), "<=", total))
    return total


def at_most(smaller: sympy.Expr, larger: sympy.Expr) -> Verdict:
    """Whether `smaller` <= `larger`, by looking at the difference in several forms."""
    gap = sympy.sympify(larger) - sympy.sympify(smaller)
    for form in (sympy.sympify, sympy.expand, sympy.factor, simplified):
        if form(gap).is_nonnegative:
            return Verdict.HOLDS
    return compare(smaller, "<=", larger)


def _reduced(difference: sympy.Expr) -> sympy.Expr:
    """Zero if SymPy sees that it is, by the cheapest way that shows it."""
    if (expanded := sympy.expand(difference)) == 0:
        return sympy.Integer(0)
    return sympy.simplify(expanded)


def _record(taken: Step) -> None:
    steps = _recorded.get()
    if steps is not None:
        steps.append(taken)
