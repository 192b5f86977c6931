"""Amplitude estimation: its errors from its law, its repetitions, and where it pays."""

import numpy as np
import pytest
from scipy.stats import binom

from bloqs.communication import symbols
from bloqs.communication.model.amplitude import (
    SUCCESS,
    break_even,
    clock_length,
    majority_failure,
    repetitions,
    value_bits,
)


def law(p, length):
    """Probability of each value of the clock, from the phases of the two eigenvectors."""
    theta = np.arcsin(np.sqrt(p)) / np.pi
    y = np.arange(length)

    def one(phase):
        amplitudes = np.exp(2j * np.pi * np.outer(y, phase - y / length)).sum(0) / length
        return np.abs(amplitudes) ** 2

    return (one(theta) + one(-theta)) / 2


@pytest.mark.parametrize("epsilon", [0.5, 0.1, 0.03])
def test_one_estimate(epsilon):
    """Within epsilon on the scale of Z with probability 8/pi^2, for every loss."""
    length = clock_length(epsilon)
    least = np.pi * (1 + np.sqrt(1 + 2 * epsilon)) / epsilon
    assert least <= length < 2 * least
    assert length & (length - 1) == 0
    estimates = 1 - 2 * np.sin(np.pi * np.arange(length) / length) ** 2
    assert len(np.unique(np.round(estimates, 12))) <= 2 ** value_bits(length)
    for p in np.linspace(0, 1, 23):
        good = np.abs(estimates - (1 - 2 * p)) <= epsilon
        assert law(p, length)[good].sum() >= SUCCESS - 1e-12


def test_repetitions():
    """Seven estimates at .05, fewest odd number; an expression is never smaller."""
    assert repetitions(0.05) == 7
    for delta in (0.3, 0.05, 1e-3, 1e-6):
        runs = repetitions(delta)
        assert runs % 2 == 1
        assert binom.cdf(runs // 2, runs, SUCCESS) <= delta
        assert runs == 1 or binom.cdf((runs - 2) // 2, runs - 2, SUCCESS) > delta
    assert majority_failure(5) == pytest.approx(binom.cdf(2, 5, SUCCESS))


def test_break_even():
    """At .05 and ten qubits it is worse than shots from about .04 on."""
    assert break_even(0.05, 10) == pytest.approx(0.042, abs=0.002)


@pytest.mark.parametrize("delta", [0.2, 0.3, 0.45, 0.9])
def test_one_estimate_is_enough_for_little_confidence(delta):
    """One is good with probability 8/pi^2, and a median needs an odd number of them."""
    assert repetitions(delta) == 1
    assert repetitions(0.18) == 3


@pytest.mark.parametrize("delta", [0.9, 0.5, 0.19, 0.05, 1e-3, 1e-6, 1e-12])
def test_estimates_in_letters(delta):
    """The letter says the least odd number by the binomial law, as one name and case by case."""
    found = repetitions(symbols.delta)
    least = next(r for r in range(1, 199, 2) if binom.cdf(r // 2, r, SUCCESS) <= delta)
    assert found.subs({symbols.delta: delta}) == least
    assert found.cases.subs({symbols.delta: delta}) == least
    assert found.is_odd
