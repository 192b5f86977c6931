"""As implemented in Qualtran: the error of a tensor product of encodings."""

import numpy as np
from qualtran.bloqs.block_encoding import TensorProduct

from bloqs.encodings.tensor_encoding import TensorEncoding
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.stated import StatedEncoding

Numbers = tuple[float, float]


def observe(alphas: Numbers, errors: Numbers) -> Measurement:
    """Distance of tensor products of multiples of the identity, each part off by its error."""
    runs = [alpha * np.eye(2) for alpha in alphas]
    meant = [(alpha + e) * np.eye(2) for alpha, e in zip(alphas, errors, strict=True)]
    return Measurement(value=float(np.linalg.norm(np.kron(*meant) - np.kron(*runs), 2)))


def implemented(alphas: Numbers, errors: Numbers) -> float:
    """The epsilon of Qualtran's bloq: the sum of alpha_i e_i."""
    parts = tuple(StatedEncoding(x, e) for x, e in zip(alphas, errors, strict=True))
    return float(TensorProduct(parts).epsilon)


def corrected(alphas: Numbers, errors: Numbers) -> float:
    """The epsilon of our bloq: each error with the other's alpha, and the product of both."""
    parts = tuple(StatedEncoding(x, e) for x, e in zip(alphas, errors, strict=True))
    return float(TensorEncoding(parts).epsilon)


ERRATUM = Erratum(
    says="A tensor product of encodings (alpha_i, e_i) has epsilon sum alpha_i e_i: .1 for (10, 0) "
    "and (1, .1).",
    corrected_says="Errors count with the alphas of the other parts: alpha_0 e_1 + alpha_1 e_0 + "
    "e_0 e_1, which is 1.0 there.",
    see="encodings.product_error",
    relation="<=",
    observe=observe,
    printed=implemented,
    corrected=corrected,
    instances=(
        {"alphas": (10.0, 1.0), "errors": (0.0, 0.1)},
        {"alphas": (1.0, 2.0), "errors": (0.2, 0.1)},
    ),
    twin_says="The epsilon with alphas exchanged is what is implemented.",
    source="[HKYPYMBR24] qualtran 0.7.0, block_encoding.TensorProduct",
)
