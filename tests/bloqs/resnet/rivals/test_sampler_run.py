"""A run of the classical sampler on one input, judged against the exact network."""

import numpy as np
import pytest
from attrs import evolve

from bloqs.resnet.model.random_network import random_input, random_network
from bloqs.resnet.rivals.sampler import ClassicalSampler
from bloqs.resnet.rivals.sampler_block import Envelope, Weighting
from bloqs.resnet.rivals.sampler_run import is_within_reach, sampler_run


def test_it_agrees_and_counts(rng):
    network = random_network(1, 3, 4, 2, 4, True, rng)
    psi = random_input(network.N, rng)
    found = sampler_run(network, psi, 0.5, 300, 1)
    assert found.agrees
    assert 0 < found.error_bound <= 0.5
    assert found.flops - found.estimate_flops == pytest.approx(300 * found.flops_per_class)
    assert found.estimate_flops > 0
    assert len(found.neurons) == len(found.survival) == 2
    assert found.plain()["agrees"] is True
    assert sampler_run(network, psi, 0.5, 300, 1) == found


def test_a_run_shows_how_far_it_is(rng):
    """Rounds of estimates out of all there may be, then passes; watching changes nothing."""
    network = random_network(1, 3, 4, 2, 4, True, rng)
    psi, shown = random_input(network.N, rng), []

    def track(steps, label):
        for step in steps:
            shown.append((label, step, len(steps) if hasattr(steps, "__len__") else None))
            yield step

    found = sampler_run(network, psi, 0.5, 300, 1, track)
    assert found == sampler_run(network, psi, 0.5, 300, 1)
    estimates = [step for label, step, of in shown if (label, of) == ("estimating norms", 17)]
    passes = [step for label, step, of in shown if (label, of) == ("drawing classes", None)]
    assert estimates == list(range(len(estimates)))
    assert len(estimates) > 1
    assert passes == list(range(len(passes)))
    assert len(passes) > 1
    assert len(estimates) + len(passes) == len(shown)


def test_frequencies_too_far_away_do_not_agree(rng):
    network = random_network(1, 3, 4, 1, 4, False, rng)
    found = sampler_run(network, random_input(network.N, rng), 0.5, 100, 0)
    assert not evolve(found, distance=found.error_bound + found.noise + 0.001).agrees


def test_no_classes_are_refused(rng):
    network = random_network(1, 3, 4, 1, 4, False, rng)
    with pytest.raises(ValueError, match="at least 1, got 0"):
        sampler_run(network, random_input(network.N, rng), 0.5, 0, 0)


def test_acceptance_of_one_block_is_measured(rng):
    """Nothing is estimated before; the law says (norm of x + f(W x))**2 over the mass."""
    network = random_network(2, 3, 4, 1, 4, False, rng)
    psi = random_input(network.N, rng)
    found = sampler_run(network, psi, 0.3, 2000, 0)
    (length,) = network.norms(psi)
    mass = Weighting.of(network.blocks[0], network.slope, Envelope.TIGHT).mass
    assert found.estimate_flops == 0
    assert found.survival == pytest.approx([length**2 / mass], rel=0.03)
    assert found.count / found.input_samples == pytest.approx(found.survival[0], rel=0.1)


def test_the_distance_is_named_as_the_option(rng):
    network = random_network(1, 3, 4, 2, 4, False, rng)
    psi = random_input(network.N, rng)
    with pytest.raises(ValueError, match="--sampler-epsilon must be between 0 and 1, got 0"):
        sampler_run(network, psi, 0.0, 10, 0)


def test_a_distance_out_of_reach_is_refused_before_the_run(monkeypatch, rng):
    """No sampler is made."""
    network = random_network(1, 3, 4, 2, 4, False, rng)
    psi = random_input(network.N, rng)
    monkeypatch.delattr("bloqs.resnet.rivals.sampler_run.ClassicalSampler")
    with pytest.raises(ValueError, match="--sampler-epsilon 1e-09 needs more than 16,777,216"):
        sampler_run(network, psi, 1e-9, 10, 0)


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
    for module in ("sampler", "sampler_run"):
        monkeypatch.setattr(f"bloqs.resnet.rivals.{module}.MOST_TRIALS", LIMIT)
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
