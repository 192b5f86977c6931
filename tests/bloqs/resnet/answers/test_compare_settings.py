"""What is assumed when nobody says otherwise is true of random networks."""

import math

import pytest

from bloqs.resnet.answers.compare_settings import EXAMPLE, completed, gaussian_length, kernel_norms
from bloqs.resnet.model.random_network import random_input, random_network


def test_lengths_of_the_example_are_kept_by_random_networks(rng):
    for _ in range(3):
        network = random_network(EXAMPLE["C"], EXAMPLE["D"], 8, EXAMPLE["k"], 1, False, rng)
        lengths = network.norms(random_input(network.N, rng))
        assert EXAMPLE["length"] <= min(lengths) < 1.25 * EXAMPLE["length"]
    network = random_network(2, EXAMPLE["D"], 8, EXAMPLE["k"], 1, True, rng)
    assert EXAMPLE["output_length"] <= network.norms(random_input(network.N, rng))[-1] < 0.6


def test_norms_of_gaussian_kernels():
    """Means of moduli of Gaussian numbers, over the norm: 5.2 and 73 published by hand for C = 16.

    A kernel of n entries of variance s**2 has the sum n s sqrt(2 / pi); s is at least what the
    Frobenius norm of the symbol at most allows.
    """
    alpha, norm_1 = kernel_norms(16, 3)
    assert alpha == pytest.approx(5.15, rel=0.1)
    assert norm_1 == pytest.approx(73.1, rel=0.1)
    assert norm_1 / 16 <= alpha <= norm_1 / 16 * 1.3


def test_what_is_given_is_not_assumed():
    found = completed({"C": 4, "alpha": 3.0, "epsilon": 0.1}, {})
    assert found.values["alpha"] == 3.0
    assert not {"C", "alpha", "epsilon"} & set(found.assumed)
    assert {"k", "D", "norm_1", "acceptance"} <= set(found.assumed)
    slope = 1.6 / math.sqrt(math.pi)
    length = gaussian_length(4, 3, 0.8)
    assert found.values["acceptance"] == pytest.approx((length / (1 + 3 * slope)) ** 2, abs=1e-6)


def test_gaussian_vectors_are_longer_than_promised(rng):
    """What is measured on one kernel and input is near what others give."""
    for C in (1, 4):
        network = random_network(C, 3, 16, 1, 1, False, rng)
        (length,) = network.norms(random_input(network.N, rng))
        assert gaussian_length(C, 3, 0.8) == pytest.approx(length, rel=0.15)
    assert gaussian_length(4, 3, 0.3) < gaussian_length(4, 3, 0.8)


def test_norms_of_no_kernel_are_refused():
    """The sum of |K| is at least alpha, and at most C alpha."""
    for norm_1 in (2.9, 48.1):
        with pytest.raises(ValueError, match=r"from alpha = 3 to C \* alpha = 48 for every kernel"):
            completed({"alpha": 3.0, "norm_1": norm_1}, {})
    assert completed({"alpha": 3.0, "norm_1": 48.0}, {}).values["norm_1"] == 48


def test_a_promise_beyond_what_weights_allow_is_refused():
    with pytest.raises(ValueError, match=r"at most 1\.903 long for alpha = 1, got length = 1\.99"):
        completed({"alpha": 1.0, "norm_1": 2.0, "length": 1.99}, {})


def test_the_published_variant_gets_the_sum_of_moduli():
    found = completed({"alpha": 3.0, "norm_1": 20.0}, {})
    assert found.for_network("published", "1")["alpha"] == 20.0
    assert found.for_network("tight", "1")["alpha"] == 3.0
    assert "order" not in found.for_network("tight", "1")
    assert found.for_network("tight", "2")["order"] == 2


def test_refusals():
    with pytest.raises(ValueError, match="at most 64 channels, got C = 128"):
        completed({"C": 128}, {})
    assert (
        completed({"C": 128, "alpha": 9.0, "norm_1": 300.0, "acceptance": 0.1}, {}).values["C"]
        == 128
    )
    assert completed({"kappa": 2.0}, {}).values["kappa"] == 2.0
