"""An expression of a growth question as text, whatever it was asked as."""

from numbers import Number
from typing import Any

import sympy

from estimator.ask.parameter import quoted
from estimator.expressions.regime import Regime
from estimator.expressions.text import Notation, text_of
from estimator.expressions.tree import from_sympy


def asked_text(value: Any, regime: Regime) -> str:
    """Text as it is; a SymPy or Qualtran expression, or a number, as it would be typed.

    Args:
        value: what was asked about.
        regime: whose symbols have their names for themselves.

    Raises:
        ValueError: if it is none of these, or no real number.
    """
    if isinstance(value, str):
        return value
    if hasattr(value, "total_t_count"):
        raise ValueError(
            f"growth is about one cost, got {quoted(value)}; give one of its counts, or "
            "total_t_count()"
        )
    if isinstance(value, bool) or not isinstance(value, (sympy.Expr, Number)):
        raise ValueError(
            f"an expression is a text, a number or of SymPy, got {quoted(value)}; write it as one"
        )
    found = sympy.sympify(value)
    if found.has(sympy.oo, -sympy.oo, sympy.zoo, sympy.nan, sympy.I):
        raise ValueError(f"an expression must be a real number everywhere, got {quoted(found)}")
    names = frozenset((*regime.growing, *regime.vanishing, *regime.constants, *regime.coupled))
    return text_of(from_sympy(found), 0, Notation(taken=names))
