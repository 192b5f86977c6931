"""The values that one parameter takes in a grid, as they are typed.

`N=2**10..2**40:16` is sixteen points, both ends among them: at equal ratios where both ends are
written as powers (2**10, 1e-3), else at equal steps. `loader=qrom,qroam-clean` is a list, `loader`
alone every choice there is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation, localcontext
from fractions import Fraction
from typing import Any

from attrs import frozen

from estimator.ask.numbers import number_of
from estimator.ask.parameter import (
    AbstractParameter,
    Choice,
    Choices,
    Flag,
    Number,
    Size,
    quoted,
)
from estimator.ask.question import Question

MOST_VALUES = 10**6
"""Values that one parameter may take."""

DIGITS = 60
"""Digits with which points at equal ratios are worked out, before they are rounded once."""

_RANGE = re.compile(r"(?P<first>[^,]+?)\.\.(?P<last>[^,]+?)(?::(?P<points>[^:]*))?")
_POWER = re.compile(r"\s*(\d+\s*(\*\*|\^)\s*\d+|[\d.]+[eE][+-]?\d+)\s*")


@frozen
class Axis:
    """One parameter and what it takes.

    Args:
        name: of the parameter.
        values: each once, in the order in which they are asked.
    """

    name: str
    values: tuple[Any, ...]

    def __len__(self) -> int:
        return len(self.values)


def axes_of(question: Question, over: Iterable[str] | Mapping[str, Any]) -> tuple[Axis, ...]:
    """The axes of a grid, in the order in which they were named.

    Args:
        question: whose parameters they are.
        over: texts NAME=VALUES or NAME, or values by name: a text as after =, or a sequence.

    Raises:
        ValueError: if there is none, a parameter does not exist or is named twice, or its values
            are none.
    """
    if isinstance(over, Mapping):
        pairs = [(str(name), values) for name, values in over.items()]
    else:
        texts = [over] if isinstance(over, str) else over
        pairs = [(name.strip(), rest if sign else None)
                 for name, sign, rest in (str(text).partition("=") for text in texts)]  # fmt: skip
    found: list[Axis] = []
    for name, values in pairs:
        parameter = question.parameter(name)
        axis = Axis(parameter.name, _values(parameter, values))
        if axis.name in {each.name for each in found}:
            raise ValueError(f"--over names {axis.name} twice; give all its values once")
        found.append(axis)
    if not found:
        raise ValueError("a grid needs a parameter that varies; give --over NAME=A..B:POINTS")
    return tuple(found)


def _values(parameter: AbstractParameter, given: Any) -> tuple[Any, ...]:
    """What a parameter takes."""
    name = parameter.name
    if isinstance(parameter, Choices) or parameter.is_repeated:
        raise ValueError(f"{name} takes several values at once, so no grid runs over it")
    if given is None or (isinstance(given, str) and not given.strip()):
        return _all_of(parameter, given)
    if not isinstance(given, str):
        one = isinstance(given, (int, float)) or not isinstance(given, Iterable)
        typed = [given] if one else list(given)
    elif match := _RANGE.fullmatch(given.strip()):
        typed = _range(parameter, match["first"], match["last"], match["points"])
    else:
        typed = [each.strip() for each in given.split(",")]
    if not typed or len(typed) > MOST_VALUES:
        raise ValueError(
            f"--over {name} must take from 1 to {MOST_VALUES} values, got {len(typed)}"
        )
    values = tuple(parameter.parse(each) for each in typed)
    if len(set(values)) < len(values):
        twice = next(each for each in values if values.count(each) > 1)
        raise ValueError(
            f"--over {name} takes {quoted(twice)} twice; give fewer points, or each value once"
        )
    return values


def _all_of(parameter: AbstractParameter, given: Any) -> tuple[Any, ...]:
    if isinstance(parameter, Choice) and given is None:
        return parameter.of
    if isinstance(parameter, Flag) and given is None:
        return (False, True)
    raise ValueError(
        f"--over {parameter.name} needs values: {parameter.name}=A..B:POINTS, or a list "
        f"{parameter.name}=A,B,C; it is a {parameter.allowed}"
    )


def _range(parameter: AbstractParameter, first: str, last: str, points: str | None) -> list[Any]:
    """So many points, from one end to the other."""
    name = parameter.name
    if not isinstance(parameter, (Number, Size)):
        raise ValueError(f"--over {name}: only numbers have ranges; give a list {name}=A,B")
    if points is None or not points.strip().isdecimal() or not 1 <= int(points[:8]) <= MOST_VALUES:
        raise ValueError(
            f"--over {name}={first}..{last}:POINTS needs a whole number of points from 1 to "
            f"{MOST_VALUES}, got {quoted((points or '').strip())}"
        )
    count = int(points)
    ends = _exact(parameter, first), _exact(parameter, last)
    if (count == 1) != (ends[0] == ends[1]):
        raise ValueError(
            f"--over {name}={first}..{last}:{count} must have both ends among its points: one "
            f"point if they are equal, else at least 2"
        )
    is_ratio = all(_POWER.fullmatch(each) for each in (first, last)) and min(ends) > 0
    exact = _ratios(*ends, count) if is_ratio else _steps(*ends, count)
    if getattr(parameter, "power_of_two", False) or isinstance(parameter, Size):
        return [_power_of_two(each) for each in exact]
    if isinstance(parameter, Number) and parameter.whole:
        return [_nearest(each) for each in exact]
    return [float(each) for each in exact]


def _exact(parameter: AbstractParameter, text: str) -> Fraction:
    """An end of a range, as it is written."""
    parameter.parse(text)  # in its range
    whole = number_of(text, whole=True)
    if whole is not None:
        return Fraction(whole)
    try:
        return Fraction(Decimal(text.strip()))
    except (InvalidOperation, ValueError, OverflowError):
        return Fraction(float(number_of(text, whole=False)))


def _steps(first: Fraction, last: Fraction, count: int) -> Sequence[Fraction]:
    if count == 1:
        return [first]
    return [first + (last - first) * i / (count - 1) for i in range(count)]


def _ratios(first: Fraction, last: Fraction, count: int) -> Sequence[Fraction]:
    if count == 1:
        return [first]
    with localcontext(prec=DIGITS):
        one, two = (Decimal(x.numerator) / Decimal(x.denominator) for x in (first, last))
        step = (two / one).ln() / (count - 1)
        inside = [Fraction(one * (step * i).exp()) for i in range(1, count - 1)]
    return [first, *(_cleared(each) for each in inside), last]


def _cleared(value: Fraction) -> Fraction:
    """The whole number, or the decimal of twenty digits, that a value rounds to in its last."""
    with localcontext(prec=DIGITS // 2):
        return Fraction(+(Decimal(value.numerator) / Decimal(value.denominator)))


def _nearest(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _power_of_two(value: Fraction) -> int:
    """The power of two nearest in ratio."""
    low = max(value.numerator // value.denominator, 1).bit_length() - 1
    return int(2 ** (low + (value * value >= 2 ** (2 * low + 1))))
