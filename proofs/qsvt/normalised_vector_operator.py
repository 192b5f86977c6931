"""An odd polynomial of the length of an encoded vector, with the vector's phase kept."""

from typing import Any

from numpy.polynomial.chebyshev import Chebyshev

from bloqs.qsvt.answers import chebyshev_phases
from bloqs.qsvt.normalised_vector import NormalisedVector
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.leaves import VectorLeaf
from proofs.operator_claim import OperatorClaim


def specification(n: int, a: int, degree: int) -> Any:
    """T_d(1 / alpha) psi."""
    leaf = VectorLeaf(1, n, a)
    return vector_specified(float(Chebyshev.basis(degree)(1 / leaf.alpha)) * leaf.vector)


def two_calls_more(n: int, a: int, degree: int) -> Any:
    """The polynomial of two degrees more."""
    return specification(n, a, degree + 2)


def simulate(n: int, a: int, degree: int) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    bloq = NormalisedVector(VectorLeaf(1, n, a), chebyshev_phases(degree), degree, error=0.0)
    return vector_forms(bloq)


THEOREM = OperatorClaim(
    says="d calls of a vector-encoding, between phases on all its qubits and on its ancillas in "
    "turn, encode P(1 / alpha) psi with alpha 1, for the odd polynomial P of the phases.",
    specification=specification,
    simulate=simulate,
    instances=tuple({"n": n, "a": a, "degree": d} for n, a, d in ((1, 1, 1), (1, 2, 3), (2, 1, 5))),
    false_twin=two_calls_more,
    twin_says="The polynomial has two degrees more: there are as many phases inside as calls.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[RHGPR25] Lem. B.8, with a projected unitary encoding; [GSLW18] Thm. 27",
)
