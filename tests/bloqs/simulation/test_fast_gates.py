"""Parts taken as one gate do what their circuits do."""

import attrs
import cirq
import numpy as np
import pytest
from scipy.linalg import block_diag, sqrtm

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.qsvt.nonzero_phase import NonzeroPhase
from bloqs.qsvt.nonzero_reflection import NonzeroReflection
from bloqs.qsvt.phase_pair import PhasePair
from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.simulation.boxed_vector import BoxedVector
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.engine import ARRAY
from bloqs.simulation.fast_gates import FlagPhase, FlagPhasePair, NonzeroFlagPhase
from bloqs.simulation.partial_run import BLOCKS
from bloqs.simulation.runner import Fidelity, Runner
from bloqs.simulation.stand_in import as_one_gate
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.costs.circuit import Circuit
from estimator.costs.script import Placed


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


@pytest.mark.parametrize("w", [1, 3])
@pytest.mark.parametrize("is_controlled", [False, True])
def test_a_pair_of_flag_phases(w, is_controlled, rng):
    """Against the gates of the bloq, on every basis state with parity zero where control is."""
    bloq = PhasePair(0.7, -0.4, w, is_controlled)
    runner = Runner.of(bloq)
    assert runner.fidelity is Fidelity.GATE_BY_GATE
    size = 2 ** bloq.signature.n_qubits()
    valid = [x for x in range(size) if not is_controlled or 4 * x // size != 1]
    wanted = np.stack([runner.run(x) for x in valid], axis=1)
    found = cirq.unitary(FlagPhasePair(bloq))[:, valid]
    np.testing.assert_allclose(found, wanted, atol=1e-12, rtol=0)


def reflected(vector):
    """A unitary whose first column is the vector, by the formula, as a matrix."""
    phase = vector[0] / abs(vector[0])
    w = vector / phase + np.eye(len(vector))[0]
    return -phase * (np.eye(len(w)) - 2 * np.outer(w, w.conj()) / np.vdot(w, w))


def dilated(B):
    """The unitary with B in its corner, flag last, by square roots of matrices."""
    one = np.eye(len(B))
    roots = [sqrtm(one - B @ B.conj().T), sqrtm(one - B.conj().T @ B)]
    blocks = np.array([[B, roots[0]], [roots[1], -B.conj().T]])
    return blocks.transpose(2, 0, 3, 1).reshape(2 * len(B), 2 * len(B))


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize(("w", "m"), [(1, 1), (1, 2), (2, 1), (2, 2)])
def test_phases_off_a_zero_are_their_circuits(w, m, is_controlled):
    """Against the gates of both bloqs, on every basis state, and against the projector itself."""
    zero = np.eye(2**w)[0], np.eye(2**m)[0]
    inside = np.kron(zero[0], 1 - zero[1])
    for bloq in (
        NonzeroPhase(0.7, w, m, is_controlled, is_signed=False),
        NonzeroPhase(0.7, w, m, is_controlled, is_signed=True),
        NonzeroReflection(w, m, is_controlled=is_controlled),
    ):
        if isinstance(bloq, NonzeroReflection):
            diagonal = 1.0 - 2 * inside
        elif not bloq.is_signed:
            diagonal = np.exp(0.7j * (2 * inside - 1))
        else:
            diagonal = np.exp(0.7j * np.kron([1, -1], 2 * inside - 1))
        if is_controlled:
            diagonal = np.concatenate([np.ones_like(diagonal), diagonal])
        runner = Runner.of(bloq)
        found = np.stack([runner.run(x) for x in range(len(diagonal))], axis=1)
        np.testing.assert_allclose(found, np.diag(diagonal), atol=1e-12, rtol=0)
        gate = cirq.unitary(NonzeroFlagPhase(bloq))
        np.testing.assert_allclose(gate, np.diag(diagonal), atol=1e-12, rtol=0)


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize("is_adjoint", [False, True])
@pytest.mark.parametrize("is_complex", [False, True])
def test_stand_ins_are_their_formulas(is_controlled, is_adjoint, is_complex, rng):
    """As Cirq applies them and as a run does, on scattered qubits out of order."""
    corner = rng.normal(size=(4, 4)) + 1j * is_complex * rng.normal(size=(4, 4))
    corner *= 0.9 / np.linalg.norm(corner, 2)
    vector = rng.normal(size=4) + 1j * is_complex * rng.normal(size=4)
    vector *= 0.9 / np.linalg.norm(vector)
    flagged = np.zeros((4, 2), dtype=complex)
    flagged[:, 0], flagged[0, 1] = vector, np.sqrt(1 - 0.81)
    for part, unitary in (
        (Dilation.of_matrix(corner), dilated(corner)),
        (VectorDilation.of_vector(vector), reflected(flagged.reshape(-1))),
    ):
        part = attrs.evolve(part, is_controlled=is_controlled, is_adjoint=is_adjoint)
        unitary = unitary.conj().T if is_adjoint else unitary
        gate, places = as_one_gate(part), [4, 0, 2, 3][: 3 + is_controlled]
        if is_controlled:
            unitary = block_diag(np.eye(8), unitary)
        seed = int(rng.integers(2**32))
        plain = cirq.MatrixGate(unitary)
        state, wanted = spread(plain, 5, places, np.random.default_rng(seed))
        _, found = spread(gate, 5, places, np.random.default_rng(seed))
        np.testing.assert_allclose(found, wanted, atol=1e-12, rtol=0)
        line = cirq.LineQubit.range(5)
        circuit = Circuit((Placed(gate, tuple(line[q] for q in places)),), line, line, (), 5)
        found = ARRAY.load(circuit, np.complex128).run(state[:, None], 0).amplitudes[:, 0]
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
