"""One call forwards and one backwards apply a matrix to the squared moduli of a vector."""

from typing import Any

import numpy as np
from attrs import evolve

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.encodings.squared_product import SquaredProduct
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.leaves import VectorLeaf
from proofs.operator_claim import OperatorClaim

BITS = 40


def _matrix(n: int, m: int) -> Any:
    matrix = np.random.default_rng(0).normal(size=(2**m, 2**n))
    return matrix / np.linalg.norm(matrix, 2)


def specification(n: int, m: int, a: int, is_published: bool) -> Any:
    """W |psi|^2, normalised."""
    image = _matrix(n, m) @ np.abs(VectorLeaf(1, n, a).vector) ** 2
    return vector_specified(image / np.linalg.norm(image))


def without_moduli(n: int, m: int, a: int, is_published: bool) -> Any:
    """W psi^2, the squares of complex numbers."""
    image = _matrix(n, m) @ VectorLeaf(1, n, a).vector ** 2
    return vector_specified(image / np.linalg.norm(image))


def _bloq(n: int, m: int, a: int, is_published: bool) -> SquaredProduct:
    vector, matrix = VectorLeaf(1, n, a), _matrix(n, m)
    norm = float(np.linalg.norm(matrix @ np.abs(vector.vector) ** 2))
    bloq = SquaredProduct.of(vector, matrix, norm, BITS, QROMLoader(), Rotation.BITWISE)
    return evolve(bloq, is_published=is_published)


def simulate(**sizes: Any) -> tuple[Any, Measurement]:
    """Plain and controlled; each level of a tree of 40-bit angles is one gate."""
    return vector_forms(_bloq(**sizes), {RotationLevel: as_one_gate})


THEOREM = OperatorClaim(
    says="Columns spread over the amplitudes of psi, and their norms undone by the inverse of the "
    "preparation, encode W |psi|^2 with alpha**2 / |W |psi|^2|.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"n": 1, "m": 1, "a": 0, "is_published": False},
        {"n": 1, "m": 2, "a": 1, "is_published": False},
        {"n": 2, "m": 1, "a": 1, "is_published": True},
    ),
    false_twin=without_moduli,
    twin_says="Amplitudes are squared as complex numbers, without their moduli.",
    bound=lambda **sizes: ROUNDING + float(_bloq(**sizes).epsilon),
    norm="spectral",
    source="[RHGPR25] Thm. B.1, without its projector",
)
