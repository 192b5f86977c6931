"""Printed: how the cost of a layer normalisation grows with the length that must be restored."""

from estimator.polynomials.sign import sign_minimal_degree
from proofs.claim import Measurement
from proofs.erratum import Erratum

ERROR = 1e-2


def observe(alpha: float, longer: float) -> Measurement:
    """Degree for alpha' = `longer` over that for `alpha`."""
    degrees = [sign_minimal_degree(1 / x, ERROR) for x in (alpha, longer)]
    return Measurement(value=degrees[1] / degrees[0])


ERRATUM = Erratum(
    says="Normalisation with a promise alpha' calls the encoding O((1 / alpha') log(1 / e)) times: "
    "fewer times for a shorter vector.",
    corrected_says="It calls it O(alpha' log(1 / e)) times, in proportion to alpha' within a tenth "
    "of the ratio.",
    see="qsvt.normalised_vector_operator",
    relation="<=",
    observe=observe,
    printed=lambda alpha, longer: alpha / longer,
    corrected=lambda alpha, longer: 1.1 * longer / alpha,
    instances=({"alpha": 2.0, "longer": 10.0}, {"alpha": 10.0, "longer": 37.0}),
    twin_says="Growth in proportion to alpha' is what is printed.",
    source="[RHGPR25] Lem. B.8",
)
