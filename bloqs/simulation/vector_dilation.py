"""A vector-encoding given by its amplitudes, for simulation."""

from functools import lru_cache
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import AbstractVectorEncoding
from bloqs.simulation.fast_gates import ReflectionGate
from bloqs.simulation.numbers import Numbers, numbers_of
from bloqs.simulation.runner import GATE_BY_GATE, encoded_vector
from bloqs.simulation.stand_in import AbstractStandIn, Replaces
from estimator.costs.circuit import Blocks

ROUNDING = 1e-9
"""Excess of a length over one that still counts as rounding."""


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
    amplitudes: Numbers = field(converter=numbers_of)
    alpha: float = 1.0
    epsilon: float = 0.0

    def __attrs_post_init__(self) -> None:
        shape = self.amplitudes.array.shape
        if len(shape) != 1:
            raise ValueError(f"a vector's dilation needs a vector, got an array of shape {shape}")
        size = shape[0]
        if size < 2 or size & (size - 1):
            raise ValueError(
                f"a vector's dilation needs a power of two >= 2 entries, got {size} entries"
            )
        if not self.alpha >= 1 or not self.epsilon >= 0:
            raise ValueError(
                f"a vector's dilation needs alpha >= 1 and epsilon >= 0, got alpha={self.alpha} "
                f"and epsilon={self.epsilon}"
            )
        if not np.isfinite(self.amplitudes.array).all():
            raise ValueError("a vector's dilation needs finite entries")
        norm = np.linalg.norm(self.amplitudes.array)
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
        return cls(Numbers.scaled(vector, alpha), alpha, epsilon)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return len(self.amplitudes).bit_length() - 1

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return 1

    @property
    def gate(self) -> ReflectionGate:
        return _gate(self.amplitudes)

    def __str__(self) -> str:
        return f"VectorDilation{'†' if self.is_adjoint else ''}(n={self.system_bitsize})"


@lru_cache(maxsize=64)
def _gate(amplitudes: Numbers) -> ReflectionGate:
    inside = amplitudes.array
    whole = np.zeros((len(inside), 2), dtype=np.complex128)
    whole[:, 0] = inside
    whole[0, 1] = np.sqrt(max(0.0, 1 - float(np.vdot(inside, inside).real)))
    flat = whole.reshape(-1)
    return ReflectionGate(flat / np.linalg.norm(flat))
