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


@pytest.mark.parametrize("name", ["erf", "relu"])
def test_lemma_and_theorem_on_a_grid(name):
    """Contraction, largest and smallest entries: no violation, gaps 1e-6 to 1/3, 400 layers."""
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


@pytest.mark.parametrize(("gap", "wide", "d"), [(0.5, 0.2, 10), (0.0, 0.5, 10), (0.1, 0.5, 1)])
def test_refused_share(gap, wide, d):
    with pytest.raises(ValueError, match="eps'"):
        bounds.near_share(gap, wide, d)
