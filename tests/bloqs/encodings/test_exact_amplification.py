"""Amplification of one half to one: operator, sign, error, control, cost, limits."""

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.deamplified_encoding import DeamplifiedEncoding
from bloqs.encodings.exact_amplification import (
    ExactAmplification,
    exact_amplification_symbolic_example,
)
from bloqs.encodings.linear_combination import LinearCombination
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.simulation.runner import Runner, encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting


def halves(name):
    """Encodings whose singular values are all 0 or 1/2, and what they encode."""
    matrix = np.zeros((4, 4), dtype=complex)
    if name == "one projector":
        matrix[1, 2] = 1
        return DeamplifiedEncoding(ProjectorEncoding(1, 2, 2, swaps=False), 2), matrix
    if name == "two projectors":
        matrix[0, 1], matrix[2, 3] = 1, -1
        terms = (ProjectorEncoding(0, 1, 2, swaps=True), ProjectorEncoding(2, 3, 2, swaps=True))
        return LinearCombination(terms, (1.0, -1.0), 4, QROMLoader(), Rotation.BITWISE), matrix
    terms = (ProjectorEncoding(0, 1, 1, swaps=False), ProjectorEncoding(1, 0, 1, swaps=False))
    turn = LinearCombination(terms, (1.0, 1.0j), 4, QROMLoader(), Rotation.BITWISE)
    return turn, np.array([[0, 1], [1j, 0]])


NAMES = pytest.mark.parametrize("name", ["one projector", "two projectors", "unitary"])


@NAMES
def test_encodes_the_operator_with_half_the_alpha(name):
    """Gate by gate, sign and phase included; before, the singular values are 0 and 1/2."""
    half, wanted = halves(name)
    values = np.linalg.svd(encoded_matrix(half) / float(half.alpha), compute_uv=False)
    assert set(np.round(values, 6)) <= {0.0, 0.5}
    bloq = ExactAmplification(half)
    assert float(bloq.alpha) == 1
    assert bloq.ancilla_bitsize == half.ancilla_bitsize
    np.testing.assert_allclose(encoded_matrix(bloq), wanted, atol=1e-6)
    np.testing.assert_allclose(encoded_matrix(bloq.adjoint()), wanted.conj().T, atol=1e-6)


def test_printed_sign_is_wrong():
    """U R U' R U encodes +T_3(W / 2) = -W, not +W: an error of 2 ||W|| beside another branch."""
    half, W = halves("unitary")
    flags = 2**half.ancilla_bitsize
    runner = Runner.of(half)
    U = np.stack([runner.run(x) for x in range(2 * flags)], axis=1)
    R = np.kron(np.eye(2), np.diag([-1] + [1] * (flags - 1)))
    block = (U @ R @ U.conj().T @ R @ U)[::flags, ::flags]
    np.testing.assert_allclose(block, -W, atol=1e-6)
    B = W / 2
    np.testing.assert_allclose(block, 4 * B @ B.conj().T @ B - 3 * B, atol=1e-6)
    assert np.linalg.norm(block - W, 2) == pytest.approx(2, abs=1e-5)


@NAMES
def test_control(name, switches):
    """One call of three is controlled; the sign is on the control."""
    bloq = ExactAmplification(halves(name)[0])
    switches(bloq)
    switches(bloq.adjoint())


@NAMES
def test_cost(name, costs_agree):
    """Three calls; the reflections are ANDs and no rotations."""
    half, _ = halves(name)
    bloq, a = ExactAmplification(half), half.ancilla_bitsize
    costs_agree(bloq)
    one, three = cost_by_counting(half), cost_by_counting(bloq)
    assert three.rotations == 3 * one.rotations
    assert three.toffolis == 3 * one.toffolis + 2 * (a - 2)
    controlled = cost_by_counting(bloq.controlled())
    wanted = cost_by_counting(half.controlled()).toffolis + 2 * one.toffolis + 2 * (a - 1)
    assert controlled.toffolis == wanted


@pytest.mark.parametrize(("n", "b"), [(3, 4), (3, 6)])
def test_symbolic_cost(n, b, diagonal, substitutes):
    """Also for operators that cannot be amplified exactly: the cost does not look."""
    part = diagonal(*np.arange(1.0, 2**n + 1), b=b, rotation=Rotation.PHASE_GRADIENT)
    values = {symbols.n: n, symbols.b: b}
    substitutes(exact_amplification_symbolic_example.make(), values, ExactAmplification(part))


@pytest.mark.parametrize("a", [1, 2])
def test_few_ancillas(a, costs_agree):
    """Reflections of one and two qubits have no AND."""
    half = ProjectorEncoding(0, 1, a, swaps=True)
    costs_agree(ExactAmplification(half))
    assert cost_by_annotation(ExactAmplification(half)).toffoli == 0


def test_error_is_never_exceeded(stated, random_matrix, rng):
    """Random partial isometries and errors of their halves: 400 draws, up to 3/4 of the bound."""
    ratios = []
    for _ in range(400):
        alpha, error = rng.uniform(0.5, 4), 10 ** rng.uniform(-6, -0.7)
        left, right = (np.linalg.qr(random_matrix(3, 1.0) + 0.1 * np.eye(3))[0] for _ in range(2))
        W = left @ np.diag(rng.integers(0, 2, 3)) @ right
        E = random_matrix(3, error)
        if rng.integers(2):
            E = error * left @ np.diag(rng.choice([-1, 1, 1j], 3)) @ right
        B = W / 2 + E / alpha
        amplified = -(4 * B @ B.conj().T @ B - 3 * B)
        distance = np.linalg.norm(alpha / 2 * (amplified - W), 2)
        bloq = ExactAmplification(stated(alpha, error))
        assert float(bloq.alpha) == pytest.approx(alpha / 2)
        ratios.append(distance / float(bloq.epsilon))
    print("max ratio", max(ratios))
    assert 0.7 < max(ratios) <= 1


def test_refuses_parts(stated, diagonal):
    with pytest.raises(ValueError, match="has no ancilla, so it has no singular value 1/2"):
        ExactAmplification(stated(1, 0, 1, 0))
    with pytest.raises(ValueError, match="has a control; control the amplification instead"):
        ExactAmplification(diagonal(1.0, 2.0).controlled())
    with pytest.raises(ValueError, match="errors >= 0, got epsilon=-1"):
        ExactAmplification(stated(1, -1))
