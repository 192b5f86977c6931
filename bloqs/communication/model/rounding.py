"""Logarithms and roundings of numbers and of expressions alike; numbers stay numbers."""

import math
from collections.abc import Iterable
from typing import Any

import sympy


def as_tuple(values: Iterable[Any]) -> tuple[Any, ...]:
    """The values of any sequence, kept."""
    return tuple(values)


def is_symbolic(*values: Any) -> bool:
    """Whether some value has a symbol in it."""
    return any(isinstance(value, sympy.Basic) and value.free_symbols for value in values)


def ceiling(value: Any) -> Any:
    """The least whole number that is not below."""
    return sympy.ceiling(value) if is_symbolic(value) else math.ceil(value)


def floor(value: Any) -> Any:
    """The largest whole number that is not above."""
    return sympy.floor(value) if is_symbolic(value) else math.floor(value)


def ln(value: Any) -> Any:
    """The natural logarithm."""
    return sympy.log(value) if is_symbolic(value) else math.log(value)


def sqrt(value: Any) -> Any:
    """The square root."""
    return sympy.sqrt(value) if is_symbolic(value) else math.sqrt(value)


def log2(value: Any) -> Any:
    """The binary logarithm."""
    return sympy.log(value, 2) if is_symbolic(value) else math.log2(value)


def ln_of_one_more(value: Any) -> Any:
    """ln(1 + x) of a number that is not negative, also where it is tiny."""
    if is_symbolic(value):
        return sympy.asinh(value * (value + 2) / (2 * (value + 1)))
    return math.log1p(value)


def exp_less_one(value: Any) -> Any:
    """exp(x) - 1, also where x is tiny."""
    if is_symbolic(value):
        return 2 * sympy.exp(value / 2) * sympy.sinh(value / 2)
    return math.expm1(value)


def pi_for(*values: Any) -> Any:
    """Pi, as exact as the values that it stands beside."""
    return sympy.pi if is_symbolic(*values) else math.pi


def largest(*values: Any) -> Any:
    """The largest of numbers or expressions."""
    return sympy.Max(*values) if is_symbolic(*values) else max(values)


def smallest(*values: Any) -> Any:
    """The smallest of numbers or expressions."""
    return sympy.Min(*values) if is_symbolic(*values) else min(values)


def bits_for(values: Any) -> Any:
    """Bits that tell so many values apart; exact for whole numbers."""
    if is_symbolic(values):
        return sympy.ceiling(sympy.log(values, 2))
    return (int(values) - 1).bit_length()


def check_between(what: str, value: Any, least: float, most: float, is_open: bool = True) -> None:
    """Refuse a number that is not above `least`, or not below `most`; symbols pass.

    Args:
        what: the number, in words.
        value: it.
        least: never allowed itself.
        most: allowed itself unless `is_open`.
        is_open: whether `most` is not allowed.

    Raises:
        ValueError: if the number is out of range.
    """
    if is_symbolic(value):
        return
    number = float(value)
    if not (least < number < most or (number == most and not is_open)):
        end = ")" if is_open else "]"
        raise ValueError(f"{what} lies in ({least:g}, {most:g}{end}, got {number:.6g}")


def check_error(epsilon: Any) -> None:
    """Refuse an error of a loss or a gradient out of (0, 1]."""
    check_between("epsilon, the error allowed,", epsilon, 0, 1, is_open=False)


def check_failure(delta: Any) -> None:
    """Refuse a probability of failure out of (0, 1)."""
    check_between("delta, the probability of failure,", delta, 0, 1)


EXPONENT_BITS = 11
"""Bits of the exponent of a norm that is told, as a double has them."""


def told_norm(norm: float, bits: int) -> float:
    """A norm as so many bits tell it, within a share of 2**-(bits - 11).

    Args:
        norm: positive and finite.
        bits: all of them, from 12; the exponent takes 11. Unit: bits.

    Raises:
        ValueError: if there are fewer bits, or the norm is no norm.
    """
    if bits <= EXPONENT_BITS:
        raise ValueError(f"a norm takes at least {EXPONENT_BITS + 1} bits, got {bits}")
    if not 0 < norm < math.inf:
        raise ValueError(f"a norm that is told is positive and finite, got {norm}")
    part, exponent = math.frexp(norm)  # from a half to 1, whose first bit is not told
    places = bits - EXPONENT_BITS
    return math.ldexp(round(math.ldexp(part, places + 1)), exponent - places - 1)
