"""Parts taken as one gate do what their circuits do."""

import attrs
import cirq
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.simulation.boxed_vector import BoxedVector
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.fast_gates import FlagPhase
from bloqs.simulation.partial_run import BLOCKS
from bloqs.simulation.runner import Fidelity, Runner
from bloqs.simulation.stand_in import as_one_gate
from bloqs.simulation.vector_dilation import VectorDilation


def spread(gate, qubits, places, rng):
    """A random state before and after a gate on some of its qubits, out of order."""
    state = rng.normal(size=2**qubits) + 1j * rng.normal(size=2**qubits)
    state /= np.linalg.norm(state)
    line = cirq.LineQubit.range(qubits)
    circuit = cirq.Circuit(gate.on(*(line[q] for q in places)))
    found = circuit.final_state_vector(initial_state=state, qubit_order=line, dtype=np.complex128)
    return state, found


@pytest.mark.parametrize("w", [1, 3])
@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize("is_signed", [False, True])
def test_a_flag_phase_is_the_projector_phase(w, is_controlled, is_signed, rng):
    """Against the gates of the bloq, on every basis state."""
    bloq = ProjectorPhase(0.7, w, is_controlled, is_signed)
    runner = Runner.of(bloq)
    assert runner.fidelity is Fidelity.GATE_BY_GATE
    size = 2 ** bloq.signature.n_qubits()
    wanted = np.stack([runner.run(x) for x in range(size)], axis=1)
    np.testing.assert_allclose(cirq.unitary(FlagPhase(bloq)), wanted, atol=1e-12, rtol=0)


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize("is_adjoint", [False, True])
@pytest.mark.parametrize("is_complex", [False, True])
def test_stand_ins_are_the_same_gate(is_controlled, is_adjoint, is_complex, rng):
    """A product or reflection on scattered qubits is the gate of the stand-in's own module."""
    corner = rng.normal(size=(4, 4)) + 1j * is_complex * rng.normal(size=(4, 4))
    vector = rng.normal(size=4) + 1j * is_complex * rng.normal(size=4)
    parts = (
        Dilation.of_matrix(0.9 * corner / np.linalg.norm(corner, 2)),
        VectorDilation.of_vector(0.9 * vector / np.linalg.norm(vector)),
    )
    for part in parts:
        part = attrs.evolve(part, is_controlled=is_controlled, is_adjoint=is_adjoint)
        gate, plain = BLOCKS[type(part)](part), as_one_gate(part)
        assert type(gate) is not type(plain) or is_controlled
        places = [4, 0, 2, 3][: cirq.num_qubits(plain)]
        seed = int(rng.integers(2**32))
        _, found = spread(gate, 5, places, np.random.default_rng(seed))
        _, wanted = spread(plain, 5, places, np.random.default_rng(seed))
        np.testing.assert_allclose(found, wanted, atol=1e-12, rtol=0)


@pytest.mark.parametrize("is_adjoint", [False, True])
def test_a_whole_vector_is_its_circuit(is_adjoint, rng):
    """As one gate against gate by gate, on every basis state."""
    loaded = LoadedVector.of(rng.normal(size=4), 5, QROMLoader(), Rotation.BITWISE)
    box = attrs.evolve(BoxedVector(loaded), is_adjoint=is_adjoint)
    plain, whole = Runner.of(box), Runner.of(box, BLOCKS)
    assert plain.fidelity is Fidelity.GATE_BY_GATE
    assert whole.fidelity is Fidelity.BLOCK_BY_BLOCK
    assert (whole.gates, whole.qubits) == (1, 2)
    for x in range(4):
        np.testing.assert_allclose(whole.run(x), plain.run(x), atol=1e-12, rtol=0)
