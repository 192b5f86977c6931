"""Pauli strings on states against Kronecker products."""

import numpy as np
import pytest
from scipy.linalg import expm

from bloqs.communication.model.pauli import (
    apply_pauli,
    apply_rotation,
    check_letters,
    pauli_matrix,
)


@pytest.mark.parametrize("letters", ["X", "Y", "Z", "I", "XZ", "YX", "IYZ", "YYXZ"])
def test_states(letters):
    rng = np.random.default_rng(len(letters))
    state = rng.normal(size=2 ** len(letters)) + 1j * rng.normal(size=2 ** len(letters))
    matrix = pauli_matrix(letters)
    np.testing.assert_allclose(apply_pauli(letters, state), matrix @ state)
    turned = expm(-0.35j * matrix) @ state
    np.testing.assert_allclose(apply_rotation(letters, 0.7, state), turned)


def test_first_letter_is_on_the_most_significant_qubit():
    np.testing.assert_array_equal(apply_pauli("XI", np.array([1, 0, 0, 0])), [0, 0, 1, 0])


def test_letters():
    assert check_letters("XYZI", 4) == "XYZI"
    with pytest.raises(ValueError, match="each of the 3 qubits, got 'XY'"):
        check_letters("XY", 3)
    with pytest.raises(ValueError, match="got 'x' in xY"):
        check_letters("xY", 2)
