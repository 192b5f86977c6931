"""As implemented in Qualtran: the error of a Chebyshev polynomial of an encoding."""

import numpy as np
from numpy.polynomial.chebyshev import Chebyshev
from qualtran.bloqs.block_encoding import ChebyshevPolynomial

from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.stated import StatedEncoding


def observe(order: int, error: float) -> Measurement:
    """Distance of T_j(1) from T_j(1 - e): the singular value 1, off by e."""
    T = Chebyshev.basis(order)
    return Measurement(value=float(np.abs(T(1.0) - T(1.0 - error))))


def implemented(order: int, error: float) -> float:
    """The epsilon of Qualtran's bloq: j e."""
    return float(ChebyshevPolynomial(StatedEncoding(1.0, error), order).epsilon)


ERRATUM = Erratum(
    says="T_j of an encoding with alpha 1 and epsilon e has epsilon j e: .16 for j = 16, e = .01.",
    corrected_says="It has epsilon j**2 e, the slope of T_j at 1: T_16(1) and T_16(.99) are 1.64 "
    "apart.",
    see=None,
    relation="<=",
    observe=observe,
    printed=implemented,
    corrected=lambda order, error: order**2 * error,
    instances=({"order": 16, "error": 0.01}, {"order": 3, "error": 0.001}),
    twin_says="j**2 e is what is implemented.",
    source="[HKYPYMBR24] qualtran 0.7.0, block_encoding.ChebyshevPolynomial",
)
