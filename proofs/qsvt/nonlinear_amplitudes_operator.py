"""A polynomial of the amplitudes as a diagonal, applied to the vector itself."""

from typing import Any

import numpy as np
from numpy.polynomial.chebyshev import Chebyshev

from bloqs.qsvt.answers import chebyshev_phases
from bloqs.qsvt.nonlinear_amplitudes import NonlinearAmplitudes
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.leaves import VectorLeaf
from proofs.operator_claim import OperatorClaim

GAMMA = 2.0


def _image(n: int, a: int, degree: int) -> Any:
    """x gamma T_d(|x|) of every amplitude x; |x| because singular values have no sign."""
    block = VectorLeaf(1, n, a).block
    return GAMMA * block * Chebyshev.basis(degree)(np.abs(block))


def specification(n: int, a: int, degree: int) -> Any:
    """P(psi / alpha) with P(x) = x Q(x), normalised."""
    image = _image(n, a, degree)
    return vector_specified(image / np.linalg.norm(image))


def without_vector(n: int, a: int, degree: int) -> Any:
    """Q alone, as if the transformed operator were applied to equal amplitudes."""
    block = VectorLeaf(1, n, a).block
    image = Chebyshev.basis(degree)(np.abs(block)).astype(complex)
    return vector_specified(image / np.linalg.norm(image))


def simulate(n: int, a: int, degree: int) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    norm = float(np.linalg.norm(_image(n, a, degree)))
    leaf, phases = VectorLeaf(1, n, a), chebyshev_phases(degree)
    return vector_forms(NonlinearAmplitudes(leaf, phases, degree, GAMMA, 1.0, 0.0, norm))


THEOREM = OperatorClaim(
    says="With P(x) = x Q(x) and |Q| <= gamma, the transform of the diagonal of amplitudes by "
    "Q / gamma, applied to the vector, encodes P(psi / alpha) with alpha gamma / |P(psi / alpha)|.",
    specification=specification,
    simulate=simulate,
    instances=({"n": 1, "a": 0, "degree": 2}, {"n": 1, "a": 1, "degree": 4}),
    false_twin=without_vector,
    twin_says="The transformed diagonal is applied to equal amplitudes, not to the vector.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. B.18, with the diagonal of one call",
)
