"""Exact loading of real data, with as many gates as are said."""

import numpy as np
import pytest
from qualtran.bloqs.basic_gates import CNOT

from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6])
def test_loads_the_data_exactly(n, rng):
    """Signs and zeros included; N - 1 rotations, N - 2 CNOTs, no work qubit; a control decides."""
    data, size = rng.normal(size=2**n), 2**n
    data[rng.permutation(size)[: size // 3]] = 0
    tree = VectorTree(n, tuple(map(float, data)))
    wanted = data / np.linalg.norm(data)
    np.testing.assert_allclose(Runner.of(tree).run(0), wanted, atol=1e-12)
    found = cost_by_counting(tree)
    assert (found.rotations, found.cliffords, found.qubits) == (size - 1, size - 2, n)
    once, start = tree.controlled(), np.zeros(2 * size)
    start[0], start[size] = 0.6, 0.8
    np.testing.assert_allclose(
        Runner.of(once).run(start), np.concatenate([start[:size], 0.8 * wanted]), atol=1e-12
    )
    found = cost_by_counting(once)
    assert (found.rotations, found.cliffords) == (2 * (size - 1), 3 * size - 4)


@pytest.mark.parametrize("is_controlled", [False, True])
def test_symbolic_cost_is_that_of_numbers(is_controlled):
    for n in (1, 2, 5):
        formula = cost_by_annotation(VectorTree(n, is_controlled=is_controlled))
        tree = VectorTree(n, Private("Alice", tuple(range(2**n))), is_controlled=is_controlled)
        assert formula == cost_by_annotation(tree)
        stated = VectorTree(n, is_controlled=is_controlled).calls[CNOT()]
        assert stated == cost_by_counting(tree).cnots


@pytest.mark.parametrize(
    ("match", "data"),
    [
        ("4 numbers, got 3", (1.0, 2.0, 3.0)),
        ("not all zero", (0.0,) * 4),
        ("finite, got nan", (1.0, float("nan"), 0.0, 0.0)),
        ("real data, got complex", (1.0, 1j, 0.0, 0.0)),
    ],
)
def test_what_cannot_be_loaded_is_refused(match, data):
    with pytest.raises(ValueError, match=match):
        VectorTree(2, data)
