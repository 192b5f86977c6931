"""A phase off a vector: operator in every form, cost, limits."""

import numpy as np
import pytest

from bloqs.encodings.uniform_vector import UniformVector
from bloqs.qsvt.complement_phase import ComplementPhase
from bloqs.simulation.runner import Fidelity, Runner
from estimator.costs.cost import cost_by_annotation

FORMS = pytest.mark.parametrize(
    ("is_controlled", "is_signed"), [(False, False), (False, True), (True, False), (True, True)]
)


@FORMS
@pytest.mark.parametrize(("n", "w"), [(1, 2), (2, 1)])
def test_phase_off_a_vector(n, w, is_controlled, is_signed, vector_leaf):
    """Gate by gate on every basis state, against the projector; the inverse turns backwards."""
    vector = vector_leaf(n, 0)
    bloq = ComplementPhase(vector, 0.7, w, is_signed, is_controlled=is_controlled)
    b = vector.vector
    inside = np.kron(np.diag(np.eye(2**w)[0]), np.eye(2**n) - np.outer(b, b.conj()))
    off = np.eye(2 ** (n + w)) - inside

    def turned(phi):
        return np.exp(1j * phi) * inside + np.exp(-1j * phi) * off

    def whole(phi):
        blocks = [turned(phi), turned(-phi)] if is_signed else [turned(phi)]
        size = len(inside)
        blocks = [np.eye(size)] * (len(blocks) if is_controlled else 0) + blocks
        wanted = np.zeros((size * len(blocks),) * 2, dtype=complex)
        for k, block in enumerate(blocks):
            wanted[k * size : (k + 1) * size, k * size : (k + 1) * size] = block
        return wanted

    for form, phi in ((bloq, 0.7), (bloq.adjoint(), -0.7)):
        runner = Runner.of(form)
        assert runner.fidelity is Fidelity.GATE_BY_GATE
        found = np.stack([runner.run(x) for x in range(2 ** bloq.signature.n_qubits())], axis=1)
        np.testing.assert_allclose(found, whole(phi), atol=1e-9, rtol=0)


def test_ancillas_of_the_vector_are_part_of_it(black_box_vector):
    """Two calls; w + n + a - 1 ANDs; a control adds a rotation and controls no call."""
    vector = black_box_vector(3, 2, alpha=1)
    bloq = ComplementPhase(vector, 0.7, 4)
    for form, rotations in ((bloq, 1), (bloq.controlled(), 2)):
        cost = cost_by_annotation(form)
        assert cost.queries == {"U": 2}
        assert (cost.rotations, cost.toffoli) == (rotations, 4 + 3 + 2 - 1)


def test_refusals(black_box_vector):
    with pytest.raises(ValueError, match=r"a vector with alpha = 1, got alpha=4 of .*amplify it"):
        ComplementPhase(black_box_vector(), 0.1, 1)
    with pytest.raises(ValueError, match="at least one flag, got 0"):
        ComplementPhase(UniformVector(1), 0.1, 0)
    with pytest.raises(ValueError, match="has a control; control the reflection about a vector"):
        ComplementPhase(UniformVector(1, is_controlled=True), 0.1, 1)
