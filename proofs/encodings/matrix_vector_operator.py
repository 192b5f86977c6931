"""An encoded operator after an encoded vector encodes their product."""

from typing import Any

import numpy as np

from bloqs.encodings.matrix_vector import MatrixVector
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.leaves import MatrixLeaf, VectorLeaf
from proofs.operator_claim import OperatorClaim


def _parts(n: int, a: int, b: int) -> tuple[MatrixLeaf, VectorLeaf]:
    return MatrixLeaf(1, 3.0, n, a), VectorLeaf(2, n, b)


def _normalised(vector: Any) -> Any:
    return vector_specified(vector / np.linalg.norm(vector))


def specification(n: int, a: int, b: int) -> Any:
    """A psi, normalised."""
    leaf, vector = _parts(n, a, b)
    return _normalised(leaf.matrix @ vector.vector)


def transposed(n: int, a: int, b: int) -> Any:
    """Rows and columns exchanged."""
    leaf, vector = _parts(n, a, b)
    return _normalised(leaf.matrix.T @ vector.vector)


def simulate(n: int, a: int, b: int) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    leaf, vector = _parts(n, a, b)
    norm = float(np.linalg.norm(leaf.matrix @ vector.vector))
    return vector_forms(MatrixVector(leaf, vector, norm))


THEOREM = OperatorClaim(
    says="A block-encoding with alpha run after a vector-encoding with beta, on ancillas of its "
    "own, encodes A psi with alpha beta / |A psi|.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"n": n, "a": a, "b": b} for n, a, b in ((1, 0, 0), (1, 1, 1), (2, 0, 2), (2, 1, 1))
    ),
    false_twin=transposed,
    twin_says="The transpose is applied: rows and columns are exchanged.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. 2",
)
