"""Squares of nine observables whose six contexts cannot all have values, with edges for Z.

On modes a = 0, b = 1 and S = 2 .. k-1 the observables are made of X_a, X_b, Z'_a = C_{S,a}Z and
Z'_b = C_{S,b}Z. An observable is written [x, h]: |p> -> (-1)**h(p) |p + x>, x a mask, h a sum of
products, each a mask. Columns multiply to 1, so do two rows; the third gives C_S Z, where k = 2
means -1. Where all of S is 1 this is the square of Peres and Mermin.
"""

from typing import Any

from bloqs.hypergraph.rivals.certificate import Certificate
from estimator.ask.question import Tracker, untracked

Observable = tuple[int, frozenset[int]]
ORDERS = (2, 3, 4, 5)
TASK = {"orders": list(ORDERS)}
ANSWER = "five contexts multiply to 1, the third row to C_S Z; no values fit where S is all 1"


def shifted(polynomial: frozenset[int], mask: int) -> frozenset[int]:
    """h(p + mask)."""
    found: frozenset[int] = frozenset()
    for monomial in polynomial:
        kept, moved = monomial & ~mask, monomial & mask
        part = moved
        while True:  # all subsets of the variables that move
            found ^= {kept | part}
            if not part:
                break
            part = (part - 1) & moved
    return found


def times(one: Observable, two: Observable) -> Observable:
    """Of two: the second acts first."""
    return one[0] ^ two[0], two[1] ^ shifted(one[1], two[0])


def square(order: int) -> list[list[Observable]]:
    """Rows and columns of one."""
    rest = 2**order - 4
    none: frozenset[int] = frozenset()
    x_a, x_b = (1, none), (2, none)
    z_a, z_b = (0, frozenset([rest | 1])), (0, frozenset([rest | 2]))
    return [
        [x_a, x_b, times(x_a, x_b)],
        [z_b, z_a, times(z_a, z_b)],
        [times(x_a, z_b), times(z_a, x_b), times(times(x_a, x_b), times(z_a, z_b))],
    ]


def contexts(grid: list[list[Observable]]) -> list[list[Observable]]:
    """Rows, then columns."""
    return [*grid, *([row[column] for row in grid] for column in range(3))]


def search_mermin(track: Tracker = untracked) -> Certificate:
    """The squares for k = 2 to 5, with the product of each context."""
    squares = []
    for order in track(ORDERS, "multiplying observables"):
        grid = square(order)
        products = [times(times(one, two), three) for one, two, three in contexts(grid)]
        squares.append(
            {"order": order, "observables": [[_plain(each) for each in row] for row in grid],
             "products": [_plain(each) for each in products]}
        )  # fmt: skip
    return Certificate(name="mermin", task=TASK, answer=ANSWER, evidence={"squares": squares})


def _plain(one: Observable) -> list[Any]:
    return [one[0], sorted(one[1])]
