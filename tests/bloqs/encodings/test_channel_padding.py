"""Copies of an image in several channels."""

import numpy as np
import pytest

from bloqs.encodings.channel_padding import channel_padding
from bloqs.simulation.runner import encoded_vector
from estimator.costs.cost import cost_by_counting


@pytest.mark.parametrize("c", [1, 2])
def test_repeats_the_vector(vector_leaf, c):
    """Every copy has weight 2**(-c/2): no length is lost and no ancilla needed."""
    leaf = vector_leaf(2, 0)
    bloq = channel_padding(leaf, c)
    wanted = np.concatenate([leaf.block] * 2**c) / 2 ** (c / 2)
    np.testing.assert_allclose(encoded_vector(bloq), wanted, atol=1e-7)
    assert (bloq.alpha, bloq.ancilla_bitsize, bloq.epsilon) == (1, 0, 0)


def test_costs_hadamard_gates_alone(vector_leaf):
    """Two Hadamard gates beside the vector for four channels; nothing else."""
    leaf = vector_leaf(1, 0)
    padded, bare = cost_by_counting(channel_padding(leaf, 2)), cost_by_counting(leaf)
    assert padded.cliffords - bare.cliffords == 2
    assert (padded.t, padded.toffoli, padded.rotations) == (0, 0, bare.rotations)


def test_keeps_ancillas_and_error(vector_leaf):
    leaf = vector_leaf(1, 2, 0.125)
    bloq = channel_padding(leaf, 2)
    assert (bloq.alpha, bloq.ancilla_bitsize, bloq.epsilon) == (leaf.alpha, 2, 0.125)
