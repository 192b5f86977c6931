"""Run small bloqs on Cirq's state-vector simulator.

*Gate by gate* runs every elementary gate of the circuit: that is the evidence. *Block by block*
applies each sub-bloq of a class named in `blocks` as one Cirq gate, which is allowed only for
classes with a gate-by-gate test of their own. `fidelity` names which of the two a call was.
"""

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import cirq
import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from estimator.circuit import Blocks, Circuit, circuit_of

MAX_QUBITS = 22
"""Registers plus work qubits of one run: a state of 64 MiB."""

GATE_BY_GATE: Blocks = MappingProxyType({})
"""No sub-bloq is left whole."""

State = NDArray[np.complexfloating]


class Fidelity(StrEnum):
    """How much of a circuit a run executed."""

    GATE_BY_GATE = "gate by gate"
    BLOCK_BY_BLOCK = "block by block"


@frozen
class Runner:
    """The circuit of one bloq, ready to run on many inputs.

    Args:
        bloq: of concrete size.
        blocks: as in `estimator.circuit.circuit_of`.
        dtype: precision of the amplitudes; `complex64` halves time and memory at about 1e-6.

    Raises:
        ValueError: if the circuit needs more than `MAX_QUBITS` qubits.
    """

    bloq: Bloq
    circuit: Circuit
    blocks: Blocks
    dtype: type[np.complexfloating]

    @classmethod
    def of(
        cls,
        bloq: Bloq,
        blocks: Blocks = GATE_BY_GATE,
        dtype: type[np.complexfloating] = np.complex128,
    ) -> "Runner":
        circuit = circuit_of(bloq, blocks=blocks)
        runner = cls(bloq, circuit, blocks, dtype)
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
        return Fidelity.BLOCK_BY_BLOCK if self.blocks else Fidelity.GATE_BY_GATE

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
        others = sorted(set(outs) - set(ins)) + list(self.circuit.work)
        order = [*ins, *others]
        if isinstance(start, int):
            initial: State | int = start << len(others)
        else:
            initial = np.zeros((len(start), 2 ** len(others)), dtype=self.dtype)
            initial[:, 0] = start
            initial = initial.reshape(-1)
        final = cirq.Simulator(dtype=self.dtype, seed=seed).simulate(
            cirq.Circuit(self.circuit.operations), qubit_order=order, initial_state=initial
        )
        axes = {qubit: k for k, qubit in enumerate(order)}
        rest = [axes[qubit] for qubit in order if qubit not in set(outs)]
        tensor = final.final_state_vector.reshape((2,) * len(order))
        tensor = np.transpose(tensor, [axes[qubit] for qubit in outs] + rest)
        table = tensor.reshape(2 ** len(outs), -1)
        dirty = float(np.max(np.abs(table[:, 1:]), initial=0.0))
        assert dirty < 1e-4, f"{self.bloq} leaves its work qubits dirty by {dirty}"
        return table[:, 0]


def encoded_matrix(
    bloq: AbstractBlockEncoding,
    blocks: Blocks = GATE_BY_GATE,
    columns: Iterable[int] | None = None,
    seed: int = 0,
) -> State:
    """The operator `bloq` encodes, `alpha` included, from one run per basis state.

    Args:
        bloq: of concrete size, without controls.
        blocks: as in `estimator.circuit.circuit_of`; empty means gate by gate.
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
        blocks: as in `estimator.circuit.circuit_of`; empty means gate by gate.
        seed: decides measurement outcomes; the result must not depend on it.

    Returns:
        Array of shape (2**system_bitsize,).

    Raises:
        ValueError: if the circuit is too large, or the vector is zero or has the wrong length.
    """
    flags, norm = 2**bloq.ancilla_bitsize, float(np.linalg.norm(vector))
    if len(vector) != 2**bloq.system_bitsize or not norm > 0:
        raise ValueError(
            f"{bloq} needs a nonzero vector of length {2**bloq.system_bitsize}, "
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
