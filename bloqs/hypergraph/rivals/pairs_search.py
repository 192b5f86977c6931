"""Theorem B: no three graph states share a latent. For each orbit of triples a way to exclude one.

A triple on four modes is {0, g, h} up to the gates that write the first: g and h are forms of
degree 2 with linear terms, and their quadratic parts are neither zero nor equal. A form is a number
of ten bits: products 01, 02, 03, 12, 13, 23, then the four modes. Triples go to triples of the same
kind under CNOTs and when their states change places; excluding one excludes all of an orbit.

Overlaps are taken with all states of the 2295 bases of four commuting Pauli strings, as vectors of
Gaussian integers, so that zero is zero.
"""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from bloqs.hypergraph.rivals.certificate import Certificate
from estimator.ask.question import Tracker, untracked

Vectors = NDArray[np.complex64]
"""Shape (..., 16); whole numbers far below 2**24, so that products are exact."""

MODES = 4
POINTS = 2**MODES
MONOMIALS = [1 << a | 1 << b for a, b in combinations(range(MODES), 2)] + [1, 2, 4, 8]
FORMS = 2 ** len(MONOMIALS)
QUADRATIC = 2**6 - 1
PARITY = np.array([value.bit_count() % 2 for value in range(POINTS)])
TASK = {"modes": MODES, "order": 2, "reads": "Pauli strings"}


def form_vectors() -> Vectors:
    """(-1)**f for each form; shape (1024, 16)."""
    points = np.arange(POINTS)
    values = np.array([(points & mask) == mask for mask in MONOMIALS])
    chosen = np.arange(FORMS)[:, None] >> np.arange(len(MONOMIALS)) & 1
    return np.asarray(1 - 2 * (chosen @ values % 2), dtype=np.complex64)


def apply(string: int, vectors: Vectors) -> Vectors:
    """A Pauli string, x + 16 z for i**|x & z| X**x Z**z, on the last axis."""
    x, z = string % POINTS, string // POINTS
    points = np.arange(POINTS)
    signs = 1 - 2 * PARITY[points & z]
    turned = vectors * (1j ** (x & z).bit_count() * signs)
    return np.asarray(turned[..., points ^ x], dtype=np.complex64)


def commute(one: int, two: int) -> bool:
    """Whether two strings do."""
    (a, b), (c, d) = divmod(one, POINTS), divmod(two, POINTS)
    return not ((a & d).bit_count() + (b & c).bit_count()) % 2


def bases() -> list[tuple[int, ...]]:
    """Four independent strings that commute, for each of the sets that such make."""
    strings = range(1, POINTS**2)
    commuting = {one: {two for two in strings if commute(one, two)} for one in strings}
    spans: dict[frozenset[int], tuple[int, ...]] = {frozenset([0]): ()}
    for _ in range(MODES):
        larger: dict[frozenset[int], tuple[int, ...]] = {}
        for span, made_by in spans.items():
            rest = set(strings).intersection(*(commuting[each] for each in made_by)) - span
            while rest:
                string = min(rest)
                new = span | {each ^ string for each in span}
                rest -= new
                if not made_by or string > made_by[-1]:
                    larger.setdefault(new, (*made_by, string))
        spans = larger
    return list(spans.values())


def basis_vectors(strings: tuple[int, ...]) -> Vectors:
    """The states that four strings have in common, one row each."""
    first = np.eye(POINTS, dtype=np.complex64)
    for string in strings:
        first = first + apply(string, first)
    row = first[np.flatnonzero(first.any(axis=1))[0]]
    rows: dict[tuple[bool, ...], Vectors] = {}
    for string in range(POINTS**2):
        if len(rows) == POINTS:
            break
        signs = tuple(commute(string, each) for each in strings)
        if signs not in rows:
            rows[signs] = apply(string, row / np.abs(row).max())
    return np.array(list(rows.values()))


class Bases:
    """All bases, and which of their states a state meets.

    Args:
        strings: four of each.
    """

    def __init__(self, strings: list[tuple[int, ...]]) -> None:
        self.strings = strings
        self._vectors = np.conj([basis_vectors(each) for each in strings]).reshape(-1, POINTS)
        self._known: dict[bytes, NDArray[np.uint16]] = {}

    def met(self, states: Vectors) -> list[NDArray[np.uint16]]:
        """By basis: masks of its states that are not orthogonal to each of these."""
        keys = [(state / state[np.flatnonzero(state)[0]] + 0).tobytes() for state in states]
        new = {key: state for key, state in zip(keys, states, strict=True)
               if key not in self._known}  # fmt: skip
        if new:
            meets = self._vectors @ np.array(list(new.values())).T != 0
            bits = (1 << np.arange(POINTS)).astype(np.float32)
            masks = bits @ meets.reshape(-1, POINTS, len(new)).astype(np.float32)
            self._known.update(zip(new, masks.T.astype(np.uint16), strict=True))
        return [self._known[key] for key in keys]

    def fixed(self, triple: Vectors) -> tuple[int, ...] | None:
        """A basis each of whose states misses one of three."""
        one, two, three = self.met(triple)
        places = np.flatnonzero(one & two & three == 0)
        return self.strings[places[0]] if len(places) else None


@cache
def all_bases() -> Bases:
    """The 2295."""
    return Bases(bases())


def answers(triple: Vectors, string: int) -> tuple[Vectors, Vectors]:
    """The triple after each answer, not normalised."""
    moved = apply(string, triple)
    return triple + moved, triple - moved


def strategy(triple: Vectors, every: Bases, most: int) -> Any:
    """How to exclude one of three states, with at most so many reads before a fixed list.

    Returns:
        0, 1 or 2 if that state is excluded already; a list of four strings; or [string, strategy
        if 0, strategy if 1]; nothing if there is no such way.
    """
    if not np.all(triple.any(axis=1)):
        return int(np.flatnonzero(~triple.any(axis=1))[0])
    fixed = every.fixed(triple)
    if fixed is not None:
        return list(fixed)
    for more in range(most):
        for string in range(1, POINTS**2):
            first, second = answers(triple, string)
            if not first.any() or not second.any():
                continue  # the answer is certain
            way = strategy(first, every, more)
            other = None if way is None else strategy(second, every, more)
            if other is not None:
                return [string, way, other]
    return None


def reads_before(way: Any) -> int:
    """Reads whose answers decide what is read next."""
    if isinstance(way, int) or len(way) == MODES:
        return 0
    return 1 + max(reads_before(way[1]), reads_before(way[2]))


def substituted(image: Callable[[int], int]) -> NDArray[np.int64]:
    """Each form with its variables replaced: mode -> mask of the modes that are added up."""
    images = []
    for mask in MONOMIALS:
        first, *second = [1 << image_bit for image_bit in range(MODES) if mask >> image_bit & 1]
        number = 0
        for one in _bits(image(first.bit_length() - 1)):
            for two in _bits(image(second[0].bit_length() - 1)) if second else [one]:
                number ^= 1 << MONOMIALS.index(one | two)
        images.append(number)
    table = np.zeros(FORMS, dtype=np.int64)
    for bit, number in enumerate(images):
        table ^= np.where(np.arange(FORMS) >> bit & 1, number, 0)
    return table


def _bits(mask: int) -> list[int]:
    return [1 << bit for bit in range(MODES) if mask >> bit & 1]


def orbits() -> list[tuple[int, int, int]]:
    """(g, h, size) of each orbit, its first pair, the orbits in the order of these."""
    g, h = np.divmod(np.arange(FORMS**2), FORMS)
    parts = g & QUADRATIC, h & QUADRATIC
    wanted = (parts[0] > 0) & (parts[1] > 0) & (parts[0] != parts[1])
    pairs = np.flatnonzero(wanted)
    g, h = g[pairs], h[pairs]
    place = np.zeros(FORMS**2, dtype=np.int64)
    place[pairs] = np.arange(len(pairs))
    tables = [
        substituted(lambda mode: 1 << mode | (mode == 1)),
        substituted(lambda mode: 1 << (mode + 1) % MODES),
    ]
    moves = [(h, g), (g, g ^ h), *((table[g], table[h]) for table in tables)]
    rows = np.concatenate([np.arange(len(pairs))] * len(moves))
    columns = np.concatenate([place[one * FORMS + two] for one, two in moves])
    graph = coo_array((np.ones(len(rows), dtype=bool), (rows, columns)), shape=(len(pairs),) * 2)
    _, labels = connected_components(graph, directed=False)
    _, firsts, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = np.argsort(firsts)
    return [(int(g[firsts[k]]), int(h[firsts[k]]), int(sizes[k])) for k in order]


def _each_orbit(track: Tracker) -> Iterator[dict[str, Any]]:
    every, forms = all_bases(), form_vectors()
    for g, h, size in track(orbits(), "excluding one of three graph states"):
        way = strategy(forms[[0, g, h]], every, 2)
        yield {"g": g, "h": h, "pairs": size, "reads": reads_before(way), "way": way}


def search_pairs(track: Tracker = untracked) -> Certificate:
    """A way to exclude a state of each triple, with the fewest reads before a fixed list."""
    found: list[dict[str, Any]] = []
    is_complete = False
    try:
        found.extend(_each_orbit(track))
        is_complete = True
    except KeyboardInterrupt:
        pass
    if not is_complete:
        return Certificate(
            name="pairs", task=TASK, answer="incomplete: the search was broken off",
            evidence={"orbits": found}, is_complete=False,
        )  # fmt: skip
    counts = [sum(x["pairs"] for x in found if x["reads"] == reads) for reads in range(3)]
    return Certificate(
        name="pairs", task=TASK, answer=answer_of(counts), evidence={"orbits": found}
    )


def answer_of(counts: list[int]) -> str:
    """In words."""
    return (
        f"each of {sum(counts)} pairs is excluded: {counts[0]} by one fixed list of four commuting "
        f"Pauli strings, {counts[1]} after one answer, {counts[2]} after two"
    )
