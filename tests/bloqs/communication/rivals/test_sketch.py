"""Sketches are unbiased and within their variance; medians keep their guarantee."""

import numpy as np
import pytest

from bloqs.communication.rivals.sketch import (
    Sketch,
    equal_confidence_bits,
    groups_for,
    median_estimate,
    sketch_bits,
    sketch_length,
    variance_bound,
)


def observable(rng, size):
    turn = np.linalg.qr(rng.normal(size=(size, size)))[0]
    return turn @ np.diag(rng.choice([-1.0, 1.0], size)) @ turn.T


@pytest.mark.parametrize(("size", "length"), [(4, 5), (16, 40)])
def test_mean_and_variance(size, length):
    """2,000 sketches: the mean within five of its deviations, the variance below the bound."""
    rng = np.random.default_rng(size)
    q, x = observable(rng, size), rng.normal(size=size)
    x /= np.linalg.norm(x)
    found = []
    for seed in range(2000):
        sketch = Sketch(size, length, seed)
        found.append(sketch.estimate(sketch.sent(x), q))
    assert np.mean(found) == pytest.approx(x @ q @ x, abs=5 * np.std(found) / np.sqrt(2000))
    assert 0.1 < np.var(found) / variance_bound(size, length) < 1.1


def test_lengths():
    """Least lengths, by the bound on both sides; the cheaper of two ways."""
    for reals, variance in ((16, 0.3), (2**13, 0.0025), (2**40, 1e-6)):
        k = sketch_length(reals, variance)
        assert variance_bound(reals, k) <= variance < variance_bound(reals, k - 1)
    assert equal_confidence_bits(2**13, 0.1) == sketch_length(2**13, 0.0025)
    assert groups_for(0.05, 1000) == 80
    one, many = sketch_length(2**13, 0.01 * 0.05), 24 * sketch_length(2**13, 0.0025)
    assert sketch_bits(2**13, 0.1, 0.05) == min(one, many)
    assert sketch_bits(2**13, 0.1, 1e-9) == groups_for(1e-9) * sketch_length(2**13, 0.0025)
    with pytest.raises(ValueError, match="at least 2 bits, got 1"):
        Sketch(4, 1, 0)
    with pytest.raises(ValueError, match="variance is positive"):
        sketch_length(4, 0)


def test_medians():
    """One sketch for many observables: in 40 seeds all are within epsilon, bits counted."""
    rng, x = np.random.default_rng(1), np.eye(1, 4)[0]
    many, missed = [observable(rng, 4) for _ in range(5)], 0
    for seed in range(40):
        found, bits = median_estimate(x, many, 0.5, 0.1, seed)
        missed += max(abs(found - [x @ q @ x for q in many])) > 0.5
    assert missed <= 4
    assert bits == groups_for(0.1, 5) * equal_confidence_bits(4, 0.5)
