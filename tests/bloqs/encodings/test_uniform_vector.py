"""The uniform vector: vector, control, cost, limits."""

import numpy as np
import pytest

from bloqs.encodings.uniform_vector import UniformVector, uniform_vector_symbolic_example
from bloqs.simulation.runner import encoded_vector
from estimator import symbols
from estimator.costs.cost import cost_by_counting


@pytest.mark.parametrize("n", [1, 2, 3])
def test_encodes_equal_entries(n):
    np.testing.assert_allclose(encoded_vector(UniformVector(n)), np.full(2**n, 2 ** (-n / 2)))


def test_control_decides(switches):
    switches(UniformVector(2))


def test_claimed_cost_is_counted(costs_agree, substitutes):
    costs_agree(UniformVector(3))
    substitutes(uniform_vector_symbolic_example.make(), {symbols.n: 3}, UniformVector(3))


def test_only_the_controlled_form_costs_t():
    """Two T a qubit, as a controlled Hadamard is known to need."""
    assert cost_by_counting(UniformVector(3)).t == 0
    assert cost_by_counting(UniformVector(3).controlled()).t == 6


def test_refuses_no_qubits():
    with pytest.raises(ValueError, match="UniformVector needs n >= 1, got n=0"):
        UniformVector(0)
