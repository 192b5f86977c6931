"""Printed: how the cost of a layer normalisation grows with the length that must be restored."""

from bloqs.qsvt.normalised_vector import NormalisedVector
from estimator.polynomials.sign import sign_minimal_degree
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.stated import StatedVector

ERROR = 1e-2
FEWEST = 15
"""Calls for alpha' = 2. Unit: calls."""


def observe(alpha: float) -> Measurement:
    """Calls of the encoding in a normalisation of the smallest degree for `alpha`."""
    vector = StatedVector(alpha, epsilon=0.0)
    bloq = NormalisedVector(vector, None, sign_minimal_degree(1 / alpha, ERROR), ERROR)
    calls = bloq.calls
    return Measurement(value=float(calls[vector] + calls[vector.adjoint()]))


ERRATUM = Erratum(
    says="Normalisation with a promise alpha' calls the encoding O((1 / alpha') log(1 / e)) times: "
    "fewer times for a shorter vector.",
    corrected_says="It calls it O(alpha' log(1 / e)) times, for e = .01 in proportion to alpha' "
    "within a tenth.",
    see="qsvt.normalised_vector_operator",
    relation="==",
    observe=observe,
    printed=lambda alpha: FEWEST * 2 / alpha,
    corrected=lambda alpha: FEWEST * alpha / 2,
    instances=({"alpha": 2.0}, {"alpha": 10.0}, {"alpha": 37.0}),
    tolerance=0.1,
    twin_says="Growth in proportion to alpha' is what is printed.",
    source="[RHGPR25] Lem. B.8",
)
