"""A block-encoding given by its matrix, for simulation."""

from functools import lru_cache
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import AbstractBlockEncoding
from bloqs.simulation.fast_gates import DenseGate, Matrix
from bloqs.simulation.numbers import Numbers, numbers_of
from bloqs.simulation.runner import GATE_BY_GATE, encoded_matrix
from bloqs.simulation.stand_in import AbstractStandIn, Replaces
from estimator.costs.circuit import Blocks

ROUNDING = 1e-9
"""Excess of a norm over one that still counts as rounding."""


@frozen(cache_hash=True)
class Dilation(AbstractStandIn, AbstractBlockEncoding):
    r"""The unitary with a matrix $B$ in its corner: stands in for a tested block-encoding.

    With the flag as the more significant index, it is the completion
    $\begin{pmatrix} B & \sqrt{1 - B B^\dagger} \\ \sqrt{1 - B^\dagger B} & -B^\dagger
    \end{pmatrix}$ with one flag, whatever the ancillas of the circuit it replaces.

    Args:
        corner: the entries of $B$, real or complex, row by row, of size 2**n with n >= 1 and
            spectral norm at most 1.
        alpha: the encoded operator is alpha times B. Positive.
        epsilon: error of what is replaced (spectral norm), not below zero.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which encodes the adjoint.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).
        ancilla: QAny(1). Starts in zero; finding zero again flags success.

    Encodes: alpha B with the given alpha and epsilon (spectral norm).

    Cost: none can be asked for, and there is no circuit.

    Raises:
        ValueError: if the matrix is not square, its size no power of two above one, an entry not
            finite, its norm above one, alpha not positive or epsilon negative.

    Source: elementary; [GSLW18] Def. 43 is what it satisfies.
    """

    replaces = Replaces.BLOCK_ENCODING
    corner: Numbers = field(converter=numbers_of)
    alpha: float = 1.0
    epsilon: float = 0.0

    def __attrs_post_init__(self) -> None:
        shape = self.corner.array.shape
        if len(shape) != 2:
            raise ValueError(f"a dilation needs a matrix, got an array of shape {shape}")
        rows, length = shape
        if rows < 2 or rows & (rows - 1) or length != rows:
            raise ValueError(
                f"a dilation needs a square matrix of a power of two >= 2 rows, got {rows} rows "
                f"of length {length}"
            )
        if not self.alpha > 0 or not self.epsilon >= 0:
            raise ValueError(
                f"a dilation needs alpha > 0 and epsilon >= 0, got alpha={self.alpha} and "
                f"epsilon={self.epsilon}"
            )
        norm = _norm(self.corner)
        if not np.isfinite(norm):
            raise ValueError("a dilation needs finite entries")
        if norm > 1 + ROUNDING:
            raise ValueError(f"a dilation needs a matrix of norm at most alpha, got {norm} alpha")

    @classmethod
    def of(cls, encoding: AbstractBlockEncoding, blocks: Blocks = GATE_BY_GATE) -> "Dilation":
        """What takes the place of an encoding: its encoded matrix, alpha and epsilon.

        Args:
            encoding: of concrete size, without control; it is run on every basis state.
            blocks: as in `estimator.costs.circuit.circuit_of`, for that run.
        """
        matrix = encoded_matrix(encoding, blocks)
        return cls.of_matrix(matrix, float(encoding.alpha), float(encoding.epsilon))

    @classmethod
    def of_matrix(
        cls, matrix: NDArray[Any], alpha: float = 1.0, epsilon: float = 0.0
    ) -> "Dilation":
        """An encoding of an array of shape (2**n, 2**n) and of norm at most `alpha`."""
        return cls(Numbers.scaled(matrix, alpha), alpha, epsilon)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return len(self.corner).bit_length() - 1

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return 1

    @property
    def gate(self) -> DenseGate:
        return DenseGate(_unitary(self.corner))

    @property
    def inverse_gate(self) -> DenseGate:
        return DenseGate(_inverse(self.corner))

    def __str__(self) -> str:
        return f"Dilation{'†' if self.is_adjoint else ''}(n={self.system_bitsize})"


@lru_cache(maxsize=64)
def _parts(corner: Numbers) -> tuple[Matrix, NDArray[np.float64], Matrix]:
    """Singular vectors on the left, singular values, singular vectors on the right."""
    entries: Matrix = corner.array
    if not entries.imag.any():
        entries = entries.real
    left, values, right = np.linalg.svd(entries)
    return left, values, right


def _norm(corner: Numbers) -> float:
    return float(_parts(corner)[1][0]) if np.isfinite(corner.array).all() else np.inf


@lru_cache(maxsize=64)
def _unitary(corner: Numbers) -> Matrix:
    left, values, right = _parts(corner)
    values = np.minimum(values, 1.0)
    rest = np.sqrt(1 - values**2)
    size, back = len(corner), right.conj().T
    unitary = np.empty((size, 2, size, 2), dtype=left.dtype)
    unitary[:, 0, :, 0] = (left * values) @ right
    unitary[:, 0, :, 1] = (left * rest) @ left.conj().T
    unitary[:, 1, :, 0] = (back * rest) @ right
    unitary[:, 1, :, 1] = -(back * values) @ left.conj().T
    return unitary.reshape(2 * size, 2 * size)


@lru_cache(maxsize=64)
def _inverse(corner: Numbers) -> Matrix:
    return _unitary(corner).conj().T
