"""Compares thresholds that depend on constants with what is wanted of them."""

from fractions import Fraction
from typing import Any

import sympy

from estimator.growth_checker.number import (
    interval,
    powered,
    same,
    settled,
    symbolic,
)
from estimator.growth_checker.sign import at_most, direction_or_none


def is_same(wanted: Any, value: Any, d: Any) -> bool:
    """Whether value is wanted**(1/d) as it is written."""
    return same(value, powered(wanted, powered(d, Fraction(-1))))


def is_multiple(wanted: Any, value: Any, d: Any) -> bool:
    """Whether value**d is a fixed multiple, at least one, of what is wanted."""
    if direction_or_none(wanted) != 1:
        return False
    ratio = interval(settled(sympy.cancel(symbolic(powered(value, d)) / symbolic(wanted))))
    return bool(ratio is not None and ratio.a >= 1)


def is_below(wanted: Any, value: Any, d: Any) -> bool:
    """Whether wanted <= value**d."""
    return at_most(wanted, powered(value, d)) or at_most(
        powered(wanted, powered(d, Fraction(-1))), value
    )
