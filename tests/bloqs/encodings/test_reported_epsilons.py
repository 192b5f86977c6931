"""Combinations whose error Qualtran understates: a counterexample each, and what ours claim.

Products and tensor products have theirs beside their other tests.
"""

import cirq
import numpy as np
import pytest
from attrs import frozen
from numpy.polynomial import chebyshev
from qualtran.bloqs.block_encoding import ChebyshevPolynomial, LCUBlockEncoding
from qualtran.bloqs.multiplexers.select_pauli_lcu import SelectPauliLCU
from qualtran.bloqs.state_preparation import StatePreparationAliasSampling

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.linear_combination import LinearCombination
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.qsvt.answers import chebyshev_phases
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.simulation.runner import encoded_matrix


def test_chebyshev_polynomial(stated):
    """T_16 of 1 and of .99, which err by .01: 1.64 apart, and .16 = 16 * .01 is reported.

    The square of the degree is a bound, 2.56; so is the one of every bounded polynomial, 6.4.
    """
    rough = stated(1.0, 0.01)
    coefficients = np.eye(17)[16]
    truth = abs(chebyshev.chebval(1.0, coefficients) - chebyshev.chebval(0.99, coefficients))
    assert truth == pytest.approx(1.64, abs=0.01)
    assert float(ChebyshevPolynomial(rough, 16).epsilon) == pytest.approx(0.16)
    ours = SingularValueTransform(rough, chebyshev_phases(16), 16, error=0.0)
    assert truth < 16**2 * 0.01 < float(ours.epsilon) == pytest.approx(6.4)


@pytest.mark.parametrize("degree", [2, 3, 5, 16])
def test_square_of_the_degree_bounds_chebyshev_polynomials(degree, rng, random_matrix):
    """T_d of the singular values, 200 draws: at most d^2 e, and d e is exceeded."""
    ratios = []
    coefficients = np.eye(degree + 1)[degree]
    for _ in range(200):
        e = 10 ** rng.uniform(-4, -1.5)
        A = random_matrix(3, 1 - e)
        near = A + e * A / np.linalg.norm(A, 2) if rng.integers(2) else A + random_matrix(3, e)
        outputs = []
        for B in (A, near):
            left, values, right = np.linalg.svd(B)
            first = left if degree % 2 else right.conj().T
            outputs.append((first * chebyshev.chebval(np.minimum(values, 1), coefficients)) @ right)
        ratios.append(np.linalg.norm(outputs[0] - outputs[1], 2) / e)
    assert degree < max(ratios) <= degree**2 * (1 + 1e-9)


def test_linear_combination():
    """The index is prepared with rounded probabilities: Qualtran reports 0, the truth is .05."""
    weights = np.array([0.5, 0.3, 0.2])
    prepare = StatePreparationAliasSampling.from_probabilities(weights.tolist(), precision=0.1)
    paulis = [cirq.DensePauliString(name) for name in "XZY"]
    select = SelectPauliLCU(2, 1, select_unitaries=paulis)
    size = 2**prepare.mu
    kept, shares = np.array(prepare.keep), np.zeros(3)
    for k, other in enumerate(prepare.alt):
        shares[k] += kept[k] / (3 * size)
        shares[other] += (size - kept[k]) / (3 * size)
    assert shares.sum() == pytest.approx(1)
    unitaries = [cirq.unitary(pauli) for pauli in paulis]
    off = sum((p - w) * U for p, w, U in zip(shares, weights, unitaries, strict=True))
    assert np.linalg.norm(off, 2) == pytest.approx(0.047, abs=1e-3)
    assert LCUBlockEncoding(select, prepare).epsilon == 0


@frozen
class Pair:
    """Weights of two projectors, and what they should add up to."""

    x: float
    y: float

    @property
    def encoding(self) -> LinearCombination:
        terms = ProjectorEncoding(0, 0, 1, swaps=False), ProjectorEncoding(1, 1, 1, swaps=False)
        return LinearCombination(terms, (self.x, self.y), 4, QROMLoader(), Rotation.BITWISE)


def test_ours_claims_the_rounding_of_the_index(rng):
    """Measured gate by gate at four bits of an angle: never zero, never above the claim."""
    gaps = []
    for _ in range(10):
        pair = Pair(*rng.uniform(0.1, 2, 2))
        gap = np.linalg.norm(encoded_matrix(pair.encoding) - np.diag([pair.x, pair.y]), 2)
        assert gap <= float(pair.encoding.epsilon)
        gaps.append(gap / float(pair.encoding.epsilon))
    assert max(gaps) > 0.1
