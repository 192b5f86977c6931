"""Expected cost of the classical sampler against runs of it."""

import numpy as np
import pytest

from bloqs.resnet.model.random_network import random_input, random_network
from bloqs.resnet.rivals.expected_sampler import SampledNetwork, expected_cost
from bloqs.resnet.rivals.sampler import MOST_TRIALS, ClassicalSampler
from bloqs.resnet.rivals.sampler_block import Envelope


def described(network, psi, sampler, epsilon):
    *lengths, last = network.norms(psi)
    has_output = network.output is not None
    return SampledNetwork(
        C=network.C,
        D=3,
        k=network.k,
        slope=network.slope,
        row_sum=max(block.row_sum for block in network.blocks),
        length=min(lengths if has_output else [*lengths, last]),
        acceptance=float(np.sqrt(np.prod(sampler.survival))),
        epsilon=epsilon,
        tau=network.output.tau if has_output else None,
        output_length=last if has_output else 1.0,
    )


def test_work_of_a_run_is_near_what_is_expected(rng):
    """Up to neurons that the run remembers and to chance; the number of candidates is the same."""
    network = random_network(2, 3, 256, 2, 4, False, rng)
    psi = random_input(network.N, rng)
    sampler = ClassicalSampler(network, psi, 0.3, Envelope.TIGHT, rng)
    estimates, trials = sampler.counts.flops, sampler.counts.steps[1]
    sampler.sample(100)
    sample = (sampler.counts.flops - estimates) / 100
    found = expected_cost(described(network, psi, sampler, 0.3), network.N)
    assert found.estimates == pytest.approx(estimates, rel=0.5)
    assert found.sample == pytest.approx(sample, rel=0.5)
    assert found.trials <= trials <= 4 * found.trials


def test_with_a_matrix_it_is_no_less_than_a_run(rng):
    """A small image: neurons are remembered and columns vary less than they may."""
    network = random_network(2, 3, 16, 2, 4, True, rng)
    psi = random_input(network.N, rng)
    sampler = ClassicalSampler(network, psi, 0.3, Envelope.TIGHT, rng)
    estimates = sampler.counts.flops
    sampler.sample(50)
    sample = (sampler.counts.flops - estimates) / 50
    found = expected_cost(described(network, psi, sampler, 0.3), network.N)
    assert found.estimates >= estimates
    assert found.sample >= sample
    assert found.columns == pytest.approx(sampler.column_samples, rel=0.5)


def network(**changed):
    values = {
        "C": 16, "D": 3, "k": 2, "slope": 0.8, "row_sum": 5.0, "length": 1.0, "acceptance": 0.05,
        "epsilon": 0.01, "tau": None, "output_length": 0.5,
    }  # fmt: skip
    return SampledNetwork(**{**values, **changed})


def test_one_block_without_a_matrix_needs_no_estimate():
    found = expected_cost(network(k=1), 2**20)
    assert (found.trials, found.estimates) == (0, 0.0)


def test_large_vectors_cost_no_more_than_larger_ones():
    """Once the curvature of erf is beyond notice, nothing depends on the length."""
    assert expected_cost(network(), 2**40) == expected_cost(network(), 2**60)


def test_smaller_errors_cost_more():
    large, small = (expected_cost(network(tau=0.51, epsilon=e), 2**40) for e in (0.1, 0.001))
    assert small.flops > 10 * large.flops


def test_the_limit_of_a_run_is_none_of_the_cost():
    """More candidates than a run takes; half the error takes four times as many, or a few more."""
    one, half = (expected_cost(network(tau=0.51, epsilon=e), 2**6) for e in (1e-4, 5e-5))
    assert MOST_TRIALS < one.trials < half.trials <= 8 * one.trials
    assert one.estimates > one.trials


def test_beyond_rounding_the_cost_is_not_known():
    """A candidate in 10**25 is accepted: no interval that 2**64 of them give leaves zero out."""
    assert expected_cost(network(acceptance=1e-25), 2**20) is None
