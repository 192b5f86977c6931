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
    wanted = chisquare([60, 38, 2], [60, 38, 2]).pvalue
    assert p_value([60, 38, 1, 1], [0.6, 0.38, 0.01, 0.01]) == pytest.approx(wanted, rel=1e-12)


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
