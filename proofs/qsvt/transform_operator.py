"""A sequence with quarter-turn phases encodes the Chebyshev polynomial of the amplitudes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.qsvt.algorithms import chebyshev_phases
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.simulate import encoded_matrix, measured
from proofs.claim import Measurement
from proofs.operator_claim import OperatorClaim


def _vector() -> NDArray[np.float64]:
    """Four amplitudes that 4-bit angles prepare without rounding, one of them negative."""
    x, y = np.cos(np.pi / 8), np.sin(np.pi / 8)
    return np.array([x * x, x * y, y * y, -y * x])


def specification(degree: int) -> Any:
    """T_d on the diagonal, by its recursion."""
    before, now = np.ones(4), _vector()
    for _ in range(degree - 1):
        before, now = now, 2 * _vector() * now - before
    return np.diag(now)


def shifted(degree: int) -> Any:
    """The polynomial of the next degree: one call too many."""
    return specification(degree + 1)


def simulate(degree: int) -> tuple[Any, Measurement]:
    """The encoded matrix, every gate executed."""
    vector = LoadedVector.of(_vector(), 4, QROMLoader(), Rotation.BITWISE)
    diagonal = DiagonalEncoding(vector)
    transform = SingularValueTransform(diagonal, chebyshev_phases(degree), degree, error=0)
    return encoded_matrix(transform), Measurement(value=0.0, **measured(transform))


THEOREM = OperatorClaim(
    says="With quarter-turn phases between them, d calls of a block-encoding encode T_d of it, the "
    "Chebyshev polynomial of degree d.",
    specification=specification,
    simulate=simulate,
    instances=tuple({"degree": degree} for degree in (1, 2, 3, 4, 7)),
    false_twin=shifted,
    twin_says="One call more: the polynomial of the next degree.",
    bound=lambda **_: 1e-11,
    norm="spectral",
    source="[GSLW18] Lem. 9 and Thm. 17",
)
