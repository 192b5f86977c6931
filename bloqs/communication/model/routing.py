"""Ways to bring the two ends of every edge of a matching next to each other, qubit by qubit."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from bloqs.communication.model.matching_problem import Matching


class Layer(NamedTuple):
    """A qubit that is flipped or not, by the value of all others.

    Args:
        qubit: 0 is the most significant.
        flips: a bit for each value of the other qubits, in their order.
    """

    qubit: int
    flips: tuple[int, ...]


class Meaning(NamedTuple):
    """What an outcome tells.

    Args:
        edge: its number in the matching, or -1 if it is none of it.
        parity: of the two bits at its ends.
    """

    edge: int
    parity: int


def permuted(order: Sequence[int]) -> list[Layer]:
    """Layers that bring place x to order[x], by qubits 0, 1, ..., n - 1, ..., 1, 0.

    Args:
        order: a permutation of 0 ... 2**n - 1, n >= 1.

    Source: the looping algorithm of Benes networks, textbook.
    """
    size = len(order)
    if size == 2:
        return [Layer(0, (int(order[0] == 1),))]
    half = size // 2
    wanted = {end: start for start, end in enumerate(order)}
    upper: dict[int, int] = {}  # half in which a place is inside, 0 or 1
    for first in range(half):
        start = first
        while start not in upper:
            upper[start] = 0
            other = (start + half) % size
            upper[other] = 1  # the two of a pair go to different halves, and come from such
            start = wanted[(order[other] + half) % size]
    inner: list[list[int]] = [[0] * half, [0] * half]
    for start, end in enumerate(order):
        inner[upper[start]][start % half] = end % half
    into = tuple(upper[x] for x in range(half))
    out = tuple(int(upper[wanted[x]] == 1) for x in range(half))
    inside = [
        Layer(one.qubit + 1, one.flips + two.flips)
        for one, two in zip(permuted(inner[0]), permuted(inner[1]), strict=True)
    ]
    return [Layer(0, into), *inside, Layer(0, out)]


def paired(matching: Matching) -> list[Layer]:
    """Layers after which the ends of an edge differ in qubit 0 alone; 2 n - 2 of them.

    Places without an edge are paired too. The first layer puts the ends of every edge in different
    halves, the others permute one half.
    """
    size, half = matching.size, matching.size // 2
    if size == 2:
        return []
    order = matching.order
    partner = dict(zip(order[0::2], order[1::2], strict=True))
    partner |= {two: one for one, two in partner.items()}
    upper: dict[int, int] = {}
    for first in range(half):
        start = first
        while start not in upper:
            upper[start] = 0
            other = partner[start]
            upper[other] = 1
            start = (other + half) % size
    into = tuple(upper[x] for x in range(half))
    moved = {x: x % half for x in range(size)}
    target = [0] * half  # of the half 1, the place of its partner
    for x in range(size):
        if upper[x]:
            target[moved[x]] = moved[partner[x]]
    still = (0,) * (half // 2)
    return [
        Layer(0, into),
        *(Layer(each.qubit + 1, still + each.flips) for each in permuted(target)),
    ]


def shift_of(matching: Matching) -> int:
    """s if every edge is (i, i XOR s), else 0."""
    shifts = {i ^ j for i, j in matching.edges}
    return shifts.pop() if len(shifts) == 1 else 0


def flipped(layers: Sequence[Layer], state: Any) -> Any:
    """Layers on a state of shape (2**n, ...): where set, 0 goes to 1, and 1 to minus 0."""
    size = len(state)
    n = size.bit_length() - 1
    for layer in layers:
        parts = np.moveaxis(np.reshape(state, (*[2] * n, -1)), layer.qubit, 0)
        zero, one = (part.reshape(size // 2, -1) for part in parts)
        mask = np.array(layer.flips, dtype=bool)[:, None]
        both = np.array([np.where(mask, -one, zero), np.where(mask, zero, one)])
        both = both.reshape((*[2] * n, -1))
        state = np.moveaxis(both, 0, layer.qubit).reshape(np.shape(state))
    return state


def meanings(matching: Matching) -> tuple[Meaning, ...]:
    """What every outcome tells, after layers and a Hadamard gate on the qubit between ends.

    By a shift s that qubit is the last of which s has a one, and others of s are added to by it.
    """
    size = matching.size
    n, numbers = size.bit_length() - 1, dict[frozenset[int], int]()
    for e, edge in enumerate(matching.edges):
        numbers[frozenset(edge)] = e
    if shift := shift_of(matching):
        read, places, signs = _by_shift(shift, n)
    else:
        moved = flipped(paired(matching), np.eye(size))
        read, places = n - 1, np.argmax(np.abs(moved), axis=1)
        signs = moved[np.arange(size), places]
    found = []
    for outcome in range(size):
        zero, one = outcome & ~(1 << read), outcome | 1 << read
        number = numbers.get(frozenset((int(places[zero]), int(places[one]))), -1)
        bit = outcome >> read & 1
        found.append(Meaning(number, int(bit ^ (signs[zero] != signs[one]))))
    return tuple(found)


def _by_shift(shift: int, n: int) -> tuple[int, Any, Any]:
    read = (shift & -shift).bit_length() - 1
    others = shift & ~(1 << read)
    places = [x ^ others if x >> read & 1 else x for x in range(2**n)]
    return read, places, np.ones(2**n)
