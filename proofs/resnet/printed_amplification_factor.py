"""Printed: the factor of the singular-value amplification of a convolution."""

from typing import Any

import numpy as np

from bloqs.convolution.published_claims import amplification_factor
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.resnet.kernels import operator, random_kernel


def _norms(C: int, D: int) -> tuple[float, float]:
    """Sum of |K|, and spectral norm of the convolution of 4 x 4 images."""
    K: Any = random_kernel(C, C, D)
    return float(np.abs(K).sum()), float(np.linalg.norm(operator(K, 2), 2))


def observe(C: int, D: int) -> Measurement:
    """What the operator divided by the sum of |K| must be multiplied by to have norm one half."""
    total, norm = _norms(C, D)
    return Measurement(value=0.5 / (norm / total))


def printed(C: int, D: int) -> float:
    """|K|_1**(1/2) |C|_2."""
    total, norm = _norms(C, D)
    return total**0.5 * norm


def corrected(C: int, D: int) -> float:
    """|K|_1 / (2 |C|_2), by which the amplified convolution of the library is amplified."""
    return float(amplification_factor(*_norms(C, D)))


ERRATUM = Erratum(
    says="Amplification by gamma = |K|_1**(1/2) |C|_2 turns an encoding of C / |K|_1 into one of "
    "C / (2 |C|_2).",
    corrected_says="It takes gamma = |K|_1 / (2 |C|_2).",
    see="encodings.amplified_operator",
    relation="==",
    observe=observe,
    printed=printed,
    corrected=corrected,
    instances=({"C": 1, "D": 3}, {"C": 2, "D": 2}),
    twin_says="|K|_1 / (2 |C|_2) is what is printed.",
    source="[RHGPR25] Lem. 5, proof",
)
