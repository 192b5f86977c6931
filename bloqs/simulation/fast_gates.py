"""Whole parts of a circuit as one fast Cirq gate each, for runs that are not gate by gate."""

import abc
import cmath
from collections.abc import Iterator, Sequence
from typing import Any

import cirq
import numpy as np
from numpy.typing import NDArray

from bloqs.qsvt.nonzero_phase import NonzeroPhase
from bloqs.qsvt.nonzero_reflection import NonzeroReflection
from bloqs.qsvt.phase_pair import PhasePair
from bloqs.qsvt.projector_phase import ProjectorPhase

Matrix = NDArray[Any]


class DenseGate(cirq.Gate):
    """A unitary matrix, applied as one matrix product.

    Args:
        unitary: Array of shape (2**q, 2**q), real or complex, the first qubit the most significant.
            A real one costs half as much.
    """

    def __init__(self, unitary: NDArray[Any]) -> None:
        self.unitary = unitary

    def __pow__(self, power: Any) -> "DenseGate":
        return DenseGate(self.unitary.conj().T) if power == -1 else NotImplemented

    def _unitary_(self) -> NDArray[Any]:
        return self.unitary

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
    r"""A unitary that takes zero to a given vector, applied in time linear in its length.

    $-e^{i\theta} (1 - 2 w w^\dagger / w^\dagger w)$ with $w = |0\rangle + e^{-i\theta} v$, where
    $e^{i\theta}$ is the phase of the first entry of $v$; nothing cancels in $w$.

    Args:
        vector: Array of shape (2**q,), of length one.
        is_inverse: whether this is the inverse, which differs by the phase alone.
    """

    def __init__(self, vector: NDArray[np.complex128], is_inverse: bool = False) -> None:
        first = complex(vector[0])
        phase = first / abs(first) if first else 1.0 + 0.0j
        w = vector / phase
        w[0] += 1
        self.vector, self.is_inverse = vector, is_inverse
        self.unit = w / np.linalg.norm(w)
        self.phase = -(phase.conjugate() if is_inverse else phase)

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

    def __pow__(self, power: Any) -> "ReflectionGate":
        if power != -1:
            return NotImplemented
        return ReflectionGate(self.vector, not self.is_inverse)


class AbstractFactors(cirq.Gate, abc.ABC):
    """A diagonal gate that multiplies parts of the space, each where some qubits are zero or one.

    Subclasses are final and define `parts`.
    """

    @abc.abstractmethod
    def parts(self, qubits: Sequence[int]) -> Iterator[tuple[dict[int, int], complex]]:
        """Values of qubits, given in the order of the gate's, and the factor where they have them.

        The factors of all parts that a basis state is in are multiplied.
        """

    def _has_unitary_(self) -> bool:
        return True

    def _apply_unitary_(self, args: cirq.ApplyUnitaryArgs) -> Matrix:
        state = args.target_tensor
        for bits, factor in self.parts(list(args.axes)):
            part: list[Any] = [slice(None)] * state.ndim
            for axis, bit in bits.items():
                part[axis] = bit
            state[tuple(part)] *= factor
        return state


class FlagPhase(AbstractFactors):
    r"""The whole of a `ProjectorPhase`: $e^{i \phi (2 \Pi - 1)}$ on its registers.

    Args:
        phase: the bloq, without symbols.
    """

    def __init__(self, phase: ProjectorPhase) -> None:
        self.phase = phase

    def _num_qubits_(self) -> int:
        return int(self.phase.w) + int(self.phase.is_controlled) + int(self.phase.is_signed)

    def parts(self, qubits: Sequence[int]) -> Iterator[tuple[dict[int, int], complex]]:
        senses, flags = _senses(self.phase, qubits)
        for where, factor in senses:
            yield where, factor.conjugate()
            yield {**where, **dict.fromkeys(flags, 0)}, factor**2


class NonzeroFlagPhase(AbstractFactors):
    r"""The whole of a `NonzeroPhase` or `NonzeroReflection`, on its registers.

    Args:
        bloq: without symbols.
    """

    def __init__(self, bloq: NonzeroPhase | NonzeroReflection) -> None:
        self.bloq = bloq

    def _num_qubits_(self) -> int:
        return int(self.bloq.signature.n_qubits())

    def parts(self, qubits: Sequence[int]) -> Iterator[tuple[dict[int, int], complex]]:
        if isinstance(self.bloq, NonzeroReflection):
            control = {qubits[0]: 1} if self.bloq.is_controlled else {}
            yield from self._nonzero(control, qubits[len(control) :], 1.0, -1.0)
            return
        senses, rest = _senses(self.bloq, qubits)
        for where, factor in senses:
            yield from self._nonzero(where, rest, factor.conjugate(), factor)

    def _nonzero(
        self, where: dict[int, int], qubits: Sequence[int], outside: complex, inside: complex
    ) -> Iterator[tuple[dict[int, int], complex]]:
        """Two factors, inside and outside of the projector."""
        w = int(self.bloq.w)
        zero = {**where, **dict.fromkeys(qubits[:w], 0)}
        if outside != 1:
            yield where, outside
        yield zero, inside / outside
        yield {**zero, **dict.fromkeys(qubits[w:], 0)}, outside / inside


class FlagPhasePair(AbstractFactors):
    r"""The whole of a `PhasePair`, on its registers; without control, or where parity implies it.

    Args:
        pair: the bloq, without symbols.
    """

    def __init__(self, pair: PhasePair) -> None:
        self.pair = pair

    def _num_qubits_(self) -> int:
        return int(self.pair.signature.n_qubits())

    def parts(self, qubits: Sequence[int]) -> Iterator[tuple[dict[int, int], complex]]:
        rest = list(qubits)
        chosen = {rest.pop(0): 1} if self.pair.is_controlled else {}
        parity, sign, *flags = rest
        for odd, phi in enumerate((self.pair.phi, self.pair.phi_odd)):
            for back in (0, 1):
                where = {**chosen, parity: odd, sign: back}
                turn = cmath.exp(1j * float(phi) * (1 - 2 * back))
                yield where, turn.conjugate()
                yield {**where, **dict.fromkeys(flags, 0)}, turn**2


def _senses(
    phase: ProjectorPhase | NonzeroPhase, qubits: Sequence[int]
) -> tuple[list[tuple[dict[int, int], complex]], Sequence[int]]:
    r"""Where the phase is $\phi$ and where it is $-\phi$, each with $e^{i\phi}$; other qubits."""
    rest, turn = list(qubits), cmath.exp(1j * float(phase.phi))
    chosen = {rest.pop(0): 1} if phase.is_controlled else {}
    if not phase.is_signed:
        return [(chosen, turn)], rest
    sign = rest.pop(0)
    return [({**chosen, sign: 0}, turn), ({**chosen, sign: 1}, turn.conjugate())], rest
