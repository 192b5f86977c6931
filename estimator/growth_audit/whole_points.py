"""Points of a path at which something is a whole number."""

from collections.abc import Callable
from typing import Any

from mpmath import MPContext, libmp

from estimator.expressions.tree import Tree
from estimator.growth_audit.intervals import NotEvaluatedError, TooWideError
from estimator.growth_audit.program import PRECISIONS, Program

FINE = PRECISIONS[-1] + 600
"""Bits to which a point is found, so that every comparison takes it for exact."""

LARGEST = 150
"""Bits of the whole number beyond which none is looked for."""

COARSE = 500
"""Bits to which a point is found by halving."""

_HALVINGS, _SECANTS = 60, 30

_NUMBERS = MPContext()
_NUMBERS.prec = FINE


def whole_at(tree: Tree, name: str, point: dict[str, Any]) -> dict[str, Any] | None:
    """The point with a symbol moved up to where a tree is the next whole number.

    Args:
        tree: rises with the symbol.
        name: of the symbol.
        point: numbers as `mpmath.libmp` has them.

    Returns:
        `None` if it was not found.
    """
    program = Program()
    number = program.add(tree)

    def value(t: Any, bits: int) -> Any:
        found = program.at({**point, name: t._mpf_}).of(number, bits + LARGEST)
        return _NUMBERS.make_mpf(libmp.mpi_mid(found, bits))

    try:
        found = _next(value, _NUMBERS.make_mpf(point[name]))
    except (NotEvaluatedError, TooWideError, OverflowError, ZeroDivisionError):
        return None
    return None if found is None else {**point, name: found._mpf_}


def _next(value: Callable[[Any, int], Any], low: Any) -> Any:
    """Where a rising function of a number and of bits is whole: halving, then secants."""
    first = value(low, COARSE)
    if _NUMBERS.mag(first) > LARGEST:
        return None
    whole = _NUMBERS.ceil(first)
    high, step = low, max(abs(low), 1) / 1024
    while value(high, COARSE) < whole:
        low, high, step = high, high + step, step * 2
        if _NUMBERS.mag(step) > 3 * LARGEST:
            return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if value(middle, COARSE) < whole else (low, middle)
    for plain in (_NUMBERS.nint(8 * high) / 8, high):
        if value(plain, FINE) == whole:
            return plain
    left, right = value(low, FINE) - whole, value(high, FINE) - whole
    for _ in range(_SECANTS):
        if _NUMBERS.mag(right) < LARGEST + 80 - FINE:
            return high
        if left == right:
            return None
        low, high = high, high - right * (high - low) / (right - left)
        left, right = right, value(high, FINE) - whole
    return None
