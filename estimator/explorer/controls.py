"""What moves on a page: each parameter with the values that its control stands at."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from estimator.ask.parameter import AbstractParameter, Choice, Flag, Number, Size, spelled
from estimator.ask.question import Question
from estimator.ask.synthesis import (
    DEFAULT_ROTATION_ERROR,
    DEFAULT_SYNTHESIS,
    PRICING,
    ROTATION_ERROR,
    SYNTHESIS,
)

WIDEST_STEP = 128
"""Whole numbers that a control has one by one; of more it has some of every power of ten."""

IN_TEN = (1, 1.5, 2, 3, 5, 7)
"""Where a control stops between two powers of ten."""

ROTATION_ERRORS = tuple(float(f"1e-{power}") for power in range(16, 1, -1))
"""Errors of a rotation at which its control stops."""

UNSET = ""
"""What a choice that is not named is called on a page's list of formulas."""


@frozen
class Control:
    """A parameter that moves.

    Args:
        name: of it.
        meaning: one phrase.
        unit: one word; empty if it has none.
        kind: "choice", "whole", "power" of two, or "real".
        stops: values at which the control stands, as they are typed.
        start: place of the first.
        least: smallest value that may be typed; `None` for no limit.
        most: largest.
        is_open_below: whether the smallest value itself is too small.
        is_open_above: whether the largest value itself is too large.
        is_free: whether any value between may be typed.
        is_form: whether its values have formulas of their own.
        has_unset: whether the first stop is that it is not named.
    """

    name: str
    meaning: str
    unit: str
    kind: str
    stops: tuple[str, ...]
    start: int
    least: Any = None
    most: Any = None
    is_open_below: bool = False
    is_open_above: bool = False
    is_free: bool = False
    is_form: bool = False
    has_unset: bool = False

    @property
    def values(self) -> tuple[Any, ...]:
        """The stops as values; text of a choice."""
        if self.kind == "choice":
            return self.stops
        return tuple(int(x) if self.kind in ("whole", "power") else float(x) for x in self.stops)

    def plain(self) -> dict[str, Any]:
        """As a page's script reads it."""
        return {
            "name": self.name,
            "option": spelled(self.name),
            "meaning": self.meaning,
            "unit": self.unit,
            "kind": self.kind,
            "stops": list(self.stops),
            "start": self.start,
            "least": None if self.least is None else typed(self.least),
            "most": None if self.most is None else typed(self.most),
            "openBelow": self.is_open_below,
            "openAbove": self.is_open_above,
            "free": self.is_free,
            "form": self.is_form,
            "unset": self.has_unset,
        }


@frozen
class Controls:
    """All that moves in a question.

    Args:
        of: the controls, in the order of the question.
        left_out: other parameters, with the reason.
        pinned: parameters that stand at one value, as typed.
    """

    of: tuple[Control, ...]
    left_out: Mapping[str, str] = field(hash=False)
    pinned: Mapping[str, Any] = field(hash=False)

    @property
    def forms(self) -> tuple[Control, ...]:
        """Those whose values have formulas of their own."""
        return tuple(each for each in self.of if each.is_form)

    @property
    def numbers(self) -> tuple[Control, ...]:
        """Those that are symbols of the formulas."""
        prices = {each.name for each in PRICING}
        return tuple(
            each
            for each in self.of
            if not each.is_form and each.kind != "choice" and each.name not in prices
        )


def controls_of(question: Question, given: Mapping[str, Any]) -> Controls:
    """What moves in a question, and what does not and why.

    Args:
        question: with a declaration of what can be explored.
        given: parameters that stand at one value, or at those of a list, as typed.

    Raises:
        ValueError: if a parameter does not exist, cannot be moved, or a value is not allowed.
    """
    explored = question.explored
    assert explored is not None
    listed = {question.parameter(name).name: values_of(x) for name, x in given.items()}
    found: list[Control] = []
    left_out: dict[str, str] = {}
    pinned: dict[str, Any] = {}
    for parameter in question.parameters:
        name = parameter.name
        if name in listed:
            is_fixed = name in explored.left_out and name not in explored.forms
            if is_fixed or name in {each.name for each in PRICING}:
                raise ValueError(
                    f"{spelled(name)} cannot be set on a page: "
                    f"{explored.left_out.get(name, 'it has its own control or none')}; leave it out"
                )
            values = tuple(parameter.parse(each) for each in listed[name])
            if len(values) == 1:
                pinned[name] = listed[name][0]
            else:
                found.append(_stopped(question, parameter, values))
        elif name in explored.left_out:
            left_out[name] = explored.left_out[name]
            if name in explored.forms and parameter.default is not None:
                pinned[name] = parameter.default
        elif name in explored.stops:
            found.append(_stopped(question, parameter, explored.stops[name]))
        elif isinstance(parameter, (Choice, Flag)) and name in explored.forms:
            found.append(_choice(parameter))
        elif name in explored.starts:
            found.append(_moving(question, parameter))
    found += [_synthesis(), _rotation_error()] if SYNTHESIS in question.parameters else []
    return Controls(tuple(found), left_out, pinned)


def values_of(given: Any) -> tuple[Any, ...]:
    """One value, or those of a list with commas between."""
    if isinstance(given, str):
        return tuple(each.strip() for each in given.split(","))
    return tuple(given) if isinstance(given, (list, tuple, range)) else (given,)


def typed(value: Any) -> str:
    """A value as it is typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _place(stops: Sequence[Any], start: Any) -> int:
    """The stop nearest to a value."""
    return min(range(len(stops)), key=lambda i: abs(float(stops[i]) - float(start)))


def _choice(parameter: AbstractParameter) -> Control:
    if isinstance(parameter, Flag):
        stops: tuple[str, ...] = ("no", "yes")
        default = "yes" if parameter.default else "no"
    else:
        assert isinstance(parameter, Choice)
        named = parameter.of
        stops = named if parameter.default is not None else (UNSET, *named)
        default = UNSET if parameter.default is None else parameter.default
    return Control(
        parameter.name,
        parameter.meaning,
        "",
        "choice",
        stops,
        stops.index(default),
        is_form=True,
        has_unset=UNSET in stops,
    )


def _stopped(question: Question, parameter: AbstractParameter, values: Sequence[Any]) -> Control:
    """A parameter that has these values and no others."""
    explored = question.explored
    assert explored is not None
    is_form = parameter.name in explored.forms or not isinstance(parameter, (Number, Size))
    kind = "choice" if not isinstance(parameter, (Number, Size)) else _kind(parameter)
    if kind != "choice":
        values = sorted(values)
    stops = tuple(typed(each) for each in values)
    start = 0
    if kind != "choice" and parameter.name in explored.starts:
        start = _place(values, explored.starts[parameter.name])
    return Control(
        parameter.name, parameter.meaning, parameter.unit, kind, stops, start, is_form=is_form
    )


def _kind(parameter: AbstractParameter) -> str:
    if isinstance(parameter, Size):
        return "power"
    assert isinstance(parameter, Number)
    return "power" if parameter.power_of_two else "whole" if parameter.whole else "real"


def _moving(question: Question, parameter: AbstractParameter) -> Control:
    """A number that may be anything in its range."""
    explored = question.explored
    assert explored is not None
    assert isinstance(parameter, (Number, Size))
    name, kind = parameter.name, _kind(parameter)
    least: Any = parameter.least
    most: Any = parameter.most
    open_below = kind == "real" and least is not None
    open_above = False
    if isinstance(parameter, Number):
        least = parameter.at_least if parameter.at_least is not None else least
        open_below = open_below and parameter.at_least is None
        if most is None and parameter.below is not None:
            most, open_above = parameter.below, True
    low, high = explored.ranges.get(name, (least, most))
    if low is None or high is None:
        raise ValueError(f"{name} of {question.name} needs a range to be explored in")
    stops = tuple(
        dict.fromkeys(typed(x) for x in _between(kind, low, high, open_below, open_above))
    )
    start = explored.starts[name]
    if kind != "power" and typed(start) not in stops:
        stops = tuple(sorted({*stops, typed(start)}, key=float))
    return Control(
        name,
        parameter.meaning,
        parameter.unit,
        kind,
        stops,
        stops.index(typed(start)),
        least,
        most,
        open_below,
        open_above,
        is_free=kind != "power",
    )


def _between(kind: str, low: Any, high: Any, open_below: bool, open_above: bool) -> Iterator[Any]:
    """Where a control stops between two values."""
    if kind == "power":
        yield from (2**i for i in range(int(low).bit_length() - 1, int(high).bit_length()))
        return
    if kind == "whole" and high - low < WIDEST_STEP:
        yield from range(int(low), int(high) + 1)
        return
    if not open_below:
        yield int(low) if kind == "whole" else float(low)
    exponent = -12 if low <= 0 else int(f"{low:e}".partition("e")[2])
    while 10.0**exponent <= high:
        for part in IN_TEN:
            value = float(f"{part}e{exponent}")
            if low < value < high and (kind == "real" or value == int(value)):
                yield int(value) if kind == "whole" else value
        exponent += 1
    if not open_above:
        yield int(high) if kind == "whole" else float(high)


def _synthesis() -> Control:
    return Control(
        SYNTHESIS.name,
        "how rotations become T gates",
        "",
        "choice",
        SYNTHESIS.of,
        SYNTHESIS.of.index(DEFAULT_SYNTHESIS),
    )


def _rotation_error() -> Control:
    stops = tuple(map(typed, ROTATION_ERRORS))
    return Control(
        ROTATION_ERROR.name,
        ROTATION_ERROR.meaning,
        "1",
        "real",
        stops,
        stops.index(typed(DEFAULT_ROTATION_ERROR)),
        ROTATION_ERROR.least,
        ROTATION_ERROR.below,
        is_open_below=True,
        is_open_above=True,
        is_free=True,
    )
