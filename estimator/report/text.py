"""Formulas as a person would write them."""

import re

import sympy
from sympy.core.function import AppliedUndef

from estimator.symbols import ABBREVIATIONS

_LONG_DECIMAL = re.compile(r"\d+\.\d{6,}(e[-+]?\d+)?")


def formula_text(value: object) -> str:
    """A number or a formula, terms with the same abbreviation together, ^ for powers.

    Numbers inside a formula that are not exact are worked out and rounded to six digits.
    """
    formula = sympy.sympify(value)
    if formula.is_Integer:
        return f"{int(formula):,}"
    if formula.is_number:
        return f"{float(formula):.6g}"
    text = _grouped(_worked_out(formula)).replace("**", "^")
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
