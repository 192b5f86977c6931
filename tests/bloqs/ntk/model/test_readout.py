"""Clipping, overlaps, and the four overlaps that carry no sign of their own."""

import numpy as np
import pytest

from bloqs.ntk.model import readout
from bloqs.ntk.model.kernel import Kernel


def test_clip_and_overlap():
    assert readout.clip(np.array([5.0, -5.0, 1.0]), 2.0).tolist() == [1, -1, 0.5]
    k, x = np.array([0.5, -3.0, 0.1, 0.0]), np.array([1.0, -1, 1, -1])
    clipped = readout.clip(k, 2.0)
    assert clipped.tolist() == [0.25, -1, 0.05, 0]
    found = readout.Overlap.of(clipped, x)
    square = 0.25**2 + 1 + 0.05**2
    assert found.attempts == pytest.approx(4 / square)
    assert found.overlap == pytest.approx(1.3 / (2 * square**0.5))
    assert found.shots == pytest.approx(1 / found.overlap**2 - 1)
    assert found.sign == 1


def test_ceiling():
    kernel = Kernel.of("erf", 20)
    assert readout.ceiling_at(kernel, 0.1) == pytest.approx(float(kernel.values(0.9)), rel=1e-14)


def test_four_overlaps():
    """The identity [ZNL21] Eq. A.38, from squares alone, in all signs of the four parts."""
    rng = np.random.default_rng(0)
    for _ in range(20):
        k, x = rng.normal(size=(2, 8))
        squares = {}
        for s, one in zip((1, -1), readout.signed_parts(k), strict=True):
            for t, other in zip((1, -1), readout.signed_parts(x), strict=True):
                lengths = np.linalg.norm(one) * np.linalg.norm(other)
                squares[s, t] = float(one @ other / lengths) ** 2
        wanted = k @ x / np.linalg.norm(k) / np.linalg.norm(x)
        assert readout.from_four(squares, k, x) == pytest.approx(wanted, abs=1e-14)


def test_four_overlaps_need_signs():
    labels = np.array([1.0, 1, -1, -1])
    readout.check_four(np.array([0.5, 0.0, -1, -2]), labels)
    with pytest.raises(ValueError, match=r"row 1 has y_i x_i = -0.25"):
        readout.check_four(np.array([0.5, -0.25, -1, -2]), labels)


@pytest.mark.parametrize(
    ("k", "ceiling", "words"),
    [
        (np.zeros(3), 1.0, "zero"),
        (np.array([1.0, np.inf]), 1.0, "not finite"),
        (np.ones(2), 0.0, "above 0"),
    ],
)
def test_refused(k, ceiling, words):
    with pytest.raises(ValueError, match=words):
        readout.clip(k, ceiling)


def test_refused_vanishing():
    with pytest.raises(ValueError, match="vanish"):
        readout.Overlap.of(readout.clip(np.full(4, 1e-300), 1.0), np.ones(4))


@pytest.mark.parametrize("depth", [2540, 2600, 10**15])
def test_refused_so_deep(depth):
    """Where kernels are lost in floating point, or lose digits, nothing is divided by them."""
    with pytest.raises(ValueError, match=f"at depth {depth} .* too small"):
        readout.ceiling_at(Kernel.of("erf", depth), 0.1)
