"""The cheapest number of rounds: by trying all of them, and by simulated amplification."""

import numpy as np
import pytest

from bloqs.linear_systems.model.amplification import (
    amplified_success,
    best_rounds,
    runs_until_success,
)


@pytest.mark.parametrize("success", [1.0, 0.81, 0.5, 0.34, 0.33, 0.2, 0.05, 1e-3, 2e-6])
def test_no_other_number_of_rounds_is_cheaper(success):
    """All rounds up to far beyond the first maximum, over the square of a sine."""
    odd = np.arange(1, 4 * int(1 / np.sqrt(success)) + 8, 2)
    every = odd / np.sin(odd * np.arcsin(np.sqrt(success))) ** 2
    assert runs_until_success(success, best_rounds(success)) == pytest.approx(every.min())


def test_many_rounds_are_found_without_trying_them():
    """Expected runs 1.3796 / sqrt(p) as p goes to 0: u / sin(u)**2 at tan u = 2 u."""
    p = 1e-14
    assert runs_until_success(p, best_rounds(p)) * np.sqrt(p) == pytest.approx(1.37996, abs=1e-4)


@pytest.mark.parametrize("rounds", [0, 1, 2, 5])
def test_rounds_of_two_reflections(rounds):
    """The rotation in the plane of success and failure, as matrices."""
    p = 0.07
    start = np.array([np.sqrt(1 - p), np.sqrt(p)])
    flip, about = np.diag([1.0, -1.0]), 2 * np.outer(start, start) - np.eye(2)
    found = np.linalg.matrix_power(about @ flip, rounds) @ start
    assert amplified_success(p, rounds) == pytest.approx(found[1] ** 2)


def test_the_usual_number_overshoots():
    """p = .81: three runs that succeed with probability .047, against one."""
    assert best_rounds(0.81) == 0
    assert amplified_success(0.81, 1) == pytest.approx(0.0467, abs=1e-4)


@pytest.mark.parametrize("success", [0.0, -0.1, 1.01, float("nan")])
def test_refuses_what_is_no_probability(success):
    with pytest.raises(ValueError, match=r"a success probability lies in \(0, 1\]"):
        best_rounds(success)
