"""Unitary matrices as gates: exact with their phase, and as many as are said."""

import numpy as np
import pytest
from scipy.stats import unitary_group

from bloqs.communication.circuits.dense_unitary import DenseUnitary
from bloqs.communication.model.blocks import DenseBlock
from bloqs.communication.symbols import n
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting

MATRICES = {
    "random": lambda size, rng: unitary_group.rvs(size, random_state=rng) if size > 1 else None,
    "identity": lambda size, rng: np.eye(size),
    "permutation": lambda size, rng: np.eye(size)[rng.permutation(size)],
    "phases": lambda size, rng: np.diag(np.exp(1j * rng.uniform(-3, 3, size))),
    "real": lambda size, rng: np.linalg.qr(rng.normal(size=(size, size)))[0],
}


@pytest.mark.parametrize("qubits", [1, 2, 3, pytest.param(4, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", MATRICES)
def test_the_gates_are_the_matrix(name, qubits, rng):
    size = 2**qubits
    matrix = MATRICES[name](size, rng)
    bloq = DenseUnitary.of(DenseBlock("Bob", matrix)).bloq
    state = rng.normal(size=2 * size) + 1j * rng.normal(size=2 * size)
    state /= np.linalg.norm(state)
    half = state[:size] / np.linalg.norm(state[:size])
    np.testing.assert_allclose(Runner.of(bloq).run(half), matrix @ half, atol=1e-9)
    np.testing.assert_allclose(Runner.of(bloq.adjoint()).run(matrix @ half), half, atol=1e-9)
    wanted = np.concatenate([state[:size], matrix @ state[size:]])
    np.testing.assert_allclose(Runner.of(bloq.controlled()).run(state), wanted, atol=1e-9)


@pytest.mark.parametrize("is_controlled", [False, True])
def test_symbolic_cost_is_that_of_numbers(is_controlled, rng):
    formula = cost_by_annotation(DenseUnitary(n, is_controlled=is_controlled))
    for qubits in (1, 2, 3):
        rows = tuple(map(tuple, unitary_group.rvs(2**qubits, random_state=rng).tolist()))
        bloq = DenseUnitary(qubits, rows, is_controlled=is_controlled)
        counted = cost_by_counting(bloq)
        assert formula.subs({n: qubits}) == cost_by_annotation(bloq) == counted
        if not is_controlled:
            rotations, cnots = {1: (3, 0), 2: (18, 6), 3: (84, 36)}[qubits]
            assert (counted.rotations, counted.cliffords) == (rotations, cnots)


@pytest.mark.parametrize(
    ("match", "given"),
    [
        ("unitary within", lambda: DenseUnitary(1, ((1.0, 1.0), (0.0, 1.0)))),
        ("matrix of side 4, got 2", lambda: DenseUnitary(2, ((1.0, 0.0), (0.0, 1.0)))),
        ("at most 8 qubits, got 9", lambda: DenseUnitary(9, ((1.0, 0.0), (0.0, 1.0)))),
    ],
)
def test_what_is_no_unitary_is_refused(match, given):
    with pytest.raises(ValueError, match=match):
        given()
