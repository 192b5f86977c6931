"""Theorem D by trying all: how many forms can share a latent if any matching of points may be read.

A family shares one if and only if its forms differ by constants on some 2**(n-1) + 1 points. Forms
have degree 1 to k, or exactly k; those that are constant on a set of points are as many as the
values at the points are dependent. For each n and k every set is tried, by elimination.
"""

from itertools import combinations
from typing import Any

from bloqs.hypergraph.rivals.certificate import Certificate
from estimator.ask.question import Tracker, untracked

MOST_MODES = 4
TASK = {"most_modes": MOST_MODES}


def rank(rows: list[int]) -> int:
    """Of bit vectors."""
    reduced: list[int] = []
    for row in rows:
        for each in reduced:
            row = min(row, row ^ each)
        if row:
            reduced.append(row)
    return len(reduced)


def evaluations(modes: int, sizes: range) -> list[int]:
    """By point: bits of the products of the given sizes there, and 1."""
    masks = [
        sum(1 << v for v in edge) for size in sizes for edge in combinations(range(modes), size)
    ]
    return [
        1 | sum(1 << place for place, mask in enumerate(masks, 1) if point & mask == mask)
        for point in range(2**modes)
    ]


def shared_most(modes: int, sizes: range) -> tuple[int, int, list[int]]:
    """(bits that are kept, sets of points tried, a set on which most forms are constant)."""
    values = evaluations(modes, sizes)
    least, best, tried = len(values), [0], 0
    for points in combinations(range(2**modes), 2 ** (modes - 1) + 1):
        tried += 1
        found = rank([values[point] for point in points])
        if found < least:
            least, best = found, list(points)
    return least - 1, tried, best


def cases() -> list[tuple[int, int, bool]]:
    """(modes, order, whether all edges have k modes)."""
    return [
        (modes, order, uniform)
        for modes in range(2, MOST_MODES + 1)
        for order in range(2, modes + 1)
        for uniform in (False, True)
    ]


def search_matching(track: Tracker = untracked) -> Certificate:
    """Bits that every machine keeps, exactly, for each n up to 4 and each k."""
    rows: list[dict[str, Any]] = []
    is_complete = False
    try:
        for modes, order, uniform in track(cases(), "trying all sets of points"):
            sizes = range(order if uniform else 1, order + 1)
            bits, tried, points = shared_most(modes, sizes)
            rows.append(
                {"modes": modes, "order": order, "uniform": uniform, "bits": bits,
                 "sets": tried, "points": points}
            )  # fmt: skip
        is_complete = True
    except KeyboardInterrupt:
        pass
    answer = ", ".join(
        f"({row['modes']},{'' if row['uniform'] else '<='}{row['order']}): {row['bits']}"
        for row in rows
    )
    return Certificate(
        name="matching", task=TASK, answer=f"bits kept at (n,k): {answer}",
        evidence={"rows": rows}, is_complete=is_complete,
    )  # fmt: skip
