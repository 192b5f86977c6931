"""Specifications in plain loops, and kernels whose angles need no rounding."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from bloqs.convolution.abstract_convolution import AbstractConvolution
from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.convolution.published import PublishedConvolution
from bloqs.simulation.runner import Fidelity, Runner, encoded_image, encoded_matrix
from estimator.costs.circuit import circuit_of
from estimator.costs.cost import cost_by_annotation

Array = NDArray[np.float64]

PLACES = {
    ("same", 1): (0,),
    ("same", 2): (0, 1),
    ("same", 3): (3, 0, 1),
    ("top-left", 2): (0, 1),
    ("top-left", 3): (0, 1, 2),
    ("circular", 2): (0, 1),
    ("circular", 3): (3, 0, 1),
}
"""Where the index register holds each tap, for a convolution: its shift, modulo a power of two."""

SHARES = {
    (1, 1): [[1.0]],
    (1, 2): [[0.5, 0.5]],
    (2, 1): [[0.5], [0.5]],
    (2, 2): [[0.5, 0.5], [0.5, 0.0]],
    (3, 1): [[0.25], [0.25], [0.5]],
    (1, 3): [[0.25, 0.25, 0.5]],
}
"""Sums of |K| for each pair of channels whose ratios have angles that are multiples of 45 degrees.

The one for two channels in and out leaves something missing in both its rows and its columns.
"""


@pytest.fixture
def image_operator() -> Callable[..., Array]:
    """`image_operator(K, M, padding, mode)`: the convolution as a matrix, tap by tap.

    A convolution looks at X[z - (k - o)] and a correlation at X[z + (k - o)]; index o looks
    straight ahead: (D - 1) // 2 of the kernel as given, or, where all padding is above and to the
    left, the last index that still looks up. An index of the matrix is (channel, column, row),
    channels padded to a power of two.
    """

    def specification(K: Array, M: int, padding: str = "same", mode: str = "convolution") -> Array:
        C_out, C_in, D, _ = K.shape
        C = 1
        while max(C_out, C_in) > C:
            C *= 2
        sense = -1 if mode == "convolution" else 1
        straight = (D - 1) // 2
        if padding == "top-left":
            straight = 0 if mode == "convolution" else D - 1
        matrix = np.zeros((C, M, M, C, M, M))
        for i, j, k, l in np.ndindex(K.shape):
            for z in range(M):
                for y in range(M):
                    row, column = z + sense * (k - straight), y + sense * (l - straight)
                    if padding == "circular":
                        matrix[i, y, z, j, column % M, row % M] += K[i, j, k, l]
                    elif 0 <= row < M and 0 <= column < M:
                        matrix[i, y, z, j, column, row] += K[i, j, k, l]
        return matrix.reshape(C * M * M, C * M * M)

    return specification


def prepared_row(allowed: NDArray[np.bool_], b: int, rng: np.random.Generator) -> Array:
    """Amplitudes that a tree of angles 2 pi x / 2**b, x random, prepares on the allowed indices."""
    if len(allowed) == 1:
        return np.ones(1)
    left, right = np.split(allowed, 2)
    quarter, signs = 2**b // 4, len(allowed) == 2
    if not right.any():
        turn = 2 * quarter * int(rng.integers(2)) * signs
    elif not left.any():
        turn = quarter - 2 * quarter * int(rng.integers(2)) * signs
    else:
        turn = int(rng.integers(1, quarter)) + quarter * int(rng.integers(4)) * signs
    angle = 2 * math.pi * turn / 2**b
    halves = [prepared_row(half, b, rng) for half in (left, right)]
    row = np.concatenate([math.cos(angle) * halves[0], math.sin(angle) * halves[1]])
    return np.where(allowed, row, 0.0)


def published_kernel(C_out: int, C_in: int, D: int, rng: np.random.Generator) -> Array:
    """Shares of each index multiply, so the angle of each bit does not depend on those before."""
    wide = np.cos(np.pi / 8) ** 2
    shares = {1: [1.0], 2: [wide, 1 - wide], 3: [0.25, 0.25, 0.5], 4: [0.25] * 4}
    K = np.einsum("i,j,k,l->ijkl", *(shares[size] for size in (C_out, C_in, D, D)))
    signs = rng.choice([-1.0, 1.0], size=K.shape)
    signs[0, 0, 0, 0], signs[-1, -1, -1, -1] = 1, -1
    return 2.5 * signs * K


@pytest.fixture
def exact_kernel(rng) -> Callable[..., Array]:
    """`exact_kernel(construction, C_out, C_in, D, b, padding)`: all its angles have b bits.

    Random integers decide all angles; the taps are the products of their cosines and sines,
    squared, with the sign of the product. As published, magnitudes and signs are prepared apart:
    there all angles are multiples of 22.5 degrees, and the first and the last sign differ.
    """

    def draw(
        construction: type, C_out: int, C_in: int, D: int, b: int, padding: str = "same"
    ) -> Array:
        if construction is PublishedConvolution:
            return published_kernel(C_out, C_in, D, rng)
        places = PLACES[padding, D]
        side = 1 << (D - 1).bit_length()
        if construction is AdderConvolution:
            C = 1 << (max(C_out, C_in) - 1).bit_length()
            allowed = np.zeros((C, C, side, side), dtype=bool)
            for i, j, k, l in np.ndindex(C_out, C_in, D, D):
                allowed[i, j, places[k], places[l]] = True
            amplitudes = prepared_row(allowed.reshape(-1), b, rng).reshape(allowed.shape)
        else:
            assert construction is MultiplexedConvolution
            allowed = np.zeros((side, side), dtype=bool)
            for k, l in np.ndindex(D, D):
                allowed[places[k], places[l]] = True
            amplitudes = np.zeros((C_out, C_in, side, side))
            for (i, j), share in np.ndenumerate(np.array(SHARES[C_out, C_in])):
                row = prepared_row(allowed.reshape(-1), b, rng).reshape(side, side)
                amplitudes[i, j] = rng.choice([-1.0, 1.0]) * math.sqrt(share) * row
        K = np.zeros((C_out, C_in, D, D))
        for i, j, k, l in np.ndindex(K.shape):
            x = amplitudes[i, j, places[k], places[l]]
            K[i, j, k, l] = 2.5 * x * abs(x)
        return K

    return draw


@pytest.fixture
def assert_encodes(random_state) -> Callable[..., None]:
    """`assert_encodes(conv, wanted, seed=0)`: gate by gate, within 1e-10, on the claimed qubits.

    All columns up to 8 of them on 17 qubits; above, one image of generic complex amplitudes, which
    no two operators send to the same place.
    """

    def check(conv: AbstractConvolution, wanted: Array, seed: int = 0) -> None:
        runner = Runner.of(conv)
        assert runner.fidelity is Fidelity.GATE_BY_GATE
        assert runner.qubits <= 21
        assert wanted.shape == (2**conv.system_bitsize,) * 2
        assert cost_by_annotation(conv).qubits == circuit_of(conv).peak
        if len(wanted) <= 8 and runner.qubits <= 17:
            assert np.abs(encoded_matrix(conv, seed=seed) - wanted).max() <= 1e-10
        else:
            image = random_state(len(wanted))
            found = encoded_image(conv, image, seed=seed)
            assert np.linalg.norm(found - wanted @ image) <= 1e-10

    return check


@pytest.fixture
def assert_controls(random_state) -> Callable[..., None]:
    """`assert_controls(conv, wanted)`: `conv`, which has a control, does nothing or encodes.

    With the control in both values at once: off leaves the image and all ancillas alone, on is the
    block, and the phase between the two is that of the start.
    """

    def check(conv: AbstractConvolution, wanted: Array) -> None:
        runner = Runner.of(conv)
        assert runner.fidelity is Fidelity.GATE_BY_GATE
        assert runner.qubits <= 21
        assert cost_by_annotation(conv).qubits == circuit_of(conv).peak
        size = len(wanted)
        off, on = random_state(2 * size).reshape(2, size)
        start = np.zeros((2, size, 2**conv.ancilla_bitsize), dtype=complex)
        start[0, :, 0], start[1, :, 0] = off, on
        found = runner.run(start.reshape(-1)).reshape(start.shape)
        np.testing.assert_allclose(found[0], start[0], atol=1e-10, rtol=0)
        block = float(conv.alpha) * found[1, :, 0]
        np.testing.assert_allclose(block, wanted @ on, atol=1e-10, rtol=0)

    return check
