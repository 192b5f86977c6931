"""What runs the gates of a circuit: our own array, or somebody else's simulator."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from attrs import field, frozen

from bloqs.simulation.array_state import ArrayState, State
from bloqs.simulation.program import Program
from estimator.costs.circuit import Circuit

Watch = Callable[[int, int], None]
"""Is told how many gates of a run are done, and how many there are."""


def unwatched(done: int, total: int) -> None:
    """Nobody wants to know."""


@frozen
class Final:
    """What is left after a run.

    Args:
        amplitudes: Array of shape (2**r, columns), where all work qubits are in zero.
        dirt: largest amplitude with a work qubit in one.
    """

    amplitudes: State
    dirt: float


class Loaded(Protocol):
    """A circuit that an engine has made ready."""

    def run(self, start: State | Sequence[int], seed: int, watch: Watch = unwatched) -> Final:
        """Run all columns.

        Args:
            start: Array of shape (2**q, columns), or one basis state for each column.
            seed: decides the outcomes of measurements.
            watch: is told how far the run has got.
        """


class Engine(Protocol):
    """A simulator of circuits."""

    @property
    def name(self) -> str:
        """One word."""

    @property
    def dtype(self) -> type[np.complexfloating]:
        """Precision of amplitudes unless another is asked for."""

    def load(self, circuit: Circuit, dtype: type[np.complexfloating]) -> Loaded:
        """Make a circuit ready.

        Raises:
            ValueError: if the engine cannot run this circuit, or not with that precision.
        """


@frozen
class ArrayEngine:
    """The engine of this project: `bloqs.simulation.array_state`."""

    name: str = field(default="array", init=False)

    @property
    def dtype(self) -> type[np.complexfloating]:
        return np.complex128

    def load(self, circuit: Circuit, dtype: type[np.complexfloating]) -> "LoadedArray":
        return LoadedArray(Program.of(circuit), len(circuit.placed), dtype)


@frozen
class LoadedArray:
    """A program with the precision that it runs in."""

    program: Program
    gates: int
    dtype: type[np.complexfloating]

    def run(self, start: State | Sequence[int], seed: int, watch: Watch = unwatched) -> Final:
        program = self.program
        columns = start.shape[1] if isinstance(start, np.ndarray) else len(start)
        state = ArrayState(self.dtype, columns, seed)
        if isinstance(start, np.ndarray):
            state.start_in(program.inputs, start)
        else:
            state.start_at(program.inputs, start)
        state.start_in_zero(program.zeros)
        return carried_out(program, state, self.gates, watch)


def carried_out(program: Program, state: ArrayState, gates: int, watch: Watch = unwatched) -> Final:
    """Run a program on a state that all its qubits are in; it has that many gates."""
    for done, instruction in program.instructions:
        if watch is not unwatched:
            watch(done, gates)
        instruction.act(state)
    watch(gates, gates)
    work = {*state.axis, *state.bit} - set(program.outputs)
    dirt = max((state.part_with(qubit, np.inf) for qubit in work), default=0.0)
    return Final(state.amplitudes(program.outputs), dirt)


ARRAY = ArrayEngine()
"""The engine that runs use unless another is named."""
