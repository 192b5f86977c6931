"""Steps multiplied out against their circuits, run step by step."""

import cirq
import numpy as np
import pytest

from bloqs.linear_systems.answers.whole_steps import WHOLE_STEPS
from bloqs.linear_systems.circuits.chebyshev_steps import ChebyshevSteps
from bloqs.linear_systems.circuits.hermitian_dilation import HermitianDilation
from bloqs.linear_systems.circuits.qubitised_walk import QubitisedWalk
from bloqs.readout.matrix_evolution import MatrixEvolution
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Runner


@pytest.mark.parametrize("is_hermitian", [True, False])
@pytest.mark.parametrize("form", ["plain", "controlled", "adjoint", "adjoint, controlled"])
@pytest.mark.parametrize(
    ("kind", "size"),
    [(ChebyshevSteps, {"terms": 8}), *((QubitisedWalk, {"times": k}) for k in (1, 6))],
    ids=["Chebyshev", "a step", "six steps"],
)
def test_as_the_circuit(kind, size, form, is_hermitian, rng):
    """On every basis state."""
    A = rng.normal(size=(4, 4))
    A = A + A.T if is_hermitian else A
    bloq = kind(Dilation.of_matrix(A, 1.2 * np.linalg.norm(A, 2)), **size)
    bloq = bloq.adjoint() if "adjoint" in form else bloq
    bloq = bloq.controlled() if "controlled" in form else bloq
    states = range(2 ** bloq.signature.n_qubits())
    wanted = Runner.of(bloq, STAND_INS).columns(states)
    gate = WHOLE_STEPS[type(bloq)](bloq)
    found = np.array([applied(gate, state) for state in np.eye(len(states), dtype=complex)]).T
    np.testing.assert_allclose(found, wanted, atol=1e-10)


@pytest.mark.parametrize("form", ["plain", "controlled", "adjoint", "adjoint, controlled"])
def test_an_evolution_as_its_circuit(form, rng):
    """On every basis state, with every phase as gates."""
    A = rng.normal(size=(2, 2))
    encoding = HermitianDilation(Dilation.of_matrix(A, 1.2 * np.linalg.norm(A, 2)))
    bloq = MatrixEvolution(encoding, 2.0, 0.1)
    bloq = bloq.adjoint() if "adjoint" in form else bloq
    bloq = bloq.controlled() if "controlled" in form else bloq
    states = range(2 ** bloq.signature.n_qubits())
    wanted = Runner.of(bloq, STAND_INS).columns(states)
    gate = WHOLE_STEPS[MatrixEvolution](bloq)
    found = np.array([applied(gate, state) for state in np.eye(len(states), dtype=complex)]).T
    np.testing.assert_allclose(found, wanted, atol=1e-10)


def applied(gate, state):
    qubits = cirq.LineQubit.range(cirq.num_qubits(gate))
    return cirq.Circuit(gate(*qubits)).final_state_vector(initial_state=state, qubit_order=qubits)
