"""Conventions of phases, each against matrices multiplied here from their definitions."""

import numpy as np
import pytest
from scipy.linalg import expm, sqrtm

from estimator.phases.conventions import (
    Convention,
    generalized_angles,
    generalized_response,
    reflection_phases,
    response,
    wx_phases,
)
from estimator.phases.response import response_coefficients

Z = np.diag([1.0, -1.0])
DEGREES = [0, 1, 2, 5, 8, 60, *(pytest.param(d, marks=pytest.mark.slow) for d in (3, 4, 13))]
SHAPES = [(3, 3), (4, 2), (2, 5), (1, 1)]


def wx_signal(x):
    s = 1j * np.sqrt(1 - x**2)
    return np.array([[x, s], [s, x]])


def reflection_signal(x):
    s = np.sqrt(1 - x**2)
    return np.array([[x, s], [s, -x]])


def interleaved(phases, signal):
    product = expm(1j * phases[0] * Z)
    for phase in phases[1:]:
        product = product @ signal @ expm(1j * phase * Z)
    return product


def dilation(A):
    """[[A, sqrt(1 - A A*)], [sqrt(1 - A* A), -A*]]: exactly unitary if the norm is at most 1."""
    W, sigma, Vh = np.linalg.svd(A)
    rows, columns = A.shape
    left, right = np.ones(rows), np.ones(columns)
    left[: len(sigma)] = right[: len(sigma)] = np.sqrt(np.clip(1 - sigma**2, 0, None))
    upper, lower = (W * left) @ W.conj().T, (Vh.conj().T * right) @ Vh
    U = np.block([[A, upper], [lower, -A.conj().T]])
    np.testing.assert_allclose(U @ U.conj().T, np.eye(len(U)), atol=1e-14)
    return U


def contraction(rng, shape, hermitian=False):
    """Complex, with one singular value 1 and, if there is room, one equal to zero."""
    W, _, Vh = np.linalg.svd(rng.normal(size=shape) + 1j * rng.normal(size=shape))
    sigma = rng.uniform(0, 1, min(shape))
    if len(sigma) > 2:
        sigma[:2] = 0, 1
    if hermitian:
        signs = rng.choice([-1, 1], len(sigma))
        return (W * (signs * sigma)) @ W.conj().T
    return (W[:, : len(sigma)] * sigma) @ Vh[: len(sigma)]


def transformed(phases, A):
    """The singular value transform by the complex polynomial of the Wx phases, from its SVD."""
    W, sigma, Vh = np.linalg.svd(A)
    V = Vh.conj().T
    even = len(phases) % 2 == 1
    size = A.shape[1] if even else len(sigma)
    padded = np.zeros(size)
    padded[: len(sigma)] = np.minimum(sigma, 1)
    p = np.array([interleaved(phases, wx_signal(s))[0, 0] for s in padded])
    return (V * p) @ Vh if even else (W[:, :size] * p) @ Vh[:size]


@pytest.mark.parametrize("degree", DEGREES)
def test_response_is_the_upper_left_entry_of_the_product(rng, degree):
    phases = rng.uniform(-np.pi, np.pi, degree + 1)
    x = np.concatenate([[-1.0, 0.0, 1.0], rng.uniform(-1, 1, 7)])
    for convention, signal in (
        (Convention.WX, wx_signal),
        (Convention.REFLECTION, reflection_signal),
    ):
        product = [interleaved(phases, signal(point))[0, 0] for point in x]
        np.testing.assert_allclose(response(phases, x, convention), product, atol=1e-13)


@pytest.mark.parametrize("degree", DEGREES)
def test_reflection_phases_make_the_same_polynomial_without_a_leftover_phase(rng, degree):
    wx = rng.uniform(-np.pi, np.pi, degree + 1)
    x = np.concatenate([[-1.0, 0.0, 1.0], rng.uniform(-1, 1, 30)])
    p = response(wx, x, Convention.WX)
    reflection = reflection_phases(wx)
    np.testing.assert_allclose(response(reflection, x, Convention.REFLECTION), p, atol=1e-13)
    np.testing.assert_allclose(wx_phases(reflection), wx, atol=1e-14)


@pytest.mark.parametrize("degree", DEGREES)
def test_opposite_phases_make_the_conjugate(rng, degree):
    phases = rng.uniform(-np.pi, np.pi, degree + 1)
    x = rng.uniform(-1, 1, 30)
    for convention in Convention:
        p, opposite = (response(turns, x, convention) for turns in (phases, -phases))
        np.testing.assert_allclose(opposite, p.conj(), atol=1e-14, err_msg=convention)


def test_reflection_is_the_shifted_wx_signal(rng):
    quarter = expm(1j * np.pi / 4 * Z)
    for x in rng.uniform(-1, 1, 5):
        expected = -1j * quarter @ wx_signal(x) @ quarter
        np.testing.assert_allclose(reflection_signal(x), expected, atol=1e-15)


@pytest.mark.parametrize("degree", DEGREES)
def test_coefficients_of_the_response(rng, degree):
    phases = rng.uniform(-np.pi, np.pi, degree + 1)
    coefficients = response_coefficients(phases)
    x = rng.uniform(-1, 1, 30)
    values = np.polynomial.chebyshev.chebval(x, coefficients)
    assert len(coefficients) == degree + 1
    np.testing.assert_allclose(values, response(phases, x, Convention.WX), atol=1e-13)


@pytest.mark.parametrize("degree", DEGREES)
def test_generalized_angles(rng, degree):
    """<0|G(e^{2it})|0> = e^{idt} p(cos t), with G multiplied here as [MW24] prints it."""

    def rotation(theta, phi, lambda_):
        c, s = np.cos(theta), np.sin(theta)
        return np.array(
            [
                [np.exp(1j * (lambda_ + phi)) * c, np.exp(1j * phi) * s],
                [np.exp(1j * lambda_) * s, -c],
            ]
        )

    for wx in (np.zeros(degree + 1), rng.uniform(-np.pi, np.pi, degree + 1)):
        angles = generalized_angles(wx)
        for t in rng.uniform(0, np.pi, 5):
            z = np.exp(2j * t)
            product = rotation(angles.theta[0], angles.phi[0], angles.lambda_)
            for theta, phi in zip(angles.theta[1:], angles.phi[1:], strict=True):
                product = rotation(theta, phi, 0) @ np.diag([z, 1]) @ product
            expected = np.exp(1j * degree * t) * interleaved(wx, wx_signal(np.cos(t)))[0, 0]
            assert abs(product[0, 0] - expected) < 1e-13
            assert abs(generalized_response(angles, np.array([z]))[0] - expected) < 1e-13


@pytest.mark.parametrize("degree", DEGREES)
def test_circuit_transforms_singular_values(rng, degree, qsvt_matrix):
    """Square or not: block = p on singular values; with opposite phases too, the mean is Re p."""
    for shape in SHAPES:
        A = contraction(rng, shape)
        wx = rng.uniform(-np.pi, np.pi, degree + 1)
        reflection = reflection_phases(wx)
        block = qsvt_matrix(reflection, dilation(A), *shape)
        np.testing.assert_allclose(block, transformed(wx, A), atol=1e-12)
        mean = (block + qsvt_matrix(-reflection, dilation(A), *shape)) / 2
        opposite = transformed(-wx, A)
        np.testing.assert_allclose(mean, (transformed(wx, A) + opposite) / 2, atol=1e-12)


@pytest.mark.parametrize("degree", DEGREES)
def test_circuit_transforms_hermitian_eigenvalues(rng, degree, qsvt_matrix):
    """Definite parity makes the singular value transform that of the eigenvalues."""
    H = contraction(rng, (4, 4), hermitian=True)
    wx = rng.uniform(-np.pi, np.pi, degree + 1)
    values, vectors = np.linalg.eigh(H)
    p = response(wx, np.clip(values, -1, 1), Convention.WX)
    block = qsvt_matrix(reflection_phases(wx), dilation(H), 4, 4)
    np.testing.assert_allclose(block, (vectors * p) @ vectors.conj().T, atol=1e-12)


@pytest.mark.parametrize("degree", [1, 2, 7, 8])
def test_circuit_formula_as_written_with_the_sign_qubit(rng, degree, qsvt_matrix):
    """The two displayed products, and Z (x) (2 Pi - 1) between |+>: the block is Re p."""
    A = contraction(rng, (3, 3))
    U = dilation(A)
    wx = rng.uniform(-np.pi, np.pi, degree + 1)
    phi = reflection_phases(wx)
    Pi = np.diag([1.0] * 3 + [0.0] * 3)
    UU = np.kron(np.eye(2), U)

    def turn(angle):
        return expm(1j * angle * np.kron(Z, 2 * Pi - np.eye(6)))

    if degree % 2:
        product = turn(phi[0]) @ UU
        for k in range(1, (degree - 1) // 2 + 1):
            product = product @ turn(phi[2 * k - 1]) @ UU.conj().T @ turn(phi[2 * k]) @ UU
    else:
        product = np.eye(12)
        for k in range(1, degree // 2 + 1):
            product = product @ turn(phi[2 * k - 2]) @ UU.conj().T @ turn(phi[2 * k - 1]) @ UU
    product = product @ turn(phi[degree])
    single = product[:6, :6]
    np.testing.assert_allclose(single[:3, :3], qsvt_matrix(phi, U, 3, 3), atol=1e-13)
    plus = np.kron(np.full((1, 2), np.sqrt(0.5)), np.eye(6, 3).T)
    block = plus @ product @ plus.conj().T
    mean = (transformed(wx, A) + transformed(-wx, A)) / 2
    np.testing.assert_allclose(block, mean, atol=1e-12)


def test_dilation_agrees_with_matrix_square_roots(rng):
    A = contraction(rng, (3, 2)) / 2
    np.testing.assert_allclose(dilation(A)[:3, 2:], sqrtm(np.eye(3) - A @ A.conj().T), atol=1e-12)


def test_a_wrong_shift_is_seen(rng, qsvt_matrix):
    """The comparison fails for the phases one nearly writes: i**d forgotten."""
    wx = rng.uniform(-np.pi, np.pi, 6)
    wrong = reflection_phases(wx)
    wrong[0] = wx[0] - np.pi / 4
    A = contraction(rng, (3, 3))
    error = qsvt_matrix(wrong, dilation(A), 3, 3) - transformed(wx, A)
    assert np.abs(error).max() > 0.1
