"""Checks Theorem D for n <= 4: from truth tables of all forms on all sets of points, and for n <= 3
from all matchings.

That a family F which holds 0 shares a latent means: every perfect matching of the points has an
edge x, y with f(x) = f(y) for all f. Points that are alike so are classes; a matching that joins
none of them to its like exists unless a class has more than half of all points. Here this is
checked by making the matching for every list of class sizes.
"""

from collections.abc import Iterator
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.hypergraph.rivals.certificate import Certificate, demand, examined
from estimator.ask.question import Tracker

Tables = NDArray[np.uint16]


def all_tables(modes: int, order: int, uniform: bool) -> Tables:
    """Truth tables of all forms without a constant, as masks of points."""
    points = np.arange(2**modes)
    tables = np.zeros(1, dtype=np.uint16)
    for size in range(order if uniform else 1, order + 1):
        for edge in combinations(range(modes), size):
            ones = np.all([points >> mode & 1 for mode in edge], axis=0)
            mask = np.uint16(sum(1 << int(point) for point in points[ones]))
            tables = np.concatenate([tables, tables ^ mask])
    return tables


def constant_on(tables: Tables, points: NDArray[np.uint16]) -> NDArray[np.int64]:
    """How many forms are constant on each set of points."""
    counts = np.zeros(len(points), dtype=np.int64)
    for at in range(0, len(points), 256):
        cut = tables & points[at : at + 256, None]
        counts[at : at + 256] = ((cut == 0) | (cut == points[at : at + 256, None])).sum(axis=1)
    return counts


def matchings(points: tuple[int, ...]) -> Iterator[list[tuple[int, int]]]:
    """All ways to join points in pairs."""
    if not points:
        yield []
        return
    first, *others = points
    for other in others:
        rest = tuple(point for point in others if point != other)
        for pairs in matchings(rest):
            yield [(first, other), *pairs]


def partitions(points: tuple[int, ...]) -> Iterator[list[tuple[int, ...]]]:
    """All ways to divide points into classes."""
    if not points:
        yield []
        return
    first, *others = points
    for size in range(len(others) + 1):
        for beside in combinations(others, size):
            rest = tuple(point for point in others if point not in beside)
            for classes in partitions(rest):
                yield [(first, *beside), *classes]


def most_sharing(modes: int, tables: Tables) -> int:
    """The largest linear family that shares a latent, from all matchings."""
    points = tuple(range(2**modes))
    pairs = {pair: number for number, pair in enumerate(combinations(points, 2))}
    every = [sum(1 << pairs[pair] for pair in matching) for matching in matchings(points)]
    most = 0
    for classes in partitions(points):
        alike = sum(1 << pairs[pair] for each in classes for pair in combinations(each, 2))
        if all(alike & matching for matching in every):
            agree = np.ones(len(tables), dtype=bool)
            for each in classes:
                (count,) = (np.uint16(sum(1 << point for point in each)),)
                cut = tables & count
                agree &= (cut == 0) | (cut == count)
            most = max(most, int(agree.sum()))
    return most


def sizes_of_classes(total: int, most: int) -> Iterator[list[int]]:
    """Lists of numbers from the largest down, with a sum."""
    if total == 0:
        yield []
    for first in range(min(total, most), 0, -1):
        for rest in sizes_of_classes(total - first, first):
            yield [first, *rest]


def check_crossing(modes: int) -> None:
    """A matching that joins no alike points, unless a class has more than half of them.

    With classes one after another, each point and the one half of all further on are joined.
    """
    half = 2 ** (modes - 1)
    for sizes in sizes_of_classes(2 * half, half):
        label = [number for number, size in enumerate(sizes) for _ in range(size)]
        demand(all(label[k] != label[k + half] for k in range(half)), "a matching is not crossing")


@examined
def check_matching(certificate: Certificate, track: Tracker) -> str:
    """Whether the bits are right for each n and k."""
    demand(certificate.task == {"most_modes": 4}, "the task is another one")
    rows: list[dict[str, Any]] = list(certificate.evidence["rows"])
    wanted = [(n, k, u) for n in range(2, 5) for k in range(2, n + 1) for u in (False, True)]
    demand([(x["modes"], x["order"], x["uniform"]) for x in rows] == wanted, "a case is missing")
    total = 0
    for row in track(rows, "counting constant forms"):
        modes, order = row["modes"], row["order"]
        size = 2 ** (modes - 1) + 1
        check_crossing(modes)
        tables = all_tables(modes, order, row["uniform"])
        sets = np.array(
            [sum(1 << p for p in points) for points in combinations(range(2**modes), size)],
            dtype=np.uint16,
        )
        demand(len(sets) == row["sets"] == comb(2**modes, size), "sets of points are left out")
        most = int(constant_on(tables, sets).max())
        demand(most * 2 ** row["bits"] == len(tables), f"n = {modes}, k = {order}: other bits")
        chosen = np.array([sum(1 << p for p in row["points"])], dtype=np.uint16)
        demand(len(set(row["points"])) == size, "a set of points has another size")
        demand(int(constant_on(tables, chosen)[0]) == most, "a set of points is not the best")
        if modes <= 3:
            demand(most_sharing(modes, tables) == most, "all matchings say otherwise")
        total += len(sets)
    answer = ", ".join(
        f"({row['modes']},{'' if row['uniform'] else '<='}{row['order']}): {row['bits']}"
        for row in rows
    )
    demand(certificate.answer == f"bits kept at (n,k): {answer}", "it answers otherwise")
    return f"{total} sets of points, and all matchings of 4 and 8"
