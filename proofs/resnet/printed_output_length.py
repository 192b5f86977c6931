"""Printed: the smallest length of the output block's sum."""

import numpy as np

from proofs.claim import Measurement
from proofs.erratum import Erratum


def observe(tau: float) -> Measurement:
    """1 - N**2 for N the length of tau psi + (1 - tau) phi with phi = -psi."""
    psi = np.array([0.6, 0.8])
    length = np.linalg.norm(tau * psi + (1 - tau) * -psi)
    return Measurement(value=float(1 - length**2))


ERRATUM = Erratum(
    says="N**2 >= tau**2 + (1 - tau)**2 + 2 tau (1 - tau) = 1 for the length N of "
    "tau psi + (1 - tau) phi, |phi| <= 1.",
    corrected_says="The sign of 2 tau (1 - tau) is minus: N >= 2 tau - 1, so N**2 may be "
    "4 tau (1 - tau) below 1.",
    see=None,
    relation="<=",
    observe=observe,
    printed=lambda tau: 0.0,
    corrected=lambda tau: 4 * tau * (1 - tau),
    instances=({"tau": 0.51}, {"tau": 0.8}),
    twin_says="The minus sign is what is printed.",
    source="[RHGPR25] Eq. (C.2)",
)
