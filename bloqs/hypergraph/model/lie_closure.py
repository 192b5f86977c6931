"""Lie algebras by their commutators, taken until nothing new comes; no formula is used.

A generator is i times an observable. Coefficients are whole numbers modulo a prime, so that no
rounding decides what is new; a dimension modulo a prime is at most the true one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import comb, perm
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from bloqs.hypergraph.model.training import Family

PRIME = 67108859
"""Below 2**26: sums of 2**11 products of two residues fit into 64 bits."""

WIDEST = 4
"""Qubits of matrices that are commuted."""

Residues = NDArray[np.int64]
Power = tuple[int, ...]
Polynomial = Mapping[tuple[Power, Power], tuple[int, int]]
"""(powers of q, powers of d/dq) -> real and imaginary part; q to the left."""

T = TypeVar("T")


class Span:
    """Vectors over the residues, in reduced row echelon form."""

    def __init__(self) -> None:
        self._rows: Residues = np.zeros((0, 0), dtype=np.int64)
        self._pivots: list[int] = []

    def add(self, vector: Residues) -> bool:
        """Adds a vector; whether it was new."""
        missing = len(vector) - self._rows.shape[1]
        if missing > 0:
            self._rows = np.pad(self._rows, ((0, 0), (0, missing)))
        left = np.pad(vector, (0, max(0, -missing))) % PRIME
        left = (left - left[self._pivots] @ self._rows) % PRIME
        where = np.flatnonzero(left)
        if not len(where):
            return False
        pivot = int(where[0])
        left = left * pow(int(left[pivot]), -1, PRIME) % PRIME
        self._rows = (self._rows - self._rows[:, pivot : pivot + 1] * left) % PRIME
        self._rows = np.vstack([self._rows, left])
        self._pivots.append(pivot)
        return True


def closure(
    generators: Sequence[T], bracket: Callable[[T, T], T], vector: Callable[[T], Residues]
) -> int:
    """Dimension of the algebra that elements generate: of all brackets of brackets.

    Args:
        generators: elements.
        bracket: of two of them.
        vector: coordinates; may grow longer from call to call.
    """
    span, todo, found = Span(), list(generators), 0
    while todo:
        element = todo.pop()
        if span.add(vector(element)):
            found += 1
            todo += [bracket(generator, element) for generator in generators]
    return found


def closure_dimension(family: Family, n: int, k: int) -> int:
    """Real dimension of the algebra that a family generates, from its generators alone.

    Raises:
        ValueError: for k outside 1 to n, or more qubits than matrices are made for.
    """
    if not 1 <= k <= n:
        raise ValueError(f"k is from 1 to n = {n}, got {k}")
    if family == "qumode":
        numbers: dict[tuple[tuple[Power, Power], int], int] = {}
        return closure(
            list(qumode_generators(n, k)), commutator, lambda one: coordinates(one, numbers)
        )
    if n > WIDEST:
        raise ValueError(f"matrices are commuted on at most {WIDEST} qubits, got {n}")
    return closure(list(qubit_generators(family, n, k)), _matrix_bracket, lambda one: one.ravel())


def qumode_generators(n: int, k: int) -> Iterator[Polynomial]:
    """i p_v = d/dq_v of each mode, and i q**S for sets of 1 to k modes."""
    zero = (0,) * n
    for v in range(n):
        yield {(zero, _powers(n, (v,))): (1, 0)}
    for size in range(1, k + 1):
        for modes in combinations(range(n), size):
            yield {(_powers(n, modes), zero): (0, 1)}


def qubit_generators(family: Family, n: int, k: int) -> Iterator[Residues]:
    """Real and imaginary part, shape (2, 2**n, 2**n), of i times projectors and flips.

    Raises:
        ValueError: for a family that is none of qubits.
    """
    sizes = {"edges up to k": range(1, k + 1)}.get(family, range(k, k + 1))
    index = np.arange(2**n)
    for size in sizes:
        for modes in combinations(range(n), size):
            mask = sum(1 << v for v in modes)
            yield _times_i(np.diag((index & mask == mask).astype(np.int64)))
    flips = [np.eye(2**n, dtype=np.int64)[index ^ (1 << v)] for v in range(n)]
    if family == "edges and own X":
        yield from map(_times_i, flips)
    elif family == "edges and shared X":
        yield _times_i(np.sum(flips, axis=0))
    elif family not in ("edges", "edges up to k"):
        raise ValueError(f"no qubits are trained as {family!r}")


def _powers(n: int, modes: tuple[int, ...]) -> Power:
    return tuple(int(v in modes) for v in range(n))


def _times_i(matrix: Residues) -> Residues:
    return np.stack([np.zeros_like(matrix), matrix])


def _matrix_bracket(one: Residues, two: Residues) -> Residues:
    def times(a: Residues, b: Residues) -> Residues:
        real, imaginary = a[0] @ b[0] - a[1] @ b[1], a[0] @ b[1] + a[1] @ b[0]
        return np.stack([real, imaginary]) % PRIME

    return (times(one, two) - times(two, one)) % PRIME


def commutator(one: Polynomial, two: Polynomial) -> Polynomial:
    """Of two polynomials in q and d/dq, brought into order by the rule of Leibniz."""
    total: dict[tuple[Power, Power], tuple[int, int]] = {}
    for first, second, sign in ((one, two, 1), (two, one, -1)):
        for (a, b), (x, y) in first.items():
            for (c, d), (u, v) in second.items():
                for steps in product(*(range(min(s, t) + 1) for s, t in zip(b, c, strict=True))):
                    factor = sign
                    for s, t, j in zip(b, c, steps, strict=True):
                        factor *= comb(s, j) * perm(t, j)  # d**s q**t, j derivatives of q**t
                    key = (_moved(a, c, steps), _moved(b, d, steps))
                    old = total.get(key, (0, 0))
                    real, imaginary = x * u - y * v, x * v + y * u
                    total[key] = (old[0] + factor * real, old[1] + factor * imaginary)
    return {key: value for key, value in total.items() if value != (0, 0)}


def _moved(one: Power, two: Power, steps: tuple[int, ...]) -> Power:
    return tuple(a + b - j for a, b, j in zip(one, two, steps, strict=True))


def coordinates(element: Polynomial, numbers: dict[Any, int]) -> Residues:
    """Real and imaginary parts of monomials, in the order in which they first came."""
    parts = {
        numbers.setdefault((name, part), len(numbers)): value[part]
        for name, value in element.items()
        for part in (0, 1)
    }
    vector = np.zeros(len(numbers), dtype=np.int64)
    for place, value in parts.items():
        vector[place] = value
    return vector
