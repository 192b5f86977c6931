"""Quotients that mean nothing: where what is divided by is zero, or may be, however far out."""

from estimator.expressions.parse import GrowthSyntaxError, denominators
from estimator.expressions.regime import Regime
from estimator.expressions.tree import Tree, names_in, replaced, to_sympy
from estimator.growth.constants import openings
from estimator.growth.leading import leading_of
from estimator.growth_numbers.number import number


def check_quotients(text: str, regime: Regime, is_decided: bool) -> None:
    """Refuse an expression that divides by zero.

    SymPy cancels (N - M)/(N - M), so that a search that only sees the rest would say something
    about a function that is undefined along N = M.

    Args:
        text: an expression that was understood.
        regime: what its symbols do.
        is_decided: whether something was found out about the expression; then a denominator whose
            leading terms have both signs is refused too, and not only one that is always zero.

    Raises:
        GrowthSyntaxError: if there is such a denominator; the message names its position.
    """
    names = {*regime.growing, *regime.vanishing, *regime.constants, *regime.coupled}
    for found in denominators(text, frozenset(names)):
        tree = regime.resolve(found.tree)
        if _is_zero(tree):
            raise GrowthSyntaxError(
                f"division by zero: what is divided by at position {found.place} is always 0"
            )
        if is_decided and _may_vanish(tree, regime):
            shown = to_sympy(found.tree)
            raise GrowthSyntaxError(
                f"the quotient is undefined where {shown} = 0, which is divided by at position "
                f"{found.place} and may be 0 however large or small the variables are"
            )


def _is_zero(tree: Tree) -> bool:
    value = to_sympy(tree).expand()
    return bool(value == 0 or (not value.free_symbols and number(value) == 0))


def _may_vanish(tree: Tree, regime: Regime) -> bool:
    """Whether leading terms of both signs stand in it or in one of its factors.

    A number has none: it is zero or it is not.
    """
    if not names_in(tree):
        return False
    if tree[0] == "*":
        return any(_may_vanish(part, regime) for part in tree[1:])
    if tree[0] == "^":
        return _may_vanish(tree[1], regime)
    if tree[0] != "+":
        return False
    variables = frozenset((*regime.growing, *regime.vanishing))
    for values in openings(regime):
        leading = leading_of(replaced(tree, values), variables).tree
        if leading is not None and leading[0] == "+" and len(set(map(_sign, leading[1:]))) > 1:
            return True
    return False


def _sign(term: Tree) -> int:
    parts = term[1:] if term[0] == "*" else (term,)
    return -1 if sum(part[0] == "q" and part[1] < 0 for part in parts) % 2 else 1
