"""The basis has the overlaps that were asked for, and a zero for each state."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from bloqs.hypergraph.circuits.exclusion_angles import excluding_basis, turns_to_a_state

HALF, FIFTH = Fraction(1, 2), Fraction(1, 5)


def gram(g12, g13, g23):
    return [[1, g12, g13], [g12, 1, g23], [g13, g23, 1]]


@pytest.mark.parametrize(
    "overlaps",
    [
        *product((HALF, -HALF), repeat=3),
        *product((0, FIFTH), (0, -HALF), (0, HALF)),
        (Fraction(3, 4), Fraction(1, 4), Fraction(1, 8)),
        (Fraction(1, 4), Fraction(-3, 4), Fraction(1, 8)),
    ],
)
def test_a_zero_for_each_state(overlaps):
    found = excluding_basis(gram(*overlaps))
    np.testing.assert_allclose(found.conj().T @ found, np.array(gram(*overlaps), float), atol=1e-12)
    np.testing.assert_array_equal(np.diag(found), 0)


@pytest.mark.parametrize("overlaps", [(Fraction(3, 4),) * 3, (Fraction(7, 8), HALF, HALF)])
def test_what_cannot_be_excluded(overlaps):
    with pytest.raises(ValueError, match="squared overlaps"):
        excluding_basis(gram(*overlaps))


@pytest.mark.parametrize(
    "overlaps", [(HALF, HALF, HALF), (HALF, -HALF, FIFTH), (FIFTH, 0, HALF), (0, 0, 0)]
)
@pytest.mark.parametrize("vector", [0, 1])
def test_turns_multiply_out(overlaps, vector):
    """By matrix exponentials of eigenvectors, which the search does not use."""
    states = excluding_basis(gram(*overlaps))
    found = turns_to_a_state(states, vector, 6)
    moved = np.eye(3)[vector].astype(complex)
    for place, angle in enumerate(found.angles):
        state = states[:, (found.first + place) % 3]
        values, vectors = np.linalg.eigh(np.outer(state, state.conj()))
        moved = vectors @ (np.exp(1j * angle * values) * (vectors.conj().T @ moved))
    assert abs(np.vdot(states[:, found.target], moved)) == pytest.approx(1, abs=1e-12)


def test_one_turn_is_too_few():
    with pytest.raises(ValueError, match="1 turns leave a distance"):
        turns_to_a_state(excluding_basis(gram(HALF, HALF, HALF)), 0, 1)
