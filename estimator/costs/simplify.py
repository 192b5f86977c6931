"""Sums of products: the form in which costs are kept."""

from collections.abc import Iterable

import sympy
from qualtran.symbolics import SymbolicInt


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
