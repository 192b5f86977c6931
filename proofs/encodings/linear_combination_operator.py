"""Block-encodings chosen by a prepared index encode their linear combination, signs included."""

from typing import Any

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.encodings.linear_combination import LinearCombination
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.leaves import MatrixLeaf
from proofs.operator_claim import OperatorClaim

Weights = tuple[complex, ...]


def _terms(weights: Weights, exact: bool) -> tuple[MatrixLeaf, ...]:
    alphas = [1.0 if exact else 0.5 + k for k in range(len(weights))]
    return tuple(MatrixLeaf(k, alpha, 1, k % 2) for k, alpha in enumerate(alphas))


def specification(weights: Weights, exact: bool) -> Any:
    """The weighted sum of matrices."""
    terms = zip(weights, _terms(weights, exact), strict=True)
    return operator_specified(sum(w * term.matrix for w, term in terms))


def without_signs(weights: Weights, exact: bool) -> Any:
    """What roots of the weights in the preparation leave of them."""
    return specification(tuple(abs(w) for w in weights), exact)


def _bloq(weights: Weights, exact: bool) -> LinearCombination:
    bits = 4 if exact else 40
    return LinearCombination(_terms(weights, exact), weights, bits, QROMLoader(), Rotation.BITWISE)


def simulate(weights: Weights, exact: bool) -> tuple[Any, Measurement]:
    """Every gate where 4-bit angles are exact; else each level of a preparation is one gate."""
    blocks = {} if exact else {RotationLevel: as_one_gate}
    return operator_forms(_bloq(weights, exact), blocks)


def bound(weights: Weights, exact: bool) -> float:
    """Nothing but rounding where angles are exact, what the bloq claims elsewhere."""
    return ROUNDING + (0.0 if exact else float(_bloq(weights, exact).epsilon))


THEOREM = OperatorClaim(
    says="D block-encodings chosen by an index with amplitudes sqrt(|w_j| alpha_j / alpha), each "
    "with the phase of its weight, encode sum w_j A_j with alpha = sum |w_j| alpha_j.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"weights": (1.0, -1.0), "exact": True},
        {"weights": (1.0, -1.0, 2.0j), "exact": True},
        {"weights": (0.3, -2.0, 0.7 - 0.4j, 1.0, -0.1), "exact": False},
    ),
    false_twin=without_signs,
    twin_says="Roots of the weights are prepared and unprepared, which leaves their moduli.",
    bound=bound,
    norm="spectral",
    source="[RHGPR25] Lem. B.5 for positive weights; [GSLW18] Lem. 52",
)
