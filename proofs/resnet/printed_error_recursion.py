"""Printed: how the error is shared among residual blocks."""

from proofs.claim import Measurement
from proofs.erratum import Erratum

GAIN = 712
"""By how much errors grow in one block, as published. Unit: 1."""


def observe(k: int) -> Measurement:
    """Error after k blocks, delta_i = 712 (delta_(i-1) + e_i), for e_i = eps / 1424**(k - i).

    In units of the error eps that is allowed.
    """
    delta = 0.0
    for i in range(1, k + 1):
        delta = GAIN * (delta + (2.0 * GAIN) ** (i - k))
    return Measurement(value=delta)


ERRATUM = Erratum(
    says="With errors e_i = eps / 1424**(k - i) of its polynomials, a network of k residual blocks "
    "errs by at most eps.",
    corrected_says="It errs by up to 1424 eps; e_i = eps / 1424**(k - i + 1) is what is needed.",
    see=None,
    relation="<=",
    observe=observe,
    printed=lambda k: 1.0,
    corrected=lambda k: 2.0 * GAIN,
    instances=({"k": 1}, {"k": 2}, {"k": 3}, {"k": 6}),
    twin_says="An error of up to 1424 eps is what is printed.",
    source="[RHGPR25] Lem. 7, proof",
)
