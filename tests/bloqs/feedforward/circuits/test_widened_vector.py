"""Widened vectors: vector, names, control, cost, limits."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.feedforward.circuits.widened_vector import (
    WidenedVector,
    widened_vector_symbolic_example,
)
from bloqs.simulation.runner import encoded_vector
from estimator import symbols
from estimator.costs.cost import cost_by_counting


@pytest.mark.parametrize(("n", "a", "more"), [(1, 0, 1), (2, 0, 2), (2, 1, 1), (1, 2, 3)])
def test_encodes_the_vector_with_zeros_after_it(vector_leaf, n, a, more):
    """Gate by gate, complex; alpha, error and flags are those of the vector."""
    leaf = vector_leaf(n, a, 0.125)
    bloq = WidenedVector(leaf, more)
    wanted = np.concatenate([leaf.vector, np.zeros((2**more - 1) * 2**n)])
    np.testing.assert_allclose(encoded_vector(bloq), wanted, atol=1e-7)
    assert (bloq.alpha, bloq.epsilon, bloq.ancilla_bitsize) == (leaf.alpha, 0.125, a)
    assert bloq.system_names == (("new channels", more), ("index", n))


def test_control_decides(vector_leaf, switches):
    bloq = WidenedVector(vector_leaf(1, 1), 1)
    switches(bloq)
    switches(bloq.adjoint())


def test_costs_no_gate(vector_leaf, costs_agree):
    leaf = vector_leaf(2, 1)
    bloq = WidenedVector(leaf, 2)
    costs_agree(bloq)
    for wide, bare in ((bloq, leaf), (bloq.controlled(), leaf.controlled())):
        cost = cost_by_counting(bare)
        assert cost_by_counting(wide) == attrs.evolve(cost, qubits=cost.qubits + 2)


def test_symbols_stand_for_numbers(substitutes):
    loaded = LoadedVector.of(np.arange(1.0, 9.0), 4, QROMLoader(), Rotation.PHASE_GRADIENT)
    values = {symbols.n: 3, symbols.b: 4, symbols.c: 2}
    substitutes(widened_vector_symbolic_example.make(), values, WidenedVector(loaded, 2))


def test_refuses(vector_leaf):
    leaf = vector_leaf(1, 0)
    with pytest.raises(ValueError, match="widened vector needs more >= 1 qubits, got more=0"):
        WidenedVector(leaf, 0)
    with pytest.raises(ValueError, match="has a control; control the widened vector instead"):
        WidenedVector(attrs.evolve(leaf, is_controlled=True), 1)
    with pytest.raises(ValueError, match=r"widened vector needs errors >= 0, got epsilon=-0\.1"):
        WidenedVector(attrs.evolve(leaf, epsilon=-0.1), 1)
