"""Projectors: operator, control, cost, limits."""

import numpy as np
import pytest
from qualtran import DecomposeTypeError

from bloqs.encodings.projector import ProjectorEncoding
from bloqs.simulation.runner import Runner, encoded_matrix
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_counting

SWAPS = pytest.mark.parametrize("swaps", [False, True])


def wanted(i, j, n):
    matrix = np.zeros((2**n, 2**n))
    matrix[i, j] = 1
    return matrix


@SWAPS
@pytest.mark.parametrize("n", [1, 2])
def test_encodes_every_projector(n, swaps):
    """All pairs of basis states; the inverse exchanges them."""
    for i, j in np.ndindex(2**n, 2**n):
        bloq = ProjectorEncoding(i, j, n, swaps)
        np.testing.assert_allclose(encoded_matrix(bloq), wanted(i, j, n), atol=1e-9)
        np.testing.assert_allclose(encoded_matrix(bloq.adjoint()), wanted(j, i, n), atol=1e-9)
        assert (bloq.alpha, bloq.epsilon, bloq.ancilla_bitsize) == (1, 0, n if swaps else 1)


@SWAPS
def test_own_inverse(swaps):
    """Applied twice it is the identity where it says so, ancillas and all."""
    for i, j in ((2, 2), (0, 0), (1, 2)):
        bloq = ProjectorEncoding(i, j, 2, swaps)
        size = 2 ** bloq.signature.n_qubits()
        found = Runner.of(bloq).columns(range(size))
        assert np.allclose(found @ found, np.eye(size)) == bloq.is_hermitian == (i == j)


@SWAPS
def test_bits_are_big_endian(swaps):
    bloq = ProjectorEncoding(6, 1, 3, swaps)
    np.testing.assert_allclose(encoded_matrix(bloq), wanted(6, 1, 3), atol=1e-9)


@SWAPS
@pytest.mark.parametrize("n", [1, 2, 3])
def test_control(n, swaps, switches):
    switches(ProjectorEncoding(1, 2**n - 1, n, swaps))


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_cost(n, costs_agree):
    """n - 1 ANDs with one flag, nothing but Clifford gates with n; under control n Toffolis."""
    flag, swap = (ProjectorEncoding(0, 1, n, swaps) for swaps in (False, True))
    costs_agree(flag)
    costs_agree(swap)
    assert cost_by_counting(flag) == Cost(toffoli=n - 1, measurements=n - 1, qubits=2 * n)
    assert cost_by_counting(swap) == Cost(qubits=2 * n)
    assert cost_by_counting(flag.controlled()).toffolis == n
    assert cost_by_counting(swap.controlled()) == Cost(cswap=n, qubits=2 * n + 1)


@SWAPS
@pytest.mark.parametrize("n", [2, 3, 4])
def test_symbolic_cost(n, swaps, substitutes):
    symbolic = ProjectorEncoding(None, None, symbols.n, swaps)
    substitutes(symbolic, {symbols.n: n}, ProjectorEncoding(0, 1, n, swaps))


@SWAPS
@pytest.mark.parametrize(
    ("i", "j", "n", "message"),
    [
        (0, 0, 0, "at least one qubit, got n=0"),
        (4, 0, 2, r"needs 0 <= i < 2\*\*n, got i=4 with n=2"),
        (0, -1, 2, r"needs 0 <= j < 2\*\*n, got j=-1 with n=2"),
    ],
)
def test_refuses_indices_out_of_range(i, j, n, message, swaps):
    with pytest.raises(ValueError, match=message):
        ProjectorEncoding(i, j, n, swaps)


def test_without_indices_there_is_no_circuit():
    with pytest.raises(DecomposeTypeError, match="has no indices, so it has no circuit"):
        ProjectorEncoding(None, None, 2, swaps=True).decompose_bloq()
    with pytest.raises(DecomposeTypeError, match="symbolic size"):
        ProjectorEncoding(0, 1, symbols.n, swaps=True).decompose_bloq()
