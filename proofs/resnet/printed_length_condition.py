"""Printed: how far the length of an encoded vector is from one, in the proof of normalisation."""

import numpy as np

from proofs.claim import Measurement
from proofs.erratum import Erratum

ALPHA = 2.0


def observe(e_0: float, e_1: float) -> Measurement:
    """|1 - alpha N| for an encoding of a unit vector with error e_0 along the vector.

    N is the length that the circuit leaves where the ancillas are zero; e_1 is the error that the
    normalisation may add, and plays no part.
    """
    psi = np.array([0.6, 0.8])
    left = (psi + e_0 * psi) / ALPHA
    return Measurement(value=float(abs(1 - ALPHA * np.linalg.norm(left))))


ERRATUM = Erratum(
    says="An encoding with error e_0 leaves a vector of length N with |1 - alpha N| <= e_1, e_1 "
    "the error of the normalisation.",
    corrected_says="|1 - alpha N| <= e_0, the error of the encoding.",
    see="qsvt.normalised_vector_error",
    relation="<=",
    observe=observe,
    printed=lambda e_0, e_1: e_1,
    corrected=lambda e_0, e_1: e_0,
    instances=({"e_0": 0.1, "e_1": 1e-3}, {"e_0": 0.01, "e_1": 0.01}),
    twin_says="The error of the encoding is what is printed.",
    source="[RHGPR25] Lem. B.8, proof",
)
