"""Checks ways to exclude one of three graph states on four modes, in whole numbers, and that the
orbits they stand for are all.

Forms are truth tables. A list of four commuting Pauli strings is told from the probabilities of
its answers, which are sums of expectations of their products; that no list does is seen by trying
all 2295. Nothing is shared with the search but the way in which a certificate is written: form f
is ten bits, products 01, 02, 03, 12, 13, 23, then the modes; string s is X**(s % 16) Z**(s // 16)
with the factor i for each Y.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.hypergraph.rivals.certificate import Certificate, demand, examined
from estimator.ask.question import Tracker

Bits = NDArray[np.int64]
States = NDArray[np.complex128]
"""Three rows of 16 whole Gaussian numbers."""

PLACES = np.arange(16)
ONES = np.array([bin(place).count("1") for place in range(16)])
PRODUCTS = tuple(combinations(range(4), 2))
PAIRS = 999_936


def truth_table(number: int) -> Bits:
    """Values of a form at the 16 points."""
    variables = [PLACES >> mode & 1 for mode in range(4)]
    terms = [variables[a] * variables[b] for a, b in PRODUCTS] + variables
    chosen = [term for bit, term in enumerate(terms) if number >> bit & 1]
    return np.asarray(sum(chosen, np.zeros(16, dtype=np.int64)) & 1)


def numbers_of(tables: Bits) -> Bits:
    """Numbers of forms, without constants, from their truth tables; shape (forms, 16) -> forms."""
    values = tables.copy()
    for mode in range(4):
        upper = PLACES[PLACES >> mode & 1 == 1]
        values[:, upper] ^= values[:, upper ^ 1 << mode]
    masks = [1 << a | 1 << b for a, b in PRODUCTS] + [1, 2, 4, 8]
    demand(not np.delete(values, [0, *masks], axis=1).any(), "a form has a degree above 2")
    return np.asarray(sum(values[:, mask] << bit for bit, mask in enumerate(masks)))


def moved_forms() -> list[Bits]:
    """Where each form goes when modes change places in a ring, and when mode 0 is added to 1."""
    tables = np.array([truth_table(number) for number in range(1024)])
    ring = (PLACES << 1 | PLACES >> 3) & 15
    added = PLACES ^ (PLACES & 1) << 1
    return [numbers_of(tables[:, points]) for points in (ring, added)]


def orbit_sizes(firsts: list[tuple[int, int]]) -> list[int]:
    """How many pairs can be reached from each first one.

    Raises:
        NotShownError: if two can be reached from each other, or a pair from none.
    """
    moves = moved_forms()
    owner = np.full((1024, 1024), -1, dtype=np.int32)
    sizes = []
    for number, (g, h) in enumerate(firsts):
        demand(owner[g, h] < 0, f"orbit {number} is one of those before")
        owner[g, h] = number
        front = np.array([[g], [h]])
        sizes.append(1)
        while front.size:
            one, two = front
            reached = np.concatenate(
                [np.array([two, one]), np.array([one, one ^ two])]
                + [np.array([table[one], table[two]]) for table in moves],
                axis=1,
            )
            reached = reached[:, owner[reached[0], reached[1]] < 0]
            flat = np.unique(reached[0] * 1024 + reached[1])
            front = np.array(np.divmod(flat, 1024))
            owner[front[0], front[1]] = number
            sizes[-1] += len(flat)
    quadratic = np.arange(1024) % 64
    wanted = (quadratic[:, None] > 0) & (quadratic > 0) & (quadratic[:, None] != quadratic)
    demand(np.array_equal(wanted, owner >= 0), "the orbits are not the pairs of the theorem")
    return sizes


def after(string: int, answer: int, states: States) -> States:
    """Twice the projections on an answer."""
    x, z = string % 16, string // 16
    image = np.zeros_like(states)
    signs = np.where(ONES[PLACES & z] % 2, -1, 1)
    image[..., PLACES ^ x] = 1j ** int(ONES[x & z]) * signs * states
    return states + (1 - 2 * answer) * image


def is_zero(states: States) -> Bits:
    """Which of three are."""
    return np.asarray(~states.any(axis=-1))


def excluded(way: Any, states: States) -> int:
    """Follows a strategy; the most reads before a list.

    Raises:
        NotShownError: if it leaves all three states possible somewhere.
    """
    if isinstance(way, int):
        demand(way in (0, 1, 2) and is_zero(states)[way], "a state that is left out is possible")
        return 0
    if len(way) == 4:
        for said in product((0, 1), repeat=4):
            last = states
            for string, answer in zip(way, said, strict=True):
                demand(0 < string < 256, f"a string is from 1 to 255, got {string}")
                last = after(string, answer, last)
            demand(is_zero(last).any(), f"the list {way} leaves all three states possible")
        demand(all(_commute(a, b) for a, b in combinations(way, 2)), f"{way} do not commute")
        return 0
    string, *ways = way
    demand(len(ways) == 2 and 0 < string < 256, "a strategy is a string and two strategies")
    return 1 + max(excluded(ways[answer], after(string, answer, states)) for answer in (0, 1))


def _commute(one: int, two: int) -> bool:
    crossed = ONES[one % 16 & two // 16] + ONES[one // 16 & two % 16]
    return bool(crossed % 2 == 0)


def lists_of_four() -> Bits:
    """Four strings of each of the 2295: from what they flip, a subspace, and a symmetric form."""
    found = []
    for flips in _subspaces():
        free = [z for z in range(16) if not any(ONES[z & x] % 2 for x in flips)]
        signs = [z for z in _independent(free) if z]
        size = len(flips)
        for values in product((0, 1), repeat=size * (size + 1) // 2):
            table = np.zeros((size, size), dtype=int)
            table[np.triu_indices(size)] = values
            table |= table.T
            strings = [
                x + 16 * next(z for z in range(16) if [ONES[z & y] % 2 for y in flips] == [*row])
                for x, row in zip(flips, table, strict=True)
            ]
            found.append([*strings, *(16 * z for z in signs)])
    return np.array(found)


def _independent(vectors: list[int]) -> list[int]:
    chosen: list[int] = []
    span = {0}
    for vector in vectors:
        if vector not in span:
            chosen.append(vector)
            span |= {vector ^ each for each in span}
    return chosen


def _subspaces() -> Iterator[list[int]]:
    seen = set()
    for size in range(5):
        for vectors in combinations(range(1, 16), size):
            span = {0}
            for vector in vectors:
                span |= {vector ^ each for each in span}
            key = frozenset(span)
            if len(span) == 2**size and key not in seen:
                seen.add(key)
                yield list(vectors)


class Lists:
    """All lists of four, with the products of their strings and the signs of these."""

    def __init__(self) -> None:
        self.strings = lists_of_four()
        demand(len(self.strings) == 2295, "there are 2295 lists of four")
        self.products = np.zeros((len(self.strings), 16), dtype=np.int64)
        self.signs = np.ones((len(self.strings), 16), dtype=np.int64)
        for bit in range(4):
            one, two = self.products[:, : 1 << bit], self.strings[:, bit : bit + 1]
            both = slice(1 << bit, 2 << bit)
            self.products[:, both] = one ^ two
            turns = (
                ONES[one % 16 & one // 16] + ONES[two % 16 & two // 16]
                + 2 * ONES[one // 16 & two % 16] - ONES[(one ^ two) % 16 & (one ^ two) // 16]
            )  # fmt: skip
            self.signs[:, both] = self.signs[:, : 1 << bit] * (1 - turns % 4)
        self.walsh = np.where(ONES[PLACES[:, None] & PLACES] % 2, -1.0, 1.0)
        identity = np.eye(16, dtype=complex)
        matrices = [after(string, 0, identity) - identity for string in range(256)]
        self.to = np.array([np.argmax(np.abs(each), axis=1) for each in matrices])
        self.factors = np.take_along_axis(np.array(matrices), self.to[:, :, None], axis=2)[:, :, 0]

    def one_excludes(self, states: States) -> bool:
        """Whether some list leaves one of three states out, whatever it answers."""
        moved = states.conj()[:, self.to] * self.factors
        expectations = np.rint(np.einsum("jsp,jp->sj", moved, states).real)
        weights = expectations[self.products] * self.signs[:, :, None]
        possible = np.matmul(self.walsh, weights) != 0
        return bool((~possible.all(axis=2)).all(axis=1).any())


def _fewer_do_not(states: States, reads: int, lists: Lists) -> bool:
    """Whether fewer reads than some 0, 1 or 2 before a list exclude none of three."""
    if reads == 0:
        return True
    if lists.one_excludes(states):
        return False
    if reads == 1:
        return True
    for string in range(1, 256):
        both = [after(string, answer, states) for answer in (0, 1)]
        if all(is_zero(each).any() or lists.one_excludes(each) for each in both):
            return False
    return True


@examined
def check_pairs(certificate: Certificate, track: Tracker) -> str:
    """Whether the orbits are all, and one of three states is excluded in each, and not sooner."""
    demand(
        certificate.task == {"modes": 4, "order": 2, "reads": "Pauli strings"},
        "the task is another one",
    )
    rows: list[Mapping[str, Any]] = list(certificate.evidence["orbits"])
    sizes = orbit_sizes([(row["g"], row["h"]) for row in rows])
    counts, triples = [0, 0, 0], []
    for row, size in zip(rows, sizes, strict=True):
        demand(row["pairs"] == size, f"the orbit of {row['g']}, {row['h']} has {size} pairs")
        tables = np.array([truth_table(number) for number in (0, row["g"], row["h"])])
        states = np.asarray(1 - 2 * tables, dtype=complex)
        reads = excluded(row["way"], states)
        demand(reads == row["reads"], f"the way of {row['g']}, {row['h']} has {reads} reads")
        counts[reads] += size
        triples.append((reads, states))
    lists = Lists()
    triples.sort(key=lambda each: each[0])
    for reads, states in track(triples, "trying fewer reads"):
        demand(_fewer_do_not(states, reads, lists), "fewer reads would do")
    demand(sum(counts) == PAIRS, f"there are {PAIRS} pairs")
    said = (
        f"each of {PAIRS} pairs is excluded: {counts[0]} by one fixed list of four commuting "
        f"Pauli strings, {counts[1]} after one answer, {counts[2]} after two"
    )
    demand(certificate.answer == said, "it answers otherwise")
    return f"{len(rows)} strategies, and that fewer reads do not do"
