"""The golden instance, printed digit by digit, and what a system refuses."""

import numpy as np
import pytest

from bloqs.ntk.model.data import Labelled
from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.model.masks import given_mask, random_mask, xor_mask
from bloqs.ntk.model.system import MaskedSystem

ANGLES = np.deg2rad([10, 32, 55, 78, 280, 302, 325, 348])
ROWS = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)
LABELS = np.array([1.0] * 4 + [-1.0] * 4)
POINT = np.array([np.cos(np.deg2rad(50)), np.sin(np.deg2rad(50))])

PRINTED = {
    8: (7.841717, 5.789193, 0.981679, 1.361685, 2.322258,
        4.6938, 0.66006, 0.65986, 1.71981, 5.8381),
    16: (1.583620, 1.371325, 0.833030, 0.935696, 1.079847,
         7.4462, 0.48773, 0.48864, 1.16180, 1.3775),
    24: (1.068837, 1.044866, 0.367959, 0.375324, 0.383328,
         7.9344, 0.40127, 0.40149, 1.02275, 1.0457),
}  # fmt: skip
DIGITS = (6, 6, 6, 6, 6, 4, 5, 5, 5, 4)


def golden(depth):
    kernel = Kernel.of("erf", depth)
    system = MaskedSystem.of(kernel.matrix(ROWS), LABELS, xor_mask(8, (0, 1, 2)))
    return system, system.predict(kernel.vector(ROWS, POINT))


@pytest.mark.parametrize("depth", PRINTED)
def test_printed_table(depth):
    system, guess = golden(depth)
    masked, plain = guess.clipped(guess.top), guess.clipped(guess.top, is_masked=False)
    found = (
        system.exact_condition, system.condition, guess.f, guess.f_S, guess.f_D, masked.attempts,
        plain.overlap, masked.overlap, system.alpha("weighted"), system.kappa_eff("weighted"),
    )  # fmt: skip
    for value, printed, digits in zip(found, PRINTED[depth], DIGITS, strict=True):
        assert value == pytest.approx(printed, abs=0.5001 * 10**-digits)


def test_printed_rows():
    assert Labelled.of(ROWS, LABELS).separability == pytest.approx(0.0728161, abs=5e-8)
    system, guess = golden(16)
    first = [1, 0.127605, 0.034196, 0.012189, 0, 0.012189, 0.034196, 0.127605]
    assert system.exact[0] == pytest.approx(first, abs=5.1e-7)
    printed = [0.04297, 0.180478, 0.755189, 0.082892, -0.027542, -0.009707, 0.002569, 0.016362]
    assert guess.k == pytest.approx(printed, abs=5.1e-7)
    assert guess.clipped(guess.top).success == pytest.approx(0.1342969, abs=5e-8)
    scaled = guess.k / guess.top
    assert scaled @ LABELS / 8 == pytest.approx(0.17873792, abs=5e-9)


def test_weights_of_each_encoding():
    system, _ = golden(16)
    assert system.alpha("uniform") == 3
    assert system.kappa_eff("uniform") == pytest.approx(3 / system.smallest)
    assert system.weights("weighted")[0] == 1
    assert (system.alpha("diagonal"), system.kappa_eff("diagonal")) == (1, 1)


def test_matchings_cover_the_matrix():
    """Of any mask and any number of points, padded."""
    rng = np.random.default_rng(3)
    rows = rng.normal(size=(11, 4))
    rows /= np.linalg.norm(rows, axis=1)[:, None]
    labels = np.array([1.0] * 7 + [-1.0] * 4)
    system = MaskedSystem.of(Kernel.of("relu", 6).matrix(rows), labels, random_mask(labels, rng))
    at = np.arange(16)
    total = np.zeros((16, 16))
    for involution, weight in zip(system.matchings, system.weights("weighted"), strict=True):
        other = np.array(involution)
        assert np.array_equal(other[other], at)
        new = total[at, other] == 0
        total[at[new], other[new]] = system.padded[at[new], other[new]]
        moved = other != at if involution != tuple(at) else slice(None)
        assert np.abs(system.padded[at, other])[moved].max() == weight
    assert np.array_equal(total, system.padded)
    matchings = len(system.matchings)
    assert system.alpha("weighted") <= 1 + (matchings - 1) * system.largest


def test_padding_leaves_predictions():
    """Seven points of one class and four of the other: the padded system solves for the same."""
    rng = np.random.default_rng(4)
    rows = rng.normal(size=(11, 4))
    rows /= np.linalg.norm(rows, axis=1)[:, None]
    labels = np.array([1.0] * 7 + [-1.0] * 4)
    kernel = Kernel.of("erf", 9)
    system = MaskedSystem.of(kernel.matrix(rows), labels, random_mask(labels, rng))
    guess = system.predict(kernel.vector(rows, np.array([0.5, -0.5, 0.5, 0.5])))
    places = system.places
    solution = np.linalg.solve(system.padded, places.vector(labels))
    assert places.vector(guess.k) @ solution == pytest.approx(guess.f_S, abs=1e-14)
    read = guess.clipped(guess.top)
    lengths = np.linalg.norm(guess.k) * np.linalg.norm(system.solution)
    assert read.overlap == pytest.approx(guess.f_S / lengths)
    assert read.attempts == pytest.approx(16 / 11 * 11 * guess.top**2 / (guess.k @ guess.k))


def test_masking_may_leave_definiteness():
    """A definite kernel whose mask keeps a path: said, not refused."""
    matrix = np.array([[1, 0.8, 0.75], [0.8, 1, 0.8], [0.75, 0.8, 1]])
    matrix = np.block([[matrix, np.zeros((3, 1))], [np.zeros((1, 3)), np.eye(1)]])
    kept = np.eye(4, dtype=bool)
    kept[0, 1] = kept[1, 0] = kept[1, 2] = kept[2, 1] = True
    system = MaskedSystem.of(matrix, np.array([1.0, 1, 1, -1]), given_mask(kept))
    assert system.exact_eigenvalues[0] > 0
    assert not system.is_definite
    assert system.condition == pytest.approx((1 + 0.8 * 2**0.5) / (0.8 * 2**0.5 - 1))


def test_shift_adds_to_the_diagonal():
    system, _ = golden(8)
    shifted = MaskedSystem.of(system.exact, LABELS, system.mask, shift=2.0)
    assert shifted.matrix - system.matrix == pytest.approx(2 * np.eye(8))
    assert shifted.masked_row_sum == pytest.approx(system.masked_row_sum / 3)


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        (np.eye(4), "8 points"),
        (np.diag([1.0] * 7 + [0.0]), "diagonal above zero"),
        (np.diag([1.0] * 7 + [np.nan]), "finite"),
        (np.eye(8) + np.triu(np.ones((8, 8)), 1), "symmetric"),
    ],
)
def test_refused_matrices(matrix, words):
    with pytest.raises(ValueError, match=words):
        MaskedSystem.of(matrix, LABELS, xor_mask(8, (0,)))


def test_refused_vectors():
    system, _ = golden(8)
    with pytest.raises(ValueError, match=r"k_\* is zero"):
        system.predict(np.zeros(8))
    with pytest.raises(ValueError, match="not finite"):
        system.predict(np.full(8, np.nan))
    with pytest.raises(ValueError, match="each of 8 points"):
        system.predict(np.ones(7))


def test_refused_singular():
    system = MaskedSystem.of(np.ones((8, 8)), LABELS, given_mask(np.ones((8, 8))))
    with pytest.raises(ValueError, match="no inverse"):
        _ = system.solution
