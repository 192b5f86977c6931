"""The published shifts: a Fourier transform, a combination with a projector, and products."""

from typing import Any

import numpy as np

from bloqs.convolution.kernel import Kernel, Padding
from bloqs.convolution.published_shift import ShiftFamily
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.operator_claim import OperatorClaim


def specification(m: int, s: int, wraps: bool, shares: bool) -> Any:
    """The shift by s pixels, periodic or with zeros coming in."""
    shift = np.roll(np.eye(2**m), s, axis=0) if wraps else np.eye(2**m, k=-s)
    return operator_specified(shift)


def other_padding(m: int, s: int, wraps: bool, shares: bool) -> Any:
    """Zeros come in where pixels wrap around, and the other way around."""
    return specification(m, s, not wraps, shares)


def simulate(m: int, s: int, wraps: bool, shares: bool) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    padding = Padding.CIRCULAR if wraps else Padding.SAME
    kernel = Kernel.of(np.ones((1, 1, 5, 5)), padding)
    bloq: Any = ShiftFamily(kernel, m, shares).shift(s)
    return operator_forms(bloq)


THEOREM = OperatorClaim(
    says="A Fourier transform, phases and its inverse shift a periodic image; from that and a "
    "projector, amplified with the sign made good, products encode the shifts with zeros coming "
    "in, exactly and with alpha 1.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"m": m, "s": s, "wraps": wraps, "shares": shares}
        for m, s, wraps, shares in (
            (1, 1, True, False),
            (2, -1, True, False),
            (3, 2, True, False),
            (1, 1, False, False),
            (2, -1, False, False),
            (2, 2, False, True),
            (2, -2, False, False),
        )
    ),
    false_twin=other_padding,
    twin_says="A periodic image has zeros coming in, one with zeros around it wraps.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. B.14, B.15, B.16, with the sign of Lem. B.4 corrected",
)
