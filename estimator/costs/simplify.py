"""Sums of products: the form in which costs are kept."""

import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Any

import sympy
from qualtran.symbolics import SymbolicInt

TRIED = (1, 3, 101)
"""Values of all symbols at which a difference is looked at before SymPy is asked; all are odd."""


def largest(values: Iterable[SymbolicInt]) -> SymbolicInt:
    """The maximum of `values` as one flat `Max`, without arguments that never win.

    SymPy leaves `n + Max(0, m)` nested; nested maxima of maxima soon outgrow memory. Here every
    branch is written out, and a branch is dropped when another is decidedly at least as large
    under the symbols' assumptions. What SymPy cannot decide stays.
    """
    values = frozenset(values)
    if all(isinstance(value, int) for value in values):
        return max(values)
    return _largest(values)


@lru_cache(maxsize=4096)
def _largest(values: frozenset[SymbolicInt]) -> SymbolicInt:
    branches = list(set().union(*map(_branches, values)))
    if len(branches) > 1:
        branches.sort(key=sympy.default_sort_key)
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

    Sums of positive whole numbers and of powers of two, the usual case, are compared without asking
    SymPy: if no coefficient is negative, their difference is smallest where all symbols are one.
    """
    difference = dict(_coefficients(one))
    for term, coefficient in _coefficients(other).items():
        difference[term] = difference.get(term, 0) - coefficient
    if all(_is_counting(term) for term in difference):
        steps = [x for term, x in difference.items() if term != 1]
        least = sum(x * _at_one(term) for term, x in difference.items())
        return all(x >= 0 for x in steps) and least >= 0
    gap = one - other
    if gap.is_number or not _is_lost(gap, difference):
        return bool(gap.is_nonnegative)
    return False


def _is_lost(gap: sympy.Expr, terms: dict[sympy.Expr, sympy.Expr]) -> bool:
    """Whether SymPy need not be asked if a difference is never negative, as it cannot say so.

    It is negative somewhere, or has a symbol of which not even is known that it is a number.

    Args:
        gap: the difference.
        terms: the same as coefficients by term.
    """
    if any(symbol.is_extended_real is None for symbol in gap.free_symbols):
        return True
    if any(symbol.is_even or not symbol.is_positive for symbol in gap.free_symbols):
        return False
    for size in TRIED:
        found = math.fsum(float(x) * _at(term, size) for term, x in terms.items())
        if found < -1e-6 * (1 + abs(found)):
            return True
    return False


@lru_cache(maxsize=4096)
def _at(term: sympy.Expr, size: int) -> float:
    """The value of a term where every symbol is the same number; not a number if it has none."""
    try:
        return float(term.subs(dict.fromkeys(term.free_symbols, size)))
    except (TypeError, OverflowError, ZeroDivisionError):
        return math.nan


@lru_cache(maxsize=4096)
def _coefficients(branch: sympy.Expr) -> dict[sympy.Expr, sympy.Expr]:
    return dict(branch.as_coefficients_dict())


@lru_cache(maxsize=4096)
def _is_counting(term: sympy.Expr) -> bool:
    """Whether a term is a product of positive integers and of powers 2**(positive * symbol)."""
    return all(
        factor == 1
        or _is_size(factor)
        or (isinstance(factor, sympy.Pow) and factor.base == 2 and _is_multiple(factor.exp))
        for factor in sympy.Mul.make_args(term)
    )


def _is_size(factor: sympy.Expr) -> bool:
    return bool(factor.is_Symbol and factor.is_integer and factor.is_positive)


def _is_multiple(exponent: sympy.Expr) -> bool:
    times, size = exponent.as_coeff_Mul()
    return bool(times > 0) and _is_size(size)


@lru_cache(maxsize=4096)
def _at_one(term: sympy.Expr) -> sympy.Expr:
    return term.subs(dict.fromkeys(term.free_symbols, 1))


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


def multiplied_out(value: SymbolicInt) -> sympy.Expr:
    """`value` as a sum of products; what is one already is not walked through again."""
    expression = sympy.sympify(value)
    terms = sympy.Add.make_args(expression)
    return expression if all(map(_is_product, terms)) else sympy.expand(expression)


def weighted_sum(parts: Iterable[tuple[SymbolicInt, SymbolicInt]]) -> SymbolicInt:
    """The sum over pairs of weight times value, as a sum of products; a number if they are."""
    pairs = [*parts]
    if all(isinstance(part, int) for pair in pairs for part in pair):
        return sum(weight * value for weight, value in pairs)
    terms: list[sympy.Expr] = []
    for weight, value in pairs:
        factors = sympy.Add.make_args(multiplied_out(weight))
        summands = sympy.Add.make_args(multiplied_out(value))
        terms += [factor * summand for factor in factors for summand in summands]
    return sympy.Add(*terms)


def _is_product(term: sympy.Expr) -> bool:
    return all(_is_factor(factor) for factor in sympy.Mul.make_args(term))


def _is_factor(factor: sympy.Expr) -> bool:
    """Whether expanding leaves it alone: 2**(2 m) stays, 2**(c + m) and (c + m)**2 do not.

    What is inside a function, or a maximum, is left as it is.
    """
    if not isinstance(factor, sympy.Pow):
        return not isinstance(factor, sympy.Add)
    base, exponent = factor.args
    return bool(base.is_Atom) and all(part.is_Atom for part in sympy.Mul.make_args(exponent))


def free_symbols(values: Iterable[Any]) -> set[sympy.Symbol]:
    """The symbols that occur in any of the values; text has none."""
    numbers = (value for value in values if not isinstance(value, str))
    return set().union(*(sympy.sympify(value).free_symbols for value in numbers))
