"""Chains of sketches are unbiased and within their variance, for any number of messages."""

import math

import numpy as np
import pytest

from bloqs.communication.rivals.chain import (
    bits_of,
    chain_bits,
    chain_equal_confidence_bits,
    chain_length,
    chain_variance,
    run_chain,
)


@pytest.mark.parametrize("messages", [1, 2, 3])
def test_mean_and_variance(messages):
    """600 runs at N = 8 and 60 bits a message."""
    rng = np.random.default_rng(messages)
    turns = [np.linalg.qr(rng.normal(size=(8, 8)))[0] for _ in range(messages)]
    q, x = np.diag([1.0, 1, 1, 1, -1, -1, -1, -1]), np.eye(1, 8)[0]
    y = x
    for turn in turns:
        y = turn @ y
    runs = [run_chain(x, turns, q, 60, seed) for seed in range(600)]
    values = [run.value for run in runs]
    assert np.mean(values) == pytest.approx(y @ q @ y, abs=5 * np.std(values) / np.sqrt(600))
    assert 0.2 < np.var(values) / chain_variance(8, 60, messages) < 1.0
    assert {run.bits for run in runs} == {bits_of(60, messages)}
    assert bits_of(60, messages) == 120 * messages + 128 * (messages - 1)


def test_variance_after_one_message_and_two():
    """s = pi / 2 k, and then s + pi (1 + N s) / 2 k; bounded by N s^2 + 2 s."""
    once = np.pi / 120
    twice = once + np.pi / 120 * (1 + 8 * once)
    for messages, s in ((1, once), (2, twice)):
        assert chain_variance(8, 60, messages) == pytest.approx(8 * s**2 + 2 * s, rel=1e-12)


def test_lengths():
    """Least lengths by the bound on both sides; growth below N for fixed K."""
    k = chain_length(2**12, 3, 0.01)
    assert chain_variance(2**12, k, 3) <= 0.01 < chain_variance(2**12, k - 1, 3)
    assert chain_bits(2**12, 0, 0.1, 0.1) == chain_equal_confidence_bits(2**12, 0, 0.1) == 0
    for messages in (1, 2, 3):
        one, two = (chain_length(2**p, messages, 0.01) for p in (60, 80))
        slope = np.log2(two / one) / 20
        assert slope == pytest.approx(1 - 1 / (2 * messages), abs=0.02)


@pytest.mark.parametrize("variance", [0, -1, math.nan])
def test_no_length_has_no_variance(variance):
    with pytest.raises(ValueError, match="a variance is positive, got"):
        chain_length(4, 1, variance)


def test_noise_too_large_for_floating_point_is_infinite():
    assert chain_variance(2**90, 2, 20) == math.inf
    assert chain_bits(2**90, 20, 0.1, 0.05) > 2**80


def test_confidence_without_messages_takes_no_bits():
    assert chain_equal_confidence_bits(4, 0, 0.1) == 0
    assert chain_equal_confidence_bits(4, 1, 0.1) > 0


@pytest.mark.parametrize("messages", [1, 2])
def test_bits_are_those_of_the_cheaper_way(messages):
    """One pair of chains by Chebyshev's inequality, or 8 ln(1/delta) pairs of half the error."""
    for delta in (0.05, 1e-9):
        one = bits_of(chain_length(64, messages, 0.3**2 * delta), messages)
        each = bits_of(chain_length(64, messages, 0.3**2 / 4), messages)
        wanted = min(one, math.ceil(8 * math.log(1 / delta)) * each)
        assert chain_bits(64, messages, 0.3, delta) == wanted
