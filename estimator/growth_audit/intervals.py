"""Intervals of real numbers, with ends of any exponent, and the functions of growth questions.

An end is a number as `mpmath.libmp` has it; every function rounds outwards. What cannot be told
is an error: a number too large to be written, a value that does not exist, an interval too wide.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

from mpmath import libmp

Interval: TypeAlias = tuple[Any, Any]
"""Lower and upper end."""

TALLEST = 6000
"""Bits of an exponent's exponent: exp of more is a tower that nobody writes out."""

ZERO: Interval = (libmp.fzero, libmp.fzero)
ONE: Interval = (libmp.fone, libmp.fone)

_SPARE = 10
"""Bits by which a function is found more precisely than it is told."""

_LOOSE = 12
"""Bits of a width, in an exponent, from which an interval says nothing."""

_POWERED = 4096
"""Largest exponent of a power that is multiplied out."""

_FACTORS = 40
"""Largest lower number of a binomial that is multiplied out."""


class NotEvaluatedError(ArithmeticError):
    """There is no value here, at any precision; the text says why."""


class TooWideError(ArithmeticError):
    """The precision is not enough."""


def exact(value: Fraction | int, prec: int) -> Interval:
    """A rational number."""
    number = Fraction(value)
    return (
        libmp.from_rational(number.numerator, number.denominator, prec, "f"),
        libmp.from_rational(number.numerator, number.denominator, prec, "c"),
    )


def magnitude(value: Any) -> int:
    """The least n with |value| < 2**n; of zero a very small number."""
    return int(value[2] + value[3]) if value[1] else -(10**9)


def known_sign(x: Interval) -> int | None:
    """1, 0 or -1, or `None` if the interval does not tell."""
    low, high = libmp.mpf_sign(x[0]), libmp.mpf_sign(x[1])
    if low > 0:
        return 1
    if high < 0:
        return -1
    return 0 if low == high == 0 else None


def add(x: Interval, y: Interval, prec: int) -> Interval:
    """x + y."""
    found: Interval = libmp.mpi_add(x, y, prec)
    return found


def multiply(x: Interval, y: Interval, prec: int) -> Interval:
    """x * y."""
    found: Interval = libmp.mpi_mul(x, y, prec)
    return found


def divide(x: Interval, y: Interval, prec: int) -> Interval:
    """x / y."""
    side = known_sign(y)
    if side == 0:
        raise NotEvaluatedError("division by zero")
    if side is None:
        raise TooWideError
    found: Interval = libmp.mpi_div(x, y, prec)
    return found


def negative(x: Interval) -> Interval:
    """-x."""
    return libmp.mpf_neg(x[1]), libmp.mpf_neg(x[0])


def absolute(x: Interval) -> Interval:
    """|x|."""
    side = known_sign(x)
    if side is not None:
        return negative(x) if side < 0 else x
    return libmp.fzero, _most(libmp.mpf_neg(x[0]), x[1])


def logarithm(x: Interval, prec: int) -> Interval:
    """log x."""
    side = known_sign(x)
    if side is None and libmp.mpf_sign(x[1]) > 0:
        raise TooWideError
    if side != 1:
        raise NotEvaluatedError("the logarithm of a number that is not positive")
    return _widened(libmp.mpi_log(x, prec + _SPARE), prec)


def exponential(x: Interval, prec: int) -> Interval:
    """exp x."""
    if max(map(magnitude, x)) > TALLEST:
        raise NotEvaluatedError("a tower of exponents that is too high")
    if magnitude(libmp.mpf_sub(x[1], x[0], 10, "c")) > _LOOSE:
        raise TooWideError
    if any(end[2] >= 0 and magnitude(end) > _LOOSE for end in x):
        third = exact(Fraction(1, 3), prec + _SPARE)  # large integers are slow
        moved = exponential(add(x, third, prec + magnitude(x[1]) + _SPARE), prec + _SPARE)
        return divide(moved, exponential(third, prec + _SPARE), prec)
    return _widened(libmp.mpi_exp(x, prec + _SPARE), prec)


def _widened(x: Interval, prec: int) -> Interval:
    """The interval with room for the last digits, which `mpmath` rounds as it finds them."""
    room = libmp.from_man_exp(1, -prec)
    down, up = (libmp.mpf_mul(libmp.mpf_abs(end), room) for end in x)
    return libmp.mpf_sub(x[0], down, prec, "f"), libmp.mpf_add(x[1], up, prec, "c")


def power(x: Interval, y: Interval, prec: int) -> Interval:
    """x ** y, where it is a real number."""
    whole = _whole(y)
    if whole is not None and abs(whole) <= _POWERED:
        if whole < 0:
            return divide(ONE, libmp.mpi_pow_int(x, -whole, prec + 10), prec)
        if whole == 0 and known_sign(x) is None:
            raise TooWideError
        if whole == 0 and known_sign(x) == 0:
            raise NotEvaluatedError("0**0")
        found: Interval = libmp.mpi_pow_int(x, whole, prec)
        return found
    side = known_sign(x)
    if side is None:
        raise TooWideError
    if side == 0:
        if known_sign(y) == 1:
            return ZERO
        raise NotEvaluatedError("a power of zero")
    if side < 0:
        if whole is None:
            raise NotEvaluatedError("a broken power of a negative number")
        size = power(negative(x), y, prec)
        return negative(size) if whole % 2 else size
    return exponential(multiply(y, logarithm(x, prec + 20), prec + 20), prec)


def _whole(x: Interval) -> int | None:
    """The integer that the interval is, or `None`."""
    low, high = x
    if low != high or low[2] < 0 or magnitude(low) > TALLEST:
        return None
    return int(libmp.to_int(low))


def rounded(x: Interval, up: bool) -> Interval:
    """The next integer above, or below."""
    turn = libmp.mpf_ceil if up else libmp.mpf_floor
    return turn(x[0], 0, "n"), turn(x[1], 0, "n")


def largest(x: Interval, y: Interval) -> Interval:
    """Max(x, y)."""
    return _most(x[0], y[0]), _most(x[1], y[1])


def smallest(x: Interval, y: Interval) -> Interval:
    """Min(x, y)."""
    return negative(largest(negative(x), negative(y)))


def _most(x: Any, y: Any) -> Any:
    return x if libmp.mpf_cmp(x, y) >= 0 else y


def wave(x: Interval, name: str, prec: int) -> Interval:
    """sin x or cos x."""
    if max(map(magnitude, x)) > TALLEST:
        raise NotEvaluatedError("a wave of a number that is too large")
    cos, sin = libmp.mpi_cos_sin(x, prec)
    return sin if name == "sin" else cos


def log_gamma(x: Interval, prec: int) -> Interval:
    """log gamma(x) for x > 0, by Stirling's series, whose error is less than the next term."""
    side = known_sign(x)
    if side is None:
        raise TooWideError
    if side != 1:
        raise NotEvaluatedError("the gamma function of a number that is not positive")
    _check_gamma(x)
    wp = prec + 20 + max(0, magnitude(x[1]))
    shift, far = ONE, prec // 5 + 10
    while libmp.mpf_cmp(x[0], libmp.from_int(far)) < 0:
        shift = multiply(shift, x, wp)
        x = add(x, ONE, wp)
    log_x = logarithm(x, wp)
    total = multiply(add(x, exact(Fraction(-1, 2), wp), wp), log_x, wp)
    pi2 = multiply(exact(2, wp), (libmp.mpf_pi(wp, "f"), libmp.mpf_pi(wp, "c")), wp)
    total = add(total, negative(x), wp)
    total = add(total, multiply(exact(Fraction(1, 2), wp), logarithm(pi2, wp), wp), wp)
    square = multiply(x, x, wp)
    turn = x
    for k in range(1, 400):
        top, bottom = libmp.bernfrac(2 * k)
        share = exact(Fraction(int(top), int(bottom) * 2 * k * (2 * k - 1)), wp)
        term = divide(share, turn, wp)
        if magnitude(absolute(term)[1]) < -prec:
            size = absolute(term)[1]
            total = add(total, (libmp.mpf_neg(size), size), wp)
            return add(total, negative(logarithm(shift, wp)), prec)
        total = add(total, term, wp)
        turn = multiply(turn, square, wp)
    raise TooWideError


def _check_gamma(x: Interval) -> None:
    if max(map(magnitude, x)) > TALLEST:
        raise NotEvaluatedError("the gamma function of a number that is too large")


def gamma(x: Interval, prec: int) -> Interval:
    """gamma(x) for x > 0."""
    _check_gamma(x)
    return exponential(log_gamma(x, prec + max(0, magnitude(x[1])) + 20), prec)


def factorial(x: Interval, prec: int) -> Interval:
    """gamma(x + 1)."""
    return gamma(add(x, ONE, prec + 10), prec)


def binomial(top: Interval, bottom: Interval, prec: int) -> Interval:
    """top over bottom, for real numbers: gamma(top+1) / gamma(bottom+1) / gamma(top-bottom+1)."""
    whole = _whole(bottom)
    if whole is not None and 0 <= whole <= _FACTORS:
        total = ONE
        for j in range(whole):
            factor = add(top, exact(-j, prec + 10), prec + 10)
            total = divide(multiply(total, factor, prec + 10), exact(j + 1, prec), prec + 10)
        return total
    _check_gamma(top)
    wp = prec + max(0, magnitude(top[1])) + 20
    rest = add(top, negative(bottom), wp)
    logs = [log_gamma(add(each, ONE, wp), wp) for each in (top, bottom, rest)]
    return exponential(add(logs[0], negative(add(logs[1], logs[2], wp)), wp), prec)


OF_ONE: dict[str, Callable[[Interval, int], Interval]] = {
    "log": logarithm,
    "exp": exponential,
    "ceiling": lambda x, prec: rounded(x, True),
    "floor": lambda x, prec: rounded(x, False),
    "Abs": lambda x, prec: absolute(x),
    "sin": lambda x, prec: wave(x, "sin", prec),
    "cos": lambda x, prec: wave(x, "cos", prec),
    "factorial": factorial,
    "gamma": gamma,
}
"""Functions of one argument, by name."""
