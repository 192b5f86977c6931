"""Layers route every permutation and every matching, and outcomes mean what they say."""

import numpy as np
import pytest

from bloqs.communication.model.matching_problem import Matching
from bloqs.communication.model.routing import flipped, meanings, paired, permuted, shift_of

SIZES = [2, 4, 8, 16, 64]


@pytest.mark.parametrize("size", SIZES)
def test_every_place_gets_where_it_should(size, rng):
    """2 n - 1 layers, up to signs."""
    for _ in range(10):
        order = rng.permutation(size)
        layers = permuted([*map(int, order)])
        assert len(layers) == 2 * size.bit_length() - 3
        moved = flipped(layers, np.eye(size))
        np.testing.assert_array_equal(np.abs(moved[order, range(size)]), 1)


def read(matching, state):
    """The layers, or the CNOTs of a shift, and a Hadamard gate, by their definition."""
    n, shift = matching.size.bit_length() - 1, shift_of(matching)
    if shift:
        low = (shift & -shift).bit_length() - 1
        state = np.array([state[x ^ (shift ^ 1 << low if x >> low & 1 else 0)]
                          for x in range(matching.size)])  # fmt: skip
    else:
        low, state = n - 1, flipped(paired(matching), state)
    parts = np.moveaxis(state.reshape([2] * n), n - 1 - low, 0)
    sums = np.array([parts[0] + parts[1], parts[0] - parts[1]]) / np.sqrt(2)
    return np.moveaxis(sums, 0, n - 1 - low).ravel()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["perfect", "partial", "by a shift"])
def test_outcomes_tell_an_edge_and_its_parity(size, kind, rng):
    """Never a wrong parity; every edge with probability 2/N."""
    for _ in range(5):
        matching = Matching.of_share(size, 0.5 if size < 4 or kind == "perfect" else 0.25, rng)
        if kind == "by a shift":
            s = int(rng.integers(1, size))
            matching = Matching(size, [(x, x ^ s) for x in range(size) if x < x ^ s])
        string = rng.integers(0, 2, size)
        law = read(matching, (1.0 - 2 * string) / np.sqrt(size)) ** 2
        found = np.zeros(len(matching.edges))
        for chance, told in zip(law, meanings(matching), strict=True):
            if told.edge >= 0 and chance > 1e-12:
                one, two = matching.edges[told.edge]
                assert told.parity == string[one] ^ string[two]
                found[told.edge] += chance
        np.testing.assert_allclose(found, 2 / size, atol=1e-12)
