"""Classical costs against arithmetic by hand."""

import math

import numpy as np
import pytest
from scipy.special import erf

from bloqs.resnet.model.random_network import random_input, random_network
from bloqs.resnet.rivals.baselines import (
    baselines,
    envelope_acceptance,
    exact_layers,
    exact_shape,
    longest,
)
from bloqs.resnet.rivals.sampled_network import SampledNetwork
from bloqs.resnet.rivals.sampler_block import Envelope, Weighting


def network(**changed):
    values = {
        "C": 2, "D": 3, "slope": 0.8, "row_sum": 2.0, "acceptances": (0.1, 0.1),
        "epsilon": 0.1, "tau": 0.51,
    }  # fmt: skip
    return SampledNetwork(**{**values, **changed})


def named(asked):
    """What each baseline costs at a length, by name."""
    return {each.name: each.at for each in baselines(asked, "pool")}


def test_exact_flop_by_hand():
    """N = 2 * 4**2 = 32; a sum of l products is 2 l; each line is one step of the evaluation."""
    normalise = 2 * 32 + 1 + 32
    block = 32 * 2 * (2 * 9) + 32 + 32 + 32 + normalise
    output = 32 + 2 * 32 * 32 + 2 * 32 + 32 + normalise
    pool = 2 * 32
    assert named(network())["exact"](32)["gates"] == normalise + 2 * block + output + pool
    assert named(network(tau=None))["exact"](32)["gates"] == normalise + 2 * block + pool


class Wave:
    """A number that knows after how many operations in sequence it is there."""

    def __init__(self, ready=0):
        self.ready = ready

    def then(self, *others):
        return Wave(1 + max(self.ready, *(other.ready for other in others), 0))


def added(waves):
    """Pairs of neighbours, level by level."""
    while len(waves) > 1:
        pairs = [waves[i].then(*waves[i + 1 : i + 2]) for i in range(0, len(waves) - 1, 2)]
        waves = pairs + (waves[-1:] if len(waves) % 2 else [])
    return waves[0]


def normalised(waves):
    size = added([wave.then() for wave in waves]).then()
    return [wave.then(size) for wave in waves]


def test_layers_of_a_run_on_any_number_of_processors():
    """Every operation starts as soon as its operands are there: N = 32, C = 2, D = 3, k = 1."""
    x = normalised([Wave() for _ in range(32)])
    y = [added([x[0].then() for _ in range(18)]) for _ in range(32)]
    x = normalised([a.then(b.then().then()) for a, b in zip(x, y, strict=True)])
    squares = [each.then() for each in x]
    product = added([each.then() for each in squares])
    x = normalised([each.then(product.then()) for each in x])
    pooled = added([each.then() for each in x])
    assert exact_layers(network(acceptances=(0.1,)), 5) == pooled.ready


def test_lookups_of_the_exact_evaluation():
    """Every entry of the input and of the matrix, all at once if there are processors enough."""
    found = named(network())
    assert found["exact"](32)["lookups"] == found["exact"](32)["lookup layers"] == 32 + 32 * 32
    assert found["exact, parallel"](32)["lookup layers"] == 1
    assert named(network(tau=None))["exact"](32)["lookups"] == 32


def test_the_cheaper_one():
    """At small sizes the exact evaluation, at large ones the sampler."""
    found = named(network())
    for n in (9, 13, 25, 41):
        exact, sampled = (found[name](2**n) for name in ("exact", "sampler"))
        cheaper = found["cheaper"](2**n)
        whole = [cost["gates"] + cost["lookups"] for cost in (exact, sampled, cheaper)]
        assert whole[2] == min(whole[:2])
    assert found["sampler"](2**41)["gates"] < found["exact"](2**41)["gates"]
    assert found["cheaper"](2**9)["gates"] == found["exact"](2**9)["gates"]


def test_acceptance_is_that_of_the_envelope(rng):
    """For equal row and column sums, the measured mass of the sampler's own tight envelope."""
    block = random_network(1, 3, 16, 1, 4, False, rng).blocks[0]
    psi = random_input(256, rng)
    length = np.linalg.norm(psi + erf(0.8 * psi))
    mass = Weighting.of(block, 0.8, Envelope.TIGHT).mass
    got = envelope_acceptance(length, 0.8, block.row_sum)
    assert got == pytest.approx(length**2 / mass, rel=1e-12)
    assert longest(0.8, block.row_sum) == pytest.approx(math.sqrt(mass), rel=1e-12)


def test_lengths_must_be_those_of_images():
    with pytest.raises(ValueError, match="whole side"):
        exact_shape(network(), 6)
