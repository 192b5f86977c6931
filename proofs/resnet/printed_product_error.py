"""Printed: the error of a product of encodings, without the product of the two errors."""

import numpy as np

from bloqs.encodings.product_encoding import ProductEncoding
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.stated import StatedEncoding


def observe(alpha: float, e_A: float, e_B: float) -> Measurement:
    """Distance of two products of multiples of the identity, each part off by its error."""
    runs, meant = alpha * np.eye(2), (alpha + e_A) * np.eye(2)
    other, other_meant = np.eye(2), (1 + e_B) * np.eye(2)
    return Measurement(value=float(np.linalg.norm(meant @ other_meant - runs @ other, 2)))


def corrected(alpha: float, e_A: float, e_B: float) -> float:
    """The epsilon of our product."""
    parts = (StatedEncoding(alpha, e_A), StatedEncoding(1.0, e_B))
    return float(ProductEncoding(parts).epsilon)


ERRATUM = Erratum(
    says="The product of encodings with (alpha, e_A) and (beta, e_B) errs by at most "
    "alpha e_B + beta e_A.",
    corrected_says="It errs by up to alpha e_B + beta e_A + e_A e_B: .44 and not .40 for alphas 1 "
    "and errors .2.",
    see="encodings.product_error",
    relation="<=",
    observe=observe,
    printed=lambda alpha, e_A, e_B: alpha * e_B + e_A,
    corrected=corrected,
    instances=({"alpha": 1.0, "e_A": 0.2, "e_B": 0.2}, {"alpha": 3.0, "e_A": 0.1, "e_B": 0.5}),
    twin_says="The bound with the last term is what is printed.",
    source="[RHGPR25] Lem. B.1",
)
