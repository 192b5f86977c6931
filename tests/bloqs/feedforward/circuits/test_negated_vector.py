"""The negative of a vector: gate by gate, control, cost, refusals."""

import attrs
import numpy as np
import pytest

from bloqs.encodings.vector_sum import VectorSum
from bloqs.feedforward.circuits.negated_vector import (
    NegatedVector,
    negated_vector_symbolic_example,
)
from bloqs.simulation.runner import Runner, encoded_vector
from estimator.costs.cost import cost_by_annotation, cost_by_counting


@pytest.mark.parametrize("a", [0, 2])
def test_is_the_negative(a, vector_leaf, random_state):
    """Of every state, and so of the encoded vector; twice is nothing."""
    leaf = vector_leaf(2, a)
    bloq = NegatedVector(leaf)
    np.testing.assert_allclose(encoded_vector(bloq), -encoded_vector(leaf), atol=1e-9)
    assert (bloq.alpha, bloq.epsilon) == (leaf.alpha, leaf.epsilon)
    state = random_state(2 ** (2 + a))
    found = Runner.of(NegatedVector(bloq)).run(state)
    np.testing.assert_allclose(found, Runner.of(leaf).run(state), atol=1e-9)


def test_control_decides(vector_leaf, switches):
    bloq = NegatedVector(vector_leaf(1, 1))
    switches(bloq)
    switches(bloq.adjoint())


def test_a_difference(vector_leaf):
    """A sum with it subtracts."""
    one, two = vector_leaf(2, 0), vector_leaf(2, 1)
    tau = 0.3
    wanted = tau * one.vector / one.alpha - (1 - tau) * two.vector / two.alpha
    norm = float(np.linalg.norm(wanted))
    found = encoded_vector(VectorSum(one, NegatedVector(two), tau, norm))
    np.testing.assert_allclose(found, wanted / norm, atol=1e-9)


def test_costs_nothing_but_a_sign(vector_leaf, costs_agree):
    leaf = vector_leaf(2, 1)
    bloq = NegatedVector(leaf)
    costs_agree(bloq)
    assert cost_by_counting(bloq) == cost_by_counting(leaf)
    controlled, without = cost_by_counting(bloq.controlled()), cost_by_counting(leaf.controlled())
    assert controlled == attrs.evolve(without, cliffords=without.cliffords + 1)
    symbolic = negated_vector_symbolic_example.make()
    assert cost_by_annotation(symbolic) == cost_by_annotation(symbolic.vector)


def test_refuses_parts(vector_leaf):
    leaf = vector_leaf(2, 0)
    with pytest.raises(ValueError, match="has a control; control the negated vector instead"):
        NegatedVector(attrs.evolve(leaf, is_controlled=True))
    with pytest.raises(ValueError, match=r"negated vector needs errors >= 0, got epsilon=-0\.1"):
        NegatedVector(attrs.evolve(leaf, epsilon=-0.1))
