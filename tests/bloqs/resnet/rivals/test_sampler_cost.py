"""What the sampler is said to cost, against what its runs count."""

import itertools

import numpy as np
import pytest
from attrs import evolve

from bloqs.resnet.model.random_network import random_input, random_network
from bloqs.resnet.rivals.sampled_network import SampledNetwork
from bloqs.resnet.rivals.sampler import MOST_TRIALS, ClassicalSampler
from bloqs.resnet.rivals.sampler_access import Counts
from bloqs.resnet.rivals.sampler_block import Envelope, SampledBlock
from bloqs.resnet.rivals.sampler_cost import (
    column_samples,
    expected_cost,
    output_acceptance,
    weight_variance,
)
from bloqs.resnet.rivals.sampler_error import StateError, column_error
from bloqs.resnet.rivals.sampler_visits import Visits


def described(network, acceptances, epsilon):
    return SampledNetwork(
        C=network.C,
        D=network.blocks[0].kernel.shape[3],
        slope=network.slope,
        row_sum=max(block.row_sum for block in network.blocks),
        acceptances=acceptances,
        epsilon=epsilon,
        tau=None if network.output is None else network.output.tau,
    )


RUNS = [
    # C, D, M, k, has a matrix, total variation distance, classes
    (2, 3, 256, 2, False, 0.3, 100),
    (4, 3, 16, 2, False, 0.3, 1),
    (4, 3, 32, 3, False, 0.5, 1),
    (16, 3, 32, 2, False, 0.3, 1),
    (1, 3, 16, 1, False, 0.3, 300),
    (2, 3, 64, 1, False, 0.3, 100),
    (1, 3, 4, 2, True, 0.3, 500),
    (2, 3, 16, 2, True, 0.3, 50),
    (2, 3, 16, 2, True, 0.1, 1),
    (4, 3, 16, 1, True, 0.2, 1),
    (2, 3, 16, 3, True, 0.4, 20),
    (1, 2, 32, 2, True, 0.2, 1),
    pytest.param(2, 3, 32, 2, True, 0.5, 60, marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("C", "D", "M", "k", "has_matrix", "epsilon", "classes"), RUNS)
def test_the_price_is_that_of_a_run(C, D, M, k, has_matrix, epsilon, classes):
    """FLOP and look-ups, within a factor of 2 from both sides; the run knows nothing of it."""
    rng = np.random.default_rng(7)
    network = random_network(C, D, M, k, 4, has_matrix, rng)
    psi = random_input(network.N, rng)
    sampler = ClassicalSampler(network, psi, epsilon, Envelope.TIGHT, rng)
    sampler.sample(classes)
    found = expected_cost(described(network, sampler.acceptance, epsilon), network.N, classes)
    counts = sampler.counts
    assert 0.5 < found.flops / counts.flops < 2
    assert 0.5 < found.lookups / counts.lookups(network.N) < 2


def test_few_large_entries_are_priced_as_they_are():
    """A third of the pixels, some much larger than others: Gaussian numbers would be far off."""
    rng = np.random.default_rng(2)
    network = random_network(2, 3, 8, 1, 4, True, rng)
    psi = random_input(network.N, rng) ** 3 * (rng.random(network.N) < 0.3)
    psi /= np.linalg.norm(psi)
    sampler = ClassicalSampler(network, psi, 0.3, Envelope.TIGHT, rng)
    sampler.sample(50)
    asked = described(network, sampler.acceptance, 0.3)
    known = evolve(
        asked,
        largest_entry=np.abs(psi).max(),
        fourth_norm=np.sqrt((network.states(psi)[1] ** 4).sum()),
        output_length=network.norms(psi)[-1],
    )
    gaussian, found = (expected_cost(each, network.N, 50) for each in (asked, known))
    assert 0.5 < found.flops / sampler.counts.flops < 2
    assert gaussian.flops < 0.7 * sampler.counts.flops


@pytest.mark.parametrize(("C", "D", "M", "k"), [(1, 3, 16, 1), (2, 3, 16, 2), (4, 2, 8, 3)])
def test_different_neurons_are_those_of_a_run(C, D, M, k):
    """Of one round of candidates, few or many, block by block and of the input."""
    rng = np.random.default_rng(1)
    network = random_network(C, D, M, k, 4, False, rng)
    psi = random_input(network.N, rng)
    for trials in (4, 40, 4000):
        sampler = ClassicalSampler(network, psi, 0.9, Envelope.TIGHT, rng)
        sampler.counts.neurons[:] = [0] * k
        sampler.counts.steps[:] = [0] * k
        for block in sampler._blocks:
            block.forget()
        sampler.sample(trials)
        visits = Visits(described(network, sampler.acceptance, 0.9), network.N)
        visits.steps = list(sampler.counts.steps)
        for number, counted in enumerate(sampler.counts.neurons):
            assert visits.neurons(number) == pytest.approx(counted, rel=0.25)


@pytest.mark.parametrize(("C", "M"), [(4, 32), (16, 16)])
def test_the_variance_of_weights_is_that_of_candidates(C, M):
    """Of the sampler's own envelope, from the exact law of its candidates."""
    rng = np.random.default_rng(2)
    network = random_network(C, 3, M, 1, 4, False, rng)
    psi = random_input(network.N, rng)
    block = SampledBlock(Known(psi), network.blocks[0], 0.8, Envelope.TIGHT, Counts(), 0, rng)
    squares, bounds = block.law(np.arange(network.N))
    p = squares.sum() / bounds.sum()
    second = (squares**2 / bounds).sum() / bounds.sum()
    found = weight_variance(p, block.weighting.t)
    assert found == pytest.approx(second - p**2, rel=0.5)
    assert found < 0.7 * p * (1 - p)  # more than yes or no is known of a candidate


class Known:
    def __init__(self, vector):
        self.vector = vector

    def entries(self, positions):
        return self.vector[positions]


def test_columns_bring_the_error_to_epsilon():
    """The formula solves the bound of the sampler for s."""
    norm = 0.4
    s = column_samples(0.01, 0.51, norm)
    fourth = (0.51 - norm) / 0.49
    found = column_error(StateError(0.0, 0.0, 1.0), 0.51, fourth, 1.0, s)
    assert found == pytest.approx(0.01, rel=1e-9)


def test_acceptance_of_the_output_is_the_mean_over_samples_of_columns():
    """All pairs of columns of a small matrix, with their probabilities."""
    rng = np.random.default_rng(3)
    matrix = 0.7 * np.linalg.qr(rng.normal(size=(6, 6)))[0]
    psi = random_input(6, rng)
    product = matrix @ psi**2
    skip = random_input(6, rng)
    tau, mean = 0.51, 0.0
    for i, j in itertools.product(range(6), repeat=2):
        drawn = (matrix[:, i] + matrix[:, j]) / 2
        mean += (psi[i] * psi[j]) ** 2 * np.sum((tau * skip + (1 - tau) * drawn) ** 2)
    square = np.sum((tau * skip + (1 - tau) * product) ** 2)
    found = output_acceptance(tau, square, np.linalg.norm(product), 0.7, 2)
    assert found == pytest.approx(mean / (tau + (1 - tau) * 0.7) ** 2, rel=1e-12)


def network(**changed):
    values = {
        "C": 16, "D": 3, "slope": 0.8, "row_sum": 5.0, "acceptances": (0.05, 0.05),
        "epsilon": 0.01, "tau": None,
    }  # fmt: skip
    return SampledNetwork(**{**values, **changed})


def test_one_block_without_a_matrix_needs_no_estimate():
    found = expected_cost(network(acceptances=(0.05,)), 2**20)
    assert (found.trials, found.estimates, found.estimate_lookups) == (0, 0.0, 0.0)


def test_large_vectors_cost_no_more_than_larger_ones():
    """Once the curvature of erf is beyond notice, only the depth of the trees depends on N."""
    one, two = (expected_cost(network(), 2**n) for n in (40, 60))
    assert one.flops == pytest.approx(two.flops, rel=1e-4)
    assert one.lookups < two.lookups < 1.5 * one.lookups


def test_each_class_is_cheaper_than_the_one_before():
    """More and more neurons are known; at most all of them are evaluated, once each."""
    few, many = (expected_cost(network(), 2**18, classes) for classes in (100, 10_000))
    assert many.sample < 80 * few.sample
    tests = 2 * 10_000 * 1.06 * (20 + 400)
    assert many.sample <= tests + 2 * 2**18 * (4 * 16 * 9 + 9)


def test_smaller_errors_cost_more():
    large, small = (expected_cost(network(tau=0.51, epsilon=e), 2**40) for e in (0.1, 0.001))
    assert small.flops > 10 * large.flops


def test_acceptance_decides_and_nothing_else_is_asked():
    """Half the acceptance of the first block doubles its candidates for a class."""
    one, half = (expected_cost(network(acceptances=(p,), row_sum=5.0), 2**60) for p in (0.04, 0.02))
    assert half.sample == pytest.approx(2 * one.sample, rel=1e-6)
    assert "length" not in {each.name for each in SampledNetwork.__attrs_attrs__}


@pytest.mark.parametrize("length", [None, 0.51, 0.3])
def test_candidates_of_the_output_by_hand(length):
    """One is kept with probability length**2 + (1 - tau)**2 / s, at right angles tau**2 + ...

    Each takes s + tau samples, and a sample 1.05 / p candidates of the block, none met twice.
    """
    p, tau = 0.05, 0.51
    asked = network(acceptances=(p,), tau=tau, epsilon=0.2, output_length=length)
    found = expected_cost(asked, 2**60)
    s = found.columns
    kept = (tau if length is None else length) ** 2 + (1 - tau) ** 2 / s
    candidate = 4 * 16 * 9 + 9 + 2
    each = (s + tau) * 1.05 / p * candidate + (1 - tau) * (candidate - 2) + 10 + 3 * s
    assert found.sample == pytest.approx(each / kept, rel=1e-6)


def test_the_limit_of_a_run_is_none_of_the_cost():
    """More candidates than a run takes; half the error takes four times as many, or a few more."""
    one, half = (expected_cost(network(tau=0.51, epsilon=e), 2**6) for e in (1e-4, 5e-5))
    assert MOST_TRIALS < one.trials < half.trials <= 8 * one.trials
    assert one.estimates > one.trials


def test_beyond_rounding_the_cost_is_not_known():
    """A candidate in 10**25 is accepted: no interval that 2**64 of them give leaves zero out."""
    assert expected_cost(network(acceptances=(1e-25, 0.05)), 2**20) is None


def test_a_round_ends_at_a_norm_that_may_be_zero():
    """The second block is not measured before the first one's norm is known not to vanish."""
    rare = network(acceptances=(0.001, 0.05), epsilon=0.3)
    swapped = evolve(rare, acceptances=(0.05, 0.001))
    first, second = (expected_cost(each, 2**40) for each in (rare, swapped))
    assert first.trials == second.trials
    assert first.estimates > second.estimates
