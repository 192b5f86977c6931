"""The largest of several symbolic sizes, kept short enough to read and to compare."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

import sympy
from qualtran.symbolics import SymbolicInt

from estimator.multiplied_out import multiplied_out


def largest(values: Iterable[SymbolicInt]) -> SymbolicInt:
    """The maximum of `values` as one flat `Max`, without arguments that never win.

    SymPy leaves `n + Max(0, m)` nested; nested maxima of maxima soon outgrow memory. Here every
    branch is written out, and a branch is dropped when another is decidedly at least as large
    under the symbols' assumptions. What SymPy cannot decide stays.
    """
    values = set(values)
    if all(isinstance(value, int) for value in values):
        return max(values)
    branches = sorted(set().union(*map(_branches, values)), key=sympy.default_sort_key)
    winners: list[sympy.Expr] = []
    for branch in branches:
        if any(_never_below(other, branch) for other in winners):
            continue
        winners = [other for other in winners if not _never_below(branch, other)]
        winners.append(branch)
    if len(winners) == 1:
        return int(winners[0]) if winners[0].is_Integer else winners[0]
    return sympy.Max(*winners, evaluate=False)


def _never_below(one: sympy.Expr, other: sympy.Expr) -> bool:
    """Whether `one` is decidedly at least `other`, both multiplied out.

    Sums of positive whole numbers, the usual case, are compared without asking SymPy: their
    difference is smallest where all of them are one, if no coefficient is negative.
    """
    difference = dict(_coefficients(one))
    for term, coefficient in _coefficients(other).items():
        difference[term] = difference.get(term, 0) - coefficient
    if all(_is_counting(term) for term in difference):
        steps = [x for term, x in difference.items() if term != 1]
        return all(x >= 0 for x in steps) and sum(difference.values()) >= 0
    return bool((one - other).is_nonnegative)


@lru_cache(maxsize=4096)
def _coefficients(branch: sympy.Expr) -> dict[sympy.Expr, sympy.Expr]:
    return dict(branch.as_coefficients_dict())


def _is_counting(term: sympy.Expr) -> bool:
    return term == 1 or (term.is_Symbol and bool(term.is_integer) and bool(term.is_positive))


def _branches(value: SymbolicInt) -> set[sympy.Expr]:
    value = multiplied_out(value)
    if isinstance(value, sympy.Max):
        return set().union(*map(_branches, value.args))
    if isinstance(value, sympy.Add) and value.has(sympy.Max):
        choices = [_branches(term) for term in value.args]
        return {sympy.Add(*choice) for choice in product(*choices)}
    if isinstance(value, sympy.Mul) and value.has(sympy.Max):
        factor, rest = value.as_coeff_Mul()
        if factor.is_positive and isinstance(rest, sympy.Max):
            return {multiplied_out(factor * branch) for branch in _branches(rest)}
    return {value}
