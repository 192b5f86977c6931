"""Printed: the constant by which errors grow through erf(nu x)."""

from math import erf, pi, sqrt

from proofs.claim import Measurement
from proofs.erratum import Erratum


def observe(nu: float, alpha: float) -> Measurement:
    """Lip / N for the vector with a single entry 1 / alpha, whose image is erf(nu / alpha) long."""
    return Measurement(value=2 * nu / sqrt(pi) / erf(nu / alpha))


ERRATUM = Erratum(
    says="The Lipschitz constant of erf(nu x) divided by the length N of the image of a vector of "
    "length 1 / alpha is at most 2 nu alpha for every nu >= 1/2.",
    corrected_says="It is at most 2 nu alpha / (sqrt(pi) erf(nu)), since N >= erf(nu) / alpha: "
    "up to 2.168 nu alpha, and at most 2 nu alpha only from nu = .551 on.",
    see=None,
    relation="<=",
    observe=observe,
    printed=lambda nu, alpha: 2 * nu * alpha,
    corrected=lambda nu, alpha: 2 * nu * alpha / (sqrt(pi) * erf(nu)),
    instances=(
        {"nu": 0.5, "alpha": 1.0},
        {"nu": 0.54, "alpha": 1.0},
        {"nu": 0.8, "alpha": 1.0},
        {"nu": 0.5, "alpha": 3.0},
    ),
    twin_says="The bound with erf(nu) is what is printed.",
    source="[RHGPR25] Lem. B.19",
)
