"""Noise of a device for many inputs at once: Bloch vectors of products, and channels as matrices.

Only the first turn of each wire depends on the inputs; everything after it is one channel, whose
parts on one or two qubits are multiplied together and applied to all inputs.
"""

import math
from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

import cirq
import numpy as np
from attrs import define, frozen
from numpy.typing import ArrayLike, NDArray

from bloqs.contrastive.circuits.noisy_circuit import NoiseParts, noisy_circuit
from bloqs.contrastive.model.device_calibration import Calibration

Floats = NDArray[np.float64]

MEMORY = 2**31
"""What Bloch vectors of all samples that are worked on together may take. Unit: bytes."""

AT_ONCE = 16
"""Samples that are worked on together."""

PAULIS = (
    np.eye(2), np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1]),
)  # fmt: skip


@define
class Block:
    """Channels on one or two qubits, multiplied together.

    Args:
        places: axes.
        matrix: in the basis of Pauli words.
    """

    places: tuple[int, ...]
    matrix: Floats


@frozen(kw_only=True)
class NoisyBatch:
    """A circuit on a device, whose inputs are set later.

    Args:
        circuit: on numbered qubits, without measurements; the first gate of each wire is its input.
        start: qubit of each wire at the beginning.
        read: qubit of each wire at the end.
        calibration: of the device.
        parts: of the noise.
    """

    circuit: cirq.Circuit
    start: Sequence[int]
    read: Sequence[int]
    calibration: Calibration
    parts: NoiseParts

    @property
    def order(self) -> list[cirq.LineQubit]:
        """All qubits that are used."""
        wires = {cirq.LineQubit(k) for k in (*self.start, *self.read)}
        return sorted({*self.circuit.all_qubits(), *wires})

    def blocks(self) -> list[Block]:
        """What happens after the inputs.

        Raises:
            ValueError: if a wire does not begin with a turn about X.
        """
        axes = {qubit: k for k, qubit in enumerate(self.order)}
        waiting = {cirq.LineQubit(k) for k in self.start}
        found: list[Block | None] = []
        owner: dict[int, int] = {}
        for op in noisy_circuit(self.circuit, self.calibration, self.parts).all_operations():
            if len(op.qubits) == 1 and op.qubits[0] in waiting:
                if not isinstance(op.gate, cirq.XPowGate):
                    raise ValueError(f"the first gate of a wire is its input, got {op}")
                waiting.discard(op.qubits[0])
                continue
            places, matrix = tuple(axes[x] for x in op.qubits), _matrix(op.untagged.gate)
            last = [owner.get(x) for x in places]
            before = None if last[0] is None else found[last[0]]
            if len({*last}) == 1 and before is not None and {*places} <= {*before.places}:
                before.matrix = _widened(matrix, places, before.places) @ before.matrix
                continue
            for place, number in zip(places, last, strict=True):
                each = None if number is None else found[number]
                if each is not None and each.places == (place,):
                    matrix = matrix @ _widened(each.matrix, (place,), places)
                    found[number] = None  # type: ignore[index]
            owner |= dict.fromkeys(places, len(found))
            found.append(Block(places, matrix))
        return [each for each in found if each is not None]

    def chances(self, inputs: ArrayLike) -> Floats:
        """Of every string of the wires as it is read, wire 0 first; shape (samples, 2**W).

        Args:
            inputs: shape (samples, W). Unit: radians.

        Raises:
            ValueError: if the qubits used do not fit in memory.
        """
        rows = np.asarray(inputs, float)
        needed = 3 * 8 * AT_ONCE * 4 ** len(self.order)
        if needed > MEMORY:
            raise ValueError(
                f"noise on {len(self.order)} qubits needs {needed / 2**30:.4g} GiB, and "
                f"{MEMORY / 2**30:.4g} GiB are allowed; take fewer qubits"
            )
        blocks = self.blocks()
        return np.concatenate(
            [self._some(blocks, rows[k : k + AT_ONCE]) for k in range(0, len(rows), AT_ONCE)]
        )

    def _some(self, blocks: list[Block], rows: Floats) -> Floats:
        order = [each.x for each in self.order]
        state: Any = np.ones((len(rows), 1))
        for number in order:
            vector = np.tile([1.0, 0.0, 0.0, 1.0], (len(rows), 1))
            if number in self.start:
                angle = rows[:, list(self.start).index(number)]
                vector[:, 2], vector[:, 3] = -np.sin(angle), np.cos(angle)
            state = (state[:, :, None] * vector[:, None, :]).reshape(len(rows), -1)
        state = state.reshape(len(rows), *(4,) * len(order))
        for block in blocks:
            size, axes = len(block.places), [1 + k for k in block.places]
            matrix = block.matrix.reshape((4,) * (2 * size))
            state = np.tensordot(matrix, state, (range(size, 2 * size), axes))
            state = np.moveaxis(state, range(size), axes)
        for axis in range(len(order), 0, -1):  # words of I and Z; I alone where nothing is read
            is_read = order[axis - 1] in self.read
            state = np.take(state, [0, 3] if is_read else 0, axis)
        left = [k for k in order if k in self.read]
        state = np.moveaxis(state, [1 + left.index(k) for k in self.read], range(1, 1 + len(left)))
        for axis, number in enumerate(self.read, 1):
            readout = self.calibration.qubits[number].readout
            slope, offset = (readout.slope, readout.offset) if self.parts.readout else (1.0, 0.0)
            seen = np.array([[1.0, 0.0], [offset, slope]])
            matrix = np.array([[0.5, 0.5], [0.5, -0.5]]) @ seen
            state = np.moveaxis(np.tensordot(matrix, state, (1, axis)), 0, axis)
        found: Floats = np.clip(state.reshape(len(rows), -1), 0, None)
        return found


@cache
def _words(qubits: int) -> Any:
    return np.array([_kron(word) for word in product(PAULIS, repeat=qubits)])


def _kron(word: Sequence[Any]) -> Any:
    found = np.eye(1)
    for each in word:
        found = np.kron(found, each)
    return found


@cache
def _matrix(gate: cirq.Gate) -> Floats:
    """Of a channel, in the basis of Pauli words."""
    words = _words(cirq.num_qubits(gate))
    after = sum(k @ words @ k.conj().T for k in cirq.kraus(gate))
    found: Floats = np.einsum("iab,jba->ij", words, after).real / math.sqrt(len(words))
    return found


def _widened(matrix: Floats, places: tuple[int, ...], wanted: tuple[int, ...]) -> Floats:
    """The same on more qubits, or on the same in another order."""
    if places == wanted:
        return matrix
    if len(places) == 1:
        pair = (matrix, np.eye(4)) if places[0] == wanted[0] else (np.eye(4), matrix)
        found: Floats = np.asarray(np.kron(*pair), float)
        return found
    return matrix.reshape(4, 4, 4, 4).transpose(1, 0, 3, 2).reshape(16, 16)
