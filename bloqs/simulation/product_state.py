"""A state vector kept as a product of small ones for as long as its qubits are not entangled."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import cirq
import numpy as np
from numpy.typing import NDArray

State = NDArray[np.complexfloating]


class ProductState:
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
