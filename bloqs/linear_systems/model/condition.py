r"""The numbers that every solver is asked with, and the ranges in which they mean something.

Everywhere in this folder $\kappa = \alpha \lVert A^{-1} \rVert$: the singular values of
$A/\alpha$ lie in $[1/\kappa, 1]$. It belongs to the encoding and is not the condition number of
the matrix. The *norm* is $t = \lVert (A/\alpha)^{-1} b \rVert$ for a unit vector b, between 1 and
kappa. The *error* is that of the normalised solution in the l2 norm.
"""

from math import isfinite, sqrt

ROUNDING = 1e-9
"""Relative excess at which a number given in floating point still counts as within its bound."""


def check_condition(condition: float) -> None:
    """Refuse what is no condition number.

    Raises:
        ValueError: if it is not finite and at least 1.
    """
    if not (isfinite(condition) and condition >= 1):
        raise ValueError(f"kappa is alpha |A^-1|, at least 1 and finite, got {condition}")


def check_solution_norm(norm: float, condition: float) -> None:
    """Refuse a norm that no solution has.

    Raises:
        ValueError: if it is not between 1 and `condition`.
    """
    if not 1 - ROUNDING <= norm <= condition * (1 + ROUNDING):
        raise ValueError(
            f"norm is |(A/alpha)^-1 b| for a unit vector b, between 1 and kappa={condition:g}, "
            f"got {norm:g}"
        )


def check_error(error: float) -> None:
    """Refuse an error that no solver can be asked for.

    Raises:
        ValueError: if it is not strictly between 0 and 1.
    """
    if not 0 < error < 1:
        raise ValueError(f"epsilon is the error of a unit vector, in (0, 1), got {error}")


def sine_of(error: float) -> float:
    r"""The relative error that may be made of each component so that the direction errs by `error`.

    Components scaled by factors in $[1 - s, 1 + s]$ turn a vector by an angle whose sine is at
    most s; two unit vectors at that angle are $\sqrt{2 - 2\sqrt{1 - s^2}}$ apart.
    """
    check_error(error)
    return error * sqrt(1 - error**2 / 4)
