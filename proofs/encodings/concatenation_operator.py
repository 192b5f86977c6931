"""Unary iteration over an index in equal superposition concatenates encoded vectors."""

from typing import Any

import numpy as np

from bloqs.encodings.concatenation import Concatenation
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.leaves import VectorLeaf
from proofs.operator_claim import OperatorClaim


def _parts(D: int) -> tuple[VectorLeaf, ...]:
    return tuple(VectorLeaf(j, 1, j % 3) for j in range(D))


def _normalised(vectors: list[Any]) -> Any:
    whole = np.concatenate(vectors)
    return vector_specified(whole / np.linalg.norm(whole))


def specification(D: int, is_published: bool) -> Any:
    """All vectors one after another, each divided by its alpha, then normalised."""
    return _normalised([part.block for part in _parts(D)])


def equal_weights(D: int, is_published: bool) -> Any:
    """All vectors with length one."""
    return _normalised([part.vector for part in _parts(D)])


def simulate(D: int, is_published: bool) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    return vector_forms(Concatenation(_parts(D), is_published))


THEOREM = OperatorClaim(
    says="D vector-encodings chosen by an index in equal superposition encode the vector of all "
    "psi_j / alpha_j, normalised by N, with alpha sqrt(D) / N; with D / N if the index is held in "
    "ancillas and found in zero.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"D": D, "is_published": is_published} for D in (2, 4) for is_published in (False, True)
    ),
    false_twin=equal_weights,
    twin_says="Every part has the same weight, whatever its alpha.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. 4, without the second Hadamard transform",
)
