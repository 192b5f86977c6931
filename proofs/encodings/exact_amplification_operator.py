"""Three calls amplify singular values one half to one, with the sign made good."""

from typing import Any

import numpy as np

from bloqs.encodings.deamplified_encoding import DeamplifiedEncoding
from bloqs.encodings.exact_amplification import ExactAmplification
from bloqs.encodings.projector import ProjectorEncoding
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.operator_claim import OperatorClaim


def specification(i: int, j: int, n: int, swaps: bool) -> Any:
    """|i><j|."""
    return operator_specified(np.outer(np.eye(2**n)[i], np.eye(2**n)[j]))


def without_sign(i: int, j: int, n: int, swaps: bool) -> Any:
    """T_3(1/2) = -1."""
    wanted = np.outer(np.eye(2**n)[i], np.eye(2**n)[j])
    return np.concatenate([-wanted, np.eye(2**n), -wanted])


def simulate(i: int, j: int, n: int, swaps: bool) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled, for a projector made shorter by one half."""
    half = DeamplifiedEncoding(ProjectorEncoding(i, j, n, swaps), 2)
    return operator_forms(ExactAmplification(half))


THEOREM = OperatorClaim(
    says="If the singular values of A / alpha are 0 and 1/2, then U R U' R U with a sign of -1, R "
    "the reflection about zero of the ancillas, encodes A with alpha / 2 exactly.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"i": 0, "j": 1, "n": 1, "swaps": False},
        {"i": 1, "j": 2, "n": 2, "swaps": False},
        {"i": 3, "j": 0, "n": 2, "swaps": True},
    ),
    false_twin=without_sign,
    twin_says="The sequence needs no sign, since a global phase does not matter.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. B.4, with the opposite sign; [GSLW18] Thm. 28",
)
