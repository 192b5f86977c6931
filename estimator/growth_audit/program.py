"""Evaluates expression trees at points, every part of them once, as precisely as it takes."""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

from attrs import define, field, frozen
from mpmath import libmp

from estimator.expressions.tree import Tree, children
from estimator.growth_audit import intervals as iv
from estimator.growth_audit.intervals import Interval, NotEvaluatedError, TooWideError

PRECISIONS = (160, 640, 2560)
"""Tried in turn. Unit: bits."""

AGREES = 60
"""Bits in which two numbers agree that are called equal."""

NOTHING = -120
"""Bits of a number, at most, that is called zero where the other side is zero."""

Point = Mapping[str, Any]
"""Values of symbols: numbers as `mpmath.libmp` has them, exact."""


@frozen
class Outcome:
    """What came of a comparison at a point.

    Args:
        verdict: `True` or `False` if shown; `None` if it was not evaluated.
        left: what should be smaller, roughly.
        right: what should be larger, roughly.
        why: it was not evaluated.
    """

    verdict: bool | None
    left: Any = libmp.fzero
    right: Any = libmp.fone
    why: str = ""

    @property
    def ratio(self) -> float:
        """left / right; 0 if neither is anything."""
        if self.right == libmp.fzero:
            return 0.0 if self.left == libmp.fzero else float("inf")
        try:
            found = libmp.to_float(libmp.mpf_div(self.left, self.right, 53, "n"))
        except OverflowError:
            return float("inf")
        return float(found)


@define
class Program:
    """Trees of which equal parts are one, so that they are evaluated once at a point."""

    _numbers: dict[Any, int] = field(factory=dict)
    _nodes: list[tuple[Any, ...]] = field(factory=list)

    def add(self, tree: Tree) -> int:
        """The number of a tree, for `Values`."""
        parts = tuple(self.add(part) for part in children(tree))
        head = tree[: len(tree) - len(parts)]
        key = (head, parts)
        if key not in self._numbers:
            self._numbers[key] = len(self._nodes)
            self._nodes.append(key)
        return self._numbers[key]

    def at(self, point: Point) -> "Values":
        """The program at a point."""
        return Values(self._nodes, point)


@define
class Values:
    """What the trees of a program are at one point."""

    _nodes: list[tuple[Any, ...]]
    point: Point
    _known: dict[int, dict[int, Interval]] = field(factory=dict)

    def of(self, number: int, prec: int) -> Interval:
        """An interval in which a tree's value lies.

        Raises:
            NotEvaluatedError: if it has none here.
            TooWideError: if the precision is not enough to tell.
        """
        known = self._known.setdefault(prec, {})
        if number not in known:
            head, parts = self._nodes[number]
            found = _value(head, [self.of(part, prec) for part in parts], self.point, prec)
            if any(end in (libmp.fnan, libmp.finf, libmp.fninf) for end in found):
                raise TooWideError
            known[number] = found
        return known[number]

    def rough(self, number: int) -> Any:
        """The middle of the interval of a tree's value."""
        for prec in PRECISIONS:
            try:
                return libmp.mpi_mid(self.of(number, prec), 53)
            except TooWideError:
                continue
        raise NotEvaluatedError("a value that needs more digits")

    def at_most(self, left: int, right: int) -> Outcome:
        """Whether left <= right."""
        return self._compared(lambda prec: (self.of(left, prec), self.of(right, prec), None))

    def pair(self, left: int, right: int) -> Outcome:
        """Two values that are not the same."""
        return Outcome(False, self.rough(left), self.rough(right))

    def within(self, left: int, right: int, room: int | None, *, thorough: bool = False) -> Outcome:
        """Whether |left - right| <= room.

        Args:
            left: number of a tree.
            right: of another.
            room: of a third; without one, or where it is 0, they must agree to many digits.
            thorough: whether to many more digits.
        """

        def sides(prec: int) -> tuple[Interval, Interval, Any]:
            one, two = self.of(left, prec), self.of(right, prec)
            gap = iv.absolute(iv.add(one, iv.negative(two), prec))
            most = iv.ZERO if room is None else self.of(room, prec)
            is_rough = most == iv.ZERO and (not thorough or prec == PRECISIONS[-1])
            return gap, most, iv.absolute(one)[1] if is_rough else None

        return self._compared(sides)

    def _compared(self, sides: Callable[[int], tuple[Interval, Interval, Any]]) -> Outcome:
        """Whether the first side is at most the second; a scale allows for digits of rounding."""
        why = "more digits than were tried"
        for prec in PRECISIONS:
            try:
                left, right, scale = sides(prec)
            except NotEvaluatedError as problem:
                return Outcome(None, why=str(problem))
            except (OverflowError, MemoryError):
                return Outcome(None, why="a number that is too large")
            except TooWideError:
                continue
            middles = [libmp.mpi_mid(each, 53) for each in (left, right)]
            if libmp.mpf_cmp(left[1], right[0]) <= 0:
                return Outcome(True, *middles)
            if libmp.mpf_cmp(left[0], right[1]) > 0:
                return Outcome(False, *middles)
            size = left[1] if scale is None else scale
            is_last = prec == PRECISIONS[-1] and right == iv.ZERO
            if is_last and max(map(iv.magnitude, (left[1], size))) < NOTHING:
                return Outcome(True)
            wide = max(iv.magnitude(libmp.mpf_sub(x[1], x[0], 53, "c")) for x in (left, right))
            if wide < iv.magnitude(size) - AGREES:
                return Outcome(True, *([libmp.fone] * 2 if scale is not None else middles))
        return Outcome(None, why=why)


def _value(head: tuple[Any, ...], parts: list[Interval], point: Point, prec: int) -> Interval:
    kind = head[0]
    if kind == "q":
        return iv.exact(head[1], prec)
    if kind == "c":
        if head[1] == "pi":
            return libmp.mpf_pi(prec, "f"), libmp.mpf_pi(prec, "c")
        return iv.exponential(iv.ONE, prec)
    if kind == "x":
        if head[1] not in point:
            raise NotEvaluatedError(f"nothing is said of {head[1]}")
        return point[head[1]], point[head[1]]
    if kind == "+":
        return reduce(lambda x, y: iv.add(x, y, prec), parts)
    if kind == "*":
        return reduce(lambda x, y: iv.multiply(x, y, prec), parts)
    if kind == "^":
        return iv.power(parts[0], parts[1], prec)
    return _function(head[1], parts, prec)


def _function(name: str, parts: list[Interval], prec: int) -> Interval:
    if name in iv.OF_ONE and len(parts) == 1:
        return iv.OF_ONE[name](parts[0], prec)
    if name in ("Max", "Min") and parts:
        return reduce(iv.largest if name == "Max" else iv.smallest, parts)
    if name == "binomial" and len(parts) == 2:
        return iv.binomial(parts[0], parts[1], prec)
    if name == "Mod" and len(parts) == 2:
        times_in = iv.rounded(iv.divide(parts[0], parts[1], prec), False)
        return iv.add(parts[0], iv.negative(iv.multiply(parts[1], times_in, prec)), prec)
    raise NotEvaluatedError(f"nothing is known of the function {name}")
