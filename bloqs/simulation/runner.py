"""Run small bloqs on Cirq's state-vector simulator.

*Gate by gate* runs every elementary gate of the circuit: that is the evidence. *Block by block*
applies each sub-bloq of a class named in `blocks` as one Cirq gate, which is allowed only for
classes with a gate-by-gate test of their own. *Dilated* and *vector* runs have stand-ins in place
of tested encodings (`bloqs.simulation.partial_run`). `fidelity` names which of these a run was.
"""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

import cirq
import numpy as np
from attrs import frozen
from qualtran import Bloq

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.simulation.product_state import ProductState, State
from bloqs.simulation.stand_in import Fidelity, lowest_fidelity
from estimator.costs.circuit import Blocks, Circuit, circuit_of

MAX_QUBITS = 22
"""Registers plus work qubits of one run: a state of 64 MiB."""

IDLE = 16
"""A work qubit untouched for so many gates is worth taking out of the state. Unit: gates."""

NEGLIGIBLE = 1e-12
"""Amplitude of one below which a work qubit counts as back in zero during a run."""

GATE_BY_GATE: Blocks = MappingProxyType({})
"""No sub-bloq is left whole."""


@frozen
class Runner:
    """The circuit of one bloq, ready to run on many inputs.

    Args:
        bloq: of concrete size.
        whole: classes of the bloqs that the circuit has as one gate each.
        dtype: precision of the amplitudes; `complex64` halves time and memory at about 1e-6.

    Raises:
        ValueError: if the circuit needs more than `MAX_QUBITS` qubits.
    """

    bloq: Bloq
    circuit: Circuit
    whole: frozenset[type[Bloq]]
    dtype: type[np.complexfloating]

    @classmethod
    def of(
        cls,
        bloq: Bloq,
        blocks: Blocks = GATE_BY_GATE,
        dtype: type[np.complexfloating] = np.complex128,
    ) -> "Runner":
        whole: set[type[Bloq]] = set()

        def noted(part: Any) -> cirq.Gate:
            whole.add(type(part))
            return blocks[type(part)](part)

        circuit = circuit_of(bloq, blocks=dict.fromkeys(blocks, noted))
        runner = cls(bloq, circuit, frozenset(whole), dtype)
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
        return len(self.circuit.operations)

    @property
    def fidelity(self) -> Fidelity:
        return lowest_fidelity(self.whole)

    def run(self, start: State | int = 0, seed: int = 0) -> State:
        """Final state of the right registers.

        Args:
            start: number of a basis state of the left registers, or an array of shape (2**q,),
                q their total size; registers in signature order, each big-endian.
            seed: decides the outcomes of mid-circuit measurements.

        Returns:
            Array of shape (2**r,), r the total size of the right registers, same order.

        Raises:
            AssertionError: if a work qubit is not returned in zero.
        """
        ins, outs = self.circuit.inputs, self.circuit.outputs
        if isinstance(start, int | np.integer):
            amplitudes = np.zeros(2 ** len(ins), dtype=self.dtype)
            amplitudes[start] = 1
        else:
            amplitudes = np.asarray(start, dtype=self.dtype)
        state = ProductState(self.dtype, seed)
        state.start(ins, amplitudes)
        state.start_in_zero((set(outs) - set(ins)) | set(self.circuit.work))
        for op, idle in zip(self.circuit.operations, self._idle(), strict=True):
            cirq.act_on(op, state.product)
            for qubit in idle:
                state.part_with(qubit, NEGLIGIBLE)
        dirty = max((state.part_with(qubit) for qubit in set(state) - set(outs)), default=0.0)
        allowed = 1e-9 if self.dtype == np.complex128 else 1e-4
        if dirty > allowed:
            raise AssertionError(f"{self.bloq} leaves its work qubits dirty by {dirty}")
        return state.amplitudes(outs)

    def _idle(self) -> list[list[cirq.Qid]]:
        """The work qubits that each operation is, for a while, the last one to touch."""
        idle: list[list[cirq.Qid]] = []
        work = set(self.circuit.work)
        next_use: dict[cirq.Qid, int] = {}
        for k in range(len(self.circuit.operations) - 1, -1, -1):
            touched = work.intersection(self.circuit.operations[k].qubits)
            idle.append([q for q in touched if next_use.get(q, k + 2 * IDLE) - k > IDLE])
            next_use.update(dict.fromkeys(touched, k))
        return idle[::-1]


def encoded_matrix(
    bloq: AbstractBlockEncoding,
    blocks: Blocks = GATE_BY_GATE,
    columns: Iterable[int] | None = None,
    seed: int = 0,
) -> State:
    """The operator `bloq` encodes, `alpha` included, from one run per basis state.

    Args:
        bloq: of concrete size, without controls.
        blocks: as in `estimator.costs.circuit.circuit_of`; empty means gate by gate.
        columns: the columns wanted; all if `None`.
        seed: decides measurement outcomes; the result must not depend on it.

    Returns:
        Array of shape (2**system_bitsize, number of columns); column x is A|x>.

    Raises:
        ValueError: if the circuit is too large.
    """
    runner, flags = Runner.of(bloq, blocks), 2**bloq.ancilla_bitsize
    wanted = range(2**bloq.system_bitsize) if columns is None else columns
    found = [runner.run(x * flags, seed).reshape(-1, flags)[:, 0] for x in wanted]
    return float(bloq.alpha) * np.stack(found, axis=1)


def encoded_image(
    bloq: AbstractBlockEncoding, vector: State, blocks: Blocks = GATE_BY_GATE, seed: int = 0
) -> State:
    """The encoded operator applied to one vector: A v, from a single run.

    Args:
        bloq: of concrete size, without controls.
        vector: Array of shape (2**system_bitsize,), of any norm.
        blocks: as in `estimator.costs.circuit.circuit_of`; empty means gate by gate.
        seed: decides measurement outcomes; the result must not depend on it.

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
    final = Runner.of(bloq, blocks).run(start.reshape(-1), seed).reshape(-1, flags)
    return norm * float(bloq.alpha) * final[:, 0]


def encoded_vector(
    bloq: AbstractVectorEncoding, blocks: Blocks = GATE_BY_GATE, seed: int = 0
) -> State:
    """The vector `bloq` encodes, `alpha` included.

    Returns:
        Array of shape (2**system_bitsize,).

    Raises:
        ValueError: if the circuit is too large.
    """
    flags = 2**bloq.ancilla_bitsize
    final = Runner.of(bloq, blocks).run(0, seed).reshape(-1, flags)
    return float(bloq.alpha) * final[:, 0]


def measured(bloq: Bloq, blocks: Blocks = GATE_BY_GATE) -> dict[str, Any]:
    """What a run of `bloq` takes: its `qubits`, `gates` and `fidelity`."""
    runner = Runner.of(bloq, blocks)
    return {"qubits": runner.qubits, "gates": runner.gates, "fidelity": str(runner.fidelity)}
