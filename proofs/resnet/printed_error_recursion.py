"""Printed: how the error is shared among residual blocks."""

from collections.abc import Iterable

from bloqs.resnet.model.block_plan import PUBLISHED_GAIN, SHORTEST, Variant, budget
from proofs.claim import Measurement
from proofs.erratum import Erratum

GAIN = 712
"""By how much errors grow in one block, as published. Unit: 1."""


def _after(errors: Iterable[float]) -> float:
    """Error after blocks whose polynomials err so much, delta_i = 712 (delta_(i-1) + e_i)."""
    delta = 0.0
    for error in errors:
        delta = PUBLISHED_GAIN * (delta + error)
    return delta


def observe(k: int) -> Measurement:
    """Error after k blocks for e_i = eps / 1424**(k - i), in units of the error that is allowed.

    That is the error after k blocks for the errors that the library plans.
    """
    printed = [(2.0 * GAIN) ** (i - k) for i in range(1, k + 1)]
    planned = [budget(Variant.PUBLISHED, i, k, 1, SHORTEST)[0] for i in range(1, k + 1)]
    return Measurement(value=_after(printed) / _after(map(float, planned)))


ERRATUM = Erratum(
    says="With errors e_i = eps / 1424**(k - i) of its polynomials, a network of k residual blocks "
    "errs by at most eps.",
    corrected_says="It errs by up to 1424 (1 - 2**-k) eps; what is needed is "
    "e_i = eps / 1424**(k - i + 1).",
    see=None,
    relation="<=",
    observe=observe,
    printed=lambda k: 1.0,
    corrected=lambda k: 2.0 * GAIN * (1 - 0.5**k),
    instances=({"k": 1}, {"k": 2}, {"k": 3}, {"k": 6}),
    twin_says="An error of up to 1424 (1 - 2**-k) eps is what is printed.",
    source="[RHGPR25] Lem. 7, proof",
)
