"""stim behind the same runner: the states of the array, phase included."""

import cirq
import numpy as np
import pytest

from bloqs.convolution.adder import adder_convolution_example
from bloqs.convolution.channel_exchange import ChannelExchange
from bloqs.simulation.engine import ARRAY
from bloqs.simulation.runner import Runner, encoded_matrix
from bloqs.simulation.stim_engine import STIM

LINE = cirq.LineQubit.range(6)
CLIFFORD = (
    *(cirq.X, cirq.Y, cirq.Z, cirq.H, cirq.S, cirq.S**-1, cirq.X**0.5, cirq.Y**-0.5),
    *(cirq.CNOT, cirq.CZ, cirq.SWAP, cirq.ISWAP, cirq.XX, cirq.GlobalPhaseGate(1j)),
)


@pytest.mark.parametrize("number", [8, 100])
def test_the_same_states(circuit_on, drawn, number):
    """Every basis state through Clifford circuits, as a matrix of which no phase is free."""
    for _ in range(2):
        operations = drawn(CLIFFORD, number)
        loaded = STIM.load(circuit_on(operations), np.complex128)
        assert loaded.rest.instructions == ()
        unitary = cirq.Circuit(operations).unitary(
            qubit_order=LINE, qubits_that_should_be_present=LINE
        )
        np.testing.assert_allclose(loaded.run(range(64), 0).amplitudes, unitary, atol=1e-12)


def test_other_gates_go_on_in_the_array(circuit_on, drawn):
    """A T gate in the middle; what follows it is run on the state that stim hands over."""
    first, last = drawn(CLIFFORD, 40), drawn(CLIFFORD, 40)
    circuit = circuit_on([*first, cirq.T(LINE[2]), *last, cirq.CCX(*LINE[:3])])
    loaded = STIM.load(circuit, np.complex128)
    assert len(loaded.first) == 40
    wanted = ARRAY.load(circuit, np.complex128).run(range(64), 0).amplitudes
    np.testing.assert_allclose(loaded.run(range(64), 0).amplitudes, wanted, atol=1e-12)


@pytest.mark.parametrize("angle", [0.3, 1e-3, 1e-8])
def test_near_a_clifford_gate_is_not_one(circuit_on, angle):
    """stim would take a rotation by a third of a radian for none at all."""
    gates = [cirq.Ry(rads=angle)(LINE[0]), (cirq.CNOT ** (1 + angle))(*LINE[:2])]
    loaded = STIM.load(circuit_on([cirq.H(LINE[0]), *gates]), np.complex128)
    assert len(loaded.first) == 1


def test_measurements_and_feedback(circuit_on, drawn, feedback):
    """Copies of entangled qubits taken away by measurement, before and behind a T gate."""
    work = cirq.NamedQubit("work")
    for middle in ([], [cirq.T(LINE[1])]):
        clifford = drawn(CLIFFORD, 30)
        copies = [op for qubit in LINE[:3] for op in feedback(qubit, work)]
        circuit = circuit_on([*clifford, *copies, *middle, *copies])
        wanted = cirq.Circuit([*clifford, *middle]).unitary(
            qubit_order=LINE, qubits_that_should_be_present=LINE
        )
        for seed in range(3):
            final = STIM.load(circuit, np.complex128).run(range(64), seed)
            np.testing.assert_allclose(final.amplitudes, wanted, atol=1e-12)
            assert final.dirt == 0


def test_a_measurement_projects(circuit_on):
    """One of two entangled qubits is measured: both outcomes occur, and both qubits follow."""
    pair = [cirq.H(LINE[0]), cirq.CNOT(LINE[0], LINE[1]), cirq.measure(LINE[0], key="k")]
    loaded = STIM.load(circuit_on(pair, LINE[:2]), np.complex128)
    found = np.array([loaded.run([0], seed).amplitudes[:, 0] for seed in range(12)])
    assert {int(np.argmax(np.abs(state))) for state in found} == {0, 3}
    np.testing.assert_allclose(np.abs(found).max(axis=1), 1, atol=1e-12)


def test_from_superpositions(circuit_on, drawn, states):
    """There is no stabiliser state to begin with, so the array does it all."""
    circuit, starts = circuit_on(drawn(CLIFFORD, 20)), states(2)
    found = STIM.load(circuit, np.complex128).run(starts, 0).amplitudes
    wanted = ARRAY.load(circuit, np.complex128).run(starts, 0).amplitudes
    np.testing.assert_allclose(found, wanted, atol=1e-12)


def test_bloqs_run_on_it():
    """One of Clifford gates alone, and one with T gates."""
    exchange = ChannelExchange(2)
    assert STIM.load(Runner.of(exchange).circuit, np.complex128).rest.instructions == ()
    for bloq in (exchange, adder_convolution_example.make()):
        size = 2 ** min(6, bloq.signature.n_qubits())
        found = Runner.of(bloq, engine=STIM).columns(range(size))
        np.testing.assert_allclose(found, Runner.of(bloq).columns(range(size)), atol=1e-9)
    bloq = adder_convolution_example.make()
    np.testing.assert_allclose(encoded_matrix(bloq, engine=STIM), encoded_matrix(bloq), atol=1e-9)
