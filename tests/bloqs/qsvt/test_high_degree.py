"""Transforms by random polynomials of degree up to 60, on matrices and vectors of four or eight."""

import numpy as np
import pytest
from numpy.polynomial import chebyshev

from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Fidelity, Runner, encoded_matrix
from estimator.polynomials.polynomial import Polynomial

KINDS = ["Hermitian", "complex", "real", "rank one"]


@pytest.fixture
def bounded(rng):
    """`bounded(degree)`: random Chebyshev coefficients of its parity, |P| < 1 on [-1, 1]."""

    def draw(degree):
        series = rng.normal(size=degree + 1)
        series[(degree + 1) % 2 :: 2] = 0
        grid = np.cos(np.linspace(0, np.pi, 64 * degree))
        return 0.999 * series / np.abs(chebyshev.chebval(grid, series)).max()

    return draw


@pytest.fixture
def contraction(rng):
    """`contraction(size, kind)`: a random matrix of norm one."""

    def draw(size, kind):
        A = rng.normal(size=(size, size)) + 1j * (kind != "real") * rng.normal(size=(size, size))
        A = A + A.conj().T if kind == "Hermitian" else A
        A = np.outer(A[0], A[1]) if kind == "rank one" else A
        return A / np.linalg.norm(A, 2)

    return draw


def specification(A, series):
    """P of the singular values, by NumPy: from right to left vectors if odd, to right if even."""
    left, values, right = np.linalg.svd(A)
    outputs = chebyshev.chebval(values, series)
    return ((left if len(series) % 2 == 0 else right.conj().T) * outputs) @ right


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("degree", [5, 20, 59, 60])
@pytest.mark.parametrize("size", [4, 8])
def test_transforms_a_matrix(size, degree, kind, contraction, bounded):
    """Dilated, to 1e-9; alpha is divided out."""
    A, series = contraction(size, kind), bounded(degree)
    bloq = SingularValueTransform.of(Dilation.of_matrix(2 * A, 2.0), Polynomial(series), 0.0)
    assert Runner.of(bloq, STAND_INS).fidelity is Fidelity.DILATED
    found = encoded_matrix(bloq, STAND_INS)
    np.testing.assert_allclose(found, specification(A, series), atol=1e-9)


@pytest.mark.parametrize("degree", [20, 59, 60])
def test_is_a_function_of_a_hermitian_matrix(degree, contraction, bounded):
    """P of the eigenvalues: an odd P keeps their signs, an even one forgets them."""
    A, series = contraction(4, "Hermitian"), bounded(degree)
    values, vectors = np.linalg.eigh(A)
    assert values.min() < 0 < values.max()
    wanted = (vectors * chebyshev.chebval(values, series)) @ vectors.conj().T
    bloq = SingularValueTransform.of(Dilation.of_matrix(A), Polynomial(series), 0.0)
    np.testing.assert_allclose(encoded_matrix(bloq, STAND_INS), wanted, atol=1e-9)


@pytest.mark.parametrize("degree", [59, 60])
def test_transforms_amplitudes_gate_by_gate(degree, vector_leaf, bounded):
    """The smallest size with all its gates: complex amplitudes on a diagonal, behind a flag."""
    leaf, series = vector_leaf(1, 1), bounded(degree)
    x = leaf.block
    assert np.abs(x.imag).max() > 0.05
    bloq = SingularValueTransform.of(DiagonalEncoding(leaf), Polynomial(series), 0.0)
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    phase = x / np.abs(x) if degree % 2 else np.ones(2)
    wanted = phase * chebyshev.chebval(np.abs(x), series)
    np.testing.assert_allclose(encoded_matrix(bloq), np.diag(wanted), atol=1e-9)
