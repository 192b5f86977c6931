"""Printed: the constant by which errors grow through erf(nu x)."""

from math import erf, pi, sqrt

from bloqs.qsvt.nonlinear_amplitudes import NonlinearAmplitudes
from bloqs.resnet.model.block_plan import lipschitz
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.stated import StatedVector

ERROR = 1e-3
"""Of the vector. Unit: 1, l2 norm."""


def observe(nu: float, alpha: float) -> Measurement:
    """Lip / N for the vector with a single entry 1 / alpha, whose image is erf(nu / alpha) long.

    As it stands in the error that the library states for an image: Lip e / (alpha N), for a vector
    encoded with alpha that errs by e.
    """
    steepest = lipschitz(nu)
    image = NonlinearAmplitudes(
        StatedVector(alpha, ERROR), None, 2, steepest, steepest, error=0.0, norm=erf(nu / alpha)
    )
    return Measurement(value=float(image.epsilon) / ERROR * alpha)


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
