"""Half of the shift that loses the last pixel: operator, control, cost."""

import numpy as np
import pytest

from bloqs.convolution.half_shift import HalfShift
from bloqs.simulation.runner import Runner, encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting


def one_down(m):
    """Q by NumPy: ones below the diagonal."""
    return np.eye(2**m, k=-1)


@pytest.mark.parametrize("m", [1, 2, 3])
def test_encodes_the_shift_with_alpha_two(m):
    """Gate by gate; the circuit holds Q / 2, whose singular values are 0, once, and 1/2."""
    bloq = HalfShift(m)
    assert (bloq.alpha, bloq.epsilon, bloq.ancilla_bitsize) == (2, 0, 2)
    found = encoded_matrix(bloq)
    np.testing.assert_allclose(found, one_down(m), rtol=0, atol=1e-10)
    values = np.linalg.svd(found / 2, compute_uv=False)
    np.testing.assert_allclose(values, [0.5] * (2**m - 1) + [0], rtol=0, atol=1e-10)
    back = encoded_matrix(bloq.adjoint())
    np.testing.assert_allclose(back, one_down(m).T, rtol=0, atol=1e-10)


@pytest.mark.parametrize("m", [1, 2])
def test_control_decides(m, random_state):
    """Off leaves pixels and ancillas alone; on is the block, with the phase of the start."""
    for bloq, wanted in ((HalfShift(m), one_down(m)), (HalfShift(m).adjoint(), one_down(m).T)):
        off, on = random_state(2 * 2**m).reshape(2, -1)
        start = np.zeros((2, 2**m, 4), dtype=complex)
        start[:, :, 0] = off, on
        found = Runner.of(bloq.controlled()).run(start.reshape(-1)).reshape(start.shape)
        np.testing.assert_allclose(found[0], start[0], rtol=0, atol=1e-10)
        np.testing.assert_allclose(2 * found[1, :, 0], wanted @ on, rtol=0, atol=1e-10)


@pytest.mark.parametrize("m", [3, 5])
@pytest.mark.parametrize("is_controlled", [False, True])
def test_symbolic_cost_is_the_counted_one(m, is_controlled):
    """A controlled cyclic shift and a controlled projector of m Toffoli; one more if controlled."""
    bloq = HalfShift(m, is_controlled=is_controlled)
    claimed = cost_by_annotation(HalfShift(symbols.m, is_controlled=is_controlled))
    counted = cost_by_counting(bloq)
    assert claimed.subs({symbols.m: m}) == counted == cost_by_counting(bloq.adjoint())
    assert counted.toffoli == m * (m - 1) + (m - 1) + m + is_controlled


def test_refuses_no_pixels():
    with pytest.raises(ValueError, match="HalfShift needs a coordinate of m >= 1 qubits, got m=0"):
        HalfShift(0)
