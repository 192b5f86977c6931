"""The array does to a state what Cirq's own simulator does, whatever the gates."""

from itertools import product

import cirq
import numpy as np
import pytest

from bloqs.data_loading.rotation_level import MultiplexedRotation
from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.simulation.array_state import ArrayState
from bloqs.simulation.engine import ARRAY
from bloqs.simulation.fast_gates import FlagPhase
from bloqs.simulation.program import Program

LINE = cirq.LineQubit.range(6)
ANGLES = np.array([0.3, -1.1, 0.0, 2.0])
GATES = (
    *(cirq.X, cirq.Y, cirq.Z, cirq.H, cirq.S, cirq.T, cirq.T**-1, cirq.I),
    *(cirq.Rx(rads=0.4), cirq.Ry(rads=0.7), cirq.Rz(rads=-1.3), cirq.X**0.3, cirq.Z**0.2),
    *(cirq.Y**0.25, cirq.H**0.5, cirq.PhasedXPowGate(phase_exponent=0.1, exponent=0.6)),
    *(cirq.CNOT, cirq.CZ, cirq.SWAP, cirq.CZ**0.3, cirq.ISWAP, cirq.CNOT**0.5, cirq.XX**0.2),
    *(cirq.CCX, cirq.CSWAP, cirq.CCZ, cirq.GlobalPhaseGate(np.exp(0.3j))),
    *(cirq.ControlledGate(cirq.Ry(rads=0.9)), cirq.ControlledGate(cirq.ISWAP)),
    cirq.ControlledGate(cirq.T, control_values=[0]),
    cirq.ControlledGate(cirq.H, control_values=[(0, 1)]),
    cirq.ControlledGate(cirq.Y**0.3, num_controls=2, control_values=[1, 0]),
    MultiplexedRotation(ANGLES, is_controlled=False),
    MultiplexedRotation(ANGLES, is_controlled=True),
    FlagPhase(ProjectorPhase(0.7, 2, is_controlled=True, is_signed=True)),
    FlagPhase(ProjectorPhase(-0.2, 1, is_controlled=False, is_signed=False)),
    cirq.QuantumFourierTransformGate(3),
)
"""Every way there is to read a gate, and gates that are read in none of them."""


def by_cirq(operations, start):
    circuit = cirq.Circuit(operations)
    return circuit.final_state_vector(
        initial_state=start,
        qubit_order=LINE,
        dtype=np.complex128,
        ignore_terminal_measurements=True,
    )


NAMES = [f"{k} {str(gate).split(' object at ')[0]}" for k, gate in enumerate(GATES)]


@pytest.mark.parametrize("gate", GATES, ids=NAMES)
def test_every_gate(gate, rng, circuit_on, states):
    """By itself and behind other gates, on superpositions and on every kind of basis state."""
    places = rng.permutation(len(LINE))[: cirq.num_qubits(gate)]
    alone = [gate.on(*(LINE[k] for k in places))]
    for operations in (alone, [cirq.H(LINE[1]), cirq.CNOT(LINE[1], LINE[4]), *alone]):
        loaded = ARRAY.load(circuit_on(operations), np.complex128)
        starts = states(3)
        wanted = np.stack([by_cirq(operations, state) for state in starts.T], axis=1)
        np.testing.assert_allclose(loaded.run(starts, 0).amplitudes, wanted, atol=1e-12)
        for x in (0, 21, 42, 63):
            found = loaded.run([x], 0).amplitudes[:, 0]
            np.testing.assert_allclose(found, by_cirq(operations, x), atol=1e-12)


@pytest.mark.parametrize("dtype", [np.complex128, np.complex64])
def test_long_circuits(dtype, circuit_on, drawn, states):
    """Sixty gates of all kinds; all basis states at once, one by one, and superpositions."""
    for _ in range(4):
        operations = drawn(GATES, 60)
        loaded = ARRAY.load(circuit_on(operations), dtype)
        unitary = cirq.Circuit(operations).unitary(
            qubit_order=LINE, qubits_that_should_be_present=LINE
        )
        within = 1e-11 if dtype is np.complex128 else 1e-4
        together = loaded.run(range(64), 0).amplitudes
        assert together.dtype == dtype
        np.testing.assert_allclose(together, unitary, atol=within)
        for x in (0, 5, 63):
            np.testing.assert_allclose(
                loaded.run([x], 0).amplitudes[:, 0], unitary[:, x], atol=within
            )
        starts = states(2)
        np.testing.assert_allclose(loaded.run(starts, 0).amplitudes, unitary @ starts, atol=within)


def test_small_gates_are_gathered_and_none_is_lost(circuit_on):
    """Ten gates on three qubits are one instruction; a swap is none."""
    a, b, c = LINE[:3]
    gates = [cirq.X(a), cirq.CNOT(a, b), cirq.T(b), cirq.CCX(a, b, c), cirq.CZ(b, c)]
    program = Program.of(circuit_on([*gates, *gates], LINE[:3]))
    assert len(program.instructions) == 1
    swapped = Program.of(circuit_on([cirq.SWAP(a, b)], LINE[:2]))
    assert swapped.instructions == ()
    assert swapped.outputs == swapped.inputs[::-1]


def test_measurements_decide_what_follows(circuit_on, feedback, states):
    """Whatever is measured, and however many columns there are, nothing has happened at the end."""
    work = cirq.NamedQubit("work")
    operations = [op for qubit in LINE for op in feedback(qubit, work)]
    loaded = ARRAY.load(circuit_on(operations), np.complex128)
    starts = states(3)
    for seed in range(6):
        final = loaded.run(starts, seed)
        np.testing.assert_allclose(final.amplitudes, starts, atol=1e-12)
        assert final.dirt == 0


def test_outcomes_have_their_probabilities():
    """Of a qubit turned by an angle, over many seeds; they are the same for all columns."""
    state_of = []
    for seed in range(400):
        state = ArrayState(np.complex128, 2, seed)
        state.start_at([0, 1], [0, 1])
        state.turn(0, cirq.unitary(cirq.Ry(rads=2 * 0.6)).ravel().tolist())
        state_of.append(state.measure(0))
        assert state.bit[0] == state_of[-1]
        np.testing.assert_allclose(
            state.amplitudes([0, 1])[2 * state.bit[0] :][:2], np.eye(2), atol=1e-12
        )
    assert abs(np.mean(state_of) - np.sin(0.6) ** 2) < 4 * np.sqrt(0.25 / 400)


def test_a_measurement_that_tells_inputs_apart_is_found(circuit_on):
    """It would make of several columns something that no circuit does to one."""
    operations = [cirq.measure(LINE[0], key="k")]
    loaded = ARRAY.load(circuit_on(operations, LINE[:1]), np.complex128)
    with pytest.raises(
        AssertionError, match="tells inputs apart: one comes with probability 0 or 1"
    ):
        loaded.run([0, 1], 0)


def test_a_qubit_in_zero_or_one_takes_no_memory(circuit_on):
    """Twenty work qubits that are flipped and flipped back, and forty inputs in basis states."""
    inputs = cirq.LineQubit.range(40)
    work = [cirq.NamedQubit(f"w{k}") for k in range(20)]
    flips = [
        gate
        for pair in zip(inputs, work, strict=False)
        for gate in (cirq.X(pair[1]), cirq.CNOT(*pair))
    ]
    program = Program.of(circuit_on([*flips, cirq.H(inputs[0]), *reversed(flips)], inputs))
    state = ArrayState(np.complex128, 1, 0)
    state.start_at(program.inputs, [2**39 + 5])
    state.start_in_zero(program.zeros)
    largest = 0
    for _, instruction in program.instructions:
        instruction.act(state)
        largest = max(largest, state.data.size)
    assert largest <= 4


def test_a_block_is_multiplied_by_the_known_bits_alone(rng):
    """A matrix on qubits of which some are known is applied without giving those an axis first."""
    unitary = np.linalg.qr(rng.normal(size=(8, 8)))[0]
    for bits, real in product(range(4), (True, False)):
        matrix = unitary if real else unitary * np.exp(0.3j)
        state = ArrayState(np.complex128, 1, 0)
        state.start_at([0, 1, 2], [bits])
        state.turn(1, (2**-0.5, 2**-0.5, 2**-0.5, -(2**-0.5)))
        before = state.amplitudes([0, 1, 2])
        state.multiply([2, 0, 1], matrix)
        order = np.arange(8).reshape(2, 2, 2).transpose(2, 0, 1).reshape(-1)
        np.testing.assert_allclose(
            state.amplitudes([0, 1, 2])[order], matrix @ before[order], atol=1e-12
        )
