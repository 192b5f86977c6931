"""The window against its amplitudes."""

import numpy as np
import pytest

from bloqs.readout.sine_window import SineWindow
from bloqs.simulation.runner import Runner, encoded_vector
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import m as bits


@pytest.mark.parametrize("m", [1, 2, 5])
def test_is_the_sine_wave(m, rng):
    size = 2**m
    wanted = np.sqrt(2 / size) * np.sin(np.pi * (np.arange(size) + 0.5) / size)
    np.testing.assert_allclose(encoded_vector(SineWindow(m)), wanted, atol=1e-12)


def test_a_control_switches_it(rng):
    """On any state, not on zero alone."""
    size = 8
    whole = Runner.of(SineWindow(3)).columns(range(size))
    state = rng.normal(size=2 * size) + 1j * rng.normal(size=2 * size)
    state /= np.linalg.norm(state)
    wanted = np.concatenate([state[:size], whole @ state[size:]])
    found = Runner.of(SineWindow(3).controlled()).run(state)
    np.testing.assert_allclose(found, wanted, atol=1e-12)


def test_needs_a_qubit():
    with pytest.raises(ValueError, match="at least one qubit, got m=0"):
        SineWindow(0)


@pytest.mark.parametrize("is_controlled", [False, True])
def test_letters_cost_what_numbers_do(is_controlled):
    """m - 1 rotations, twice as many under a control."""
    letters = cost_by_annotation(SineWindow(bits, is_controlled=is_controlled))
    numbers = cost_by_annotation(SineWindow(5, is_controlled=is_controlled))
    assert letters.rotations.subs(bits, 5) == numbers.rotations == 4 * (1 + is_controlled)
