"""Checks squares of nine observables as matrices of whole numbers, and all 512 values of them."""

from collections.abc import Mapping
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.hypergraph.rivals.certificate import Certificate, demand, examined
from estimator.ask.question import Tracker

Matrix = NDArray[np.int64]
LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8)]


def matrix_of(written: Any, modes: int) -> Matrix:
    """[x, h]: |p> -> (-1)**h(p) |p + x>."""
    flips, monomials = written
    size = 2**modes
    demand(0 <= flips < size and all(0 <= mask < size for mask in monomials), "no observable")
    matrix = np.zeros((size, size), dtype=np.int64)
    for point in range(size):
        value = sum(all(point >> v & 1 or not mask >> v & 1 for v in range(modes))
                    for mask in monomials)  # fmt: skip
        matrix[point ^ flips, point] = (-1) ** value
    return matrix


def most_lines(signs: tuple[int, ...]) -> int:
    """The most contexts that values +1 and -1 fit, of six with given products."""
    return max(
        sum(values[a] * values[b] * values[c] == sign
            for (a, b, c), sign in zip(LINES, signs, strict=True))
        for values in product((1, -1), repeat=9)
    )  # fmt: skip


def check_square(given: Mapping[str, Any]) -> None:
    """Hermitian observables that commute in contexts, products 1 but for the third row."""
    order = given["order"]
    observables = [matrix_of(each, order) for row in given["observables"] for each in row]
    demand(len(observables) == 9, "a square has nine observables")
    one = np.eye(2**order, dtype=np.int64)
    for each in observables:
        demand(np.array_equal(each, each.T), "an observable is not Hermitian")
        demand(np.array_equal(each @ each, one), "an observable has other values than 1 and -1")
        demand(abs(int(each.trace())) < 2**order, "an observable is constant")
    for line, said in zip(LINES, given["products"], strict=True):
        for a, b in combinations(line, 2):
            ordered = observables[a] @ observables[b]
            demand(np.array_equal(ordered, observables[b] @ observables[a]), "two do not commute")
        a, b, c = line
        found = observables[a] @ observables[b] @ observables[c]
        demand(np.array_equal(found, matrix_of(said, order)), "a product is another")
        points = np.arange(2**order)
        is_sector = points >> 2 == 2 ** (order - 2) - 1
        wanted = np.diag(1 - 2 * is_sector) if line == LINES[2] else one
        demand(np.array_equal(found, wanted), "a context has not the product that it must have")


@examined
def check_mermin(certificate: Certificate, track: Tracker) -> str:
    """Whether the squares are as they must be, and no values fit."""
    demand(certificate.task == {"orders": [2, 3, 4, 5]}, "the task is another one")
    squares = list(certificate.evidence["squares"])
    demand([each["order"] for each in squares] == [2, 3, 4, 5], "a square is missing")
    for each in track(squares, "multiplying matrices"):
        check_square(each)
    demand(most_lines((1, 1, -1, 1, 1, 1)) == 5, "values fit other than five contexts")
    demand(
        certificate.answer
        == "five contexts multiply to 1, the third row to C_S Z; no values fit where S is all 1",
        "it answers otherwise",
    )
    return "36 observables as matrices; of 512 values none fits more than 5 of 6 contexts"
