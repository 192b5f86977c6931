r"""How far a vector turns when one close to it is divided by its length."""

from math import asin, sin
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray


class DirectionError(sympy.Function):
    r"""Largest $\lVert x/\lVert x\rVert - \psi \rVert_2$ over $\lVert x - \psi \rVert_2 \le e$.

    For a unit vector $\psi$ and e < 1 the angle between the two is at most $\arcsin e$, so the
    chord is at most $2 \sin(\arcsin(e) / 2)$, which is $e + e^3/8 + \dots$ and below $\sqrt2\,e$;
    for larger e it is at most 2, as for any two unit vectors. With a symbol it stays as it is.
    """

    meaning = (
        "DirectionError(e): how far a unit vector can be from one at distance e divided by its own "
        "length, 2*sin(asin(e)/2) below e = 1 and 2 from there on"
    )
    """What the function is, for an answer that contains it."""

    nargs = 1
    is_nonnegative = True

    @classmethod
    def eval(cls, error: Any) -> sympy.Expr | None:
        error = sympy.sympify(error)
        if error == 0:
            return sympy.Integer(0)
        if not error.is_number:
            return None
        size = float(error)
        if size >= 1:
            return sympy.Integer(2)
        return sympy.Float(2 * sin(asin(size) / 2) * (1 + 1e-15))

    @staticmethod
    def of_arrays(error: NDArray[np.float64]) -> NDArray[np.float64]:
        """The same for an array of numbers, not negative."""
        chord = 2 * np.sin(np.arcsin(np.minimum(error, 1)) / 2) * (1 + 1e-15)
        return np.where(error >= 1, 2.0, chord)


def direction_error(error: Any) -> sympy.Expr:
    """`DirectionError` of a number or an expression."""
    return DirectionError(sympy.sympify(error))
