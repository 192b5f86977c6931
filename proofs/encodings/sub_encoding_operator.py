"""Qubits of an encoded vector's register can be read as flags."""

from typing import Any

import numpy as np

from bloqs.encodings.sub_encoding import SubEncoding
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.leaves import VectorLeaf
from proofs.operator_claim import OperatorClaim


def _left(n: int, a: int, flags: int, is_leading: bool) -> Any:
    whole = VectorLeaf(1, n, a).vector
    return whole[: len(whole) >> flags] if is_leading else whole[:: 2**flags]


def specification(n: int, a: int, flags: int, is_leading: bool) -> Any:
    """What the flags leave, normalised."""
    left = _left(n, a, flags, is_leading)
    return vector_specified(left / np.linalg.norm(left))


def other_end(n: int, a: int, flags: int, is_leading: bool) -> Any:
    """The flags at the other end of the register."""
    return specification(n, a, flags, not is_leading)


def simulate(n: int, a: int, flags: int, is_leading: bool) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    beta = float(1 / np.linalg.norm(_left(n, a, flags, is_leading)))
    return vector_forms(SubEncoding(VectorLeaf(1, n, a), flags, beta, 0, 0, is_leading))


THEOREM = OperatorClaim(
    says="Read f qubits of the register of an encoded vector as flags, and what is left where they "
    "are zero, 1 / beta long, is encoded with alpha beta.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"n": n, "a": a, "flags": flags, "is_leading": is_leading}
        for n, a, flags in ((2, 0, 1), (3, 1, 2))
        for is_leading in (False, True)
    ),
    false_twin=other_end,
    twin_says="The flags are taken from the other end of the register.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. B.10",
)
