"""Rounds of amplification take a known singular value to one, whatever the input is."""

from typing import Any

import numpy as np

from bloqs.encodings.deamplified_encoding import DeamplifiedEncoding
from bloqs.encodings.oblivious_amplification import ObliviousAmplification
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.leaves import MatrixLeaf, unitary
from proofs.operator_claim import OperatorClaim

LONGER = 0.9
"""Alpha over that at which the rounds are exact; that of a round less is below it."""


def _factor(rounds: int) -> float:
    return float(1 / np.sin(np.pi / (2 * (2 * rounds + 1))))


def specification(rounds: int) -> Any:
    """The unitary itself."""
    return operator_specified(unitary(1, 3))


def alternating(rounds: int) -> Any:
    """(-1)**r times it: the sign of T_d."""
    wanted = -unitary(1, 3)
    return np.concatenate([wanted, np.eye(2), wanted])


def simulate(rounds: int) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled, for a unitary that is a little too long."""
    long = DeamplifiedEncoding(MatrixLeaf(3, 1.0, 1, 0), LONGER * _factor(rounds))
    return operator_forms(ObliviousAmplification.of_unitary(long))


THEOREM = OperatorClaim(
    says="r rounds take the singular value sin(pi / (2 d)), d = 2 r + 1, of an encoded unitary to "
    "one, with the sign (-1)**r made good; one above it, and below that of a round less, is first "
    "made shorter.",
    specification=specification,
    simulate=simulate,
    instances=({"rounds": 1}, {"rounds": 2}, {"rounds": 3}),
    false_twin=alternating,
    twin_says="The sign of T_d is dropped.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[GSLW18] Thm. 28",
)
