"""Outcomes of a swap test of flagged preparations from the amplitudes of its parts."""

import numpy as np
import pytest

from bloqs.encodings.uniform_vector import UniformVector
from bloqs.readout.encoded_swap_test import EncodedSwapTest
from bloqs.simulation.runner import Runner
from proofs.leaves import VectorLeaf


def test_outcomes(costs_agree):
    parts = VectorLeaf(3, 1, 1), VectorLeaf(7, 1, 1)
    blocks = [Runner.of(leaf).run(0)[::2] for leaf in parts]
    p, q = (np.linalg.norm(block) ** 2 for block in blocks)
    square = abs(np.vdot(*blocks)) ** 2 / (p * q)
    bloq = EncodedSwapTest(*parts)
    found = Runner.of(bloq).run(0).reshape(2, 2, 2, 2, 2)[:, :, 0, :, 0]
    plus, minus = (np.linalg.norm(found[probe]) ** 2 for probe in (0, 1))
    assert plus == pytest.approx(p * q * (1 + square) / 2)
    assert minus == pytest.approx(p * q * (1 - square) / 2)
    costs_agree(bloq)


def test_a_control_switches_it(random_state):
    bloq = EncodedSwapTest(UniformVector(1), VectorLeaf(3, 1, 1))
    off, on = random_state(2**4), random_state(2**4)
    start = np.concatenate([0.6 * off, 0.8 * on])
    found = Runner.of(bloq.controlled()).run(start)
    wanted = np.concatenate([0.6 * off, 0.8 * Runner.of(bloq).run(on)])
    np.testing.assert_allclose(found, wanted, atol=1e-9)


def test_refuses_parts_of_different_sizes():
    with pytest.raises(ValueError, match="parts of equal size, got 2 and 1"):
        EncodedSwapTest(UniformVector(2), UniformVector(1))
