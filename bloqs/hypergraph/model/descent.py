"""Gradient descent on the angles of writes, with exact gradients or with sampled ones.

Shots are counted: a sampled derivative runs a sentence at two settings of one angle, a quarter
turn to either side, and takes half the difference of how often each failed.
"""

from collections.abc import Callable
from itertools import combinations
from math import pi
from typing import Protocol

import numpy as np
from attrs import frozen

from bloqs.hypergraph.model.sentence_loss import Angles, Edge, TrainedSentence

WIDEST = 8
"""Modes of a model that is trained here."""


@frozen
class Lesson:
    """Sentences that share their angles.

    Args:
        edges: that have an angle, each once.
        sentences: each with some of the edges.

    Raises:
        ValueError: if a sentence has an edge without an angle, or modes are too many.
    """

    edges: tuple[Edge, ...]
    sentences: tuple[TrainedSentence, ...]

    def __attrs_post_init__(self) -> None:
        if not self.sentences or not self.edges:
            raise ValueError("a lesson has at least one edge and one sentence")
        if (modes := 1 + max(map(max, self.edges))) > WIDEST:
            raise ValueError(f"at most {WIDEST} modes are trained here, got {modes}")
        for sentence in self.sentences:
            if unknown := set(sentence.edges) - set(self.edges):
                raise ValueError(f"edges without an angle: {sorted(unknown)}")

    def places(self, sentence: TrainedSentence) -> list[int]:
        """Numbers of the angles of a sentence."""
        return [self.edges.index(edge) for edge in sentence.edges]

    def loss(self, angles: Angles) -> float:
        """Mean over the sentences."""
        return float(np.mean([each.loss(angles[self.places(each)]) for each in self.sentences]))


def single_edges(n: int, k: int, wanted: Callable[[Edge], bool]) -> Lesson:
    """One sentence for each edge: write it alone, ask its first mode. The loss is separable.

    Raises:
        ValueError: if there is no edge.
    """
    edges = _edges(n, k)
    return Lesson(edges, tuple(TrainedSentence((e,), e[0], (wanted(e),)) for e in edges))


def stars(n: int, k: int, wanted: Callable[[Edge], bool]) -> Lesson:
    """One sentence for each mode: write all edges, ask the mode.

    Raises:
        ValueError: if there is no edge.
    """
    edges = _edges(n, k)
    right = tuple(map(wanted, edges))
    return Lesson(edges, tuple(TrainedSentence(edges, v, right) for v in range(n)))


def _edges(n: int, k: int) -> tuple[Edge, ...]:
    if not 1 <= k <= n:
        raise ValueError(f"k is from 1 to n = {n}, got {k}")
    return tuple(combinations(range(n), k))


class Slope(Protocol):
    """What descent asks for: a gradient of a lesson, and the shots that it took."""

    def __call__(self, lesson: Lesson, angles: Angles) -> tuple[Angles, int]: ...


def exact_slope(lesson: Lesson, angles: Angles) -> tuple[Angles, int]:
    """The gradient, without a shot."""
    total = np.zeros(len(lesson.edges))
    for sentence in lesson.sentences:
        places = lesson.places(sentence)
        total[places] += sentence.gradient(angles[places])
    return total / len(lesson.sentences), 0


class SampledSlope:
    """A gradient from shots.

    Args:
        shots: of each of the two settings of an angle in a sentence.
        seed: equal seeds give equal gradients, in order.

    Raises:
        ValueError: for less than one shot.
    """

    def __init__(self, shots: int, seed: int) -> None:
        if shots < 1:
            raise ValueError(f"a derivative takes at least one shot, got {shots}")
        self.shots = shots
        self._random = np.random.default_rng(seed)

    def __call__(self, lesson: Lesson, angles: Angles) -> tuple[Angles, int]:
        """Unbiased; angles of edges that are away from the asked mode are not run."""
        total, used = np.zeros(len(lesson.edges)), 0
        for sentence in lesson.sentences:
            places = lesson.places(sentence)
            for number, (edge, place) in enumerate(zip(sentence.edges, places, strict=True)):
                if sentence.mode not in edge:
                    continue
                failed = []
                for turn in (pi / 2, -pi / 2):
                    at = angles[places]
                    at[number] += turn
                    chance = float(np.clip(sentence.loss(at), 0, 1))  # rounding only
                    failed.append(self._random.binomial(self.shots, chance) / self.shots)
                total[place] += (failed[0] - failed[1]) / 2
                used += 2 * self.shots
        return total / len(lesson.sentences), used


@frozen
class Descent:
    """A descent that was made.

    Args:
        angles: at the end. Unit: radians.
        losses: before the first step and after each.
        shots: of all steps.
    """

    angles: Angles
    losses: tuple[float, ...]
    shots: int


def descend(lesson: Lesson, start: Angles, rate: float, steps: int, slope: Slope) -> Descent:
    """Steps of `rate` times the gradient downwards; the loss that is reported is the exact one.

    Raises:
        ValueError: if the start has not one angle an edge, all of them numbers.
    """
    if np.shape(start) != (len(lesson.edges),) or not np.all(np.isfinite(start)):
        raise ValueError(f"a start has {len(lesson.edges)} finite angles, got {start}")
    angles, shots = np.array(start, dtype=float), 0
    losses = [lesson.loss(angles)]
    for _ in range(steps):
        gradient, used = slope(lesson, angles)
        angles = angles - rate * gradient
        shots += used
        losses.append(lesson.loss(angles))
    return Descent(angles, tuple(losses), shots)


def uniform_start(edges: int, seed: int) -> Angles:
    """Angles from -pi to pi, all alike."""
    return np.random.default_rng(seed).uniform(-pi, pi, edges)
