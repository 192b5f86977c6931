"""Loss and gradients against dense matrices, differences, shifts and overlaps."""

import numpy as np
import pytest
from scipy.linalg import expm

from bloqs.communication.model.blocks import Block, DenseBlock, Gate, PartyModel
from bloqs.communication.model.evaluate import (
    angles,
    backward_feature,
    encoded_data,
    flattened,
    forward_feature,
    gradient_state,
    gradients,
    gradients_by_overlap,
    gradients_by_shift,
    loss,
    output_state,
    with_angles,
)
from bloqs.communication.model.pauli import pauli_matrix

SHAPES = [(1, 2, 2), (2, 3, 3), (3, 4, 4), (5, 6, 3)]


def dense(block, qubits):
    whole = np.eye(2**qubits)
    for gate in block.gates:
        generator = pauli_matrix(gate.letters)
        if gate.control is not None:
            on = pauli_matrix("".join("Z" if q == gate.control else "I" for q in range(qubits)))
            generator = (np.eye(2**qubits) - on) / 2 @ generator
        whole = expm(-0.5j * gate.angle * generator) @ whole
    return whole


def read(model, readout):
    state = np.array(model.data) / np.linalg.norm(model.data)
    for block in model.blocks:
        state = dense(block, model.qubits) @ state
    z = np.kron(np.diag([1, -1]), np.eye(2 ** (model.qubits - 1)))
    operator = z if readout == "Z" else (np.eye(len(z)) + z) / 2
    return (state.conj() @ operator @ state).real


@pytest.mark.parametrize("readout", ["Z", "projector"])
@pytest.mark.parametrize("shape", SHAPES)
def test_loss_and_gradients(model_of, shape, readout):
    """The loss of dense matrices; derivatives by differences of fourth order of it."""
    model = model_of(sum(shape), *shape)
    assert loss(model, readout) == pytest.approx(read(model, readout), abs=1e-12)
    here, found, step = angles(model), flattened(gradients(model, readout)), 1e-3
    for j in range(len(here)):
        turn = step * np.eye(len(here))[j]
        far = [loss(with_angles(model, here + k * turn), readout) for k in (-2, -1, 1, 2)]
        slope = (far[0] - 8 * far[1] + 8 * far[2] - far[3]) / (12 * step)
        assert found[j] == pytest.approx(slope, abs=1e-9)
    np.testing.assert_allclose(found, flattened(gradients_by_shift(model, readout)), atol=1e-12)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_test_of_a_parameter(model_of, shape):
    """-<Y x V P V^+> on the gradient state is the derivative; its halves are the features."""
    model = model_of(9, *shape)
    found = flattened(gradients_by_overlap(model))
    np.testing.assert_allclose(found, flattened(gradients(model)), atol=1e-12)
    for k, block in enumerate(model.blocks, 1):
        halves = gradient_state(model, k).reshape(2, -1) * np.sqrt(2)
        out = dense(block, model.qubits) @ forward_feature(model, k)
        np.testing.assert_allclose(halves, [out, backward_feature(model, k)], atol=1e-12)
        assert np.vdot(backward_feature(model, k), out).real == pytest.approx(loss(model))


def test_shared_and_controlled():
    """Derivatives by a shared parameter add up; a controlled rotation has one too."""
    gates = (
        Gate("XI", 0.4, parameter="a"),
        Gate("IY", 0.7, control=0),
        Gate("ZY", 0.4, parameter="a"),
        Gate("YI", -0.3),
    )
    model = PartyModel(2, [1.0, 2.0, -0.5, 0.3], (Block("Alice", gates),))
    assert loss(model) == pytest.approx(read(model, "Z"), abs=1e-12)
    here, found = angles(model), flattened(gradients(model))
    for j, turn in enumerate(1e-5 * np.eye(4)):
        slope = (
            loss(with_angles(model, here + turn)) - loss(with_angles(model, here - turn))
        ) / 2e-5
        assert found[j] == pytest.approx(slope, abs=1e-9)


def test_dense_block(model_of):
    """A dense block is its matrix, wherever it stands."""
    plain = model_of(3)
    boxed = [DenseBlock(x.owner, dense(x, 3)) if k == 1 else x for k, x in enumerate(plain.blocks)]
    model = PartyModel(3, plain.data, tuple(boxed))
    np.testing.assert_allclose(output_state(model), output_state(plain), atol=1e-12)
    for k in (0, 2, 3):
        assert gradients(model)[k] == pytest.approx(gradients(plain)[k], abs=1e-12)
    assert gradients(model)[1] == ()


def test_data_of_any_size():
    """Neither tiny nor huge numbers overflow."""
    for scale in (1e-300, 1e300):
        model = PartyModel(1, [3 * scale, 4 * scale], (Block("Alice", ()),))
        np.testing.assert_allclose(encoded_data(model), [0.6, 0.8])


def test_features_have_a_number(model_of):
    with pytest.raises(ValueError, match="numbered from 1 to 4, got 5"):
        backward_feature(model_of(1), 5)
    with pytest.raises(ValueError, match="as many angles, got 1"):
        with_angles(model_of(1), [0.0])


@pytest.mark.parametrize(
    ("state", "last"), [(forward_feature, 5), (backward_feature, 4), (gradient_state, 4)]
)
def test_the_first_and_the_last_block(state, last, model_of):
    """The input of a fifth block is the output of four."""
    model = model_of(1)
    for k in (1, last):
        assert np.linalg.norm(state(model, k)) == pytest.approx(1)
    for k in (0, -1, last + 1):
        with pytest.raises(ValueError, match=f"numbered from 1 to 4, got {k}"):
            state(model, k)


def test_as_many_angles_as_parameters(model_of):
    """One more is refused, as is one less; gates that are fixed keep theirs."""
    model = model_of(1)
    here = angles(model)
    same = with_angles(model, here)
    np.testing.assert_array_equal(angles(same), here)
    np.testing.assert_allclose(output_state(same), output_state(model), atol=1e-12)
    for many in (len(here) - 1, len(here) + 1):
        with pytest.raises(ValueError, match=f"needs as many angles, got {many}"):
            with_angles(model, [0.1] * many)
