"""Columns beside their index, and the norms of columns undone, encode any matrix."""

from typing import Any

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.feedforward.circuits.dense_encoding import DenseEncoding
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.operator_claim import OperatorClaim

BITS = 40


def _matrix(rows: int, columns: int, dead: int) -> Any:
    """Signed entries; the last `dead` columns are zero."""
    matrix = np.random.default_rng(rows + 10 * columns).normal(size=(rows, columns))
    matrix[:, columns - dead :] = 0
    return matrix


def _filled(matrix: Any) -> Any:
    """In the corner of zeros, as many as fill a power of two."""
    size = 2
    while size < max(matrix.shape):
        size *= 2
    filled = np.zeros((size, size))
    filled[: matrix.shape[0], : matrix.shape[1]] = matrix
    return filled


def specification(rows: int, columns: int, dead: int) -> Any:
    """The matrix, filled up with zeros."""
    return operator_specified(_filled(_matrix(rows, columns, dead)))


def columns_by_length(rows: int, columns: int, dead: int) -> Any:
    """Columns that all have one length, as if the uniform vector were unprepared."""
    filled = _filled(_matrix(rows, columns, dead))
    lengths = np.linalg.norm(filled, axis=0)
    even = np.linalg.norm(filled) / np.sqrt(len(filled))
    return operator_specified(filled * even / np.where(lengths > 0, lengths, 1))


def _bloq(rows: int, columns: int, dead: int) -> DenseEncoding:
    matrix = _matrix(rows, columns, dead)
    return DenseEncoding.of(matrix, BITS, QROMLoader(), Rotation.BITWISE)


def simulate(**sizes: Any) -> tuple[Any, Measurement]:
    """Plain and controlled; each level of a tree of 40-bit angles is one gate."""
    return operator_forms(_bloq(**sizes), {RotationLevel: as_one_gate})


THEOREM = OperatorClaim(
    says="A column of W prepared beside its index, the exchange of both, and the norms of the "
    "columns unprepared encode W with its Frobenius norm as alpha.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"rows": rows, "columns": columns, "dead": dead}
        for rows, columns, dead in ((1, 2, 0), (2, 2, 1), (3, 2, 0), (2, 5, 2), (4, 4, 0))
    ),
    false_twin=columns_by_length,
    twin_says="The uniform vector can be unprepared in place of the norms.",
    bound=lambda **sizes: ROUNDING + float(_bloq(**sizes).epsilon),
    norm="spectral",
    source="[GSLW18] Lem. 50; the trees and their order are ours",
)
