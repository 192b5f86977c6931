"""Shots: printed numbers, and exact and simulated failures."""

import numpy as np
import pytest

from bloqs.ntk.model import shots

PRINTED = [((0.3, 0.15, 0.5, 0.05), 307), ((0.1, 0.02, 0.3, 0.05), 16_230)]


@pytest.mark.parametrize(("arguments", "printed"), PRINTED)
def test_printed(arguments, printed):
    assert shots.hadamard_shots(*arguments) == printed
    assert shots.hadamard_shots(-arguments[0], *arguments[1:]) == printed


@pytest.mark.parametrize("arguments", [x for x, _ in PRINTED])
def test_twenty_thousand_readouts(arguments):
    """Fail at most delta_f of the time; with a quarter of the shots more often, near zero more."""
    o, p, q, failure = arguments
    a, v = shots.test_mean(o, p, q), shots.test_second_moment(p, q)
    chances = [(v + a) / 2, (v - a) / 2, 1 - v]
    wanted = shots.hadamard_shots(*arguments)
    rng = np.random.default_rng(0)
    failed = []
    for count in (wanted, wanted // 4):
        found = rng.multinomial(count, chances, size=20_000)
        failed.append(np.mean(found[:, 0] <= found[:, 1]))
        assert failed[-1] <= shots.failure_bound(a, v, count)
    assert failed[0] <= failure < failed[1]


@pytest.mark.parametrize(("mean", "threshold"), [(0.11, 0.1), (0.1, 0.11), (-0.02, 0.1)])
def test_threshold(mean, threshold):
    v = 0.2
    wanted = shots.threshold_shots(mean, threshold, v, 0.05)
    rng = np.random.default_rng(1)
    found = rng.multinomial(wanted, [(v + mean) / 2, (v - mean) / 2, 1 - v], size=20_000)
    means = (found[:, 0] - found[:, 1]) / wanted
    assert np.mean((means - threshold) * (mean - threshold) <= 0) <= 0.05


def test_threshold_at_the_mean():
    assert shots.threshold_shots(0.1, 0.1, 0.2, 0.05) == float("inf")


def test_swap_shots():
    square, error = 0.3, 0.05
    wanted = shots.swap_shots(square, error, 0.1)
    found = np.random.default_rng(0).binomial(wanted, (1 + square) / 2, size=4000)
    off = np.abs(2 * found / wanted - 1 - square) > error
    assert off.mean() <= 0.1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0.0, 0.5, 0.5, 0.05), "no class"),
        ((1.1, 0.5, 0.5, 0.05), "overlap"),
        ((0.5, 0.0, 0.5, 0.05), "p is"),
        ((0.5, 0.5, 1.2, 0.05), "q is"),
        ((0.5, 0.5, 0.5, 1.0), "delta_f"),
    ],
)
def test_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        shots.hadamard_shots(*arguments)
