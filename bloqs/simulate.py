"""Run small bloqs on Cirq's state-vector simulator.

*Gate by gate* runs every elementary gate of the circuit: that is the evidence. *Block by block*
applies each sub-bloq of a class named in `blocks` as one Cirq gate, which is allowed only for
classes with a gate-by-gate test of their own. `fidelity` names which of the two a call was.
"""

from collections.abc import Iterable, Iterator, Sequence
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

IDLE = 16
"""A work qubit untouched for so many gates is worth taking out of the state. Unit: gates."""

NEGLIGIBLE = 1e-12
"""Amplitude of one below which a work qubit counts as back in zero during a run."""

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
        if isinstance(start, int | np.integer):
            amplitudes = np.zeros(2 ** len(ins), dtype=self.dtype)
            amplitudes[start] = 1
        else:
            amplitudes = np.asarray(start, dtype=self.dtype)
        state = _Factors(self.dtype, seed)
        state.start(ins, amplitudes)
        state.start_in_zero((set(outs) - set(ins)) | set(self.circuit.work))
        for op, idle in zip(self.circuit.operations, self._idle(), strict=True):
            cirq.act_on(op, state.product)
            for qubit in idle:
                state.part_with(qubit, NEGLIGIBLE)
        dirty = max((state.part_with(qubit) for qubit in set(state) - set(outs)), default=0.0)
        assert dirty < 1e-4, f"{self.bloq} leaves its work qubits dirty by {dirty}"
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


class _Factors:
    """A state as a product of factors, so that a qubit costs memory only while it is entangled.

    Gates act on `product` as in Cirq's simulator, which joins factors where a gate acts on several
    and splits off what is measured. Beyond that, a qubit known to be in zero can be parted with.
    """

    def __init__(self, dtype: type[np.complexfloating], seed: int) -> None:
        self._dtype = dtype
        self._random = np.random.RandomState(seed)
        self._classical = cirq.ClassicalDataDictionaryStore()
        self._factor_of: dict[Any, Any] = {}
        self._add((), np.ones(1, dtype=dtype))
        self.product = cirq.SimulationProductState(self._factor_of, (), True, self._classical)

    def __iter__(self) -> Iterator[cirq.Qid]:
        return (qubit for qubit in self._factor_of if qubit is not None)

    def _add(self, qubits: Sequence[cirq.Qid], amplitudes: State) -> None:
        factor = cirq.StateVectorSimulationState(
            initial_state=np.ascontiguousarray(amplitudes).reshape((2,) * len(qubits)),
            qubits=qubits,
            dtype=self._dtype,
            prng=self._random,
            classical_data=self._classical,
        )
        self._factor_of.update(dict.fromkeys(qubits or (None,), factor))

    def start(self, qubits: Sequence[cirq.Qid], amplitudes: State) -> None:
        """Add qubits in a joint state; those in zero or one become factors of their own."""
        tensor = amplitudes.reshape((2,) * len(qubits))
        joint: list[cirq.Qid] = []
        for qubit in qubits:
            zero, one = np.moveaxis(tensor, len(joint), 0)
            if np.any(zero) and np.any(one):
                joint.append(qubit)
            else:
                bit = int(np.any(one))
                tensor = (zero, one)[bit]
                self._add((qubit,), np.eye(2, dtype=self._dtype)[bit])
        self._add(joint, self._scaled(tensor) if not joint else tensor)

    def start_in_zero(self, qubits: Iterable[cirq.Qid]) -> None:
        for qubit in sorted(qubits):
            self._add((qubit,), np.eye(2, dtype=self._dtype)[0])

    def part_with(self, qubit: cirq.Qid, tolerance: float | None = None) -> float:
        """Take `qubit`, in zero, out of its factor, and say how far from zero it was.

        With a `tolerance` the qubit stays, in a factor of its own, and a qubit further from zero
        than that is left where it is; without one it is given up in any case.
        """
        factor = self._factor_of[qubit]
        rest = [other for other in factor.qubits if other != qubit]
        zero, one = np.moveaxis(factor.target_tensor, factor.get_axes([qubit])[0], 0)
        away = float(np.max(np.abs(one)))
        if tolerance is None:
            del self._factor_of[qubit]
        elif not rest or away > tolerance:
            return away
        else:
            self.start_in_zero([qubit])
        self._add(rest, zero if rest else self._scaled(zero))
        return away

    def _scaled(self, number: State) -> State:
        """The scalar factor times a number."""
        return self._factor_of[None].target_tensor * number

    def amplitudes(self, qubits: Sequence[cirq.Qid]) -> State:
        """The whole state, on these qubits in this order."""
        whole = cirq.SimulationProductState(self._factor_of, qubits, True, self._classical)
        return whole.create_merged_state().target_tensor.reshape(-1)


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
