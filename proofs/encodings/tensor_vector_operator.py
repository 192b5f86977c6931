"""Two encoded vectors side by side encode their tensor product."""

from typing import Any

import numpy as np

from bloqs.encodings.tensor_vector import TensorVector
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.leaves import VectorLeaf
from proofs.operator_claim import OperatorClaim


def _parts(n: int, a: int, k: int, b: int) -> tuple[VectorLeaf, VectorLeaf]:
    return VectorLeaf(1, n, a), VectorLeaf(2, k, b)


def specification(**sizes: int) -> Any:
    """psi and phi multiplied, the index of psi on top."""
    psi, phi = _parts(**sizes)
    return vector_specified(np.kron(psi.vector, phi.vector))


def exchanged(**sizes: int) -> Any:
    """The index of phi on top."""
    psi, phi = _parts(**sizes)
    return vector_specified(np.kron(phi.vector, psi.vector))


def simulate(**sizes: int) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    return vector_forms(TensorVector(*_parts(**sizes)))


THEOREM = OperatorClaim(
    says="Two vector-encodings side by side encode the tensor product, with the product of their "
    "alphas and the sum of their ancillas.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        dict(zip(("n", "a", "k", "b"), sizes, strict=True))
        for sizes in ((1, 0, 1, 0), (1, 1, 2, 0), (2, 0, 1, 2))
    ),
    false_twin=exchanged,
    twin_says="The second vector's index is the more significant one.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. 3",
)
