"""One block's rejection sampling against its law written out over all entries."""

import math

import numpy as np
import pytest
from attrs import evolve
from scipy.special import erf
from scipy.stats import chisquare

from bloqs.resnet.model.random_network import random_input, random_network
from bloqs.resnet.rivals.sampler_access import Counts, InputAccess
from bloqs.resnet.rivals.sampler_block import Envelope, SampledBlock, Weighting

LIPSCHITZ = 2 * 0.8 / math.sqrt(math.pi)


def columns_of(network, number=0):
    """The convolution as a matrix, one unit vector after the other."""
    return np.stack([network.convolve(number, unit) for unit in np.eye(network.N)], axis=1)


def sampled(network, psi, envelope, rng):
    counts = Counts()
    access = InputAccess(psi, counts, rng)
    block = SampledBlock(access, network.blocks[0], network.slope, envelope, counts, 0, rng)
    return access, block, counts


@pytest.fixture(params=[(1, 3, 4, 1), (2, 3, 3, 1), (2, 2, 4, 0), (1, 3, 4, 0)])
def network(request, rng):
    """Centred and one-sided padding, odd and even kernels, one and two channels."""
    C, D, M, pad_begin = request.param
    network = random_network(C, D, M, 1, 1, False, rng)
    return evolve(network, blocks=(evolve(network.blocks[0], pad_begin=pad_begin),))


@pytest.mark.parametrize("envelope", Envelope)
def test_masses_are_the_stated_ones(network, envelope):
    """2 (1 + 0.815 C D^2 max_j ||w_j||^2), and (1 + L sqrt(s_r s_c))^2, which is smaller.

    Sums over a whole kernel, so sums over the matrix fall short only at small images' borders.
    """
    K, W = network.blocks[0].kernel, columns_of(network)
    C, D = K.shape[1], K.shape[2]
    expected = {
        Envelope.SIMPLE: 2
        * (1 + LIPSCHITZ**2 * C * D**2 * max((K[:, j] ** 2).sum() for j in range(C))),
        Envelope.TIGHT: (
            1
            + LIPSCHITZ
            * math.sqrt(
                max(np.abs(K[i]).sum() for i in range(C))
                * max(np.abs(K[:, j]).sum() for j in range(C))
            )
        )
        ** 2,
    }
    found = Weighting.of(network.blocks[0], 0.8, envelope)
    assert found.mass == pytest.approx(expected[envelope], rel=1e-12)
    power = 2 if envelope is Envelope.SIMPLE else 1
    assert (np.abs(W) ** power).sum(axis=0).max() <= found.column_mass + 1e-12
    assert expected[Envelope.TIGHT] < expected[Envelope.SIMPLE]


@pytest.mark.parametrize("envelope", Envelope)
def test_candidates_have_the_law_of_the_envelope(network, envelope, rng):
    """Frequencies of candidates, none included, against E(z) / Z written out over the matrix."""
    psi, W = random_input(network.N, rng), columns_of(network)
    access, block, _ = sampled(network, psi, envelope, rng)
    weighting = block.weighting
    C, D, K = network.C, network.blocks[0].kernel.shape[2], network.blocks[0].kernel
    power, factor = 2, C * D**2
    if envelope is Envelope.TIGHT:
        power, factor = 1, max(np.abs(K[i]).sum() for i in range(C))
    R = factor * np.abs(W) ** power @ psi**2
    E = (1 + weighting.t) * psi**2 + (1 + 1 / weighting.t) * LIPSCHITZ**2 * R
    law = np.append(E, weighting.mass - E.sum()) / weighting.mass
    assert law[-1] >= -1e-12
    count = 40_000
    candidates, _ = block.step(access.samples(count))
    seen = np.bincount(np.where(candidates < 0, network.N, candidates), minlength=network.N + 1)
    keep = law > 1e-12
    assert chisquare(seen[keep], count * law[keep] / law[keep].sum()).pvalue > 1e-3
    assert not seen[~keep].any()


@pytest.mark.parametrize("envelope", Envelope)
def test_accepted_candidates_have_the_law_of_the_block(network, envelope, rng):
    """Squares of the normalised vector; and the input's law is told apart from it."""
    psi = random_input(network.N, rng)
    phi = psi + erf(0.8 * columns_of(network) @ psi)
    access, block, _ = sampled(network, psi, envelope, rng)
    candidates, probabilities = block.step(access.samples(60_000))
    assert probabilities.max() <= 1 + 1e-12
    assert (probabilities[candidates < 0] == 0).all()
    mean = (phi @ phi) / block.weighting.mass
    deviation = probabilities.std() / math.sqrt(len(probabilities))
    assert abs(probabilities.mean() - mean) < 5 * deviation
    accepted = candidates[rng.random(len(candidates)) < probabilities]
    seen = np.bincount(accepted, minlength=network.N)
    assert chisquare(seen, len(accepted) * phi**2 / (phi @ phi)).pvalue > 1e-3
    assert chisquare(seen, len(accepted) * psi**2).pvalue < 1e-6


def test_no_candidate_is_above_its_envelope():
    """The probability of acceptance is at most 1 at every entry, for spiky inputs too."""
    for seed in range(40):
        rng = np.random.default_rng(seed)
        network = random_network(2, 3, 4, 1, 1, False, rng)
        psi = random_input(network.N, rng) ** 3
        psi = psi / np.linalg.norm(psi)
        for envelope in Envelope:
            _, block, _ = sampled(network, psi, envelope, rng)
            phi, bound = block._memory.rows(np.arange(network.N)).T
            assert (phi**2 <= bound * (1 + 1e-12)).all()


def test_a_common_factor_of_the_input_is_kept(rng):
    """Entries below scaled by c: the candidates' probabilities follow psi + erf(W c psi) / c."""
    network = random_network(2, 3, 4, 2, 1, False, rng)
    psi = random_input(network.N, rng)
    _, block, counts = sampled(network, psi, Envelope.TIGHT, rng)
    block.norm = 1.7
    upper = SampledBlock(block, network.blocks[1], 0.8, Envelope.TIGHT, counts, 1, rng)
    x = (psi + erf(0.8 * network.convolve(0, psi))) / 1.7
    phi = x + erf(0.8 * network.convolve(1, x))
    np.testing.assert_allclose(upper.entries(np.arange(network.N)), phi, rtol=0, atol=1e-13)
    block.norm = 1.0
    upper.forget()
    x = 1.7 * x
    phi = x + erf(0.8 * network.convolve(1, x))
    np.testing.assert_allclose(upper.entries(np.arange(network.N)), phi, rtol=0, atol=1e-13)
    assert counts.neurons == [network.N, 2 * network.N]


@pytest.mark.parametrize(("C", "D", "k"), [(1, 3, 1), (2, 3, 2), (1, 5, 3), (3, 2, 2)])
def test_one_entry_looks_up_its_receptive_field(C, D, k, rng):
    """C (k (D-1) + 1)^2 input entries, asked for once each."""
    network = random_network(C, D, 32, k, 1, False, rng)
    psi, counts = random_input(network.N, rng), Counts()
    top = InputAccess(psi, counts, rng)
    for number, block in enumerate(network.blocks):
        top = SampledBlock(top, block, 0.8, Envelope.TIGHT, counts, number, rng)
    middle = np.array([(0 * 32 + 16) * 32 + 16])
    value = top.entries(middle)
    assert counts.input_entries == C * (k * (D - 1) + 1) ** 2
    assert top.entries(middle) == value
    assert counts.input_entries == C * (k * (D - 1) + 1) ** 2
    below = [C * (r * (D - 1) + 1) ** 2 for r in range(1, k)]
    assert counts.neurons == [*below[::-1], 1]
