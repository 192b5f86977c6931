"""Leading terms as a reader wants them: largest values in one, and no terms that never matter."""

from fractions import Fraction
from typing import Any

import sympy
from attrs import frozen

from estimator.expressions.regime import Regime
from estimator.expressions.tree import FUNCTIONS, SHORT, Tree, call, names_in, plus, times, whole
from estimator.growth.decide import deadline, decide, leading_term
from estimator.growth_numbers.number import UndecidedError
from estimator.verdict import Verdict

PATIENCE = 3.0
"""Processor time after which no leading term is looked for. Unit: seconds."""

SHORT_PATIENCE = 0.3
"""Processor time for one of many small comparisons. Unit: seconds."""

LOG_2 = call("log", whole(2))
"""What a binary logarithm is divided by."""

LARGEST = ("f", "Max")
"""How the tree of a largest value begins."""


@frozen
class Found:
    """A leading term, or why there is none.

    Args:
        tree: the term; `None` if none was found.
        is_exact: whether the quotient of cost and term goes to one; otherwise the cost lies
            between multiples of it.
        reason: why there is none, in one sentence.
    """

    tree: Tree | None
    is_exact: bool
    reason: str = ""


def found_leading(expression: Any, regime: Regime, patience: float = PATIENCE) -> Found:
    """The leading term of an expression.

    Args:
        expression: of SymPy, text or a tree.
        regime: what its symbols do.
        patience: processor time after which it is given up. Unit: seconds.

    Raises:
        ValueError: if the regime does not mention a symbol.
    """
    if unknown := _without_rules(expression):
        return Found(None, False, f"there is no rule for {', '.join(unknown)}")
    try:
        with deadline(patience):
            found = leading_term(expression, regime)
            if found.tree is None:
                return Found(None, False, "its terms could not be told apart")
            tree, is_exact = _flat(found.tree, regime)
            return Found(tree, found.is_exact and is_exact)
    except (UndecidedError, RecursionError, OverflowError) as problem:
        return Found(None, False, str(problem) or "it is nested too deep")


def _without_rules(expression: Any) -> list[str]:
    """Functions, sums and cases in an expression that growth has no rule for."""
    if not isinstance(expression, sympy.Basic):
        return []
    kinds = (sympy.Function, sympy.Sum, sympy.Product, sympy.Piecewise)
    names = {type(each).__name__ for each in sympy.preorder_traversal(expression)
             if isinstance(each, kinds)}  # fmt: skip
    return sorted(names.difference(FUNCTIONS, SHORT, ("log2", "log10")))


def without_factors(tree: Tree, regime: Regime) -> Tree:
    """The terms of a sum without factors that stay the same, each once."""
    moving = frozenset((*regime.growing, *regime.vanishing))
    kept = [times(*(x for x in _factors(y) if names_in(x) & moving)) for y in _terms(tree)]
    return plus(*dict.fromkeys(kept))


def with_binary_logarithms(tree: Tree) -> Tree:
    """A sum, or a largest value of sums, in which log(x)/log(2) is log2(x)."""
    if tree[0] == "+":
        return (tree[0], *(with_binary_logarithms(each) for each in tree[1:]))
    if tree[:2] == LARGEST:
        return (*tree[:2], *(with_binary_logarithms(each) for each in tree[2:]))
    factors = list(_factors(tree))
    for below in [x for x in factors if _power_of(x)[0] == LOG_2]:
        wanted = -_power_of(below)[1]
        for place, factor in enumerate(factors):
            base, power = _power_of(factor)
            if base[:2] == ("f", "log") and names_in(base) and power == wanted:
                binary = ("f", "log2", *base[2:])
                factors[place] = binary if power == 1 else ("^", binary, whole(power))
                factors.remove(below)
                break
    return factors[0] if len(factors) == 1 else ("*", *factors)


def _power_of(factor: Tree) -> tuple[Tree, Fraction]:
    """Base and exponent of a factor; an exponent of one if it has none that is a number."""
    if factor[0] == "^" and factor[2][0] == "q":
        return factor[1], factor[2][1]
    return factor, Fraction(1)


def _factors(term: Tree) -> tuple[Tree, ...]:
    return term[1:] if term[0] == "*" else (term,)


def _flat(tree: Tree, regime: Regime) -> tuple[Tree, bool]:
    """The tree with one largest value for nested ones, of leading terms that others leave a chance.

    Returns:
        The tree, and whether its quotient by the one before goes to one.
    """
    if tree[:2] == LARGEST:
        return _largest(tree, regime)
    if tree[0] not in "+*":
        return tree, True
    parts = [_flat(part, regime) for part in tree[1:]]
    return (tree[0], *(part for part, _ in parts)), all(is_exact for _, is_exact in parts)


def _largest(tree: Tree, regime: Regime) -> tuple[Tree, bool]:
    arguments = list(dict.fromkeys(_arguments(tree)))
    found = [leading_term(each, regime) for each in arguments]
    if any(each.tree is None for each in found):
        return call("Max", *arguments), True
    sums = [_terms(each.tree) for each in found if each.tree is not None]
    kept = _without_idle(list(dict.fromkeys(sums)), regime)
    shown = [plus(*terms) for terms in kept]
    return shown[0] if len(shown) == 1 else call("Max", *shown), all(x.is_exact for x in found)


def _without_idle(sums: list[tuple[Tree, ...]], regime: Regime) -> list[tuple[Tree, ...]]:
    """The sums that may be the largest, each without terms that another sum outgrows."""
    for place, terms in enumerate(sums):
        others = [plus(*each) for at, each in enumerate(sums) if at != place and each]
        sums[place] = tuple(
            term for term in terms if not any(_is_outgrown(term, x, regime) for x in others)
        )
    left = list(dict.fromkeys(terms for terms in sums if terms))
    return [x for x in left if not any(y != x and _is_at_most(x, y) for y in left)]


def _is_outgrown(term: Tree, other: Tree, regime: Regime) -> bool:
    return decide(term, "o", other, regime, SHORT_PATIENCE).verdict is Verdict.HOLDS


def _terms(tree: Tree) -> tuple[Tree, ...]:
    return tree[1:] if tree[0] == "+" else (tree,)


def _arguments(tree: Tree) -> tuple[Tree, ...]:
    """What the largest is taken of, nested or not."""
    if tree[:2] != LARGEST:
        return (tree,)
    return tuple(each for part in tree[2:] for each in _arguments(part))


def _is_at_most(one: tuple[Tree, ...], other: tuple[Tree, ...]) -> bool:
    """Whether a sum has, term for term, no larger factors than another one of positive terms."""
    small, large = _coefficients(one), _coefficients(other)
    return all(x > 0 for x in large.values()) and all(
        x <= large.get(term, Fraction(0)) for term, x in small.items()
    )


def _coefficients(terms: tuple[Tree, ...]) -> dict[tuple[Tree, ...], Fraction]:
    """The number before each term of a sum."""
    found: dict[tuple[Tree, ...], Fraction] = {}
    for term in terms:
        number, rest = Fraction(1), []
        for factor in _factors(term):
            if factor[0] == "q":
                number *= factor[1]
            else:
                rest.append(factor)
        key = tuple(sorted(rest, key=str))
        found[key] = found.get(key, Fraction(0)) + number
    return found
