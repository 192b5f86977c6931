"""Cells of one width."""

import pytest
import torch

from bloqs.hypergraph.training.kept_numbers import quantised


@pytest.mark.parametrize("bits", [1, 2, 5])
def test_numbers_go_to_the_middle_of_their_cell(bits):
    x = torch.linspace(-1, 1, 4001)
    y = quantised(x, bits)
    assert len(y.unique()) == 2**bits
    assert (x - y).abs().max() <= 2.0**-bits + 1e-6
    assert torch.equal(quantised(y, bits), y)
    assert (y.diff() >= 0).all()
    assert y.abs().max() == 1 - 2.0**-bits


def test_at_full_precision_nothing_changes():
    x = torch.rand(50) * 2 - 1
    assert torch.equal(quantised(x, 32), x)
