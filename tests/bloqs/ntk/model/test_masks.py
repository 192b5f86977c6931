"""Patterns: what is kept, how much, and what is refused."""

from math import log

import numpy as np
import pytest

from bloqs.ntk.model import masks

LABELS = np.repeat([1.0, -1.0], 64)


def test_random_mask():
    """Printed for n = 128: largest row 11.7 on average; 1 + ln n on average but for repetitions."""
    rng = np.random.default_rng(0)
    drawn = [masks.random_mask(LABELS, rng) for _ in range(60)]
    for mask in drawn:
        assert not mask.kept[:64, 64:].any()
        assert mask.offsets is None
    marked = 1 - (1 - 2 * log(128) / 128 / 128) ** 128
    mean = np.mean([m.mean_sparsity for m in drawn])
    assert mean == pytest.approx(1 + 63 * marked, rel=0.01)
    assert mean == pytest.approx(1 + log(128), rel=0.06)
    assert np.mean([m.sparsity for m in drawn]) == pytest.approx(11.7, abs=0.6)


def test_random_mask_of_two_points():
    mask = masks.random_mask(np.array([1.0, -1.0]), np.random.default_rng(0))
    assert np.array_equal(mask.kept, np.eye(2))


def test_xor_mask():
    offsets = masks.random_offsets(128, np.random.default_rng(1))
    assert len(offsets) == 6
    mask = masks.xor_mask(128, offsets)
    assert set(mask.kept.sum(axis=0)) == {6}
    assert not mask.kept[:64, 64:].any()
    i, j = np.nonzero(mask.kept)
    assert set(i ^ j) == set(offsets)


@pytest.mark.parametrize("n", [2, 4, 8])
def test_offsets_of_few_rows(n):
    offsets = masks.random_offsets(n, np.random.default_rng(0))
    assert len(offsets) == min(1 + int(np.ceil(log(n))), n // 2)
    assert masks.xor_mask(n, offsets).sparsity == len(offsets)


def test_biased_mask():
    """Every kept entry is above what is large, as printed about the 54th percentile in class."""
    rng = np.random.default_rng(5)
    matrix = rng.uniform(0.1, 1, size=(128, 128))
    matrix = (matrix + matrix.T) / 2
    np.fill_diagonal(matrix, 1)
    in_class = matrix[:64, :64][~np.eye(64, dtype=bool)]
    thresholds = [masks.large_threshold(matrix, LABELS, rng) for _ in range(40)]
    shares = [np.mean(in_class < t) for t in thresholds]
    balanced = [s for s in shares if s < 1]
    assert np.mean(balanced) == pytest.approx(0.75, abs=0.2)
    mask = masks.biased_mask(matrix, LABELS, rng)
    kept = matrix[mask.kept & ~np.eye(128, dtype=bool)]
    assert kept.min() > min(thresholds) * 0.8
    assert mask.mean_sparsity < 1 + log(128)


def test_published_shift():
    assert masks.published_shift(16) == pytest.approx(0.76 * log(16) ** 0.9)


def test_of_matrix():
    matrix = np.arange(16.0).reshape(4, 4)
    kept = masks.xor_mask(4, (0, 1)).of_matrix(matrix)
    assert np.array_equal(kept, matrix * np.kron(np.eye(2), np.ones((2, 2))))
    with pytest.raises(ValueError, match=r"\(4, 4\).*\(3, 3\)"):
        masks.xor_mask(4, (0, 1)).of_matrix(np.eye(3))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: masks.given_mask(np.eye(3) + np.eye(3, k=1)), r"symmetric.*\(0, 1\)"),
        (lambda: masks.given_mask(np.diag([1, 0, 1])), "diagonal.*entry 1"),
        (lambda: masks.given_mask(np.ones((2, 3))), "square"),
        (lambda: masks.given_mask(np.full((2, 2), 0.5)), "0 and 1"),
        (lambda: masks.xor_mask(6, (0, 1)), "power of two"),
        (lambda: masks.xor_mask(8, (0, 4)), "n/2 = 4"),
        (lambda: masks.xor_mask(8, (1, 2)), "begin with 0"),
        (lambda: masks.xor_mask(8, (0, 1, 1)), "different"),
        (lambda: masks.random_offsets(8, np.random.default_rng(0), terms=0), "diagonal"),
    ],
)
def test_refused(make, words):
    with pytest.raises(ValueError, match=words):
        make()
