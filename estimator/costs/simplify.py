"""Sums of products: the form in which costs are kept."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import count, product
from typing import Any

import sympy
from qualtran.symbolics import SymbolicInt
from sympy.codegen.cfunctions import log2

Coefficients = dict[sympy.Expr, sympy.Expr]
"""Of a sum, by term."""

TRIED = ((1, 1), (3, 3), (101, 101), (1, 101), (101, 1))
"""Values, of one half of the symbols and of the other, at which two sums are compared before their
difference is looked at; all are odd. Where a symbol may be negative, so they are too."""

FEW = 16
"""Of more branches than that, values are compared first."""

MOST_BRANCHES = 32
"""A sum of maxima is written out up to so many branches; beyond that it stays a sum of maxima."""

MOST_FACTORS = 6
"""Products of more factors are not multiplied out to be compared."""

MOST_QUESTIONS = 25
"""Questions to SymPy about the arguments of one maximum; beyond that what is undecided stays."""


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
    how = count(), len(branches) > FEW
    for branch in branches:
        if any(_never_below(other, branch, *how) for other in winners):
            continue
        winners = [other for other in winners if not _never_below(branch, other, *how)]
        winners.append(branch)
    if len(winners) == 1:
        return int(winners[0]) if winners[0].is_Integer else winners[0]
    return sympy.Max(*winners, evaluate=False)


def _never_below(
    one: sympy.Expr, other: sympy.Expr, questions: Iterator[int], is_screened: bool
) -> bool:
    """Whether `one` is decidedly at least `other`, both multiplied out.

    Sums of products of sizes, of powers of two and of rounded logarithms, the usual case, are
    compared without asking SymPy. So are sums that are seen to be smaller somewhere.

    Args:
        one: the first.
        other: the second.
        questions: moved on by one whenever SymPy is asked.
        is_screened: whether values are compared first, which is worth it for many sums.
    """
    if is_screened and _is_below_somewhere(one, other):
        return False
    difference = dict(_coefficients(one))
    for term, coefficient in _coefficients(other).items():
        difference[term] = difference.get(term, 0) - coefficient
        if not difference[term]:
            del difference[term]
    if all(_is_counting(term) for term in difference):
        return _is_never_negative(difference)
    if any(map(_is_lost, difference)) or _is_below_somewhere(one, other):
        return False
    if next(questions) >= MOST_QUESTIONS:
        return False
    return bool((one - other).is_nonnegative)


def _is_never_negative(terms: Coefficients) -> bool:
    """Whether a sum of terms that count is seen to be at least zero.

    Each of its factors is its least value and something more. Multiplied out in what is more, the
    sum has to be without negative coefficients.
    """
    if all(x >= 0 for term, x in terms.items() if term != 1):
        return bool(sum(x * _at_one(term) for term, x in terms.items()) >= 0)
    if max(map(_degree, terms)) > MOST_FACTORS:
        return False
    shifted: dict[frozenset[tuple[sympy.Expr, int]], sympy.Expr] = defaultdict(int)
    for term, x in terms.items():
        for part, times in _shifted(term):
            shifted[part] += x * times
    return all(x >= 0 for x in shifted.values())


@lru_cache(maxsize=4096)
def _shifted(term: sympy.Expr) -> list[tuple[frozenset[tuple[sympy.Expr, int]], sympy.Expr]]:
    """A product of factors, multiplied out in how much each is above its least value."""
    parts = {frozenset[tuple[sympy.Expr, int]](): sympy.Integer(1)}
    for factor, power in _factors(term):
        least, longer = _at_one(factor), dict[frozenset[tuple[sympy.Expr, int]], sympy.Expr]()
        for part, times in parts.items():
            for k in range(power + 1):
                more = part | {(factor, k)} if k else part
                new = times * math.comb(power, k) * least ** (power - k)
                longer[more] = longer.get(more, 0) + new
        parts = longer
    return list(parts.items())


def _factors(term: sympy.Expr) -> list[tuple[sympy.Expr, int]]:
    """The factors of a term that counts, each with how often it occurs."""
    found = []
    for factor in sympy.Mul.make_args(term):
        if isinstance(factor, sympy.Pow) and factor.base != 2:
            found.append((factor.base, int(factor.exp)))
        elif factor != 1:
            found.append((factor, 1))
    return found


@lru_cache(maxsize=4096)
def _degree(term: sympy.Expr) -> int:
    return sum(power for _, power in _factors(term))


@lru_cache(maxsize=4096)
def _is_lost(term: sympy.Expr) -> bool:
    """Whether SymPy need not be asked about the sign of sums with such a term.

    It holds a maximum, or a symbol of which not even is known that it is a number.
    """
    if term.has(sympy.Max):
        return True
    return any(symbol.is_extended_real is None for symbol in term.free_symbols)


def _is_below_somewhere(one: sympy.Expr, other: sympy.Expr) -> bool:
    return any(x < y for x, y in zip(_values(one), _values(other), strict=True))


@lru_cache(maxsize=4096)
def _values(branch: sympy.Expr) -> tuple[float, ...]:
    """At the points of `TRIED` and their negatives, to nine digits; nan where there is none."""
    signs = product(TRIED, (1, -1))
    found = [_at(branch, sign * x, sign * y) for (x, y), sign in signs]
    return tuple(float(f"{value:.9g}") for value in found)


@lru_cache(maxsize=65536)
def _at(value: sympy.Expr, first: int, second: int) -> float:
    """The value where symbols are the one or the other; nan if it has none."""
    if isinstance(value, sympy.Add | sympy.Mul | sympy.Max):
        parts = [_at(part, first, second) for part in value.args]
        if any(map(math.isnan, parts)):
            return math.nan
        if isinstance(value, sympy.Max):
            return max(parts)
        return sum(parts) if isinstance(value, sympy.Add) else math.prod(parts)
    place = {s: second if sum(map(ord, s.name)) % 2 else first for s in value.free_symbols}
    if not all(map(_may_be, place, place.values())):
        return math.nan
    try:
        return float(value.subs(place))
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return math.nan


def _may_be(symbol: sympy.Symbol, value: int) -> bool:
    """Whether a symbol can be an odd number, as far as its assumptions say."""
    forbidden = symbol.is_nonpositive if value > 0 else symbol.is_nonnegative
    return not (forbidden or symbol.is_even or symbol.is_extended_real is None)


@lru_cache(maxsize=4096)
def _coefficients(branch: sympy.Expr) -> Coefficients:
    return dict(branch.as_coefficients_dict())


@lru_cache(maxsize=4096)
def _is_counting(term: sympy.Expr) -> bool:
    """Whether a term is a product of factors that are least, and not negative, where sizes are one.

    They are positive integers and their powers, 2**(positive * symbol), and rounded logarithms.
    """
    return all(
        factor == 1 or _is_rising(factor) or _is_power_of_size(factor)
        for factor in sympy.Mul.make_args(term)
    )


def _is_rising(factor: sympy.Expr) -> bool:
    if _is_size(factor):
        return True
    if isinstance(factor, sympy.Pow):
        return factor.base == 2 and _is_multiple(factor.exp)
    if isinstance(factor, sympy.ceiling) and isinstance(factor.args[0], log2):
        inside = _coefficients(multiplied_out(factor.args[0].args[0]))
        rises = all(x > 0 and _is_counting(term) for term, x in inside.items())
        return rises and bool(sum(x * _at_one(term) for term, x in inside.items()) >= 1)
    return False


def _is_size(factor: sympy.Expr) -> bool:
    return bool(factor.is_Symbol and factor.is_integer and factor.is_positive)


def _is_multiple(exponent: sympy.Expr) -> bool:
    times, size = exponent.as_coeff_Mul()
    return bool(times > 0) and _is_size(size)


def _is_power_of_size(factor: sympy.Expr) -> bool:
    return bool(
        isinstance(factor, sympy.Pow) and factor.exp.is_Integer and factor.exp > 0
    ) and _is_rising(factor.base)


@lru_cache(maxsize=4096)
def _at_one(term: sympy.Expr) -> sympy.Expr:
    return term.subs(dict.fromkeys(term.free_symbols, 1))


def _branches(value: SymbolicInt) -> set[sympy.Expr]:
    value = multiplied_out(value)
    if isinstance(value, sympy.Max):
        return set().union(*map(_branches, value.args))
    if isinstance(value, sympy.Add) and value.has(sympy.Max):
        choices = [_branches(term) for term in value.args]
        if math.prod(map(len, choices)) > MOST_BRANCHES:
            return {value}
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
