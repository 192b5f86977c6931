"""Does inversion matter: printed for one draw of digits, and where it does."""

import numpy as np
import pytest

from bloqs.ntk.model import masks
from bloqs.ntk.model.honesty import Honesty, classes_of, threshold_of
from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.model.sources import read
from bloqs.ntk.model.system import MaskedSystem


def at_depth(depth, threshold="zero"):
    split = read("digits:8v9", 64, seed=0)
    kernel, data = Kernel.of("erf", depth), split.train
    rng = np.random.default_rng(0)
    system = MaskedSystem.of(
        kernel.matrix(data.rows), data.labels, masks.random_mask(data.labels, rng)
    )
    vectors = kernel.between(split.test.rows, data.rows)
    return Honesty.of(system, vectors, threshold), system, vectors


def test_nothing_changes_when_deep():
    """At a tenth of L_conv, which is 70 layers here: no sign, and a difference of rounding size."""
    found, _, _ = at_depth(70)
    assert found.row_sum < 1e-5
    assert not found.matters
    assert found.masked_signs == 0
    assert found.differences[0] < 1e-5
    assert 0 < found.largest_difference <= found.bound
    assert found.sentence.startswith("At this depth inversion changes no class of 290 test points")


def test_something_changes_when_shallow():
    found, system, vectors = at_depth(2)
    exact = np.sign(vectors @ np.linalg.solve(system.exact, system.labels))
    assert found.diagonal_signs == np.sum(np.sign(vectors @ system.labels) != exact) > 0
    assert found.bound == float("inf")
    assert f"the class of {found.diagonal_signs} of 290" in found.sentence


def test_thresholds():
    values = np.array([1.0, 2.0, 3.0, 10.0])
    assert threshold_of(values, "zero") == 0
    assert classes_of(values, "median").tolist() == [-1, -1, 1, 1]
    with pytest.raises(ValueError, match="at least one prediction"):
        threshold_of(np.array([]), "median")


def test_median_of_a_constant_kernel():
    """Critical ReLU: what all kernels share takes sign 0 out of play; the median parts classes."""
    split = read("digits:8v9", 32, seed=0)
    kernel, data = Kernel.of("critical-relu", 96), split.train
    vectors = kernel.between(split.test.rows, data.rows)
    values = vectors @ (data.labels + 0.5)
    right = [np.mean(classes_of(values, t) == split.test.labels) for t in ("zero", "median")]
    assert right[0] < 0.6
    assert right[1] > 0.8


def mirrored(rng):
    """Classes that mirror each other, and points in the mirror: f is zero for all of them."""
    right = rng.normal(size=(8, 4))
    left = right * [-1, 1, 1, 1]
    rows, points = np.vstack([right, left]), rng.normal(size=(12, 4)) * [0, 1, 1, 1]
    rows, points = (x / np.linalg.norm(x, axis=1, keepdims=True) for x in (rows, points))
    labels, kernel = np.repeat([1.0, -1.0], 8), Kernel.of("erf", 3)
    system = MaskedSystem.of(kernel.matrix(rows), labels, masks.given_mask(np.ones((16, 16))))
    return system, kernel.between(points, rows)


def test_rounding_is_no_class(rng):
    """Inversion changes nothing where both predictions are zero, whatever rounding says."""
    found = Honesty.of(*mirrored(rng))
    assert found.row_sum > 1
    assert (found.diagonal_signs, found.masked_signs) == (0, 0)
    assert found.differences == (0, 0)


def test_overlap_of_rounding_is_none(rng):
    system, vectors = mirrored(rng)
    for k in vectors:
        found = system.predict(k).clipped(1.0)
        assert (found.overlap, found.sign, found.shots) == (0, 0, float("inf"))
