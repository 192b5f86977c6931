"""Points on a sphere as they were measured, and limits that are known."""

from math import ceil, log

import numpy as np
import pytest

from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.model.sphere import SphereModel, dimension, expected_separability

MEASURED = {64: 95, 256: 126, 1024: 144, 4096: 168, 16384: 185}
"""n/P of random points at a tenth of the published depth, eps' = .1."""

DEPTHS = {64: 50, 256: 63, 1024: 77, 4096: 90, 16384: 103}


@pytest.mark.parametrize("n", MEASURED)
def test_attempts_as_measured(n):
    model = SphereModel(n, ceil(4 * log(n)), "erf", DEPTHS[n], 0.1)
    assert model.attempts == pytest.approx(MEASURED[n], rel=0.04)


def test_means_of_drawn_points():
    """Of 4,000 points in ten dimensions: n/P, row sum and separability as expected."""
    rng = np.random.default_rng(5)
    rows = rng.normal(size=(4000, 10))
    rows /= np.linalg.norm(rows, axis=1)[:, None]
    kernel = Kernel.of("relu", 6)
    model = SphereModel(4000, 10, "relu", 6, 0.2)
    rho = np.clip(rows @ rows[:40].T, -1, 1)
    rho[np.arange(40), np.arange(40)] = 0
    values = kernel.values(rho)
    clipped = np.clip(values / model.ceiling, -1, 1)
    assert (clipped**2).mean() == pytest.approx(1 / model.attempts, rel=0.05)
    assert np.abs(values).sum(axis=0).mean() == pytest.approx(model.row_sum, rel=0.05)
    everything = np.abs(rows @ rows.T)
    np.fill_diagonal(everything, 0)
    assert 0.2 < (1 - everything.max()) / model.delta < 5


def test_two_points_may_be_anywhere():
    assert expected_separability(2, 3) == 1
    assert dimension(2) == 3


def test_depth_is_that_of_the_theorem():
    model = SphereModel(2**30, 84, "erf", None, 0.1)
    assert (
        model.largest <= 1 / 2**60 < float(Kernel.of("erf", model.layers - 1).at_gap(model.delta))
    )
    assert model.alpha("uniform") == model.sparsity
    assert model.alpha("weighted") == pytest.approx(1)
