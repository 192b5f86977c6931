"""Whether something goes to infinity or to zero, seen at ever larger numbers."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, permutations
from random import Random
from typing import Any

from estimator.expressions.tree import MINUS, Tree, raised
from estimator.growth_audit.intervals import TALLEST, NotEvaluatedError
from estimator.growth_audit.orders import NUMBERS
from estimator.growth_audit.points import Domain, Draws
from estimator.growth_audit.program import Program

HEIGHTS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096, 2**16, 2**20, 2**40)
"""Powers of ten by which coordinates are above their thresholds, in turn."""

MODERATE = 10**6
"""From which a threshold is a tall one."""

FEWEST = 4
"""Values by which a limit is seen."""

CONSTANTS = 3
"""Choices of the constants that are tried."""


def goes_to_infinity(tree: Tree, turned: bool, draws: Draws) -> bool:
    """Whether a tree, or one over it, grows at ever larger parameters."""
    return _falls(tree if turned else raised(tree, MINUS), draws)


def goes_to_zero(tree: Tree, draws: Draws) -> bool:
    """Whether a positive tree falls, with all variables at once and with each of them ahead."""
    return _falls(tree, draws)


def stays_far(tree: Tree, turned: bool, names: Sequence[str]) -> bool:
    """Whether a tree that stays on a path, or one over it, is as large as its names allow for."""
    domain = Domain(
        growing=tuple(names),
        vanishing=frozenset(),
        whole=frozenset(),
        constants={},
        thresholds=(),
        orders=(),
        waves=False,
    )
    return goes_to_infinity(tree, turned, Draws(domain, Program(), Random(0)))


def meets(order: tuple[Tree, Tree], draws: Draws) -> bool:
    """Whether one side is at least the other at large parameters."""
    program = Program()
    large, small = map(program.add, order)
    for place in range(CONSTANTS):
        for points in _journeys(draws, place):
            told = [program.at(point).at_most(small, large).verdict for point in points]
            late = [each for each in told[len(told) // 3 :] if each is not None]
            if not all(late):
                return False
    return True


def _falls(tree: Tree, draws: Draws) -> bool:
    program = Program()
    number = program.add(tree)
    for place in range(CONSTANTS):
        for points in _journeys(draws, place):
            sizes = list(_sizes(program, number, points))
            if len(sizes) >= FEWEST and not _is_falling(sizes):
                return False
    return True


def _is_falling(sizes: list[Any]) -> bool:
    """Whether positive numbers go down from some place on, and by more than rounding."""
    late = sizes[len(sizes) // 3 :]
    steady = all(two < one for one, two in pairwise(late))
    return steady and sizes[-1] > 0 and late[-1] < late[0] * 0.97


def _sizes(program: Program, number: int, points: Iterator[Mapping[str, Any]]) -> Iterator[Any]:
    for point in points:
        try:
            yield NUMBERS.make_mpf(program.at(point).rough(number))
        except NotEvaluatedError:
            return


def _journeys(draws: Draws, place: int) -> Iterator[Iterator[dict[str, Any]]]:
    """Ways on which all coordinates grow: alike, and one of them in its logarithm alone."""
    constants = draws.constants(place)
    raw = {name: value._mpf_ for name, value in constants.items()}
    least = draws.least(raw)
    if least is None:
        return
    names = draws.domain.growing
    yield _way(draws, raw, least, dict.fromkeys(names, 1))
    for fast, slow in permutations(names, 2):
        yield _way(draws, raw, least, {**dict.fromkeys(names, 1), fast: 3, slow: 0})


def _way(
    draws: Draws, raw: Mapping[str, Any], least: Mapping[str, Any], speeds: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    for place, height in enumerate(HEIGHTS):
        at = {}
        for name, low in least.items():
            ahead = height * speeds[name] if speeds[name] else Fraction(place, 4)
            at[name] = _further(max(low, 2), ahead)
            if at[name] is None:
                return
            if name in draws.domain.whole:
                at[name] = NUMBERS.ceil(at[name])
        point = draws.further(at, raw, least)
        if point is None:
            return
        yield point


def _further(low: Any, ahead: int | Fraction) -> Any:
    """A larger number, by powers of ten; of a tall one, its logarithm's logarithm is larger.

    `None` if it is too tall to be written.
    """
    factor = NUMBERS.mpf(ahead.numerator) / ahead.denominator
    if low < MODERATE:
        return low * NUMBERS.mpf(10) ** factor
    levels = 0
    while low >= MODERATE:
        low, levels = NUMBERS.log(low), levels + 1
    low *= 1 + factor
    for _ in range(levels):
        if NUMBERS.mag(low) > TALLEST:
            return None
        low = NUMBERS.exp(low)
    return low
