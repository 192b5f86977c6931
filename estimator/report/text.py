"""Numbers, formulas and names as a person would write them."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import sympy
from attrs import frozen
from sympy.core.function import AppliedUndef

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


WRITTEN_OUT = 100_000
"""Whole numbers from here on are shown with three digits and a power of ten."""

SHORT_WHOLE = 10**6
"""Whole numbers below this are written out among the layers of a network."""


def short(value: Any) -> str:
    """A number with at most five digits before the exponent; a dash for none."""
    if value is None:
        return "-"
    if isinstance(value, int) and abs(value) < WRITTEN_OUT:
        return f"{value:,}"
    if isinstance(value, float) and abs(value) < 1000:
        return f"{value:.3g}"
    return f"{Decimal(value):.2e}".replace("e+", "e")


def few_digits(value: Any) -> str:
    """A number with three digits, or written out if it is whole and not too long."""
    if isinstance(value, str):
        return value
    number = float(value)
    whole = number == int(number) and abs(number) < SHORT_WHOLE
    return f"{int(number):,}" if whole else f"{number:.3g}"


def exponent(value: float | None) -> str:
    """Two digits after the point; zero has no sign."""
    if value is None:
        return "undecided"
    text = f"{value:.2f}"
    return "0.00" if text == "-0.00" else text


def four_digits(value: Any) -> str:
    """Four digits of a number that is not whole."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


@frozen
class Style:
    """How a value is shown where a person reads it.

    Args:
        name: of the style.
        text: from a value to its text.
    """

    name: str
    text: Callable[[Any], str]


EXACT = Style("exact", formula_text)
"""Every digit of a number, and formulas."""
SHORT = Style("short", short)
"""At most five digits."""
FEW = Style("few", few_digits)
"""Three digits, whole numbers below a million written out."""
SHARE = Style("share", lambda value: "?" if value is None else f"{value:.0%}")
"""Per cent."""
SCIENTIFIC = Style("scientific", lambda value: f"{value:.1e}")
"""Two digits and a power of ten."""
PRECISE = Style("precise", lambda value: f"{value:.4f}")
"""Four digits after the point."""
EXPONENT = Style("exponent", exponent)
"""Two digits after the point."""
SETTING = Style("setting", four_digits)
"""Four digits of what is not whole."""
TEXT = Style("text", lambda value: "" if value is None else str(value))
"""As it is."""
COUNT = Style("count", lambda value: "" if value is None else f"{value:,}")
"""Every digit of a whole number."""

NAME_WIDTH = 28
"""Longest bloq name in a drawing. Unit: characters."""

EXPRESSION_WIDTH = 40
"""Longest cost expression in a drawing. Unit: characters."""


def shorten(text: str, width: int) -> str:
    """`text` in at most `width` characters, cut with … at the end."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def rounded(text: str) -> str:
    """`text` with long decimals rounded to four places."""
    return re.sub(r"\d+\.\d{5,}", lambda found: f"{float(found[0]):.4f}", text)


def bloq_name(bloq: object) -> str:
    """`str(bloq)` without its long tuples, in at most `NAME_WIDTH` characters."""
    try:
        name = rounded(" ".join(str(bloq).split()))
    except Exception:  # a third-party `__str__` may fail in any way
        name = type(bloq).__name__
    if len(name) > NAME_WIDTH:  # innermost brackets with two commas or more hold data
        name = re.sub(r"([(\[{])[^()\[\]{}]*,[^()\[\]{}]*,[^()\[\]{}]*([)\]}])", r"\1…\2", name)
    return shorten(name, NAME_WIDTH)


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
    if len(text) > width:
        text = min(text, str(sympy.expand(expression)), key=len)
    return shorten(plain_symbols(text), width)


def plain_symbols(text: str) -> str:
    """`text` without the LaTeX in symbol names: `C_JA`, not `C_{JA}`."""
    return re.sub(r"[\\\\{}]", "", text)
