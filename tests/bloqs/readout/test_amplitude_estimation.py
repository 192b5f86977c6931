"""The estimated probability and how often it is near, from the clock."""

import numpy as np
import pytest

from bloqs.readout.amplitude_estimation import AmplitudeEstimation
from bloqs.readout.clock import ClockWindow
from bloqs.simulation.runner import Runner
from proofs.leaves import VectorLeaf


def clock_of(bloq, rest):
    """Probabilities of the clock."""
    state = Runner.of(bloq).run(0).reshape(-1, rest)
    return np.sum(np.abs(state) ** 2, axis=1)


@pytest.mark.parametrize("m", [3, 5])
@pytest.mark.parametrize("seed", [4, 9])
def test_is_near_as_often_as_published(m, seed):
    """Within 2 pi sqrt(a (1 - a)) / T + (pi / T)**2 with probability 8 / pi**2 at least."""
    leaf = VectorLeaf(seed, 1, 1)
    a, size = 1 / leaf.alpha**2, 2**m
    likely = clock_of(AmplitudeEstimation(leaf, m), 4)
    found = np.sin(np.pi * np.arange(size) / size) ** 2
    near = 2 * np.pi * np.sqrt(a * (1 - a)) / size + (np.pi / size) ** 2
    assert likely[abs(found - a) <= near].sum() >= 8 / np.pi**2


def test_is_a_sum_of_two_phases():
    """Half of each of plus and minus twice the angle, by the sum over the steps of the clock."""
    leaf, m = VectorLeaf(4, 1, 1), 4
    angle, size = np.arcsin(1 / leaf.alpha), 16
    t = np.arange(size)
    sine = np.sqrt(2 / size) * np.sin(np.pi * (t + 0.5) / size)
    for window, weights in ((ClockWindow.UNIFORM, 1 / np.sqrt(size)), (ClockWindow.SINE, sine)):
        waves = np.exp(-2j * np.pi * np.outer(t, t) / size) / np.sqrt(size)
        both = [abs(waves @ (weights * np.exp(2j * s * angle * t))) ** 2 for s in (1, -1)]
        found = clock_of(AmplitudeEstimation(leaf, m, window), 4)
        np.testing.assert_allclose(found, (both[0] + both[1]) / 2, atol=1e-9)


def test_costs_and_control(costs_agree, random_state):
    bloq = AmplitudeEstimation(VectorLeaf(4, 1, 1), 2)
    costs_agree(bloq)
    off, start = random_state(16), np.eye(16)[0]
    final = Runner.of(bloq).run(0)
    found = Runner.of(bloq.controlled()).run(np.concatenate([0.6 * off, 0.8 * start]))
    np.testing.assert_allclose(found, np.concatenate([0.6 * off, 0.8 * final]), atol=1e-9)


def test_refuses_what_cannot_fail():
    with pytest.raises(ValueError, match="no ancilla, so it always succeeds"):
        AmplitudeEstimation(VectorLeaf(4, 1, 0), 2)
