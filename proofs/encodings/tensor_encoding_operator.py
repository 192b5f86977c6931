"""Block-encodings side by side encode the tensor product."""

from functools import reduce
from typing import Any

import numpy as np

from bloqs.encodings.tensor_encoding import TensorEncoding
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.leaves import MatrixLeaf
from proofs.operator_claim import OperatorClaim


def _product(left: Any, right: Any) -> Any:
    return np.kron(left, right)


def _factors(sizes: tuple[tuple[int, int], ...]) -> tuple[MatrixLeaf, ...]:
    return tuple(MatrixLeaf(k, 1.0 + k, n, a) for k, (n, a) in enumerate(sizes))


def specification(sizes: tuple[tuple[int, int], ...]) -> Any:
    """The Kronecker product, the first factor on top."""
    return operator_specified(reduce(_product, [leaf.matrix for leaf in _factors(sizes)]))


def exchanged(sizes: tuple[tuple[int, int], ...]) -> Any:
    """The last factor on top."""
    return operator_specified(reduce(_product, [leaf.matrix for leaf in _factors(sizes)[::-1]]))


def simulate(sizes: tuple[tuple[int, int], ...]) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    return operator_forms(TensorEncoding(_factors(sizes)))


THEOREM = OperatorClaim(
    says="Block-encodings side by side encode the tensor product, with the product of alphas and "
    "the sum of ancillas.",
    specification=specification,
    simulate=simulate,
    instances=({"sizes": ((1, 1), (1, 0))}, {"sizes": ((1, 1), (2, 2))}),
    false_twin=exchanged,
    twin_says="The last factor is the most significant one.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. B.2",
)
