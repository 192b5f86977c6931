"""An even and an odd polynomial of an encoded operator by one alternating sequence."""

from typing import Any

import numpy as np
from numpy.polynomial.chebyshev import Chebyshev

from bloqs.qsvt.answers import chebyshev_phases
from bloqs.qsvt.general_transform import GeneralTransform
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.leaves import MatrixLeaf
from proofs.operator_claim import OperatorClaim

WEIGHTS = {"even": 1.0, "odd": 1.0}


def _leaf(n: int, a: int) -> MatrixLeaf:
    return MatrixLeaf(1, 2.0, n, a)


def _sum(n: int, a: int, even: int, odd: int) -> tuple[Any, Any]:
    """T_even among the right singular vectors of A / alpha, and T_odd from right to left."""
    left, values, right = np.linalg.svd(_leaf(n, a).matrix / 2)
    first, second = (np.diag(Chebyshev.basis(d)(values)) for d in (even, odd))
    return right.conj().T @ first @ right, left @ second @ right


def specification(n: int, a: int, even: int, odd: int) -> Any:
    """Both parts with weight one."""
    return operator_specified(sum(_sum(n, a, even, odd)))


def difference(n: int, a: int, even: int, odd: int) -> Any:
    """The odd part with a minus sign."""
    first, second = _sum(n, a, even, odd)
    return operator_specified(first - second)


def simulate(n: int, a: int, even: int, odd: int) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    bloq = GeneralTransform(
        _leaf(n, a),
        chebyshev_phases(even),
        chebyshev_phases(odd),
        max(even, odd),
        WEIGHTS["even"],
        WEIGHTS["odd"],
        0.0,
    )
    return operator_forms(bloq)


THEOREM = OperatorClaim(
    says="One sequence whose phases a parity qubit chooses encodes the sum of an even polynomial "
    "of A / alpha and an odd one with alpha the sum of their weights.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        dict(zip(("n", "a", "even", "odd"), sizes, strict=True))
        for sizes in ((1, 1, 2, 1), (1, 1, 2, 3), (1, 2, 4, 3))
    ),
    false_twin=difference,
    twin_says="The relative sign of the two parts can be dropped.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[GSLW18] Thm. 56, with one sequence for both parts",
)
