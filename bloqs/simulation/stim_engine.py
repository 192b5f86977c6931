"""The engine stim: Clifford gates by stabilisers, as long as there are no others."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import takewhile
from types import ModuleType
from typing import Any

import attrs
import cirq
import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from bloqs.simulation.array_state import ArrayState, State
from bloqs.simulation.engine import ARRAY, Final, Watch, carried_out, unwatched
from bloqs.simulation.program import Program
from estimator.costs.circuit import Circuit
from estimator.costs.script import Placed

WIDEST = 3
"""Qubits of a gate that is tried as a Clifford gate."""

ROUNDING = 1e-12
"""How far from a Clifford gate a gate may be; stim takes some that are much farther for one."""

Clifford = tuple[Any, Any]
"""A gate as a tableau and as a matrix."""


@frozen
class StimEngine:
    """Runs the Clifford gates with which a circuit begins by stim, the rest by our own array.

    Measurements, resets and feedback do not end the first part. The time of a gate in it does not
    grow with the state, whose amplitudes are written out once, behind it. stim forgets the phase
    of a state: one amplitude is followed, so that the states are those of the other engines. From
    a superposition everything runs in the array.
    """

    name: str = field(default="stim", init=False)

    @property
    def dtype(self) -> type[np.complexfloating]:
        return np.complex128

    def load(self, circuit: Circuit, dtype: type[np.complexfloating]) -> "LoadedStim":
        """Make a circuit ready."""
        stim = import_module("stim")
        cliffords: dict[cirq.Gate, Clifford] = {}

        def is_clifford(placed: Placed) -> bool:
            gate = placed.gate
            if isinstance(gate, (cirq.MeasurementGate, cirq.ResetChannel)):
                return True
            if gate not in cliffords:
                cliffords[gate] = _clifford(stim, gate)
            return cliffords[gate][0] is not None

        first = tuple(takewhile(is_clifford, circuit.placed))
        qubits = (*circuit.inputs, *circuit.outputs, *circuit.work)
        qubits = tuple(dict.fromkeys(qubits))
        rest = attrs.evolve(circuit, placed=circuit.placed[len(first) :], inputs=qubits)
        return LoadedStim(stim, circuit, first, qubits, Program.of(rest), cliffords, dtype)


def _clifford(stim: ModuleType, gate: cirq.Gate) -> Clifford:
    """The gate for stim, `None` if it is no Clifford gate, and as a matrix."""
    unitary: Any = cirq.unitary(gate, None) if cirq.num_qubits(gate) <= WIDEST else None
    try:
        tableau = stim.Tableau.from_unitary_matrix(unitary, endian="big")
    except (TypeError, ValueError):
        return None, unitary
    return (tableau if _is_exact(stim, tableau, unitary) else None), unitary


def _is_exact(stim: ModuleType, tableau: Any, unitary: NDArray[Any]) -> bool:
    """Whether the matrix takes Pauli strings to those that the tableau says."""
    for k in range(len(tableau)):
        for letter, image in (("X", tableau.x_output(k)), ("Z", tableau.z_output(k))):
            string = stim.PauliString(len(tableau))
            string[k] = letter
            before, after = (each.to_unitary_matrix(endian="big") for each in (string, image))
            if np.abs(unitary @ before - after @ unitary).max() > ROUNDING:
                return False
    return True


@frozen
class LoadedStim:
    """A circuit for stim.

    Args:
        stim: the module.
        circuit: the circuit.
        first: its gates up to the first that is not Clifford.
        qubits: all there are.
        rest: the other gates, on all qubits.
        cliffords: the gates in `first`, for stim and as matrices.
        dtype: precision of the amplitudes.
    """

    stim: ModuleType
    circuit: Circuit
    first: tuple[Placed, ...]
    qubits: tuple[cirq.Qid, ...]
    rest: Program
    cliffords: Mapping[cirq.Gate, Clifford]
    dtype: type[np.complexfloating]

    def run(self, start: State | Sequence[int], seed: int, watch: Watch = unwatched) -> Final:
        if isinstance(start, np.ndarray):
            return ARRAY.load(self.circuit, self.dtype).run(start, seed, watch)
        ends = [self._end(number, seed, watch) for number in start]
        amplitudes = np.concatenate([end.amplitudes for end in ends], axis=1)
        return Final(amplitudes, max(end.dirt for end in ends))

    def _end(self, number: int, seed: int, watch: Watch) -> Final:
        at = {qubit: k for k, qubit in enumerate(self.qubits)}
        width = len(self.circuit.inputs)
        bits = [*_bits_of(number, width), *[False] * (len(at) - width)]
        followed = _Followed(self.stim, bits, seed)
        state = ArrayState(self.dtype, 1, seed)
        for placed in self.first:
            gate, qubits = placed.gate, [at[qubit] for qubit in placed.qubits]
            if isinstance(gate, cirq.MeasurementGate):
                pairs = zip(qubits, gate.full_invert_mask(), strict=True)
                measured = [followed.measure(qubit) ^ turned for qubit, turned in pairs]
                state.outcomes.record_measurement(gate.mkey, measured, placed.qubits)
            elif isinstance(gate, cirq.ResetChannel):
                if followed.measure(qubits[0]):
                    followed.apply(*_clifford(self.stim, cirq.X), qubits)
            elif all(each.resolve(state.outcomes) for each in placed.conditions):
                followed.apply(*self.cliffords[gate], qubits)
        state.start_on(self.rest.inputs, *followed.support())
        return carried_out(self.rest, state, len(self.circuit.placed), watch)


class _Followed:
    """A stabiliser state and one of its amplitudes that is not zero.

    Args:
        stim: the module.
        bits: of the basis state to start in.
        seed: decides the outcomes of measurements.
    """

    def __init__(self, stim: ModuleType, bits: Sequence[int], seed: int) -> None:
        self._simulator = stim.TableauSimulator(seed=seed)
        self._simulator.set_num_qubits(len(bits))
        for qubit in np.flatnonzero(bits):
            self._simulator.x(int(qubit))
        self._bits, self._amplitude = np.array(bits, dtype=bool), 1.0 + 0.0j

    def apply(self, tableau: Any, unitary: NDArray[Any], qubits: Sequence[int]) -> None:
        """Apply a Clifford gate, given in two ways."""
        here = self._bits[list(qubits)]
        column = sum(int(bit) << k for k, bit in enumerate(reversed(here)))
        if np.count_nonzero(np.abs(unitary) > 0.1) == len(unitary):  # permutes basis states
            row = int(np.argmax(np.abs(unitary[:, column])))
            amplitude = self._amplitude * unitary[row, column]
        else:
            near = np.array([self._near(qubits, x) for x in range(len(unitary))])
            sums = unitary @ near
            row = int(np.argmax(np.abs(sums)))
            amplitude = sums[row]
        self._simulator.do_tableau(tableau, list(qubits))
        self._move(qubits, row)
        self._amplitude = complex(amplitude)

    def _near(self, qubits: Sequence[int], number: int) -> complex:
        """The amplitude where these qubits have the bits of a number and the others stay."""
        there = self._bits.copy()
        there[list(qubits)] = _bits_of(number, len(qubits))
        return self._amplitude * self._ratio(there)

    def _ratio(self, there: NDArray[np.bool_]) -> complex:
        """Amplitude of a basis state over that of the one that is followed."""
        away = there ^ self._bits
        if not away.any():
            return 1.0
        product = self._simulator.canonical_stabilizers()[0]
        product = product * product
        for pivot, flips, row in self._movers():
            if away[pivot]:
                away = away ^ flips
                product = row * product
        return 0.0 if away.any() else _moves(product, self._bits)

    def _movers(self) -> list[tuple[int, NDArray[np.bool_], Any]]:
        """Stabilisers whose flips are independent: a bit, found in no later one, all bits, itself.

        Together with those that flip nothing they generate all.
        """
        found: list[tuple[int, NDArray[np.bool_], Any]] = []
        for row in self._simulator.canonical_stabilizers():
            flips = row.to_numpy()[0]
            for pivot, others, mover in found:
                if flips[pivot]:
                    flips, row = flips ^ others, mover * row
            if flips.any():
                found.append((int(np.argmax(flips)), flips, row))
        return found

    def measure(self, qubit: int) -> int:
        """The outcome of a measurement; the state keeps length one."""
        simulator = self._simulator
        if simulator.peek_z(qubit) != 0:
            return int(simulator.measure(qubit))
        rows = simulator.canonical_stabilizers()
        turning = next(row for row in rows if row.to_numpy()[0][qubit])
        outcome = int(simulator.measure(qubit))
        if self._bits[qubit] != outcome:
            self._amplitude *= _moves(turning, self._bits)
            self._bits = self._bits ^ turning.to_numpy()[0]
        self._amplitude *= np.sqrt(2)
        return outcome

    def _move(self, qubits: Sequence[int], number: int) -> None:
        self._bits[list(qubits)] = _bits_of(number, len(qubits))

    def support(self) -> tuple[NDArray[np.bool_], State]:
        """Bits and amplitudes of all basis states that the state is made of."""
        amplitudes, places = np.array([self._amplitude]), self._bits[None, :]
        for _, turned, row in self._movers():
            signs = row.to_numpy()[1]
            factors = _phase(row) * np.where((places & signs).sum(axis=1) % 2, -1.0, 1.0)
            amplitudes = np.concatenate([amplitudes, amplitudes * factors])
            places = np.concatenate([places, places ^ turned])
        return places, amplitudes


def _bits_of(number: int, width: int) -> list[bool]:
    return [bool(number >> (width - 1 - k) & 1) for k in range(width)]


def _phase(row: Any) -> complex:
    """The factor in front of a Pauli string written as X's times Z's."""
    turned, signs = row.to_numpy()
    return complex(row.sign) * 1j ** int((turned & signs).sum())


def _moves(row: Any, bits: NDArray[np.bool_]) -> complex:
    """What a Pauli string multiplies a basis state with while it flips some of its bits."""
    signs = row.to_numpy()[1]
    return _phase(row) * (-1) ** int((signs & bits).sum())


STIM = StimEngine()
"""stim."""
