"""Linear combinations: operator with all its signs, error, control, cost, limits."""

import math

import cirq
import numpy as np
import pytest
from attrs import frozen
from qualtran.bloqs.block_encoding import LCUBlockEncoding
from qualtran.bloqs.multiplexers.select_pauli_lcu import SelectPauliLCU
from qualtran.bloqs.state_preparation import StatePreparationAliasSampling

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROAMLoader, QROMLoader
from bloqs.encodings.linear_combination import (
    LinearCombination,
    linear_combination_symbolic_example,
)
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.simulation.runner import encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_counting

BITWISE, GRADIENT = Rotation.BITWISE, Rotation.PHASE_GRADIENT
WEIGHTS = {
    "positive": (1.0, 3.0),
    "negative": (-1.0, 2.0),
    "both negative": (-0.5, -0.5),
    "imaginary": (2.0, 1.0j),
    "three": (1.0, -2.0, 0.5),
    "complex": (1.0 - 1.0j, 0.3, -1.0 + 0.2j),
    "with zero": (1.0, 0.0, 0.0, -2.0j),
    "five": (1.0, -2.0, 3.0j, -0.5, 0.25),
}


@pytest.fixture
def terms(diagonal):
    """Five operators on one qubit: Hermitian, not Hermitian, and one with alpha = 1.5."""
    flip = ProjectorEncoding(0, 1, 1, swaps=False)
    nested = LinearCombination((flip, flip.adjoint()), (1.0, -0.5), 4, QROMLoader(), BITWISE)
    return flip, diagonal(1.0, -2.0, b=4), nested, ProjectorEncoding(1, 0, 1, swaps=True), flip


def combined(terms, weights, b=4, rotation=BITWISE, loader=None):
    return LinearCombination(
        tuple(terms)[: len(weights)], weights, b, loader or QROMLoader(), rotation
    )


def rounded(squares, b):
    """Probabilities of the index: each half's share by an angle rounded to b bits."""
    if len(squares) == 1:
        return [1.0]
    half, unit = len(squares) // 2, 2 * math.pi / 2**b
    left, right = squares[:half], squares[half:]
    angle = round(math.atan2(math.sqrt(sum(right)), math.sqrt(sum(left))) / unit) * unit
    lower = [math.cos(angle) ** 2 * p for p in rounded(left, b)]
    return lower + [math.sin(angle) ** 2 * p for p in rounded(right, b)]


def encoded(bloq, b):
    """What the circuit encodes: signs and phases exact, probabilities rounded."""
    squares = [abs(w) * float(e.alpha) for w, e in zip(bloq.weights, bloq.encodings, strict=True)]
    padded = squares + [0.0] * (2 ** (len(squares) - 1).bit_length() - len(squares))
    total = np.zeros((2, 2), dtype=complex)
    for share, w, e in zip(rounded(padded, b), bloq.weights, bloq.encodings, strict=False):
        if w != 0:
            total += share * w / abs(w) * encoded_matrix(e) / float(e.alpha)
    return sum(squares) * total


@pytest.mark.parametrize("name", WEIGHTS)
def test_encodes_the_combination(name, terms):
    """Gate by gate, against rounded probabilities; the inverse encodes the conjugate transpose."""
    bloq = combined(terms, WEIGHTS[name])
    wanted = encoded(bloq, 4)
    np.testing.assert_allclose(encoded_matrix(bloq), wanted, atol=1e-6)
    np.testing.assert_allclose(encoded_matrix(bloq.adjoint()), wanted.conj().T, atol=1e-6)
    exact = [np.array([[0, 1], [0, 0]]), np.diag([1, -2]) / np.sqrt(5)]
    exact += [exact[0] - 0.5 * exact[0].T, exact[0].T, exact[0]]
    meant = sum(w * A for w, A in zip(bloq.weights, exact, strict=False))
    assert np.linalg.norm(wanted - meant, 2) <= float(bloq.epsilon)


@pytest.mark.parametrize("rotation", Rotation)
def test_exact_angles_leave_no_rounding(rotation, terms):
    """Equal shares are angles of an eighth of a turn."""
    flips = (terms[0], terms[3])
    bloq = combined(flips, (1.0, -1.0), rotation=rotation)
    np.testing.assert_allclose(encoded_matrix(bloq), [[0, 1], [-1, 0]], atol=1e-6)


def test_alpha_and_ancillas(terms, stated):
    bloq = combined(terms, (1.0, -2.0, 2.0j))
    assert float(bloq.alpha) == pytest.approx(1 + 2 + 2 * 1.5)
    assert bloq.ancilla_bitsize == 2 + 2
    parts = tuple(stated(1, 0, 3, a) for a in (5, 0, 7))
    assert combined(parts, (1.0, 1.0, 1.0)).ancilla_bitsize == 2 + 7


@pytest.mark.parametrize("name", ["negative", "imaginary", "complex", "five"])
def test_control(name, terms, switches):
    """The preparations are not controlled, and off is still the identity on every state."""
    switches(combined(terms, WEIGHTS[name]))


def test_control_of_the_inverse(terms, switches):
    switches(combined(terms, WEIGHTS["imaginary"]).adjoint())


@pytest.mark.parametrize("rotation", Rotation)
@pytest.mark.parametrize(
    "name",
    [
        *("positive", "imaginary", "with zero", "five"),
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in ("negative", "both negative", "three", "complex")
        ),
    ],
)
def test_claimed_cost_is_counted_cost(name, rotation, terms, costs_agree):
    costs_agree(combined(terms, WEIGHTS[name], 5, rotation))


def test_claimed_cost_with_another_memory(terms, costs_agree):
    costs_agree(combined(terms, WEIGHTS["five"], 5, GRADIENT, QROAMLoader(1)))


def test_signs_cost_nothing_and_phases_a_rotation(terms):
    plain, signed, turned = (
        cost_by_counting(combined(terms, (1.0, w, 1.0))) for w in (2.0, -2.0, 2.0j)
    )
    assert signed == plain
    assert turned.rotations == plain.rotations + 1


def test_control_costs_one_and_no_more(terms):
    """The choice gets one more AND; the encodings have controls in any case."""
    bloq = combined(terms, WEIGHTS["five"])
    costs = [cost_by_counting(form) for form in (bloq, bloq.controlled())]
    assert costs[1].toffoli == costs[0].toffoli + 1
    assert costs[1].rotations == costs[0].rotations


@pytest.mark.parametrize(("n", "b"), [(3, 4), (3, 6)])
def test_symbolic_cost(n, b, diagonal, substitutes):
    part = diagonal(*np.arange(1.0, 2**n + 1), b=b, rotation=GRADIENT)
    terms = (part, part.adjoint(), part)
    concrete = LinearCombination(terms, (1.0, -2.0, 0.5j), b, QROMLoader(), GRADIENT)
    symbolic = linear_combination_symbolic_example.make()
    values = {symbols.n: n, symbols.b: b, symbols.gamma: 1.0, symbols.kappa: 2.0}
    substitutes(symbolic, values, concrete)
    assert float(symbolic.alpha.subs(values)) == pytest.approx(float(concrete.alpha))
    assert float(symbolic.epsilon.subs(values)) == pytest.approx(float(concrete.epsilon))


def test_printed_roots_of_the_weights_lose_their_signs(diagonal):
    """Lemma B.5 prepares sqrt(b_j) and unprepares by the inverse: b_j becomes |b_j|.

    For b = (1, -1) and the identity and Z the printed circuit encodes 2 |0><0| instead of
    2 |1><1|, an error of 2 = alpha; for b = (1, i) it encodes 1 + Z instead of 1 + i Z.
    """
    identity, Z = np.eye(2), np.diag([1.0, -1.0])
    for b, distance in (((1, -1), 2.0), ((1, 1j), math.sqrt(2))):
        root = np.sqrt(np.array(b, dtype=complex)) / np.sqrt(2)
        U_b = np.array([[root[0], -root[1].conj()], [root[1], root[0].conj()]])
        select = np.kron(np.diag([1, 0]), identity) + np.kron(np.diag([0, 1]), Z)
        prepare = np.kron(U_b, identity)
        printed = 2 * (prepare.conj().T @ select @ prepare)[:2, :2]
        np.testing.assert_allclose(printed, identity + Z, atol=1e-12)
        wanted = b[0] * identity + b[1] * Z
        assert np.linalg.norm(printed - wanted, 2) == pytest.approx(distance)

    pair = diagonal(1.0, 0.0), diagonal(0.0, 1.0)
    found = encoded_matrix(combined(pair, (1.0, -1.0)))
    np.testing.assert_allclose(found, Z, atol=1e-6)


def test_error_is_never_exceeded(stated, random_matrix, rng):
    """Random parts, errors, weights, and angles of the index off by up to half a unit."""
    ratios = []
    for _ in range(400):
        count, b = int(rng.integers(2, 5)), int(rng.integers(4, 8))
        alphas, errors = rng.uniform(0.2, 5, count), rng.uniform(0, 0.3, count)
        weights = rng.normal(size=count) + 1j * rng.normal(size=count)
        parts = [stated(x, e) for x, e in zip(alphas, errors, strict=True)]
        bloq = combined(parts, tuple(weights), b)
        squares = np.zeros(2 ** (count - 1).bit_length())
        squares[:count] = np.abs(weights) * alphas
        shares = off_by_half_a_unit(squares, b, rng)[:count]
        wrong = right = np.zeros((3, 3), dtype=complex)
        same = random_matrix(3, 1.0)
        for share, w, alpha, error in zip(shares, weights, alphas, errors, strict=True):
            block = same if rng.integers(2) else random_matrix(3, 1.0)
            block = block * (np.conj(w) / abs(w) if rng.integers(2) else 1)
            wrong = wrong + float(bloq.alpha) * share * w / abs(w) * block
            right = right + w * (alpha * block + random_matrix(3, error))
        ratios.append(np.linalg.norm(wrong - right, 2) / float(bloq.epsilon))
    print("max ratio", max(ratios))
    assert 0.2 < max(ratios) <= 1


def off_by_half_a_unit(squares, b, rng):
    """Probabilities when each angle of the tree is off by pi / 2^b one way or the other."""
    if len(squares) == 1:
        return np.ones(1)
    left, right = np.split(squares, 2)
    off = math.pi / 2**b * rng.choice([-1, 1])
    angle = math.atan2(math.sqrt(right.sum()), math.sqrt(left.sum())) + off
    if right.sum() == 0:
        angle = 0.0
    parts = [off_by_half_a_unit(part, b, rng) for part in (left, right)]
    return np.concatenate([math.cos(angle) ** 2 * parts[0], math.sin(angle) ** 2 * parts[1]])


def test_inherited_error_is_attained(stated):
    """Errors in phase with the weights add up; what is left is the rounding alone."""
    bloq = combined([stated(2, 0.1), stated(1, 0.3)], (1.0, -2.0))
    worst = abs(1.0) * 0.1 + abs(-2.0) * 0.3
    rounding = 2 * 4 * 1 * math.pi / 2**4
    assert float(bloq.epsilon) == pytest.approx(worst + rounding)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ((1.0,), "2 encodings need as many weights, got 1"),
        ((0.0, 0.0), "needs a weight that is not zero"),
        ((1.0, math.nan), "weights must be finite"),
        ((1.0, complex(0, math.inf)), "weights must be finite"),
    ],
)
def test_refuses_weights(stated, weights, message):
    with pytest.raises(ValueError, match=message):
        LinearCombination((stated(1, 0),) * 2, weights, 4, QROMLoader(), BITWISE)


def test_refuses_parts(stated, diagonal):
    with pytest.raises(ValueError, match=r"needs at least 2 encoding\(s\), got 1"):
        combined([stated(1, 0)], (1.0,))
    with pytest.raises(ValueError, match="equal size, got 1 and 2 system qubits"):
        combined([stated(1, 0, 1), stated(1, 0, 2)], (1.0, 1.0))
    with pytest.raises(ValueError, match="has a control"):
        combined([diagonal(1.0, 2.0).controlled()] * 2, (1.0, 1.0))
    with pytest.raises(ValueError, match="errors >= 0, got epsilon=-1"):
        combined([stated(1, -1)] * 2, (1.0, 1.0))
    with pytest.raises(ValueError, match="at least b = 4 bits of angle, got b=3"):
        combined([stated(1, 0)] * 2, (1.0, 1.0), 3)


def test_qualtran_forgets_the_rounding_of_the_index():
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


def test_the_rounding_of_the_index_is_claimed(rng):
    """Measured gate by gate at four bits of an angle: never zero, never above the claim."""
    gaps = []
    for _ in range(10):
        pair = Pair(*rng.uniform(0.1, 2, 2))
        gap = np.linalg.norm(encoded_matrix(pair.encoding) - np.diag([pair.x, pair.y]), 2)
        assert gap <= float(pair.encoding.epsilon)
        gaps.append(gap / float(pair.encoding.epsilon))
    assert max(gaps) > 0.1
