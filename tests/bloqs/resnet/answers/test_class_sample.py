"""Shots of a state and how they are judged."""

import numpy as np
import pytest
from scipy.stats import kstest

from bloqs.resnet.answers.class_sample import sample_classes
from bloqs.resnet.model.random_network import random_network


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
