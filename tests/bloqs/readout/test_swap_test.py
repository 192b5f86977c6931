"""Overlaps from the probability of the probe."""

import numpy as np
import pytest

from bloqs.readout.swap_test import SwapTest
from bloqs.simulation.runner import Runner


@pytest.mark.parametrize("n", [1, 3])
def test_is_the_overlap(n, random_state, costs_agree):
    x, y = random_state(2**n), random_state(2**n)
    bloq = SwapTest(n)
    start = np.kron([1, 0], np.kron(x, y))
    final = Runner.of(bloq).run(start)
    likely = np.linalg.norm(final[: 4**n]) ** 2
    assert 2 * likely - 1 == pytest.approx(abs(np.vdot(x, y)) ** 2)
    off = random_state(2 * 4**n)
    found = Runner.of(bloq.controlled()).run(np.concatenate([0.6 * off, 0.8 * start]))
    np.testing.assert_allclose(found, np.concatenate([0.6 * off, 0.8 * final]), atol=1e-9)
    costs_agree(bloq)


def test_needs_a_qubit():
    with pytest.raises(ValueError, match="at least one qubit, got n=0"):
        SwapTest(0)
