"""A sequence with quarter-turn phases encodes the Chebyshev polynomial of an encoded operator."""

from typing import Any

import numpy as np
from numpy.polynomial.chebyshev import Chebyshev

from bloqs.qsvt.answers import chebyshev_phases
from bloqs.qsvt.transform import SingularValueTransform
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.leaves import MatrixLeaf
from proofs.operator_claim import OperatorClaim


def specification(n: int, a: int, degree: int) -> Any:
    """T_d of the singular values of A / alpha; for even d among the right singular vectors."""
    left, values, right = np.linalg.svd(MatrixLeaf(1, 2.0, n, a).matrix / 2)
    outputs = np.diag(Chebyshev.basis(degree)(values))
    return operator_specified((left if degree % 2 else right.conj().T) @ outputs @ right)


def shifted(n: int, a: int, degree: int) -> Any:
    """The polynomial of the next degree: one call too many."""
    return specification(n, a, degree + 1)


def simulate(n: int, a: int, degree: int) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    leaf, phases = MatrixLeaf(1, 2.0, n, a), chebyshev_phases(degree)
    return operator_forms(SingularValueTransform(leaf, phases, degree, error=0))


THEOREM = OperatorClaim(
    says="With quarter-turn phases between them, d calls of a block-encoding encode T_d of "
    "A / alpha, the Chebyshev polynomial of degree d of its singular values.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"n": n, "a": a, "degree": d}
        for n, a, d in ((1, 1, 1), (1, 2, 2), (2, 1, 3), (1, 3, 4), (1, 1, 7))
    ),
    false_twin=shifted,
    twin_says="One call more: the polynomial of the next degree.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[GSLW18] Lem. 9 and Thm. 17",
)
