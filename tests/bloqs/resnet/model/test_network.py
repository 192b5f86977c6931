"""The exact network against the operator written out as a sum of shifts."""

import numpy as np
import pytest
from attrs import evolve
from scipy.special import erf

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.squared_product import SquaredProduct
from bloqs.resnet.model.network import LinearOutput, ResidualNetwork, consecutive_bins
from bloqs.resnet.model.random_network import random_input, random_network


def matrix_of(block):
    """The convolution as a matrix on channel, column, row: a sum of Kronecker products."""
    C, D, M, o = block.kernel.shape[0], block.kernel.shape[2], block.side, block.offset
    total = np.zeros((C * M**2, C * M**2))
    for i, j, k, l in np.ndindex(C, C, D, D):
        unit = np.zeros((C, C))
        unit[i, j] = block.flipped_kernel[i, j, k, l]
        shifts = np.kron(np.eye(M, k=-(l - o)), np.eye(M, k=-(k - o)))
        total += np.kron(unit, shifts)
    return total


def expected_states(network, psi):
    states = [psi]
    for block in network.blocks:
        psi = psi + erf(network.slope * matrix_of(block) @ psi)
        psi = psi / np.sqrt(np.sum(psi * psi))
        states.append(psi)
    if network.output is not None:
        tau, W = network.output.tau, network.output.matrix
        mean = sum(psi[j] ** 2 * W[:, j] for j in range(len(psi)))
        psi = tau * psi + (1 - tau) * mean
        states.append(psi / np.sqrt(np.sum(psi * psi)))
    return states


@pytest.mark.parametrize(("C", "D", "M", "k"), [(1, 3, 4, 1), (2, 3, 4, 2), (3, 2, 5, 1)])
@pytest.mark.parametrize("has_matrix", [False, True])
@pytest.mark.parametrize("pad_begin", [0, 1])
def test_states_are_those_of_the_matrices(C, D, M, k, has_matrix, pad_begin, rng):
    """Every vector, in the order channel, column, row, for centred and one-sided padding."""
    network = random_network(C, D, M, k, C, has_matrix, rng)
    network = evolve(
        network, blocks=tuple(evolve(each, pad_begin=pad_begin) for each in network.blocks)
    )
    psi = random_input(network.N, rng)
    found, expected = network.states(psi), expected_states(network, psi)
    assert len(found) == k + 1 + has_matrix
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-13)
    pooled = [sum(expected[-1][c * M**2 : (c + 1) * M**2] ** 2) for c in range(C)]
    np.testing.assert_allclose(network.probabilities(psi), pooled, rtol=0, atol=1e-13)


def test_norms_are_what_is_divided_by(rng):
    """norm times next state is the unnormalised vector."""
    network = random_network(2, 3, 4, 2, 4, True, rng)
    psi = random_input(network.N, rng)
    states, norms = network.states(psi), network.norms(psi)
    for number, norm in enumerate(norms[:-1]):
        before = states[number] + erf(0.8 * matrix_of(network.blocks[number]) @ states[number])
        np.testing.assert_allclose(norm * states[number + 1], before, rtol=0, atol=1e-13)
    W = network.output.matrix
    np.testing.assert_allclose(
        norms[-1] * states[-1], 0.51 * states[2] + 0.49 * W @ states[2] ** 2, rtol=0, atol=1e-13
    )


def test_a_skip_path_cannot_be_cancelled(rng):
    """The norm before a normalisation is at least 1 - 0.9027, and 2 tau - 1 at the output."""
    for seed in range(20):
        network = random_network(1, 3, 2, 2, 2, True, np.random.default_rng(seed))
        *norms, last = network.norms(random_input(network.N, rng))
        assert min(norms) >= 1 - 2 * 0.8 / np.sqrt(np.pi)
        assert last >= 0.02


def test_images_become_unit_vectors(rng):
    """Copies of one channel, weighted; the row index runs fastest."""
    network = random_network(2, 3, 4, 1, 2, False, rng)
    network = evolve(network, copies=np.array([0.6, 0.8]))
    image = rng.normal(size=(1, 4, 4))
    found = network.vector_of(image)
    size = np.sqrt((image**2).sum())
    for row, column in np.ndindex(4, 4):
        assert found[column * 4 + row] == pytest.approx(0.6 * image[0, row, column] / size)
        assert found[16 + column * 4 + row] == pytest.approx(0.8 * image[0, row, column] / size)
    assert np.array_equal(network.vector_of(image[None]), found)
    for scale in (2.0**1000, 2.0**-1000):
        assert np.array_equal(network.vector_of(scale * image), found)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"slope": 0.9}, r"slope of erf must be above 0 and below sqrt\(pi\)/2, got 0.9"),
        ({"blocks": ()}, "at least one residual block, got none"),
        ({"bins": np.zeros(3, dtype=int)}, r"bins must be 32 classes from 0, got shape \(3,\)"),
        ({"copies": np.array([1.0, 1.0])}, r"copies must be 2 weights of l2 norm 1, got \[1.0"),
        ({"output": LinearOutput(np.eye(4), 0.51)}, "must have N = 32 rows, got 4"),
    ],
)
def test_impossible_networks_are_refused(change, text, rng):
    network = random_network(2, 3, 4, 1, 2, False, rng)
    with pytest.raises(ValueError, match=text):
        evolve(network, **change)


def test_weights_must_be_normalised(rng):
    network = random_network(2, 3, 4, 1, 2, False, rng)
    large = evolve(network.blocks[0], kernel=3 * network.blocks[0].kernel)
    with pytest.raises(ValueError, match=r"convolution 1 must have spectral norm at most 1, got 2"):
        evolve(network, blocks=(large,))
    block = network.blocks[0]
    for norm, is_refused in ((1.01, True), (1.0, False)):
        scaled = evolve(block, kernel=norm / block.spectral_norm(block.side) * block.kernel)
        if not is_refused:
            assert evolve(network, blocks=(scaled,)).k == 1
            continue
        with pytest.raises(ValueError, match=r"spectral norm at most 1, got 1\.01;"):
            evolve(network, blocks=(scaled,))
    other = evolve(network.blocks[0], side=8)
    with pytest.raises(ValueError, match="equal channels and sides in all blocks"):
        evolve(network, blocks=(network.blocks[0], other))


@pytest.mark.parametrize(
    ("matrix", "tau", "text"),
    [
        (np.eye(4)[:3], 0.51, r"must be square, got shape \(3, 4\)"),
        (1.1 * np.eye(4), 0.51, "must have spectral norm at most 1, got 1.1"),
        (np.eye(4), 0.5, "tau must be above 1/2 and below 1, got 0.5"),
        (np.eye(4), 1.0, "tau must be above 1/2 and below 1, got 1"),
    ],
)
def test_impossible_outputs_are_refused(matrix, tau, text):
    with pytest.raises(ValueError, match=text):
        LinearOutput(matrix, tau)


@pytest.mark.parametrize(
    ("psi", "text"),
    [
        (np.ones(32), "input must have l2 norm 1, got 5.65685425; use vector_of"),
        (np.eye(4)[0], r"vector of 32 entries, got \(4,\)"),
        (np.full(32, np.nan), "input must have l2 norm 1, got nan"),
    ],
)
def test_impossible_inputs_are_refused(psi, text, rng):
    with pytest.raises(ValueError, match=text):
        random_network(2, 3, 4, 1, 2, False, rng).states(psi)


@pytest.mark.parametrize(
    ("image", "text"),
    [
        (np.zeros((2, 4, 4)), "finite and not zero, got 0"),
        (np.ones((1, 4, 4)), r"must have shape \(2, 4, 4\), got \(1, 4, 4\)"),
    ],
)
def test_impossible_images_are_refused(image, text, rng):
    with pytest.raises(ValueError, match=text):
        random_network(2, 3, 4, 1, 2, False, rng).vector_of(image)


def test_a_matrix_that_exceeds_one_by_rounding_is_divided_by_it(rng):
    """An orthogonal matrix in float32, whose columns the output block would refuse."""
    rounded = np.linalg.qr(rng.normal(size=(8, 8)))[0].astype(np.float32) * np.float32(1 + 5e-7)
    stored = rounded.astype(float)
    assert 1 + 1e-7 < np.linalg.norm(stored, ord=2) < 1 + 1e-6
    matrix = LinearOutput(stored, 0.51).matrix
    assert np.linalg.norm(matrix, ord=2) <= 1 + 1e-12
    np.testing.assert_allclose(matrix, stored, rtol=1e-6)
    vector = LoadedVector.of(np.ones(8) / np.sqrt(8), 8, QROMLoader(), Rotation.BITWISE)
    SquaredProduct.of(vector, matrix, 1.0, 8, QROMLoader(), Rotation.BITWISE)
    with pytest.raises(ValueError, match="columns must have norm <= 1"):
        SquaredProduct.of(vector, stored, 1.0, 8, QROMLoader(), Rotation.BITWISE)


def test_bins_are_consecutive_runs():
    assert consecutive_bins(6, 3).tolist() == [0, 0, 1, 1, 2, 2]
    with pytest.raises(ValueError, match="classes must divide the vector length 6, got 4"):
        consecutive_bins(6, 4)


def test_random_networks_have_norm_one(rng):
    """The output matrix is orthogonal; a kernel's norm is at most 1 and near it."""
    network = random_network(2, 3, 8, 2, 4, True, rng)
    assert isinstance(network, ResidualNetwork)
    W = network.output.matrix
    np.testing.assert_allclose(W.T @ W, np.eye(network.N), rtol=0, atol=1e-12)
    for block in network.blocks:
        norm = np.linalg.norm(matrix_of(block), ord=2)
        assert 0.8 < norm <= 1 + 1e-12
    assert random_network(1, 1, 1, 1, 1, True, rng).output.matrix.shape == (1, 1)
