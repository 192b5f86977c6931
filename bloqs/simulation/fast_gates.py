"""Whole parts of a circuit as one fast Cirq gate each, for runs that are not gate by gate."""

from typing import Any

import cirq
import numpy as np
from numpy.typing import NDArray

from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.simulation.vector_dilation import Householder

Matrix = NDArray[np.complexfloating]


class DenseGate(cirq.Gate):
    """A unitary matrix, applied as one matrix product.

    Args:
        unitary: Array of shape (2**q, 2**q), real or complex, the first qubit the most significant.
            A real one costs half as much.
    """

    def __init__(self, unitary: Matrix | NDArray[np.float64]) -> None:
        self.unitary = unitary

    def _num_qubits_(self) -> int:
        return len(self.unitary).bit_length() - 1

    def _has_unitary_(self) -> bool:
        return True

    def _apply_unitary_(self, args: cirq.ApplyUnitaryArgs) -> Matrix:
        axes = list(args.axes)
        state = np.moveaxis(args.target_tensor, axes, range(len(axes)))
        flat = np.ascontiguousarray(state).reshape(len(self.unitary), -1)
        kind = flat.dtype
        if np.isrealobj(self.unitary):
            real = flat.real.dtype
            turned = (self.unitary.astype(real, copy=False) @ flat.view(real)).view(kind)
        else:
            turned = self.unitary.astype(kind, copy=False) @ flat
        return np.moveaxis(turned.reshape(state.shape), range(len(axes)), axes)


class ReflectionGate(cirq.Gate):
    r"""A `Householder`, with fewer passes over the state.

    Args:
        gate: $-e^{i \theta} (1 - 2 w w^\dagger / w^\dagger w)$ with $w = |0\rangle + e^{-i \theta}
            v$, $e^{i \theta}$ the phase of the first entry of $v$; or the inverse.
    """

    def __init__(self, gate: Householder) -> None:
        first = complex(gate.vector[0])
        phase = first / abs(first) if first else 1.0 + 0.0j
        w = gate.vector / phase
        w[0] += 1
        self.unit = w / np.linalg.norm(w)
        self.phase = -(phase.conjugate() if gate.is_inverse else phase)

    def _num_qubits_(self) -> int:
        return len(self.unit).bit_length() - 1

    def _has_unitary_(self) -> bool:
        return True

    def _apply_unitary_(self, args: cirq.ApplyUnitaryArgs) -> Matrix:
        axes = list(args.axes)
        state = np.moveaxis(args.target_tensor, axes, range(len(axes)))
        flat = np.ascontiguousarray(state).reshape(len(self.unit), -1)
        unit = self.unit.astype(flat.dtype)
        flat -= np.multiply.outer(2 * unit, unit.conj() @ flat)
        flat *= flat.dtype.type(self.phase)
        return np.moveaxis(flat.reshape(state.shape), range(len(axes)), axes)


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
