"""Shipping keeps its guarantee, and counts every bit."""

import numpy as np
import pytest

from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.evaluate import loss
from bloqs.communication.rivals.shipping import (
    bits_per_real,
    rounded,
    ship,
    shipped_bits,
)


@pytest.mark.parametrize("epsilon", [0.5, 0.03])
@pytest.mark.parametrize("seed", range(6))
def test_guarantee(model_of, epsilon, seed):
    """Complex states, three messages of 2N numbers."""
    model = model_of(seed)
    sent = ship(model, epsilon)
    assert abs(sent.value - loss(model)) <= epsilon
    assert sent.bits == 3 * 16 * bits_per_real(16, 3, epsilon) == shipped_bits(16, 3, epsilon)


def test_real_states_are_half():
    """Rotations about strings with an odd number of Y are real."""
    blocks = (Block("A", (Gate("YX", 0.3),)), Block("B", (Gate("IY", 1.1),)))
    model = PartyModel(2, [1.0, -2, 3, 0.5], blocks)
    assert ship(model, 0.1).bits == shipped_bits(4, 1, 0.1) == 4 * 6
    alone = PartyModel(2, [1.0, -2, 3, 0.5], blocks[:1])
    assert ship(alone, 0.1).bits == 0
    assert ship(alone, 0.1).value == pytest.approx(loss(alone))


def test_rounding():
    """Off by at most 2**-b, on 2**b values; what lies outside is cut off."""
    x = np.linspace(-1, 1, 1001)
    for b in (1, 3, 8):
        assert np.abs(rounded(x, b) - x).max() <= 2.0**-b + 1e-15
        assert len(np.unique(rounded(x, b))) == 2**b
    np.testing.assert_array_equal(rounded(np.array([-3.0, 3.0]), 1), [-0.5, 0.5])


def test_numbers():
    """Not 8 bits: 9 a number at N = 512, and more for more messages."""
    assert bits_per_real(512, 1, 0.1) == 9
    assert bits_per_real(512, 3, 0.1) == 11
    assert bits_per_real(1, 1, 1) == 2
    assert bits_per_real(1, 1, 0.5625) == 2
    for k in (40, 60, 1000):  # half of epsilon is off by less than a rounding
        assert bits_per_real(3, 1, 2.0**-k) == k + 2
    with pytest.raises(ValueError, match="got 0 and 1"):
        bits_per_real(0, 1, 0.1)
