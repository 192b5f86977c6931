"""Runs to find the most probable class: bounds against enumeration and simulation."""

import itertools
import math

import numpy as np
import pytest

from estimator.statistics.shots_needed import (
    chernoff_bound,
    margin,
    pairwise_bound,
    shots_needed,
    tie_probability,
)


def outcomes(probabilities, runs):
    """Every outcome of `runs` runs as counts, with its probability."""
    classes = range(len(probabilities))
    for sequence in itertools.product(classes, repeat=runs):
        probability = math.prod(probabilities[c] for c in sequence)
        yield [sequence.count(c) for c in classes], probability


def simulated_failure(probabilities, runs, repetitions, rng):
    """Frequency with which the most frequent class is not the most probable, ties lost."""
    counts = rng.multinomial(runs, probabilities / probabilities.sum(), size=repetitions)
    best = int(np.argmax(probabilities))
    rivals = np.delete(counts, best, axis=1).max(axis=1)
    return float((rivals >= counts[:, best]).mean())


@pytest.mark.parametrize("probabilities", [(0.5, 0.3, 0.2), (0.4, 0.39, 0.21), (0.6, 0.4, 0.0)])
@pytest.mark.parametrize("runs", [1, 2, 5, 8])
def test_bounds_hold_for_every_outcome(probabilities, runs):
    """Ties count as wrong; one rival's probability is exact, sums are above the union."""
    wrong, ties = 0.0, [0.0, 0.0]
    for counts, probability in outcomes(probabilities, runs):
        wrong += probability * (max(counts[1:]) >= counts[0])
        for rival in (1, 2):
            ties[rival - 1] += probability * (counts[rival] >= counts[0])
    rivals = np.array(probabilities[1:])
    for rival in (0, 1):
        found = tie_probability(probabilities[0], float(rivals[rival]), runs)
        assert found == pytest.approx(ties[rival], abs=1e-12)
    assert wrong <= pairwise_bound(probabilities[0], rivals, runs) + 1e-12
    assert sum(ties) <= chernoff_bound(probabilities[0], rivals, runs) + 1e-12


def test_ten_classes_like_digits(rng):
    """The methods are ordered, each suffices in simulation, and the last one is near what is
    needed: a third fewer runs fail more often than allowed."""
    probabilities = np.array([0.16, 0.12, 0.11, *[0.61 / 7] * 7])
    found = shots_needed(probabilities, 0.05, 0.0)
    assert found.margin == pytest.approx(0.04)
    assert found.pairwise < found.chernoff < found.hoeffding
    for runs in (found.pairwise, found.chernoff):
        assert simulated_failure(probabilities, runs, 20_000, rng) < 0.055
    assert simulated_failure(probabilities, 2 * found.pairwise // 3, 20_000, rng) > 0.055


def test_hoeffding_by_hand():
    """2 ln(2 / 0.01) / 0.1^2, for two rivals."""
    found = shots_needed(np.array([0.4, 0.3, 0.3]), 0.01, 0.0)
    assert found.hoeffding == math.ceil(2 * math.log(2 / 0.01) / 0.01)
    assert found.hoeffding == 1060


def test_chernoff_by_hand():
    """One rival: the smallest R with (2 sqrt(p q))^R <= delta if p + q = 1."""
    found = shots_needed(np.array([0.6, 0.4]), 0.01, 0.0)
    base = 2 * math.sqrt(0.6 * 0.4)
    assert base**found.chernoff <= 0.01 < base ** (found.chernoff - 1)


def test_chernoff_where_it_is_met_exactly():
    """Seven rivals of 1/16 beside 9/16: 7 (3/4)^R, which may be as large as is allowed."""
    probabilities = np.array([9, *[1] * 7]) / 16
    allowed = chernoff_bound(9 / 16, probabilities[1:], 20)
    assert allowed == pytest.approx(7 * 0.75**20, rel=1e-12)
    assert shots_needed(probabilities, allowed, 0.0).chernoff == 20


def test_an_inexact_sampler_is_taken_at_its_worst():
    """The best class loses and each rival wins the distance, so that more runs are needed."""
    exact = shots_needed(np.array([0.45, 0.35, 0.2]), 0.01, 0.02)
    worst = shots_needed(np.array([0.43, 0.37, 0.2]), 0.01, 0.0)
    assert exact.margin == pytest.approx(0.1)
    assert exact.hoeffding == worst.hoeffding
    assert worst.chernoff <= exact.chernoff <= worst.chernoff + 2
    with pytest.raises(ValueError, match=r"a margin of 0\.1 .* off by 0\.051; the margin"):
        shots_needed(np.array([0.45, 0.35, 0.2]), 0.01, 0.051)


def test_tiny_margins_are_not_summed():
    """The bounds remain; the number from exact sums is left out."""
    found = shots_needed(np.array([0.5 + 1e-6, 0.5 - 1e-6]), 0.01, 0.0)
    assert found.pairwise is None
    assert 1e12 < found.chernoff < found.hoeffding


def test_certain_answers_take_one_run():
    found = shots_needed(np.array([0.0, 1.0, 0.0]), 0.01, 0.0)
    assert (found.chernoff, found.pairwise) == (1, 1)


def test_margin_is_between_the_two_largest():
    assert margin(np.array([0.2, 0.5, 0.3])) == pytest.approx(0.2)
    with pytest.raises(ValueError, match="at least two probabilities that sum to 1"):
        margin(np.array([0.2, 0.5]))


@pytest.mark.parametrize(
    ("failure", "distance", "text"),
    [
        (0.0, 0.0, "failure must be above 0 and below 1, got 0"),
        (1.0, 0.0, "failure must be above 0 and below 1, got 1"),
        (0.1, -0.1, "distance must be from 0 to below 1, got -0.1"),
    ],
)
def test_impossible_requests_are_refused(failure, distance, text):
    with pytest.raises(ValueError, match=text):
        shots_needed(np.array([0.6, 0.4]), failure, distance)


def test_ties_have_no_answer():
    with pytest.raises(ValueError, match="a margin of 0 between the two best classes is lost"):
        shots_needed(np.array([0.5, 0.5]), 0.1, 0.0)
