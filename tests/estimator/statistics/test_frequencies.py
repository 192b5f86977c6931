"""Frequencies against probabilities: SciPy's chi-square, and noise that exact samples have."""

import numpy as np
import pytest
from scipy.stats import binom, chisquare

from estimator.statistics.frequencies import (
    UNLUCKY,
    chi_square_p_value,
    sampling_noise,
    share_interval,
    total_variation,
)


def p_value(counts, probabilities):
    return chi_square_p_value(np.array(counts), np.array(probabilities))


def test_p_value_is_the_usual_one():
    """SciPy's, where every class expects enough observations."""
    wanted = chisquare([480, 310, 210], [500, 300, 200]).pvalue
    assert p_value([480, 310, 210], [0.5, 0.3, 0.2]) == pytest.approx(wanted, rel=1e-12)


def test_rare_classes_count_together():
    """Two classes of three, and one of fewer with the least of the others."""
    wanted = chisquare([55, 38, 7], [60, 34, 6]).pvalue
    assert p_value([55, 38, 2, 5], [0.6, 0.34, 0.03, 0.03]) == pytest.approx(wanted, rel=1e-12)
    wanted = chisquare([55, 45], [60, 40]).pvalue
    assert p_value([55, 39, 1, 5], [0.6, 0.38, 0.01, 0.01]) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize(
    ("laws", "count"),
    [([0.5, 0.4997, 0.0003], 781), ([0.7, 0.29, 0.0098, 0.0002], 693), ([0.6, 0.39, 0.01], 300)],
)
def test_exact_samples_are_as_rarely_off_as_is_said(laws, count, rng):
    """Of a class that is seen once in some experiments, with p no smaller than it may be."""
    seen = rng.multinomial(count, laws, size=4000)
    found = np.array([p_value(each, laws) for each in seen])
    assert (found < 0.001).mean() < 0.004
    assert (found < 0.05).mean() == pytest.approx(0.05, abs=0.02)


def test_one_class_fits_itself():
    assert p_value([100, 0], [1.0, 0.0]) == 1.0


def test_total_variation():
    """Half of .2 + .1 + .1."""
    assert total_variation(np.array([0.5, 0.3, 0.2]), np.array([0.3, 0.4, 0.3])) == pytest.approx(
        0.2
    )


def test_noise_bounds_exact_samples(rng):
    """Many experiments of uniform classes stay below, and not by a factor of ten."""
    classes, count = 8, 200
    seen = rng.multinomial(count, np.full(classes, 1 / classes), size=20_000) / count
    distances = np.abs(seen - 1 / classes).sum(axis=1) / 2
    noise = sampling_noise(classes, count)
    assert (distances > noise).mean() <= UNLUCKY
    assert distances.max() > noise / 10


@pytest.mark.parametrize(("count", "total"), [(0, 50), (3, 50), (25, 50), (50, 50)])
def test_the_ends_of_a_share_make_the_count_as_unlikely_as_said(count, total):
    """At the lower end so many or more, at the upper end so few or less, with 1/40 each."""
    low, high = share_interval(count, total)
    assert 0 <= low <= count / total <= high <= 1
    if count:
        assert binom.sf(count - 1, total, low) == pytest.approx(0.025)
    if count < total:
        assert binom.cdf(count, total, high) == pytest.approx(0.025)
    assert (low == 0) == (count == 0)
    assert (high == 1) == (count == total)
