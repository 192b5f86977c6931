"""Draws the points of a claim: at its thresholds, just beyond, far and unbalanced."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from attrs import define, field, frozen
from mpmath import libmp

from estimator.expressions.tree import Tree
from estimator.growth_audit.intervals import NotEvaluatedError, TooWideError, magnitude
from estimator.growth_audit.orders import NUMBERS, Order, in_order
from estimator.growth_audit.program import PRECISIONS, Program
from estimator.growth_audit.whole_points import whole_at

DIGITS = 53
"""Of a coordinate, so that 17 decimal ones tell it exactly. Unit: bits."""

LONG = 10**9
"""Bits of a number whose power of ten alone is shown."""

TALL = 1e5
"""Bits of a number from which no tower is put on it."""

Box = tuple[Fraction, Fraction | None]


@frozen(kw_only=True)
class Domain:
    """Where the points of a claim may lie.

    Args:
        growing: coordinates that go to infinity, or whose reciprocals go to zero.
        vanishing: those among them that are written by their reciprocals.
        whole: those among them that are integers.
        constants: intervals, by name.
        thresholds: name, number of a tree that it is at least, or at most if it vanishes.
        orders: a larger and a smaller side, in the symbols of the question.
        waves: whether distances to integers and to multiples of pi matter.
        at: what is whole at all points, in the one coordinate; `None` if nothing is.
    """

    growing: tuple[str, ...]
    vanishing: frozenset[str]
    whole: frozenset[str]
    constants: Mapping[str, Box]
    thresholds: tuple[tuple[str, int], ...]
    orders: tuple[Order, ...]
    waves: bool
    at: Tree | None = None


@define
class Draws:
    """Points of a domain, from a seed.

    Args:
        domain: where they lie.
        program: has the thresholds.
        random: where chance comes from.
    """

    domain: Domain
    program: Program
    random: Random
    unreached: dict[str, int] = field(factory=dict)

    def points(self, count: int) -> Iterator[dict[str, Any]]:
        """As many points, where the thresholds can be written."""
        for place in range(count):
            point = self.beyond(self.constants(place), self._pattern(place))
            if point is not None:
                yield point

    def constants(self, place: int) -> dict[str, Any]:
        """Values of the constants, of `NUMBERS`; somewhere or near an end, by place."""
        return {
            name: constant_in(box, self.random, place)
            for name, box in sorted(self.domain.constants.items())
        }

    def _pattern(self, place: int) -> list[str]:
        """How far each coordinate is from its threshold."""
        names = self.domain.growing
        if self.domain.at is not None:
            return [("at", "near", "some", "far")[place % 4]] * len(names)
        kinds = ("at", "near", "some", "far", "very far", "power", "tower")
        pattern = place % 8
        if pattern < 5:
            plain = ("at", "near", "some", "far", "very far")[pattern]
            return [plain] * len(names)
        if pattern == 7 or len(names) < 2:
            return [self.random.choice(kinds) for _ in names]
        one = self.random.randrange(len(names))
        far = self.random.choice(("far", "very far", "power"))
        few, many = ("at", far) if pattern == 5 else (far, "at")
        return [few if k == one else many for k in range(len(names))]

    def beyond(self, constants: Mapping[str, Any], pattern: Sequence[str]) -> dict[str, Any] | None:
        """A point with these constants, or `None` if its thresholds cannot be written.

        Args:
            constants: numbers of `NUMBERS`.
            pattern: how far each coordinate is from its threshold.
        """
        raw = {name: value._mpf_ for name, value in constants.items()}
        low = self.least(raw)
        if low is None:
            return None
        at: dict[str, Any] = {}
        same = self.random.random() < 0.2
        common = None
        for name, kind in zip(self.domain.growing, pattern, strict=True):
            each = self._moved(low[name], kind)
            if same and common is not None:
                each = max(low[name], common * (1 + self.random.choice((0, 0, 1, 1e-3))))
            common = each
            at[name] = self._special(name, each)
        return self.written(at, raw, low)

    def least(self, raw: Mapping[str, Any]) -> dict[str, Any] | None:
        """The least that every coordinate can be, or `None` if it cannot be written."""
        values = self.program.at(raw)
        low = {name: NUMBERS.mpf(0) for name in self.domain.growing}
        for name, number in self.domain.thresholds:
            high = self._upper(values, number, name in self.domain.vanishing)
            if high is None:
                return None
            low[name] = max(low[name], high)
        return {name: each or NUMBERS.mpf(1) for name, each in low.items()}

    def _upper(self, values: Any, number: int, turned: bool) -> Any:
        for prec in PRECISIONS:
            try:
                one, two = values.of(number, prec)
            except TooWideError:
                continue
            except NotEvaluatedError as problem:
                self._left_out(str(problem))
                return None
            if turned:
                if libmp.mpf_sign(one) <= 0:
                    return None
                two = libmp.mpf_div(libmp.fone, one, DIGITS, "c")
            return NUMBERS.make_mpf(libmp.mpf_pos(two, DIGITS, "c"))
        return None

    def _moved(self, low: Any, kind: str) -> Any:
        """A number beyond `low`."""
        u = self.random.random()
        tall = NUMBERS.mag(max(low, 4)) > TALL
        if kind == "at" or (tall and kind != "power"):
            return low
        if kind == "near":
            return low * (1 + NUMBERS.mpf(10) ** (-6 * u))
        if kind in ("some", "far"):
            return low * NUMBERS.mpf(10) ** (u if kind == "some" else 12 * u)
        if kind == "very far":
            return low * NUMBERS.mpf(10) ** (NUMBERS.mpf(10) ** (2.5 * u))
        if kind == "power":
            return max(low, 2) ** (NUMBERS.mpf(10) ** (1.5 * u))
        top = 4 * u if self.random.random() < 0.5 else NUMBERS.mpf(10) ** (3.6 * u)
        return max(low, NUMBERS.exp(NUMBERS.exp(top)))

    def _special(self, name: str, value: Any) -> Any:
        """The number, or one nearby that rounding and waves notice."""
        if name in self.domain.whole:
            return NUMBERS.ceil(value)
        if not self.domain.waves or self.random.random() < 0.4:
            return value
        shift = self.random.choice(
            (0, 0, Fraction(1, 2), Fraction(1, 10**6), 1 - Fraction(1, 10**6))
        )
        whole = NUMBERS.ceil(value)
        if self.random.random() < 0.3:
            return max(value, NUMBERS.pi * NUMBERS.ceil(2 * value / NUMBERS.pi) / 2)
        return whole + NUMBERS.mpf(shift.numerator) / shift.denominator

    def written(
        self, at: Mapping[str, Any], constants: Mapping[str, Any], low: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """Coordinates of few digits, by the names that the question has, with the constants.

        `None` if they were not brought into order, or to where something is whole.
        """
        return self._placed(at, constants, low, self.random)

    def further(
        self, at: Mapping[str, Any], constants: Mapping[str, Any], low: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """As `written`, with no coordinate brought down."""
        return self._placed(at, constants, low, None)

    def _placed(
        self,
        at: Mapping[str, Any],
        constants: Mapping[str, Any],
        low: Mapping[str, Any],
        random: Random | None,
    ) -> dict[str, Any] | None:
        vanishing = self.domain.vanishing
        found: dict[str, Any] | None = {}
        for name, each in at.items():
            up = libmp.mpf_pos(each._mpf_, DIGITS, "c")
            is_small = name in vanishing
            raw = libmp.mpf_div(libmp.fone, up, DIGITS, "f") if is_small else up
            found = {**(found or {}), name: NUMBERS.make_mpf(raw)}
        if self.domain.orders and found is not None:
            found = in_order(found, low, self.domain.orders, vanishing, random)
            if found is None:
                self._left_out("points that were not brought into order")
                return None
        point = {**constants, **{name: each._mpf_ for name, each in (found or {}).items()}}
        if self.domain.at is None:
            return point
        (name,) = self.domain.growing
        met = whole_at(self.domain.at, name, point)
        if met is None:
            self._left_out("points at which nothing is whole")
        return met

    def _left_out(self, why: str) -> None:
        self.unreached[why] = self.unreached.get(why, 0) + 1

    def nearby(self, point: Mapping[str, Any], width: float) -> dict[str, Any] | None:
        """A point not far from another, with the same constants or near ones."""
        constants = {}
        for name, (low, high) in self.domain.constants.items():
            value = NUMBERS.make_mpf(point[name])
            span = value - _number(low)
            moved = _number(low) + span * NUMBERS.mpf(10) ** self.random.gauss(0, width / 2)
            inside = high is None or moved < _number(high)
            constants[name] = moved if inside else value
        raw = {name: value._mpf_ for name, value in constants.items()}
        least = self.least(raw)
        if least is None:
            return None
        at = {}
        for name in self.domain.growing:
            value = NUMBERS.make_mpf(point[name])
            each = 1 / value if name in self.domain.vanishing else value
            moved = each * NUMBERS.mpf(10) ** self.random.gauss(0, width)
            moved = NUMBERS.ceil(moved) if name in self.domain.whole else moved
            at[name] = max(least[name], moved)
        return self.written(at, raw, least)


def _number(value: Fraction) -> Any:
    return NUMBERS.mpf(value.numerator) / value.denominator


def constant_in(box: Box, random: Random, place: int) -> Any:
    """A number in an open interval: somewhere, or near one of its ends."""
    low, high = box
    u = random.random()
    if high is None:
        size = NUMBERS.mpf(10) ** ((4 * u - 2) if place % 3 else (9 * u - 6))
        return _number(low) + (size if place % 5 else 1)
    span = _number(high - low)
    share = NUMBERS.mpf(u) if place % 3 else NUMBERS.mpf(10) ** (-9 * u)
    share = min(max(share, NUMBERS.mpf(10) ** -9), 1 - NUMBERS.mpf(10) ** -9)
    return _number(low) + span * (1 - share if place % 6 == 3 else share)


def shown(value: Any) -> str:
    """A number to its last digit; of a tall one, its power of ten."""
    bits = magnitude(value) if value[1] else 0
    if abs(bits) > LONG:
        power = NUMBERS.mpf(bits) * NUMBERS.log10(2)
        return f"{'-' if value[0] else ''}10**({NUMBERS.nstr(power, 6)})"
    text: str = libmp.to_str(value, 17, strip_zeros=True)
    return text.removesuffix(".0")
