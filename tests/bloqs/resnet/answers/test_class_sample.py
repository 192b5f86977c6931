"""Shots of a state and how they are judged."""

import numpy as np
import pytest
from scipy.stats import chisquare, kstest

from bloqs.resnet.answers.class_sample import ClassSample, sample_classes
from bloqs.resnet.model.random_network import random_network


def sample(counts, expected):
    return ClassSample(counts=np.array(counts), failures=0, expected=np.array(expected))


def test_p_value_is_the_usual_one():
    """SciPy's, where every class expects enough shots."""
    found = sample([480, 310, 210], [0.5, 0.3, 0.2])
    wanted = chisquare([480, 310, 210], [500, 300, 200]).pvalue
    assert found.p_value == pytest.approx(wanted, rel=1e-12)


def test_rare_classes_count_together():
    found = sample([60, 38, 1, 1], [0.6, 0.38, 0.01, 0.01])
    assert found.p_value == pytest.approx(chisquare([60, 38, 2], [60, 38, 2]).pvalue, rel=1e-12)


def test_one_class_fits_itself():
    assert sample([100, 0], [1.0, 0.0]).p_value == 1.0


def test_p_values_are_uniform(rng):
    """Over 200 samples of the right state, and near zero for those of a wrong one."""
    network = random_network(1, 3, 4, 1, 4, False, rng)
    psi, other = rng.normal(size=(2, 16))
    psi, other = psi / np.linalg.norm(psi), other / np.linalg.norm(other)
    right = [sample_classes(network, psi, psi, 2000, rng).p_value for _ in range(200)]
    assert kstest(right, "uniform").pvalue > 0.01
    wrong = [sample_classes(network, other, psi, 2000, rng).p_value for _ in range(20)]
    assert max(wrong) < 1e-6


def test_failures_are_the_missing_probability(rng):
    """A vector of length 0.6 fails 64 times in 100; one outside of the network's entries always."""
    network = random_network(1, 3, 2, 1, 2, False, rng)
    found = sample_classes(network, np.array([0.6, 0, 0, 0]), np.eye(4)[0], 10_000, rng)
    assert abs(found.failures - 6400) < 250
    assert found.shots == found.counts[0] == 10_000 - found.failures
    outside = np.eye(8)[5]
    assert sample_classes(network, outside, np.eye(8)[0], 100, rng).failures == 100


def test_refuses(rng):
    network = random_network(1, 3, 2, 1, 2, False, rng)
    with pytest.raises(ValueError, match="at least one shot, got 0"):
        sample_classes(network, np.eye(4)[0], np.eye(4)[0], 0, rng)
