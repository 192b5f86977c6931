"""When a measurement can rule out one of several states, for sure and whatever it says."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import isqrt, sqrt

Polynomial = tuple[int, ...]
"""A sum modulo 2 of products of bits, each a mask."""

Overlap = Fraction | int


def three_states_excludable(x12: Overlap, x13: Overlap, x23: Overlap) -> bool:
    """Whether one measurement excludes one of three pure states, by their squared overlaps.

    By Caves, Fuchs and Schack: s <= 1 and (1 - s)**2 >= 4 x12 x13 x23, s their sum. Exact.
    """
    overlaps = [Fraction(x) for x in (x12, x13, x23)]
    if not all(0 <= x <= 1 for x in overlaps):
        raise ValueError(f"a squared overlap is from 0 to 1, got {x12}, {x13}, {x23}")
    one, two, three = overlaps
    left = 1 - one - two - three
    return left >= 0 and left**2 >= 4 * one * two * three


def value_at(polynomial: Polynomial, point: int) -> int:
    """0 or 1, at the point whose bits are those of a mask."""
    return sum(point & mask == mask for mask in polynomial) & 1


def classes(generators: Sequence[Polynomial], modes: int) -> Counter[tuple[int, ...]]:
    """Points on which all polynomials of a linear family take the same values, counted.

    Args:
        generators: of the family; linearly independent.
        modes: bits of a point.

    Returns:
        Values of the generators -> number of the points.
    """
    return Counter(tuple(value_at(one, point) for one in generators) for point in range(2**modes))


def polygon_excludable(sizes: Iterable[int]) -> bool:
    """Whether the states of a linear family can be excluded: sqrt(largest) <= sum of the others.

    Square roots are compared exactly: they are whole multiples of roots of numbers without a
    square, which are independent over the fractions.

    Args:
        sizes: of its classes.
    """
    largest, *others = sorted(sizes, reverse=True)
    total: Counter[int] = Counter()
    for sign, size in [(1, largest), *((-1, other) for other in others)]:
        root, rest = _root(size)
        total[rest] += sign * root
    if not any(total.values()):
        return True
    bits = 64
    while True:  # no root of the sum: some number of bits tells its sign
        low = sum(_scaled(factor, rest, bits) for rest, factor in total.items())
        if abs(low) > 2 * len(total):
            return low < 0
        bits *= 2


def _root(size: int) -> tuple[int, int]:
    """size = root**2 * rest with rest free of squares."""
    root, rest, factor = 1, size, 2
    while factor * factor <= rest:
        while rest % factor**2 == 0:
            rest, root = rest // factor**2, root * factor
        factor += 1
    return root, rest


def _scaled(factor: int, rest: int, bits: int) -> int:
    """factor sqrt(rest) 2**bits, off by at most 1."""
    return (1 if factor > 0 else -1) * isqrt(factor**2 * rest << 2 * bits)


def sharing_witness(sizes: dict[tuple[int, ...], int]) -> dict[tuple[int, ...], float]:
    """Why no measurement excludes a linear family: an N below each of its states, of trace 1.

    With a = sqrt(largest) and B the sum of the other roots, N = sum of n_c |c><c| over normalised
    classes, n = a for the largest and -sqrt(size) for the others, over a - B. For projectors P of
    any read, P N P stays below each P state P, so an answer with tr(P N) > 0 is possible for all.

    Args:
        sizes: of the classes, by the values of the generators.

    Raises:
        ValueError: if the family can be excluded.
    """
    if polygon_excludable(sizes.values()):
        raise ValueError(
            "states that share a memory cannot be excluded, but the square root of the largest "
            "class is at most the sum of the others; forget fewer edges"
        )
    largest = max(sizes, key=lambda name: sizes[name])
    roots = {name: -sqrt(size) for name, size in sizes.items()}
    roots[largest] *= -1
    total = sum(roots.values())
    return {name: root / total for name, root in roots.items()}
