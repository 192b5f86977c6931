"""Three calls with quarter-turn phases amplify small singular values nearly threefold."""

from typing import Any

import numpy as np

from bloqs.qsvt.amplified import AmplifiedEncoding
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.leaves import MatrixLeaf
from proofs.operator_claim import OperatorClaim

PHASES = (0.0, np.pi / 2, np.pi / 2, 0.0)
"""Of 3 x - 4 x**3."""


def specification(n: int, a: int) -> Any:
    """(alpha / 3) (3 B - 4 B B' B) for B = A / alpha."""
    leaf = MatrixLeaf(1, 2.0, n, a)
    B = leaf.matrix / 2
    return operator_specified(2 / 3 * (3 * B - 4 * B @ B.conj().T @ B))


def squared_twice(n: int, a: int) -> Any:
    """(alpha / 3) (3 B - 4 B B B): the middle call not inverted."""
    leaf = MatrixLeaf(1, 2.0, n, a)
    B = leaf.matrix / 2
    return operator_specified(2 / 3 * (3 * B - 4 * B @ B @ B))


def simulate(n: int, a: int) -> tuple[Any, Measurement]:
    """Every gate executed, plain and controlled."""
    leaf = MatrixLeaf(1, 2.0, n, a)
    return operator_forms(AmplifiedEncoding(leaf, PHASES, 3, gamma=3, norm=0.5, error=1.0))


THEOREM = OperatorClaim(
    says="A transform by P close to gamma x, read with alpha / gamma, encodes "
    "(alpha / gamma) P(A / alpha), which is A where P is exact.",
    specification=specification,
    simulate=simulate,
    instances=({"n": 1, "a": 1}, {"n": 2, "a": 1}, {"n": 1, "a": 2}),
    false_twin=squared_twice,
    twin_says="The middle call is not inverted.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="[GSLW18] Thm. 30; [RHGPR25] Lem. B.3",
)
