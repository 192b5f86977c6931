"""The sampler agrees with the exact network within the bound it states."""

import math
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import chisquare
from sklearn.datasets import load_digits

from bloqs.resnet.model.random_network import random_input, random_network
from bloqs.resnet.model.recognition import residual_network_of
from bloqs.resnet.rivals.sampler import ClassicalSampler
from bloqs.resnet.rivals.sampler_block import Envelope
from estimator.network.onnx_reader import read_network

DIGITS = Path(__file__).parents[4] / "examples" / "digits_resnet.onnx"


def distance(classes, probabilities):
    """Total variation distance of the observed frequencies."""
    seen = np.bincount(classes, minlength=len(probabilities)) / len(classes)
    return float(np.abs(seen - probabilities).sum() / 2)


def noise(classes, count):
    """What `count` exact samples stay below, except with probability 1e-6.

    The mean distance is at most sqrt(classes / count) / 2, and one sample moves it by at most
    1 / count (McDiarmid).
    """
    return math.sqrt(classes / count) / 2 + math.sqrt(math.log(1e6) / (2 * count))


@pytest.mark.parametrize("envelope", Envelope)
def test_one_block_is_sampled_exactly(envelope, rng):
    """Bound zero; a chi-square test finds nothing, and tells the input's law apart."""
    network = random_network(2, 3, 4, 1, 32, False, rng)
    psi = random_input(network.N, rng)
    sampler = ClassicalSampler(network, psi, 0.01, envelope, rng)
    samples = sampler.sample(30_000)
    assert samples.error_bound == 0
    seen = np.bincount(samples.classes, minlength=32)
    assert chisquare(seen, 30_000 * network.probabilities(psi)).pvalue > 1e-3
    assert chisquare(seen, 30_000 * psi**2).pvalue < 1e-6


@pytest.mark.parametrize("envelope", Envelope)
def test_two_blocks_agree_within_the_bound(envelope, rng):
    network = random_network(1, 3, 4, 2, 16, False, rng)
    psi = random_input(network.N, rng)
    samples = ClassicalSampler(network, psi, 0.05, envelope, rng).sample(20_000)
    assert 0 < samples.error_bound <= 0.05
    probabilities = network.probabilities(psi)
    assert distance(samples.classes, probabilities) <= samples.error_bound + noise(16, 20_000)
    first = network.states(psi)[1] ** 2
    assert distance(samples.classes, first) > samples.error_bound + noise(16, 20_000)


def law_of_columns(network, psi, s):
    """Class probabilities if norms were exact and s columns averaged for each candidate."""
    last, W, tau = network.states(psi)[network.k], network.output.matrix, network.output.tau
    mean = W @ last**2
    variance = W**2 @ last**2 - mean**2
    law = (tau * last + (1 - tau) * mean) ** 2 + (1 - tau) ** 2 * variance / s
    return network.pool(np.sqrt(law / law.sum()))


@pytest.mark.parametrize(
    ("C", "M", "k"), [(1, 4, 1), (2, 2, 1), pytest.param(1, 4, 2, marks=pytest.mark.slow)]
)
def test_the_output_block_agrees_within_the_bound(C, M, k, rng):
    """And is no different from the law of s columns, but from the one without the matrix."""
    network = random_network(C, 3, M, k, 8, True, rng)
    psi = random_input(network.N, rng)
    sampler = ClassicalSampler(network, psi, 0.1, Envelope.TIGHT, rng)
    samples = sampler.sample(4_000)
    assert 0 < samples.error_bound <= 0.1
    allowed = samples.error_bound + noise(8, 4_000)
    assert distance(samples.classes, network.probabilities(psi)) <= allowed
    seen = np.bincount(samples.classes, minlength=8)
    law = law_of_columns(network, psi, sampler.column_samples)
    assert chisquare(seen, 4_000 * law).pvalue > 1e-3
    assert chisquare(seen, 4_000 * network.pool(network.states(psi)[k])).pvalue < 1e-6
    assert samples.counts.column_samples > 0


def test_estimates_of_all_blocks_belong_together(rng):
    """The upper block's entries come from the lower block's last estimate, not an earlier one."""
    network = random_network(1, 3, 4, 2, 4, False, rng)
    sampler = ClassicalSampler(network, random_input(16, rng), 0.05, Envelope.TIGHT, rng)
    lower, upper = (block.entries(np.arange(16)) for block in sampler._blocks)
    expected = network.unnormalised(1, lower) / sampler._blocks[1].norm
    np.testing.assert_allclose(upper, expected, rtol=0, atol=1e-13)


def test_digits_agree_within_the_bound():
    """The committed network: within the bound, and no different from the law of s columns."""
    network = residual_network_of(read_network(DIGITS))
    psi = network.vector_of(load_digits().images[0][None])
    sampler = ClassicalSampler(network, psi, 0.4, Envelope.TIGHT, np.random.default_rng(5))
    samples = sampler.sample(500)
    assert samples.error_bound <= 0.4
    assert distance(samples.classes, network.probabilities(psi)) <= 0.4
    law = law_of_columns(network, psi, sampler.column_samples)
    seen = np.bincount(samples.classes, minlength=16)
    assert chisquare(seen, 500 * law).pvalue > 1e-3
    assert chisquare(seen, 500 * network.pool(network.states(psi)[2])).pvalue < 1e-3


def test_more_precision_takes_more_columns(rng):
    """s grows as 1 / epsilon, not as its square."""
    network = random_network(1, 3, 4, 1, 4, True, rng)
    psi = random_input(network.N, rng)
    found = [
        ClassicalSampler(network, psi, epsilon, Envelope.TIGHT, rng).column_samples
        for epsilon in (0.2, 0.02)
    ]
    assert 5 < found[1] / found[0] < 25


def test_work_does_not_grow_with_the_image(rng):
    """The same kernel on images of 16 and of 256 pixels side: as many questions for a sample."""
    asked = []
    for M in (16, 256):
        network = random_network(1, 3, M, 1, 4, False, np.random.default_rng(1))
        psi = random_input(network.N, rng)
        counts = ClassicalSampler(network, psi, 0.1, Envelope.TIGHT, rng).sample(20).counts
        asked.append(counts)
        assert counts.input_samples == counts.steps[0]
    assert asked[1].input_entries < 256**2 / 30
    assert asked[1].steps[0] < 3 * asked[0].steps[0]


def test_seeds_decide(rng):
    """One seed, one answer; another seed, another."""
    network = random_network(1, 3, 4, 1, 16, True, rng)
    psi = random_input(network.N, rng)
    first, again, other = (
        ClassicalSampler(network, psi, 0.3, Envelope.TIGHT, np.random.default_rng(seed))
        .sample(50)
        .classes.tolist()
        for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


@pytest.mark.parametrize(("epsilon", "count"), [(0.0, 1), (1.0, 1), (0.1, 0)])
def test_impossible_requests_are_refused(epsilon, count, rng):
    network = random_network(1, 3, 4, 1, 4, False, rng)
    psi = random_input(network.N, rng)
    with pytest.raises(ValueError, match=r"epsilon must be between 0 and 1|count must be at least"):
        ClassicalSampler(network, psi, epsilon, Envelope.TIGHT, rng).sample(count)
    with pytest.raises(ValueError, match="input must have l2 norm 1"):
        ClassicalSampler(network, 2 * psi, 0.1, Envelope.TIGHT, rng)


def test_a_precision_out_of_reach_is_refused(monkeypatch, rng):
    """Rather than estimating for ever."""
    monkeypatch.setattr("bloqs.resnet.rivals.sampler.MOST_TRIALS", 1000)
    network = random_network(1, 3, 4, 2, 4, False, rng)
    psi = random_input(network.N, rng)
    with pytest.raises(
        ValueError, match=r"distance of 0\.001 needs more than 1,000 candidates for one"
    ):
        ClassicalSampler(network, psi, 1e-3, Envelope.TIGHT, rng)
