"""Run small bloqs on Cirq's state-vector simulator.

*Gate by gate* runs every elementary gate of the circuit: that is the evidence. *Block by block*
applies each sub-bloq of a class named in `blocks` as one Cirq gate, which is allowed only for
classes with a gate-by-gate test of their own. *Dilated* and *vector* runs have stand-ins in place
of tested encodings (`bloqs.simulation.partial_run`). `fidelity` names which of these a run was.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

import cirq
import numpy as np
from attrs import frozen
from qualtran import Bloq

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.simulation.array_state import State
from bloqs.simulation.engine import ARRAY, Engine, Loaded, Watch, unwatched
from bloqs.simulation.stand_in import Fidelity, lowest_fidelity
from estimator.costs.circuit import Blocks, Circuit, circuit_of

MAX_QUBITS = 24
"""Registers plus work qubits of one run: a state of 256 MiB."""

LARGEST_TOGETHER = 2**20
"""Amplitudes of all basis states that go through a circuit with blocks together."""

LARGEST_TOGETHER_OF_GATES = 2**14
"""The same where every gate is run, which leaves most of a basis state's amplitudes zero."""

GATE_BY_GATE: Blocks = MappingProxyType({})
"""No sub-bloq is left whole."""


@frozen
class Runner:
    """The circuit of one bloq, ready to run on many inputs.

    Args:
        bloq: of concrete size.
        circuit: its circuit.
        whole: classes of the bloqs that the circuit has as one gate each.
        dtype: precision of the amplitudes; `complex64` halves time and memory at about 1e-6.
        engine: what runs the gates.

    Raises:
        ValueError: if the circuit needs more than `MAX_QUBITS` qubits, or the engine cannot run it.
    """

    bloq: Bloq
    circuit: Circuit
    whole: frozenset[type[Bloq]]
    dtype: type[np.complexfloating] = np.complex128
    engine: Engine = ARRAY

    @classmethod
    def of(
        cls,
        bloq: Bloq,
        blocks: Blocks = GATE_BY_GATE,
        dtype: type[np.complexfloating] | None = None,
        engine: Engine = ARRAY,
    ) -> "Runner":
        """The runner of a bloq.

        Args:
            bloq: of concrete size.
            blocks: as in `estimator.costs.circuit.circuit_of`; empty means gate by gate.
            dtype: as in the class; that of the engine if `None`.
            engine: what runs the gates.
        """
        whole: set[type[Bloq]] = set()

        def noted(part: Any) -> cirq.Gate:
            whole.add(type(part))
            return blocks[type(part)](part)

        circuit = circuit_of(bloq, blocks=dict.fromkeys(blocks, noted))
        runner = cls(bloq, circuit, frozenset(whole), dtype or engine.dtype, engine)
        if runner.qubits > MAX_QUBITS:
            raise ValueError(
                f"{bloq} needs {runner.qubits} qubits, more than the {MAX_QUBITS} that are "
                f"simulated here; choose a smaller instance"
            )
        return runner

    @property
    def qubits(self) -> int:
        """Register and work qubits of the run."""
        return len(set(self.circuit.inputs) | set(self.circuit.outputs)) + len(self.circuit.work)

    @property
    def gates(self) -> int:
        """Operations of one run."""
        return len(self.circuit.placed)

    @property
    def fidelity(self) -> Fidelity:
        return lowest_fidelity(self.whole)

    @cached_property
    def _loaded(self) -> Loaded:
        return self.engine.load(self.circuit, self.dtype)

    def run(self, start: State | int = 0, seed: int = 0, watch: Watch = unwatched) -> State:
        """Final state of the right registers.

        Args:
            start: number of a basis state of the left registers, or an array of shape (2**q,),
                q their total size; registers in signature order, each big-endian.
            seed: decides the outcomes of mid-circuit measurements.
            watch: is told how far the run has got.

        Returns:
            Array of shape (2**r,), r the total size of the right registers, same order.

        Raises:
            AssertionError: if a work qubit is not returned in zero.
        """
        if isinstance(start, int | np.integer):
            return self._run([int(start)], seed, watch)[:, 0]
        return self._run(np.asarray(start, dtype=self.dtype)[:, None], seed, watch)[:, 0]

    def columns(self, starts: Sequence[int], seed: int = 0) -> State:
        """Final states for several basis states, as in `run`.

        Small ones go through the circuit together, with the same outcomes of measurements.

        Returns:
            Array of shape (2**r, len(starts)).
        """
        most = LARGEST_TOGETHER if self.whole else LARGEST_TOGETHER_OF_GATES
        step = max(1, most >> self.qubits)
        parts = [starts[k : k + step] for k in range(0, len(starts), step)]
        found = [self._run(part, seed, unwatched) for part in parts]
        return np.concatenate(found, axis=1) if len(found) != 1 else found[0]

    def _run(self, start: State | Sequence[int], seed: int, watch: Watch) -> State:
        final = self._loaded.run(start, seed, watch)
        allowed = 1e-9 if self.dtype == np.complex128 else 1e-4
        if final.dirt > allowed:
            raise AssertionError(f"{self.bloq} leaves its work qubits dirty by {final.dirt}")
        return final.amplitudes


def encoded_matrix(
    bloq: AbstractBlockEncoding,
    blocks: Blocks = GATE_BY_GATE,
    columns: Iterable[int] | None = None,
    seed: int = 0,
    engine: Engine = ARRAY,
) -> State:
    """The operator `bloq` encodes, `alpha` included, from one run per basis state.

    Args:
        bloq: of concrete size, without controls.
        blocks: as in `estimator.costs.circuit.circuit_of`; empty means gate by gate.
        columns: the columns wanted; all if `None`.
        seed: decides measurement outcomes; the result must not depend on it.
        engine: what runs the gates.

    Returns:
        Array of shape (2**system_bitsize, number of columns); column x is A|x>.

    Raises:
        ValueError: if the circuit is too large.
    """
    runner, flags = Runner.of(bloq, blocks, engine=engine), 2**bloq.ancilla_bitsize
    wanted = range(2**bloq.system_bitsize) if columns is None else columns
    found = runner.columns([int(x) * flags for x in wanted], seed)
    return float(bloq.alpha) * found[::flags]


def encoded_image(
    bloq: AbstractBlockEncoding,
    vector: State,
    blocks: Blocks = GATE_BY_GATE,
    seed: int = 0,
    engine: Engine = ARRAY,
) -> State:
    """The encoded operator applied to one vector: A v, from a single run.

    Args:
        bloq: of concrete size, without controls.
        vector: Array of shape (2**system_bitsize,), of any norm.
        blocks: as in `estimator.costs.circuit.circuit_of`; empty means gate by gate.
        seed: decides measurement outcomes; the result must not depend on it.
        engine: what runs the gates.

    Returns:
        Array of shape (2**system_bitsize,).

    Raises:
        ValueError: if the circuit is too large, or the vector is zero, not finite or too long or
            short.
    """
    flags, norm = 2**bloq.ancilla_bitsize, float(np.linalg.norm(vector))
    if len(vector) != 2**bloq.system_bitsize or not 0 < norm < np.inf:
        raise ValueError(
            f"{bloq} needs a nonzero, finite vector of length {2**bloq.system_bitsize}, "
            f"got length {len(vector)} and norm {norm}"
        )
    start = np.zeros((len(vector), flags), dtype=np.complex128)
    start[:, 0] = vector / norm
    runner = Runner.of(bloq, blocks, engine=engine)
    final = runner.run(start.reshape(-1), seed).reshape(-1, flags)
    return norm * float(bloq.alpha) * final[:, 0]


def encoded_vector(
    bloq: AbstractVectorEncoding,
    blocks: Blocks = GATE_BY_GATE,
    seed: int = 0,
    engine: Engine = ARRAY,
) -> State:
    """The vector `bloq` encodes, `alpha` included.

    Returns:
        Array of shape (2**system_bitsize,).

    Raises:
        ValueError: if the circuit is too large.
    """
    flags = 2**bloq.ancilla_bitsize
    final = Runner.of(bloq, blocks, engine=engine).run(0, seed).reshape(-1, flags)
    return float(bloq.alpha) * final[:, 0]


def measured(bloq: Bloq, blocks: Blocks = GATE_BY_GATE) -> dict[str, Any]:
    """What a run of `bloq` takes: its `qubits`, `gates` and `fidelity`."""
    runner = Runner.of(bloq, blocks)
    return {"qubits": runner.qubits, "gates": runner.gates, "fidelity": str(runner.fidelity)}
