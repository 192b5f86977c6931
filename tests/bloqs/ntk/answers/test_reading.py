"""Shots of each read-out: printed numbers, and classes that are wrong as rarely as promised."""

from math import inf, sqrt

import numpy as np
import pytest

from bloqs.ntk.answers.reading import CONFIDENCE, Outcome, square_error
from bloqs.readout.estimates import amplitude_error


def test_printed_shots():
    assert Outcome(overlap=0.3, p=0.15, q=0.5).shots(0.05) == 307
    assert Outcome(overlap=-0.1, p=0.02, q=0.3).shots(0.05) == 16_230


@pytest.mark.parametrize("is_batch", [False, True])
@pytest.mark.parametrize(
    ("overlap", "threshold"), [(0.3, 0.0), (-0.3, 0.0), (0.5, 0.2), (0.1, 0.2)]
)
def test_classes_are_wrong_as_rarely_as_promised(overlap, threshold, is_batch):
    """20,000 read-outs; a tenth of the shots is wrong more often."""
    outcome = Outcome(overlap=overlap, p=0.3, q=0.6, threshold=threshold, is_batch=is_batch)
    a, v = outcome.mean, outcome.square
    likely = [(v + a) / 2, (v - a) / 2, 1 - v]
    rng = np.random.default_rng(1)

    def wrong(shots):
        drawn = rng.multinomial(shots, likely, size=20_000)
        means = (drawn[:, 0] - drawn[:, 1]) / shots
        limit = threshold if not is_batch else a - np.sign(a - threshold) * outcome.margin
        return float(np.mean((means - limit) * np.sign(a - threshold) <= 0))

    shots = outcome.shots(0.05)
    assert wrong(int(shots)) <= 0.05 < wrong(int(shots / 10))


def test_nothing_is_known_at_the_threshold():
    at = Outcome(overlap=0.2, p=0.25, q=1.0, threshold=0.1)
    assert at.shots(0.05) == inf
    assert at.clock(0.05) is None


def test_amplitudes_are_estimated_to_half_the_margin():
    """By the published bound; as many repeats as its confidence takes for the median."""
    outcome = Outcome(overlap=0.1, p=0.05, q=0.8)
    clock = outcome.clock(0.05)
    sides = [(outcome.square + sign * outcome.mean) / 2 for sign in (1, -1)]
    errors = [amplitude_error(side, clock.bits) for side in sides]
    assert sum(errors) <= outcome.margin < sum(amplitude_error(x, clock.bits - 2) for x in sides)
    assert 2 * np.exp(-2 * clock.repeats * (CONFIDENCE - 0.5) ** 2) <= 0.05
    assert clock.calls < outcome.shots(0.05) * clock.repeats


def test_errors_of_squares():
    """|o| from |o|**2 known so well is within the error."""
    for o in (0.0, 0.01, 0.3, 1.0):
        allowed = square_error(o**2, 0.05)
        for off in (-allowed, allowed):
            assert abs(sqrt(max(0.0, o**2 + off)) - o) <= 0.05 + 1e-12
