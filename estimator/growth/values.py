"""Parts of an expression that do not vary, and expressions that are the same as others."""

from estimator.expressions.tree import Tree, to_sympy
from estimator.growth import number as num
from estimator.growth.derivation import Derivation, Ruled
from estimator.growth.number import HopelessError, Number, UndecidedError


def constant_of(node: Tree) -> Number:
    """The value of an expression without variables."""
    try:
        value = to_sympy(node)
    except ValueError as problem:
        raise HopelessError(str(problem)) from None
    if not value.is_real:
        raise UndecidedError(f"{value} may not be a real number")
    return num.number(value)


def rewritten(d: Derivation, other: Tree) -> Ruled:
    """The enclosure of an identical expression."""
    return "same", (other,), d.enclose(other)
