"""Formulas as a person would write them."""

import re
from functools import lru_cache
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from estimator.report.text import plain_symbols, short, shorten
from estimator.symbols import ABBREVIATIONS

LONG_WHOLE = 10**15
"""Whole numbers from here on are not written out where a person reads them."""

_LONG_DECIMAL = re.compile(r"\d+\.\d{6,}(e[-+]?\d+)?")


def formula_text(value: object) -> str:
    """A number or a formula, terms with the same abbreviation together.

    Formulas are in Python's notation, as in JSON, and can be put into `quledger growth`. Numbers
    inside a formula that are not exact are worked out and rounded to six digits; whole numbers
    from `LONG_WHOLE` on have three digits and a power of ten.
    """
    formula = sympy.sympify(value)
    if formula.is_Integer:
        return short(int(formula)) if abs(int(formula)) >= LONG_WHOLE else f"{int(formula):,}"
    if formula.is_number:
        return f"{float(formula):.6g}"
    text = _grouped(_worked_out(formula))
    return _LONG_DECIMAL.sub(lambda found: f"{float(found[0]):.6g}", text)


def _worked_out(formula: sympy.Expr) -> sympy.Expr:
    """The formula with products and sums of inexact numbers as one number each."""
    if not formula.has(sympy.Float):
        return formula
    at_pi = formula.xreplace({sympy.pi: sympy.pi.evalf()})
    return sympy.powsimp(at_pi, deep=True, combine="exp")


def _grouped(formula: sympy.Expr) -> str:
    """`R_0*(b + c) + 2*b` for `R_0*b + R_0*c + 2*b`, R_0 being an abbreviation."""
    names = [symbol for symbol in formula.free_symbols if symbol.name in ABBREVIATIONS]
    names += formula.atoms(AppliedUndef)
    groups: dict[sympy.Expr, list[sympy.Expr]] = {}
    for term in sympy.Add.make_args(formula):
        rest, shared = term.as_independent(*names, as_Add=False)
        groups.setdefault(shared, []).append(rest)
    if all(len(terms) == 1 for shared, terms in groups.items() if shared != 1):
        return str(formula)
    ordered = sorted(groups, key=lambda shared: (shared == 1, sympy.default_sort_key(shared)))
    parts = [_product(shared, groups[shared]) for shared in ordered]
    return " + ".join(parts).replace("+ -", "- ")


def _product(shared: sympy.Expr, terms: list[sympy.Expr]) -> str:
    if shared == 1 or len(terms) == 1:
        return str(sympy.Add(*terms) * shared)
    return f"{shared}*({sympy.Add(*terms)})"


EXPRESSION_WIDTH = 40
"""Longest cost expression in a drawing. Unit: characters."""


MOST_EXPANDED = 400
"""Longest text of an expression that is multiplied out in search of a shorter one. Unit:
characters."""


@lru_cache(maxsize=1024, typed=True)
def expression_text(value: Any, width: int = EXPRESSION_WIDTH) -> str:
    """A count or an expression in at most `width` characters: `1,204`, `4*2**n - 8*n`."""
    expression = sympy.sympify(value)
    if expression.is_Integer:
        digits = int(expression)
        text = f"{digits:,}"
        return text if len(text) <= width else f"{sympy.Float(digits, 4):.3e}"
    if expression.is_number and expression.is_real:
        return f"{float(expression):,.6g}"
    text = str(expression)
    if width < len(text) <= MOST_EXPANDED:
        text = min(text, str(sympy.expand(expression)), key=len)
    return shorten(plain_symbols(text), width)
