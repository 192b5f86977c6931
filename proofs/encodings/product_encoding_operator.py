"""Block-encodings one after another encode the product, on ancillas of their own or shared."""

from typing import Any

import numpy as np

from bloqs.encodings.product_encoding import ProductEncoding
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.leaves import MatrixLeaf
from proofs.operator_claim import OperatorClaim


def _factors(sizes: tuple[int, ...]) -> tuple[MatrixLeaf, ...]:
    return tuple(MatrixLeaf(k, 1.0 + k, 1, a) for k, a in enumerate(sizes))


def specification(sizes: tuple[int, ...], shares: bool) -> Any:
    """The matrix product, the last factor applied first."""
    product: Any = np.eye(2)
    for factor in _factors(sizes):
        product = product @ factor.matrix
    return operator_specified(product)


def reversed_order(sizes: tuple[int, ...], shares: bool) -> Any:
    """The matrix product, the first factor applied first."""
    product: Any = np.eye(2)
    for factor in _factors(sizes):
        product = factor.matrix @ product
    return operator_specified(product)


def simulate(sizes: tuple[int, ...], shares: bool) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    return operator_forms(ProductEncoding(_factors(sizes), shares))


THEOREM = OperatorClaim(
    says="Block-encodings one after another encode the product with the product of alphas; on "
    "shared ancillas too, if one flag after each but the last keeps what failed.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"sizes": sizes, "shares": shares}
        for sizes in ((1, 1), (1, 2, 1), (2, 0, 3))
        for shares in (False, True)
    ),
    false_twin=reversed_order,
    twin_says="The first factor is applied first.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. B.1; [GSLW18] Lem. 53",
)
