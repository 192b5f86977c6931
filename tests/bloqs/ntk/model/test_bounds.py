"""Bounds whose attack is in the ledger; here what is printed, and the edges."""

from math import inf, log

import numpy as np
import pytest

from bloqs.ntk.model import bounds
from bloqs.ntk.model.activation import Activation
from bloqs.ntk.model.kernel import Kernel


@pytest.mark.parametrize(("d", "printed"), [(20, 2.2e-9), (50, 1.1e-22), (100, 7.5e-45)])
def test_near_share(d, printed):
    assert bounds.near_share(0.05, 0.5, d) == pytest.approx(printed, rel=0.03)


@pytest.mark.parametrize(("name", "printed"), [("erf", 27.21), ("relu", 20.81)])
def test_exponent_at_the_published_depth(name, printed):
    """k_L(rho) is at least rho (delta/n)**c there."""
    law = Activation.of(name)
    depth = 200
    small = bounds.smallest_entry(1.0, law.mu, law.chi, depth) / ((depth + 1) * (1 - 1 / law.chi))
    assert -log(small) / depth * 8 / law.mu == pytest.approx(printed, abs=5e-3)


def test_beyond_a_row_sum_of_one():
    assert bounds.condition_bound(1.0) == inf
    assert bounds.diagonal_error(1.2) == inf
    assert bounds.masked_error(1.2) == inf
    assert bounds.state_error(1.2) == 2
    assert bounds.solution_norms(1.2)[1] == inf
    with pytest.raises(ValueError, match="below 1"):
        bounds.window_of(1.0, 2.0)


def test_shift():
    """Printed: (1 + f + r_S) / (1 + f - r_S)."""
    assert bounds.shifted_condition_bound(1.5, 2.0) == pytest.approx((1 + 2 + 1.5) / (1 + 2 - 1.5))


def test_signs_of_a_solution():
    """Guaranteed below 1/2; at row sums of 1.1 an entry has the other sign."""
    beside = np.zeros((5, 5))
    for i, j, value in ((0, 1, 0.55), (0, 2, 0.55), (1, 3, -0.45), (2, 4, -0.45)):
        beside[i, j] = beside[j, i] = value
    for scale, is_kept in ((0.4, True), (1.0, False)):
        solution = np.linalg.solve(np.eye(5) + scale * beside, np.ones(5))
        assert bounds.overlaps_are_positive(scale * 1.1) is is_kept
        assert bool(solution.min() > 0) is is_kept


@pytest.mark.parametrize("name", ["erf", "relu"])
def test_lemma_and_theorem_on_a_grid(name):
    """Contraction, Theorem 1 (a) and (b): no violation from gaps of 1e-6 to 1/3, 400 layers."""
    law = Activation.of(name)
    for gap in 10.0 ** np.arange(-6, 0, 0.5):
        near, far = np.array([gap]), None
        for depth in range(1, 401):
            if near is not None:
                near, _ = law.image_of_gap(1.0, near)
                rho = 1 - near
                near, far = (near, None) if near < 0.5 else (None, rho)
            else:
                far, _ = law.image(1.0, far)
                rho = far
            assert abs(float(rho[0])) <= bounds.contracted(gap, law.mu, depth) * (1 + 1e-12) + 1e-14
            if depth % 40 == 0:
                k = float(Kernel.of(name, depth).at_gap(gap))
                assert k <= bounds.largest_entry(gap, law.mu, law.chi, depth)
                assert k >= bounds.smallest_entry(1 - gap, law.mu, law.chi, depth) * (1 - 1e-9)


def test_window():
    assert bounds.window_of(0.1, 20) == pytest.approx((0.045, 0.055))


@pytest.mark.parametrize(("gap", "wide", "d"), [(0.5, 0.2, 10), (0.0, 0.5, 10), (0.1, 0.5, 1)])
def test_refused_share(gap, wide, d):
    with pytest.raises(ValueError, match="eps'"):
        bounds.near_share(gap, wide, d)
