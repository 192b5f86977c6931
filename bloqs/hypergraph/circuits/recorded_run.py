"""Runs of bloqs that measure, gate by gate: the record that is read, its probability, the state."""

from collections.abc import Callable

import cirq
import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq

from bloqs.hypergraph.circuits.read import KEY
from bloqs.simulation.array_state import ArrayState
from bloqs.simulation.instructions import Measurement
from bloqs.simulation.program import Program
from estimator.costs.circuit import circuit_of

Vector = NDArray[np.complex128]
Answer = Callable[[float], int]
"""From the probability of 0 to what is read, 0 or 1."""

CLEAN = 1e-9
"""Amplitude up to which a work qubit counts as zero."""

NEVER = 1e-9
"""A probability below it counts as none."""


@frozen(eq=False)
class Recorded:
    """A run.

    Args:
        record: what was read, in order.
        probability: of the record; 0 if something in it cannot be.
        state: that is left, normalised, shape (2**q,); nothing if the record cannot be.
    """

    record: tuple[int, ...]
    probability: float
    state: Vector | None


class RecordedRun:
    """The circuit of a bloq, every elementary gate of it, ready to run.

    Args:
        bloq: of concrete size; it may measure, and its registers pass through.
    """

    def __init__(self, bloq: Bloq) -> None:
        circuit = circuit_of(bloq)
        self.name = str(bloq)
        self.qubits = len(circuit.inputs) + len(circuit.work)
        self._program = Program.of(circuit)

    def run(self, start: Vector, answer: Answer, seed: int = 0) -> Recorded:
        """One run.

        Args:
            start: shape (2**q,), the first qubit of the first register the highest bit.
            answer: chooses what is read.
            seed: decides the outcomes of measurements that take work qubits away.

        Raises:
            AssertionError: if a work qubit is not returned in zero.
        """
        program = self._program
        state = ArrayState(np.complex128, 1, seed)
        state.start_in(program.inputs, np.asarray(start, dtype=np.complex128)[:, None])
        state.start_in_zero(program.zeros)
        record: list[int] = []
        chance = 1.0
        for _, instruction in program.instructions:
            if not isinstance(instruction, Measurement) or not _is_read(instruction.key):
                instruction.act(state)
                continue
            (qubit,) = instruction.qubits
            zero = state.chance_of_zero(qubit)
            record.append(answer(zero))
            part = 1 - zero if record[-1] else zero
            if part < NEVER:
                return Recorded(tuple(record), 0.0, None)
            state.project(qubit, record[-1], part)
            chance *= part
        work = {*state.axis, *state.bit} - set(program.outputs)
        dirt = max((state.part_with(qubit, CLEAN) for qubit in work), default=0.0)
        if dirt > CLEAN:
            raise AssertionError(f"{self.name} leaves its work qubits dirty by {dirt}")
        found = state.amplitudes(program.outputs)[:, 0].astype(np.complex128)
        return Recorded(tuple(record), chance, found)


def _is_read(key: cirq.MeasurementKey) -> bool:
    return str(key).startswith(KEY)
