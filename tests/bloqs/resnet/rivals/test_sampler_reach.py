"""What is said to be out of reach is what runs do not reach."""

import numpy as np
import pytest

from bloqs.resnet.model.random_network import random_input, random_network
from bloqs.resnet.rivals.sampler import ClassicalSampler
from bloqs.resnet.rivals.sampler_block import Envelope
from bloqs.resnet.rivals.sampler_reach import is_within_reach

LIMIT = 2**13


def reaches(network, psi, epsilon):
    """Whether a run with so many candidates at most gets there."""
    try:
        ClassicalSampler(network, psi, epsilon, Envelope.TIGHT, np.random.default_rng(3))
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(("k", "has_matrix"), [(2, False), (1, True), (2, True)])
def test_runs_reach_what_is_within_reach(k, has_matrix, monkeypatch, rng):
    """From far too small to easy; near the border a run may fail by chance, but never succeed."""
    for module in ("classical_sampler", "sampler_reach"):
        monkeypatch.setattr(f"estimator.{module}.MOST_TRIALS", LIMIT)
    network = random_network(2, 3, 4, k, 4, has_matrix, rng)
    psi = random_input(network.N, rng)
    asked = np.geomspace(1e-5, 0.99, 24)
    said = [is_within_reach(network, psi, epsilon) for epsilon in asked]
    ran = [reaches(network, psi, epsilon) for epsilon in asked]
    assert not any(run and not promised for run, promised in zip(ran, said, strict=True))
    assert 0 < sum(ran) <= sum(said) <= sum(ran) + 1
    assert not said[0]


def test_one_block_without_a_matrix_estimates_nothing(rng):
    network = random_network(1, 3, 4, 1, 4, False, rng)
    assert is_within_reach(network, random_input(network.N, rng), 1e-12)
