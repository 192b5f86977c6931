"""A vector plus the activation of a linear map of it, from one preparation."""

from typing import Any

import numpy as np
from scipy.special import erf

from bloqs.resnet.circuits.residual_block import MARGIN
from bloqs.resnet.circuits.residual_sum import ResidualSum
from estimator.phases.find import phases_of
from estimator.polynomials.erf import erf_error, erf_ratio_polynomial
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.operator_claim import OperatorClaim
from proofs.resnet.real_blocks import (
    left_whole,
    vector,
    vector_circuit,
    weights,
    weights_circuit,
)
from proofs.stated import StatedEncoding, StatedVector

SLOPE = 0.8
SCALE = 2 * SLOPE / np.sqrt(np.pi) * (1 + MARGIN)


def _sum(n: int) -> Any:
    return vector(n) + erf(SLOPE * (weights(n) @ vector(n)))


def specification(n: int, degree: int) -> Any:
    """psi + erf(4 W psi / 5), divided by its length."""
    return vector_specified(_sum(n) / np.linalg.norm(_sum(n)))


def activated_first(n: int, degree: int) -> Any:
    """psi + W erf(4 psi / 5), divided by its length."""
    total = vector(n) + weights(n) @ erf(SLOPE * vector(n))
    return vector_specified(total / np.linalg.norm(total))


def simulate(n: int, degree: int) -> tuple[Any, Measurement]:
    """Plain and controlled: every gate, or with a stand-in of the vector and one of the weights."""
    ratio = np.array(erf_ratio_polynomial(SLOPE, degree).coefficients)
    phases = tuple(map(float, phases_of(ratio / SCALE).reflection))
    length, error = float(np.linalg.norm(_sum(n))), erf_error(SLOPE, degree)
    parts = vector_circuit(n), weights_circuit(n)
    return vector_forms(ResidualSum(*parts, phases, degree, SCALE, error, length), left_whole(n))


def bound(n: int, degree: int) -> float:
    """What the sum claims for parts without an error: none of the angles is rounded."""
    length, error = float(np.linalg.norm(_sum(n))), erf_error(SLOPE, degree)
    parts = StatedVector(1.0, 0.0, n), StatedEncoding(1.0, 0.0, n)
    return float(ResidualSum(*parts, None, degree, SCALE, error, length).epsilon) + ROUNDING


THEOREM = OperatorClaim(
    says="One preparation of psi, with W and a transform of the diagonal of W psi under a turned "
    "flag, encodes psi + erf(4 W psi / 5) within sqrt(2**n) times its polynomial's error.",
    assumptions=("The vector and the weights are real.",),
    specification=specification,
    simulate=simulate,
    instances=({"n": 1, "degree": 5}, {"n": 1, "degree": 9}, {"n": 2, "degree": 9}),
    false_twin=activated_first,
    twin_says="The activation comes before the linear map.",
    bound=lambda **instance: np.sqrt(2) * bound(**instance),  # two of the three forms have it
    norm="spectral",
    source="[RHGPR25] Lem. 6 up to the sum, with balanced weights and a diagonal of one call",
)
