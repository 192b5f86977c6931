"""The engine qsim: a state-vector simulator in C++, for circuits that fill most of their array.

Install it with `pip install -e '.[simulators]'`.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

import cirq
import numpy as np
from attrs import field, frozen

from bloqs.simulation.array_state import State
from bloqs.simulation.engine import Final, Watch, unwatched
from estimator.costs.circuit import Circuit

MOST_FUSED = 3
"""Qubits of gates that qsim multiplies together."""

UNEVEN = 1e-3
"""How far from one the squared length of a branch may be, by rounding to single precision."""


@frozen
class QsimEngine:
    """Runs the whole circuit as one call of qsim, in single precision.

    qsim has no feedback. The outcome of every measurement is drawn beforehand, zero or one with
    the same chance, and the circuit is run in that branch: measurements become projectors times
    the root of two, what depends on outcomes is left out or put in. If the outcomes are as likely
    as that, which is so where measurement takes a work qubit away, the branch has length one;
    otherwise the run is refused.

    Args:
        threads: threads of qsim.
    """

    threads: int = 1
    name: str = field(default="qsim", init=False)

    @property
    def dtype(self) -> type[np.complexfloating]:
        return np.complex64

    def load(self, circuit: Circuit, dtype: type[np.complexfloating]) -> "LoadedQsim":
        """Make a circuit ready.

        Raises:
            ValueError: if qsim is not installed, double precision is asked for, or a qubit is
                reset that was not measured.
        """
        if dtype is not np.complex64:
            raise ValueError(f"qsim computes in single precision (complex64), not {dtype.__name__}")
        try:
            qsim = import_module("qsimcirq")
        except ModuleNotFoundError:
            raise ValueError(
                "the engine qsim needs qsimcirq; install it with pip install -e '.[simulators]'"
            ) from None
        measured: set[cirq.Qid] = set()
        for placed in circuit.placed:
            if isinstance(placed.gate, cirq.ResetChannel) and not measured.issuperset(
                placed.qubits
            ):
                raise ValueError(
                    f"qsim resets qubits just measured, which {placed.qubits[0]} is not"
                )
            measured.difference_update(placed.qubits)
            if isinstance(placed.gate, cirq.MeasurementGate):
                measured.update(placed.qubits)
        return LoadedQsim(qsim, circuit, self.threads)


@frozen
class LoadedQsim:
    """A circuit for qsim.

    Args:
        qsim: the module.
        circuit: the circuit.
        threads: threads of qsim.
    """

    qsim: ModuleType
    circuit: Circuit
    threads: int

    def run(self, start: State | Sequence[int], seed: int, watch: Watch = unwatched) -> Final:
        circuit, gates = self.circuit, len(self.circuit.placed)
        watch(0, gates)
        used = [*circuit.inputs, *circuit.outputs, *circuit.work]
        qubits = tuple(dict.fromkeys(used))
        branch = cirq.Circuit(self._branch(seed), cirq.I.on_each(*qubits))
        options = self.qsim.QSimOptions(
            max_fused_gate_size=MOST_FUSED, cpu_threads=self.threads, verbosity=0
        )
        simulator = self.qsim.QSimSimulator(options)
        program = self.qsim.QSimCircuit(branch)
        ends = []
        for column in _columns(start, len(circuit.inputs)):
            whole = np.zeros((len(column), 2 ** (len(qubits) - len(circuit.inputs))), np.complex64)
            whole[:, 0] = column
            _, end, order = simulator.simulate_into_1d_array(
                program, initial_state=whole.reshape(-1), qubit_order=qubits
            )
            assert tuple(order) == qubits
            ends.append(end)
        watch(gates, gates)
        return self._final(np.stack(ends, axis=-1), qubits)

    def _branch(self, seed: int) -> Iterator[cirq.Operation]:
        """The circuit for outcomes that are drawn, without measurements and feedback."""
        random = np.random.default_rng(seed)
        outcomes = cirq.ClassicalDataDictionaryStore()
        last: dict[cirq.Qid, int] = {}
        for placed in self.circuit.placed:
            gate, qubits = placed.gate, placed.qubits
            if isinstance(gate, cirq.MeasurementGate):
                drawn = [int(bit) for bit in random.integers(2, size=len(qubits))]
                mask = gate.full_invert_mask()
                kept = [bit ^ turned for bit, turned in zip(drawn, mask, strict=True)]
                outcomes.record_measurement(gate.mkey, kept, qubits)
                last.update(zip(qubits, drawn, strict=True))
                yield from (_PROJECTORS[bit].on(q) for q, bit in zip(qubits, drawn, strict=True))
            elif isinstance(gate, cirq.ResetChannel):
                if last[qubits[0]]:
                    yield cirq.X(*qubits)
            elif not placed.conditions:
                yield placed.operation
            elif all(each.resolve(outcomes) for each in placed.conditions):
                yield gate.on(*qubits)

    def _final(self, ends: State, qubits: tuple[cirq.Qid, ...]) -> Final:
        lengths = np.linalg.norm(ends, axis=0)
        if np.abs(lengths**2 - 1).max() > UNEVEN:
            raise ValueError(
                f"qsim runs circuits whose measurements have two outcomes of the same chance; "
                f"here a branch has the length {lengths[np.argmax(np.abs(lengths - 1))]:.4g}"
            )
        outputs = [qubits.index(qubit) for qubit in self.circuit.outputs]
        rest = [k for k in range(len(qubits)) if k not in outputs]
        tensor = ends.reshape((2,) * len(qubits) + (-1,))
        tensor = tensor.transpose(*rest, *outputs, len(qubits))
        split = tensor.reshape(2 ** len(rest), 2 ** len(outputs), -1)
        return Final(np.array(split[0]), float(np.abs(split[1:]).max(initial=0.0)))


def _columns(start: State | Sequence[int], width: int) -> Iterator[State]:
    if isinstance(start, np.ndarray):
        yield from np.ascontiguousarray(start.T, dtype=np.complex64)
        return
    for number in start:
        column = np.zeros(2**width, dtype=np.complex64)
        column[number] = 1
        yield column


def _projector(bit: int) -> cirq.Gate:
    entries: Any = np.sqrt(2) * np.diag([1.0 - bit, float(bit)])
    return cirq.MatrixGate(entries, unitary_check=False)


_PROJECTORS = (_projector(0), _projector(1))

QSIM = QsimEngine()
"""qsim on one thread."""
