"""One flag, or as many fresh qubits as there are, encode the operator from one basis state to
another."""

from typing import Any

import numpy as np

from bloqs.encodings.projector import ProjectorEncoding
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.operator_claim import OperatorClaim


def specification(i: int, j: int, n: int, swaps: bool) -> Any:
    """|i><j|."""
    return operator_specified(np.outer(np.eye(2**n)[i], np.eye(2**n)[j]))


def exchanged(i: int, j: int, n: int, swaps: bool) -> Any:
    """|j><i|."""
    return specification(j, i, n, swaps)


def simulate(i: int, j: int, n: int, swaps: bool) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    return operator_forms(ProjectorEncoding(i, j, n, swaps))


THEOREM = OperatorClaim(
    says="The flag of a nonzero register, between flips, encodes |i><j| with alpha 1 exactly; so "
    "does the exchange with n fresh qubits.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"i": i, "j": j, "n": n, "swaps": swaps}
        for i, j, n in ((0, 1, 1), (1, 2, 2), (6, 1, 3))
        for swaps in (False, True)
    ),
    false_twin=exchanged,
    twin_says="The two states are exchanged.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. B.6 with two ancillas; both circuits are ours",
)
