"""Whole parts of a circuit as one fast Cirq gate each, for runs that are not gate by gate."""

from typing import Any

import cirq
import numpy as np
from numpy.typing import NDArray

from bloqs.qsvt.projector_phase import ProjectorPhase

Matrix = NDArray[np.complexfloating]


class DenseGate(cirq.Gate):
    """A unitary matrix, applied as one matrix product.

    Args:
        unitary: Array of shape (2**q, 2**q), the first qubit the most significant.
    """

    def __init__(self, unitary: Matrix) -> None:
        self.unitary = unitary

    def _num_qubits_(self) -> int:
        return len(self.unitary).bit_length() - 1

    def _has_unitary_(self) -> bool:
        return True

    def _apply_unitary_(self, args: cirq.ApplyUnitaryArgs) -> Matrix:
        axes = list(args.axes)
        state = np.moveaxis(args.target_tensor, axes, range(len(axes)))
        flat = state.reshape(len(self.unitary), -1)
        turned = self.unitary.astype(flat.dtype, copy=False) @ flat
        return np.moveaxis(turned.reshape(state.shape), range(len(axes)), axes)

    def __pow__(self, power: Any) -> "DenseGate":
        if power != -1:
            return NotImplemented
        return DenseGate(self.unitary.conj().T)


class FlagPhase(cirq.Gate):
    r"""The whole of a `ProjectorPhase`: $e^{i \phi (2 \Pi - 1)}$ on its registers.

    Args:
        phase: the bloq, without symbols.
    """

    def __init__(self, phase: ProjectorPhase) -> None:
        self.phase = phase

    def _num_qubits_(self) -> int:
        return int(self.phase.w) + int(self.phase.is_controlled) + int(self.phase.is_signed)

    def _has_unitary_(self) -> bool:
        return True

    def _apply_unitary_(self, args: cirq.ApplyUnitaryArgs) -> Matrix:
        state = args.target_tensor
        axes = list(args.axes)
        turn = np.exp(1j * float(self.phase.phi))
        part: list[Any] = [slice(None)] * state.ndim
        if self.phase.is_controlled:
            part[axes.pop(0)] = 1
        signs: list[tuple[Any, complex]] = [(slice(None), turn)]
        if self.phase.is_signed:
            sign = axes.pop(0)
            signs = [(0, turn), (1, turn.conjugate())]
        for value, factor in signs:
            if self.phase.is_signed:
                part[sign] = value
            outside, inside = state[tuple(part)], list(part)
            for axis in axes:
                inside[axis] = 0
            outside *= factor.conjugate()
            state[tuple(inside)] *= factor**2
        return state
