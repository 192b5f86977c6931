"""The largest of several symbolic sizes, kept short enough to read and to compare."""

from collections.abc import Iterable
from itertools import product

import sympy
from qualtran.symbolics import SymbolicInt


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
        if any((other - branch).is_nonnegative for other in winners):
            continue
        winners = [other for other in winners if not (branch - other).is_nonnegative]
        winners.append(branch)
    if len(winners) == 1:
        return int(winners[0]) if winners[0].is_Integer else winners[0]
    return sympy.Max(*winners, evaluate=False)


def _branches(value: SymbolicInt) -> set[sympy.Expr]:
    value = sympy.expand(sympy.sympify(value))
    if isinstance(value, sympy.Max):
        return set().union(*map(_branches, value.args))
    if isinstance(value, sympy.Add) and value.has(sympy.Max):
        choices = [_branches(term) for term in value.args]
        return {sympy.Add(*choice) for choice in product(*choices)}
    if isinstance(value, sympy.Mul) and value.has(sympy.Max):
        factor, rest = value.as_coeff_Mul()
        if factor.is_positive and isinstance(rest, sympy.Max):
            return {sympy.expand(factor * branch) for branch in _branches(rest)}
    return {value}
