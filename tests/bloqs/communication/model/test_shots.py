"""Shots, and bits of their results: as many as there are different results."""

from math import ceil, log2

import pytest
from scipy.stats import binom

from bloqs.communication.model.shots import (
    equal_confidence_shots,
    gradient_copies,
    loss_shots,
    on_z_scale,
    result_bits,
    shift_result_bits,
    shift_shots,
    spread_shots,
)


@pytest.mark.parametrize("shots", [1, 2, 3, 4, 7, 8, 16, 31, 32, 738, 1199])
def test_results_fit_in_their_bits_and_in_no_fewer(shots):
    counts = range(shots + 1)
    assert result_bits(shots) == ceil(log2(len({*counts})))
    differences = {up - down for up in (0, shots) for down in counts}
    assert shift_result_bits(shots) == ceil(log2(len(differences)))


@pytest.mark.parametrize(("epsilon", "delta"), [(0.3, 0.1), (0.1, 0.05), (0.5, 0.01)])
def test_fair_coins_fail_less_than_claimed(epsilon, delta):
    """Exact tails of the largest spread, for one value and for D."""
    shots = loss_shots(epsilon, delta)
    assert 2 * binom.cdf(ceil(shots * (1 - epsilon) / 2) - 1, shots, 0.5) <= delta
    assert loss_shots(epsilon, delta, "projector") <= ceil(shots / 4)
    copies = gradient_copies(12, epsilon, delta)
    assert 24 * binom.cdf(ceil(copies * (1 - epsilon) / 2) - 1, copies, 0.5) <= delta
    runs = shift_shots(12, epsilon, delta)
    assert abs(copies - 2 * runs) <= 1
    assert 24 * binom.cdf(ceil(2 * runs * (1 - epsilon) / 2) - 1, 2 * runs, 0.5) <= delta


@pytest.mark.parametrize(
    ("epsilon", "shots"), [(1, 4), (0.5, 16), (0.3, 45), (0.1, 400), (0.03, 4445)]
)
def test_equal_confidence(epsilon, shots):
    """Two standard deviations of the mean of so many fair coins are the error, not of one less."""
    assert equal_confidence_shots(epsilon) == shots
    assert 2 * binom.std(shots, 0.5) * 2 / shots <= epsilon
    assert 2 * binom.std(shots - 1, 0.5) * 2 / (shots - 1) > epsilon


@pytest.mark.parametrize(("spread", "epsilon"), [(2, 0.1), (1, 0.1), (6, 0.5)])
def test_values_of_an_interval(spread, epsilon):
    """As a coin of that spread; Z has a spread of 2."""
    as_z = loss_shots(2 * epsilon / spread, 0.05)
    assert spread_shots(spread, epsilon, 0.05) == as_z


def test_other_ways_to_read_are_refused():
    with pytest.raises(ValueError, match="read as 'Z' or 'projector', got 'X'"):
        on_z_scale(0.1, "X")
    for epsilon, delta in ((0, 0.1), (1.1, 0.1), (0.1, 0), (0.1, 1), (float("nan"), 0.1)):
        with pytest.raises(ValueError, match="lies in"):
            loss_shots(epsilon, delta)
