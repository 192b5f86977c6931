"""Tensor products of encoded operators: operator, error, control, cost, limits."""

import numpy as np
import pytest
from qualtran.bloqs.block_encoding import TensorProduct

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.encodings.tensor_encoding import TensorEncoding, tensor_encoding_symbolic_example
from bloqs.simulation.runner import encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_counting


@pytest.fixture
def factors(diagonal):
    """Operators on one, two and one qubits, with one, two and one ancillas."""
    flip = ProjectorEncoding(1, 0, 1, swaps=False)
    return diagonal(1.0, -2.0, b=4), ProjectorEncoding(1, 2, 2, swaps=True), flip


@pytest.mark.parametrize("count", [1, 2, 3])
def test_encodes_the_tensor_product(factors, count):
    """The first factor is the most significant; the inverse encodes the conjugate transpose."""
    bloq, wanted = TensorEncoding(factors[:count]), np.eye(1)
    for factor in factors[:count]:
        wanted = np.kron(wanted, encoded_matrix(factor))
    np.testing.assert_allclose(encoded_matrix(bloq), wanted, atol=1e-7)
    np.testing.assert_allclose(encoded_matrix(bloq.adjoint()), wanted.conj().T, atol=1e-7)
    assert bloq.ancilla_bitsize == sum(factor.ancilla_bitsize for factor in factors[:count])


def test_control(factors, switches):
    switches(TensorEncoding(factors[:2]))
    switches(TensorEncoding(factors[:2]).adjoint())


@pytest.mark.parametrize("count", [1, 2, 3])
def test_cost(factors, count, costs_agree):
    bloq = TensorEncoding(factors[:count])
    costs_agree(bloq)
    parts = [cost_by_counting(factor) for factor in factors[:count]]
    assert cost_by_counting(bloq).rotations == sum(part.rotations for part in parts)
    assert cost_by_counting(bloq).toffoli == sum(part.toffoli for part in parts)


def test_cost_of_equal_factors(diagonal, costs_agree):
    costs_agree(TensorEncoding((diagonal(1.0, 2.0),) * 3))


@pytest.mark.parametrize(("n", "m", "b"), [(3, 1, 4), (3, 3, 6)])
def test_symbolic_cost(n, m, b, diagonal, substitutes):
    part = diagonal(*np.arange(1.0, 2**n + 1), b=b, rotation=Rotation.PHASE_GRADIENT)
    concrete = TensorEncoding((part, ProjectorEncoding(0, 1, m, swaps=True)))
    values = {symbols.n: n, symbols.m: m, symbols.b: b}
    substitutes(tensor_encoding_symbolic_example.make(), values, concrete)


def test_error_that_qualtran_reports_is_no_bound(stated):
    """alpha = 10 without error and alpha = 1 with error .1: the truth is 1, Qualtran says .1."""
    exact, rough = stated(10, 0), stated(1, 0.1)
    wrong, right = np.kron(10 * np.eye(2), np.eye(2)), np.kron(10 * np.eye(2), 1.1 * np.eye(2))
    truth = np.linalg.norm(right - wrong, 2)
    assert truth == pytest.approx(1.0)
    assert float(TensorEncoding((exact, rough)).epsilon) == pytest.approx(truth)
    assert float(TensorProduct((exact, rough)).epsilon) == pytest.approx(0.1)


def test_error_is_never_exceeded(stated, random_matrix, rng):
    """Random blocks of norm up to one, random errors of the stated norm; 300 draws."""
    ratios = []
    for _ in range(300):
        alphas, errors = rng.uniform(0.2, 10, 2), rng.uniform(0, 2, 2)
        parts = tuple(stated(x, e) for x, e in zip(alphas, errors, strict=True))
        encoded, meant = np.eye(1), np.eye(1)
        for alpha, error in zip(alphas, errors, strict=True):
            block = alpha * random_matrix(2, rng.uniform(0.5, 1))
            encoded = np.kron(encoded, block)
            meant = np.kron(meant, block + random_matrix(2, error))
        distance = np.linalg.norm(meant - encoded, 2)
        ratios.append(distance / float(TensorEncoding(parts).epsilon))
    print("max ratio", max(ratios))
    assert 0.5 < max(ratios) <= 1 + 1e-9


def test_refuses_parts(stated, diagonal):
    with pytest.raises(ValueError, match=r"tensor product needs at least 1 encoding\(s\), got 0"):
        TensorEncoding(())
    with pytest.raises(ValueError, match="has a control; control the tensor product instead"):
        TensorEncoding((diagonal(1.0, 2.0).controlled(),))
    with pytest.raises(ValueError, match="errors >= 0, got epsilon=-1"):
        TensorEncoding((stated(1, -1),))
