"""Formulas as a person would write them."""

import re
from functools import lru_cache
from keyword import iskeyword
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from estimator.report.text import LONG_WHOLE, plain_symbols, short, shorten, whole_text
from estimator.symbols import ABBREVIATIONS, renamed

_LONG_DECIMAL = re.compile(r"\d+\.\d{6,}(e[-+]?\d+)?")
_LONG_WHOLE = re.compile(rf"(?<![\w.])\d{{{len(str(LONG_WHOLE))},}}(?![\w.])")


def formula_text(value: object) -> str:
    """A number or a formula, terms with the same abbreviation together.

    Formulas are in Python's notation, as in JSON, and can be put into `quledger growth`. Numbers
    inside a formula that are not exact are worked out and rounded to six digits; whole numbers
    from `LONG_WHOLE` on have three digits and a power of ten. A text is no formula: it is never
    read as one, and stays as it is.
    """
    if isinstance(value, str):
        return value
    formula = sympy.sympify(value)
    if formula.is_Integer:
        return whole_text(int(formula))
    return f"{float(formula):.6g}" if formula.is_number else _symbolic_text(formula)


@lru_cache(maxsize=4096)
def _symbolic_text(formula: sympy.Expr) -> str:
    text = _grouped(_worked_out(pasteable(formula)))
    text = _LONG_DECIMAL.sub(lambda found: f"{float(found[0]):.6g}", text)
    return _LONG_WHOLE.sub(lambda found: short(int(found[0])), text)


@lru_cache(maxsize=4096)
def pasteable(formula: sympy.Expr) -> sympy.Expr:
    r"""The formula with names that Python can read: `epsilon_PE` for `\epsilon_{PE}`.

    Symbols of other authors' bloqs may be in LaTeX, or be called lambda.
    """
    taken = {symbol.name for symbol in formula.free_symbols}
    found: dict[sympy.Symbol, sympy.Symbol] = {}
    for symbol in sorted(formula.free_symbols, key=str):
        if symbol.name.isidentifier() and not iskeyword(symbol.name):
            continue
        plain = plain_symbols(re.sub(r"\\text\{(.*?)\}", r"\1", symbol.name))
        name = re.sub(r"\W+", "_", plain).strip("_")
        name = name if name and not name[0].isdigit() else f"symbol_{name}"
        while name in taken or iskeyword(name):
            name += "_"
        taken.add(name)
        found[symbol] = renamed(symbol, name)
    return formula.xreplace(found) if found else formula


def _worked_out(formula: sympy.Expr) -> sympy.Expr:
    """The formula with products and sums of inexact numbers as one number each."""
    if not formula.has(sympy.Float):
        return formula
    at_pi = formula.xreplace({sympy.pi: sympy.pi.evalf()})
    return sympy.powsimp(at_pi, deep=True, combine="exp")


@lru_cache(maxsize=16384)
def size(formula: sympy.Expr) -> int:
    """Numbers and symbols in a formula, as often as they occur: how long it is, but for names."""
    return 1 if formula.is_Atom else sum(map(size, formula.args))


def groups(formula: sympy.Expr) -> list[tuple[sympy.Expr, list[sympy.Expr]]]:
    """The terms of a sum by what abbreviations and functions they share, without these.

    What shares nothing comes last, with 1.
    """
    names = [symbol for symbol in formula.free_symbols if symbol.name in ABBREVIATIONS]
    names += formula.atoms(AppliedUndef)
    found: dict[sympy.Expr, list[sympy.Expr]] = {}
    for term in sympy.Add.make_args(formula):
        rest, shared = term.as_independent(*names, as_Add=False)
        found.setdefault(shared, []).append(rest)
    ordered = sorted(found, key=lambda shared: (shared == 1, sympy.default_sort_key(shared)))
    return [(shared, found[shared]) for shared in ordered]


def _grouped(formula: sympy.Expr) -> str:
    """`R_0*(b + c) + 2*b` for `R_0*b + R_0*c + 2*b`, R_0 being an abbreviation."""
    parts = groups(formula)
    if all(len(terms) == 1 for shared, terms in parts if shared != 1):
        return str(formula)
    return " + ".join(_product(*part) for part in parts).replace("+ -", "- ")


def _product(shared: sympy.Expr, terms: list[sympy.Expr]) -> str:
    if shared == 1 or len(terms) == 1:
        return str(sympy.Add(*terms) * shared)
    factor = f"({shared})" if isinstance(shared, sympy.Add) else str(shared)
    return f"{factor}*({sympy.Add(*terms)})"


def exact_text(value: object) -> str:
    """A formula as JSON has it, every digit; a number and a text as `formula_text` has it."""
    if isinstance(value, str):
        return value
    formula = sympy.sympify(value)
    return formula_text(formula) if formula.is_number else str(pasteable(formula))


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
