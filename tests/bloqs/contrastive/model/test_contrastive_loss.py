"""The loss by known values, by a plain sum, and its gradient by differences."""

import math

import numpy as np
import pytest

from bloqs.contrastive.model.contrastive_loss import nt_xent

RANDOM = np.random.default_rng(4)


def written_out(views, tau):
    z = [row / np.linalg.norm(row) for row in views]
    total = 0.0
    for i, one in enumerate(z):
        pair = (i + len(z) // 2) % len(z)
        below = sum(math.exp(one @ two / tau) for k, two in enumerate(z) if k != i)
        total -= math.log(math.exp(one @ z[pair] / tau) / below)
    return total / len(z)


@pytest.mark.parametrize("tau", [0.07, 0.5, 3.0])
@pytest.mark.parametrize(("images", "width"), [(2, 1), (3, 4), (7, 8)])
def test_value_and_gradient(images, width, tau):
    views = RANDOM.normal(size=(2, images, width))
    loss, slope = nt_xent(*views, tau)
    assert loss == pytest.approx(written_out(views.reshape(-1, width), tau), abs=1e-10)
    for place in np.ndindex(views.shape):
        step = np.zeros_like(views)
        step[place] = 1e-6
        ends = [nt_xent(*(views + sign * step), tau)[0] for sign in (1, -1)]
        assert slope[place] == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-6)


def test_known_values():
    pairs = np.eye(2)
    assert nt_xent(pairs, pairs, 0.07)[0] == pytest.approx(math.log(1 + 2 * math.exp(-1 / 0.07)))
    equal = np.ones((5, 3))
    assert nt_xent(equal, equal, 0.07)[0] == pytest.approx(math.log(9))
    assert nt_xent(-pairs, pairs, 0.001)[0] == pytest.approx(1000 + math.log(2))  # no overflow


@pytest.mark.parametrize(
    ("first", "second", "tau", "message"),
    [
        (np.ones((1, 2)), np.ones((1, 2)), 0.1, "at least 2 images, got 1"),
        (np.ones((2, 2)), np.ones((3, 2)), 0.1, "one shape"),
        (np.ones((2, 2)), np.ones((2, 2)), 0.0, "above 0, got 0.0"),
        (np.ones((2, 2)), np.ones((2, 2)), math.nan, "above 0, got nan"),
        (np.full((2, 2), np.inf), np.ones((2, 2)), 1.0, "finite, got inf"),
        (np.zeros((2, 2)), np.ones((2, 2)), 1.0, "no direction"),
    ],
)
def test_refusals(first, second, tau, message):
    with pytest.raises(ValueError, match=message):
        nt_xent(first, second, tau)
