"""The closed forms against sums written out, and against what the sampler counts."""

import math

import numpy as np
import pytest
import sympy

from bloqs.resnet import symbols as own
from bloqs.resnet.model.random_network import random_input, random_network
from bloqs.resnet.rivals.sampler import MOST_TRIALS, ClassicalSampler
from bloqs.resnet.rivals.sampler_block import Envelope
from bloqs.resnet.rivals.sampler_cost import (
    SampledNetwork,
    column_samples,
    estimate_flops,
    expected_cost,
    input_samples,
    neurons,
    output_sample_flops,
    receptive_field,
    sample_flops,
    step_flops,
)
from bloqs.resnet.rivals.sampler_error import StateError, column_error
from estimator import symbols


def uniform_sample_flops(C, D, k, p):
    """`sample_flops` with k equal acceptances p below 1, where k may be a symbol."""
    i, w = own.block, own.acceptance
    steps = sympy.Poly(step_flops(C, D, i), i)
    total = sympy.Integer(0)
    for (power,), coefficient in steps.terms():
        part = sympy.summation(i**power * w**i, (i, 1, own.blocks))
        total += coefficient * part.replace(sympy.Piecewise, lambda *branches: branches[-1][0])
    return (total / w ** (own.blocks + 1)).subs({own.blocks: k, w: p}, simultaneous=True)


@pytest.mark.parametrize(("C", "D"), [(1, 3), (16, 3), (2, 2), (3, 1)])
def test_neurons_are_those_of_all_receptive_fields(C, D):
    """Counted as distinct pixels that taps reach, layer by layer."""
    for number in range(1, 5):
        reached, total = {(0, 0)}, 1
        for depth in range(1, number):
            reached = {(z + k, y + l) for z, y in reached for k in range(D) for l in range(D)}
            assert receptive_field(C, D, depth) == C * len(reached)
            total += C * len(reached)
        assert neurons(C, D, number) == total
        assert step_flops(C, D, number) == total * (4 * C * D**2 + 9) + 2


def test_a_sample_is_a_tree_of_tries():
    """k = 2 by hand: 1/p_2 second steps, each of 1/p_1 first ones."""
    p_1, p_2 = sympy.Rational(1, 5), sympy.Rational(1, 7)
    first, second = 4 * 2 * 9 + 11, 19 * (4 * 2 * 9 + 9) + 2
    assert sample_flops(2, 3, [p_1, p_2]) == 7 * second + 35 * first
    assert input_samples([p_1, p_2]) == 35
    assert estimate_flops(2, 3, [p_1, p_2], 10) == 10 * (first + second + 5 * first)
    assert sample_flops(2, 3, []) == 0
    found = estimate_flops(2, 3, [p_1, p_2], own.trials)
    assert found == own.trials * (first + second + 5 * first)


def test_symbolic_blocks_agree_with_sums():
    """The closed form in k at whole numbers of blocks."""
    s = symbols
    found = uniform_sample_flops(own.channels, s.D, own.blocks, own.acceptance)
    assert found.free_symbols == {own.channels, s.D, own.blocks, own.acceptance}
    p = sympy.Rational(2, 9)
    for k in (1, 2, 3, 5):
        sizes = {own.channels: 3, s.D: 5, own.blocks: k, own.acceptance: p}
        assert found.subs(sizes) == sample_flops(3, 5, [p] * k)


def test_columns_bring_the_error_to_epsilon():
    """The formula solves the bound of the sampler for s."""
    norm = 0.4
    s = column_samples(0.01, 0.51, norm)
    fourth = (0.51 - norm) / 0.49
    found = column_error(StateError(0.0, 0.0, 1.0), 0.51, fourth, 1.0, s)
    assert found == pytest.approx(0.01, rel=1e-9)


def test_the_sampler_takes_what_is_expected():
    """Steps and input samples of a run, and those of the output block at most.

    The expectation uses the acceptances of the exact network, not those the sampler estimated.
    """
    rng = np.random.default_rng(3)
    network = random_network(1, 3, 4, 2, 4, True, rng)
    psi = random_input(network.N, rng)
    sampler = ClassicalSampler(network, psi, 0.3, Envelope.TIGHT, rng)
    *norms, last = network.norms(psi)
    masses = [block.weighting.mass for block in sampler._blocks]
    acceptances = [norm**2 / mass for norm, mass in zip(norms, masses, strict=True)]
    before = sampler.counts.input_samples, *sampler.counts.steps, sampler.counts.candidates
    sampler.sample(500)
    after = sampler.counts.input_samples, *sampler.counts.steps, sampler.counts.candidates
    inputs, first, second, candidates = np.subtract(after, before)
    assert inputs == first
    assert second == pytest.approx(first * acceptances[0], rel=0.02)
    tau, s = 0.51, sampler.column_samples
    W, state = network.output.matrix, network.states(psi)[2]
    variance = (W**2 @ state**2 - (W @ state**2) ** 2).sum() / s
    p_out = last**2 + (1 - tau) ** 2 * variance  # the matrix is orthogonal: the mass is 1
    assert candidates == pytest.approx(500 / p_out, rel=0.15)
    most = 500 * (s + 1) / p_out * float(input_samples(acceptances))
    assert 0.8 * s / (s + 1) * most < inputs < 1.15 * most


def test_memory_and_borders_only_save_work():
    """Without memory one sample costs at least what the sampler counts for it on average."""
    rng = np.random.default_rng(4)
    network = random_network(2, 3, 16, 1, 4, False, rng)
    psi = random_input(network.N, rng)
    sampler = ClassicalSampler(network, psi, 0.3, Envelope.SIMPLE, rng)
    (norm,) = network.norms(psi)
    p = norm**2 / sampler._blocks[0].weighting.mass
    counted = sampler.sample(30).counts.flops / 30
    expected = float(sample_flops(2, 3, [p]))
    assert 0.2 * expected < counted < 1.5 * expected


def test_an_output_sample_by_hand():
    """(s + 1) samples, an entry, three FLOP for each of s matrix entries, ten more."""
    assert output_sample_flops(1000, 50, 4, sympy.Rational(1, 4)) == 4 * (5000 + 50 + 12 + 10)


def test_the_cost_does_not_depend_on_the_image():
    """It has no symbol for the side, and grows as 1 / epsilon through s."""
    s = symbols
    sample = uniform_sample_flops(own.channels, s.D, 2, own.acceptance)
    total = output_sample_flops(
        sample, step_flops(own.channels, s.D, 2), own.columns, own.acceptance_out
    ).subs(own.columns, column_samples(s.epsilon, own.tau, s.norm))
    assert s.M not in total.free_symbols
    ratio = sympy.limit(total.subs({own.tau: 0.51}) * s.epsilon, s.epsilon, 0, "+")
    assert ratio.is_finite is not False
    assert not math.isclose(float(ratio.subs(dict.fromkeys(ratio.free_symbols, 2))), 0)


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
