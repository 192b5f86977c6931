"""Derivatives that a hypothesis learns are within their error, after no more updates than said."""

import numpy as np
import pytest

from bloqs.communication.answers.gradient_learning import learned_gradients
from bloqs.communication.model.blocks import Block, DenseBlock, Gate, PartyModel
from bloqs.communication.model.evaluate import flattened, gradients


def random_model(rng, qubits):
    blocks = []
    for owner in ("A", "B", "A"):
        letters = ["".join(rng.choice(list("IXYZ"), qubits)) for _ in range(4)]
        blocks.append(Block(owner, [Gate(x, float(rng.uniform(-3, 3))) for x in letters]))
    blocks.insert(2, DenseBlock("B", np.eye(2**qubits)))
    return PartyModel(qubits, rng.normal(size=2**qubits), blocks)


@pytest.mark.parametrize(("qubits", "readout"), [(1, "Z"), (2, "projector"), (3, "Z")])
@pytest.mark.parametrize("epsilon", [0.4, 0.1])
def test_every_derivative_is_within_the_error(qubits, readout, epsilon, rng):
    model = random_model(rng, qubits)
    found = learned_gradients(model, epsilon, rng, readout)
    off = np.abs(found.values - flattened(gradients(model, readout)))
    assert 0 < off.max() <= epsilon
    assert len(found.updates) == 3
    on_z = epsilon if readout == "Z" else 2 * epsilon
    assert found.most == int(16 * (qubits + 1) * np.log(2) / on_z**2)
    assert max(found.updates) <= found.most
    assert epsilon == 0.4 or max(found.updates) > 0


def test_large_registers_are_refused(rng):
    model = PartyModel(6, np.ones(64), [Block("A", [Gate("X" * 6, 0.1)])])
    with pytest.raises(ValueError, match="up to 5 qubits, got 6; leave tomography out"):
        learned_gradients(model, 0.1, rng)


def test_errors_above_a_half_of_a_probability(rng):
    """By the projector they are above one in Z."""
    found = learned_gradients(random_model(rng, 1), 0.9, rng, "projector")
    assert found.updates == (0, 0, 0)
