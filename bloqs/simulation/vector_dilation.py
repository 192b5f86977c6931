"""A vector-encoding given by its amplitudes, for simulation."""

from functools import lru_cache
from typing import Any

import cirq
import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import AbstractVectorEncoding
from bloqs.simulation.runner import GATE_BY_GATE, encoded_vector
from bloqs.simulation.stand_in import AbstractStandIn, Replaces
from estimator.costs.circuit import Blocks

ROUNDING = 1e-9
"""Excess of a length over one that still counts as rounding."""


class Householder(cirq.Gate):
    r"""A unitary that takes zero to a given vector, applied in time linear in its length.

    $-e^{i\theta} (1 - 2 w w^\dagger / w^\dagger w)$ with $w = |0\rangle + e^{-i\theta} v$, where
    $e^{i\theta}$ is the phase of the first entry of $v$; nothing cancels in $w$.

    Args:
        vector: Array of shape (2**q,), of length one.
        is_inverse: whether this is the inverse, which differs by the phase alone.
    """

    def __init__(self, vector: NDArray[np.complex128], is_inverse: bool = False) -> None:
        first = vector[0]
        self.vector, self.is_inverse = vector, is_inverse
        phase = first / abs(first) if first else 1.0 + 0.0j
        self._w = vector / phase
        self._w[0] += 1
        self._phase = -(phase.conjugate() if is_inverse else phase)

    def _num_qubits_(self) -> int:
        return len(self.vector).bit_length() - 1

    def _has_unitary_(self) -> bool:
        return True

    def _apply_unitary_(self, args: cirq.ApplyUnitaryArgs) -> NDArray[np.complex128]:
        axes = list(args.axes)
        state = np.moveaxis(args.target_tensor, axes, range(len(axes)))
        flat = state.reshape(len(self._w), -1)
        length = float(np.vdot(self._w, self._w).real)
        along = self._w.conj() @ flat
        turned = self._phase * (flat - np.outer(2 * self._w / length, along))
        turned = turned.astype(flat.dtype, copy=False)
        return np.moveaxis(turned.reshape(state.shape), range(len(axes)), axes)

    def __pow__(self, power: Any) -> "Householder":
        if power != -1:
            return NotImplemented
        return Householder(self.vector, not self.is_inverse)


@frozen(cache_hash=True)
class VectorDilation(AbstractStandIn, AbstractVectorEncoding):
    r"""A unitary that prepares a vector behind one flag: stands in for a tested vector-encoding.

    Zero becomes $v |0\rangle + \sqrt{1 - \lVert v \rVert^2}\, |0\rangle |1\rangle$, the flag last;
    on other states it acts in some unitary way.

    Args:
        amplitudes: entries of $v$, real or complex, 2**n of them with n >= 1, of length at most 1.
        alpha: the encoded vector is alpha times v. At least 1.
        epsilon: error of what is replaced (l2 norm), not below zero.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(1). Starts in zero; finding zero again flags success.

    Encodes: alpha v with the given alpha and epsilon (l2 norm).

    Cost: none can be asked for, and there is no circuit.

    Raises:
        ValueError: if the number of amplitudes is no power of two above one, one is not finite,
            their length is above one, alpha is below one or epsilon negative.

    Source: [RHGPR25] Def. 3 is what it satisfies.
    """

    replaces = Replaces.VECTOR_ENCODING
    amplitudes: tuple[complex, ...]
    alpha: float = 1.0
    epsilon: float = 0.0

    def __attrs_post_init__(self) -> None:
        size = len(self.amplitudes)
        if size < 2 or size & (size - 1):
            raise ValueError(
                f"a vector's dilation needs a power of two >= 2 entries, got {size} entries"
            )
        if not self.alpha >= 1 or not self.epsilon >= 0:
            raise ValueError(
                f"a vector's dilation needs alpha >= 1 and epsilon >= 0, got alpha={self.alpha} "
                f"and epsilon={self.epsilon}"
            )
        vector = np.array(self.amplitudes)
        if not np.all(np.isfinite(vector)):
            raise ValueError("a vector's dilation needs finite entries")
        norm = np.linalg.norm(vector)
        if norm > 1 + ROUNDING:
            raise ValueError(
                f"a vector's dilation needs a vector of length at most alpha, got {norm} alpha"
            )

    @classmethod
    def of(
        cls, encoding: AbstractVectorEncoding, blocks: Blocks = GATE_BY_GATE
    ) -> "VectorDilation":
        """What takes the place of an encoding: its encoded vector, alpha and epsilon.

        Args:
            encoding: of concrete size, without control; it is run once.
            blocks: as in `estimator.costs.circuit.circuit_of`, for that run.
        """
        vector = encoded_vector(encoding, blocks)
        return cls.of_vector(vector, float(encoding.alpha), float(encoding.epsilon))

    @classmethod
    def of_vector(
        cls, vector: NDArray[Any], alpha: float = 1.0, epsilon: float = 0.0
    ) -> "VectorDilation":
        """An encoding of an array of shape (2**n,) and of length at most `alpha`."""
        entries = np.asarray(vector, dtype=np.complex128)
        if entries.ndim != 1:
            raise ValueError(
                f"a vector's dilation needs a vector, got an array of shape {entries.shape}"
            )
        scale = alpha if alpha > 0 else 1.0
        return cls(tuple(complex(x) / scale for x in entries), alpha, epsilon)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return len(self.amplitudes).bit_length() - 1

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return 1

    @property
    def gate(self) -> cirq.Gate:
        return _gate(self.amplitudes)

    def __str__(self) -> str:
        return f"VectorDilation{'†' if self.is_adjoint else ''}(n={self.system_bitsize})"


@lru_cache(maxsize=64)
def _gate(amplitudes: tuple[complex, ...]) -> Householder:
    inside = np.array(amplitudes)
    whole = np.zeros((len(inside), 2), dtype=np.complex128)
    whole[:, 0] = inside
    whole[0, 1] = np.sqrt(max(0.0, 1 - float(np.vdot(inside, inside).real)))
    flat = whole.reshape(-1)
    return Householder(flat / np.linalg.norm(flat))
