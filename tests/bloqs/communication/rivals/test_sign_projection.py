"""Bits of a linear classification do not grow with the data; the gadget decides a threshold."""

import numpy as np
import pytest

from bloqs.communication.rivals.sign_projection import (
    Projection,
    projection_bits,
    threshold_gadget,
)


def test_bits():
    assert [projection_bits(gamma, 0.05) for gamma in (0.3, 0.15)] == [160, 653]
    with pytest.raises(ValueError, match=r"gamma, the margin, lies in \(0, 1\], got 1.1"):
        projection_bits(1.1, 0.05)
    with pytest.raises(ValueError, match=r"delta.* got 1.5"):
        projection_bits(0.3, 1.5)


@pytest.mark.parametrize("size", [4, 200])
@pytest.mark.parametrize("sign", [1, -1])
def test_decisions(size, sign):
    """200 seeds at the margin itself: at most a share delta is wrong."""
    x, y = np.eye(size)[0], np.zeros(size)
    y[:2] = sign * 0.3, np.sqrt(1 - 0.09)
    wrong = 0
    for seed in range(200):
        coins = Projection(size, projection_bits(0.3, 0.1), seed)
        wrong += coins.decide(coins.sent(x), y) != sign
    assert wrong <= 20


def test_gadget():
    """Product of unit vectors, positive from n/4 on, of size 1/4n at least."""
    rng = np.random.default_rng(2)
    for n in (4, 7, 40):
        for _ in range(100):
            a, b = (rng.random((2, n)) < rng.uniform(0.1, 0.9, (2, 1))).astype(int)
            x, y = threshold_gadget(a, b)
            assert np.linalg.norm([x, y], axis=1) == pytest.approx([1, 1])
            assert (x @ y > 0) == (a @ b >= n // 4)
            assert abs(x @ y) >= 1 / (4 * n) - 1e-12
    with pytest.raises(ValueError, match="indicators of one length from 4"):
        threshold_gadget([1, 0, 2, 0], [1, 0, 1, 0])
