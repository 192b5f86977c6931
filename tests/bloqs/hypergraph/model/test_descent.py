"""Descent comes to the optimum where it should, and its shots are counted one by one."""

import numpy as np
import pytest

from bloqs.hypergraph.model.descent import (
    Lesson,
    SampledSlope,
    descend,
    exact_slope,
    single_edges,
    stars,
    uniform_start,
)
from bloqs.hypergraph.model.sentence_loss import TrainedSentence


def wanted(edge):
    return sum(edge) % 2 == 0


def best_of(lesson):
    return np.pi * np.array([wanted(edge) for edge in lesson.edges], dtype=float)


@pytest.mark.parametrize(("n", "k", "seed"), [(4, 2, 0), (5, 3, 1), (8, 3, 2)])
def test_single_edges_from_anywhere(n, k, seed):
    """Separable, one minimum a period; the rate is half of Newton's at the optimum."""
    lesson = single_edges(n, k, wanted)
    rate = 2.0**k * len(lesson.edges) / 2
    found = descend(lesson, uniform_start(len(lesson.edges), seed), rate, 60, exact_slope)
    assert found.losses[-1] < 1e-10 < found.losses[0]
    assert np.all(np.diff(found.losses) <= 1e-12)
    assert np.cos(found.angles - best_of(lesson)) == pytest.approx(np.ones(len(lesson.edges)))
    assert found.shots == 0


def test_stars_from_near_and_from_anywhere():
    """Near the optimum it converges; the same steps from a uniform start stay on a plateau."""
    lesson = stars(6, 3, wanted)
    off = np.random.default_rng(0).uniform(-0.5, 0.5, len(lesson.edges))
    near = descend(lesson, np.asarray(best_of(lesson)) + off, 6, 80, exact_slope)
    assert near.losses[-1] < 1e-3 < near.losses[0]
    far = descend(lesson, uniform_start(len(lesson.edges), 0), 6, 80, exact_slope)
    assert far.losses[-1] > 10 * near.losses[-1]


def test_sampled_slopes_are_unbiased_and_counted():
    lesson = stars(4, 2, wanted)
    angles = uniform_start(6, 3)
    slope = SampledSlope(50, seed=1)
    drawn = [slope(lesson, angles) for _ in range(200)]
    assert {used for _, used in drawn} == {4 * 3 * 2 * 50}
    exact, none = exact_slope(lesson, angles)
    assert none == 0
    mean = np.mean([gradient for gradient, _ in drawn], axis=0)
    error = np.std([gradient for gradient, _ in drawn], axis=0) / 200**0.5
    assert np.all(np.abs(mean - exact) < 5 * error)
    step = 1e-6
    for j, bump in enumerate(np.eye(6) * step):
        difference = lesson.loss(angles + bump) - lesson.loss(angles - bump)
        assert exact[j] == pytest.approx(difference / (2 * step), abs=1e-7)


def test_descent_with_shots():
    """From anywhere, on single edges: near zero with a known number of shots."""
    lesson = single_edges(5, 2, wanted)
    found = descend(lesson, uniform_start(10, 4), 20, 40, SampledSlope(200, seed=2))
    assert found.losses[-1] < 0.01 < found.losses[0]
    assert found.shots == 40 * 10 * 2 * 200
    again = descend(lesson, uniform_start(10, 4), 20, 40, SampledSlope(200, seed=2))
    assert again.losses == found.losses


def test_refusals():
    with pytest.raises(ValueError, match="at most 8 modes are trained here, got 9"):
        single_edges(9, 2, wanted)
    with pytest.raises(ValueError, match="without an angle"):
        Lesson(((0, 1),), (TrainedSentence(((0, 2),), 0, (True,)),))
    with pytest.raises(ValueError, match="at least one edge and one sentence"):
        Lesson((), ())
    with pytest.raises(ValueError, match="at least one shot, got 0"):
        SampledSlope(0, 1)
    with pytest.raises(ValueError, match="1 finite angles, got"):
        descend(Lesson(((0, 1),), (TrainedSentence(((0, 1),), 0, (True,)),)),
                np.array([np.nan]), 1, 1, exact_slope)  # fmt: skip
