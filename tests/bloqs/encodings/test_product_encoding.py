"""Products of encoded operators: operator, error, ancillas, control, cost, limits."""

import numpy as np
import pytest
from qualtran.bloqs.block_encoding import Product

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.encodings.product_encoding import (
    ProductEncoding,
    product_encoding_shared_symbolic_example,
    product_encoding_symbolic_example,
)
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.simulation.runner import Runner, encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_counting

SHARES = pytest.mark.parametrize("shares", [False, True])


@pytest.fixture
def factors(diagonal):
    """Operators on one qubit, with one, one and two ancillas."""
    inner = ProductEncoding((diagonal(3.0, 0.5), ProjectorEncoding(0, 1, 1, swaps=False)))
    return diagonal(-2.0, 1.0), inner, diagonal(1.0, 3.0)


@SHARES
@pytest.mark.parametrize("count", [1, 2, 3])
def test_encodes_the_product(factors, count, shares):
    """The first factor is applied last; the inverse encodes the conjugate transpose."""
    bloq = ProductEncoding(factors[:count], shares)
    wanted = np.eye(2)
    for factor in factors[:count]:
        wanted = wanted @ encoded_matrix(factor)
    np.testing.assert_allclose(encoded_matrix(bloq), wanted, atol=1e-7)
    np.testing.assert_allclose(encoded_matrix(bloq.adjoint()), wanted.conj().T, atol=1e-7)
    assert np.max(np.abs(wanted)) > 0.1


@SHARES
def test_encodes_a_product_of_two_qubits(diagonal, shares):
    """Flags of more than one ancilla, and a factor that does not commute."""
    diagonals = diagonal(1.0, -2.0, 0.5, 1.0, b=4), diagonal(1.0, 1.0, -1.0, 0.5, b=4)
    factors = (diagonals[0], ProjectorEncoding(2, 1, 2, swaps=True), diagonals[1])
    wanted = np.zeros((4, 4))
    wanted[2, 1] = encoded_matrix(diagonals[0])[2, 2].real * encoded_matrix(diagonals[1])[1, 1].real
    assert abs(wanted[2, 1]) > 0.05
    found = encoded_matrix(ProductEncoding(factors, shares))
    np.testing.assert_allclose(found, wanted, atol=1e-7)


def test_sharing_without_flags_is_wrong(diagonal):
    """Two failures in a row come back to zero: the square of a flag flip is the identity."""
    bloq = diagonal(1.0, -2.0)
    runner = Runner.of(bloq)
    circuit = np.stack([runner.run(x) for x in range(4)], axis=1)
    careless, wanted = (circuit @ circuit)[::2, ::2], encoded_matrix(bloq) @ encoded_matrix(bloq)
    shared = encoded_matrix(ProductEncoding((bloq, bloq), shares_ancillas=True))
    np.testing.assert_allclose(shared, wanted, atol=1e-7)
    assert np.max(np.abs(careless - wanted)) > 0.1


def test_ancillas(factors, stated):
    """A sum; shared, the largest and one flag for each factor after the first that has any."""
    sizes = [factor.ancilla_bitsize for factor in factors]
    assert sizes == [1, 2, 1]
    assert ProductEncoding(factors).ancilla_bitsize == 4
    assert ProductEncoding(factors, shares_ancillas=True).ancilla_bitsize == 2 + 2
    parts = tuple(stated(1, 0, 3, a) for a in (5, 0, 7, 4))
    assert ProductEncoding(parts, shares_ancillas=True).ancilla_bitsize == 7 + 2


@SHARES
def test_control(factors, shares, switches):
    """With shared ancillas, the identity is promised on ancillas in zero alone."""
    switches(ProductEncoding(factors[:2], shares), any_ancilla=not shares)
    switches(ProductEncoding(factors[:2], shares).adjoint(), any_ancilla=not shares)


@SHARES
@pytest.mark.parametrize("count", [1, 2, 3])
def test_claimed_cost_is_counted_cost(factors, count, shares, costs_agree):
    costs_agree(ProductEncoding(factors[:count], shares))


def test_cost_is_that_of_the_factors(diagonal):
    """Shared ancillas cost one AND less than a factor has ancillas, for all factors but one."""
    bloq = diagonal(1.0, 2.0, 3.0, 4.0, b=4)
    one, three = cost_by_counting(bloq), cost_by_counting(ProductEncoding((bloq,) * 3))
    shared = cost_by_counting(ProductEncoding((bloq,) * 3, shares_ancillas=True))
    assert (three.rotations, three.toffoli) == (3 * one.rotations, 3 * one.toffoli)
    assert shared.toffoli - three.toffoli == 2 * (bloq.ancilla_bitsize - 1)
    assert shared.qubits < three.qubits


@SHARES
@pytest.mark.parametrize(("n", "b"), [(3, 4), (3, 6)])
def test_symbolic_cost(n, b, shares, diagonal, substitutes):
    part = diagonal(*np.arange(1.0, 2**n + 1), b=b, rotation=Rotation.PHASE_GRADIENT)
    example = (
        product_encoding_shared_symbolic_example if shares else product_encoding_symbolic_example
    )
    concrete = ProductEncoding((part, part), shares)
    substitutes(example.make(), {symbols.n: n, symbols.b: b}, concrete)


def test_error_that_qualtran_reports_is_no_bound(stated):
    """alpha = 10 without error times alpha = 1 with error .1: the truth is 1, Qualtran says .1.

    The worst case is attained: 10 (1 + .1) - 10 = 1.
    """
    exact, rough = stated(10, 0), stated(1, 0.1)
    truth = np.linalg.norm(10 * np.eye(2) @ (1.1 * np.eye(2)) - 10 * np.eye(2) @ np.eye(2), 2)
    assert truth == pytest.approx(1.0)
    assert float(ProductEncoding((exact, rough)).epsilon) == pytest.approx(truth)
    assert float(Product((exact, rough)).epsilon) == pytest.approx(0.1)


def test_printed_error_without_the_last_term_is_no_bound(stated):
    """alpha_A e_B + alpha_B e_A = .4 for alphas 1 and errors .2; (1 + .2)^2 - 1 = .44."""
    part = stated(1, 0.2)
    truth = np.linalg.norm(1.2 * np.eye(2) @ (1.2 * np.eye(2)) - np.eye(2), 2)
    assert truth > 1 * 0.2 + 1 * 0.2
    assert float(ProductEncoding((part, part)).epsilon) == pytest.approx(truth)


@pytest.mark.parametrize("count", [2, 3])
def test_error_is_never_exceeded(stated, random_matrix, rng, count):
    """Random circuits' blocks of norm up to one, random errors of the stated norm; 400 draws."""
    ratios = []
    for _ in range(400):
        alphas, errors = rng.uniform(0.2, 10, count), rng.uniform(0, 2, count)
        parts = tuple(stated(x, e) for x, e in zip(alphas, errors, strict=True))
        encoded, meant = np.eye(3), np.eye(3)
        for alpha, error in zip(alphas, errors, strict=True):
            block = alpha * random_matrix(3, rng.uniform(0.5, 1))
            encoded, meant = encoded @ block, meant @ (block + random_matrix(3, error))
        distance = np.linalg.norm(meant - encoded, 2)
        ratios.append(distance / float(ProductEncoding(parts).epsilon))
    print("max ratio", max(ratios))
    assert 0.3 < max(ratios) <= 1 + 1e-9


def test_error_is_attained(stated):
    """By multiples of the identity, for four factors."""
    alphas, errors = (3.0, 0.5, 7.0, 1.0), (0.1, 0.2, 0.0, 0.3)
    parts = tuple(stated(x, e) for x, e in zip(alphas, errors, strict=True))
    worst = np.prod(np.add(alphas, errors)) - np.prod(alphas)
    assert float(ProductEncoding(parts).epsilon) == pytest.approx(worst)


def test_refuses_an_empty_product():
    with pytest.raises(ValueError, match=r"product needs at least 1 encoding\(s\), got 0"):
        ProductEncoding(())


def test_refuses_unequal_systems(diagonal):
    factors = (diagonal(1.0, 2.0), diagonal(1.0, 2.0, 3.0, 4.0))
    with pytest.raises(ValueError, match="parts of equal size, got 1 and 2 system qubits"):
        ProductEncoding(factors)


def test_refuses_a_controlled_factor(diagonal):
    with pytest.raises(ValueError, match="has a control; control the product instead"):
        ProductEncoding((diagonal(1.0, 2.0).controlled(),))


def test_refuses_a_negative_error(stated):
    with pytest.raises(ValueError, match="needs errors >= 0, got epsilon=-1"):
        ProductEncoding((stated(1, -1),))
