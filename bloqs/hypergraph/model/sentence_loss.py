"""How often a sentence with trained angles fails: loss, gradient, Hessian, variance.

A sentence writes edges with angles theta_e and then asks for the stabilizer K_v of what should be
written, angles theta_e*. Its loss is the probability of the answer 1, which never comes at theta*:

    L = (1 - E_x cos(sum over e at v of (theta_e - theta_e*) x**(e - v)))/2,

x uniform on the other modes. The same number comes from the tokens by a state vector.
"""

from collections.abc import Callable, Sequence
from itertools import product
from math import pi
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bloqs.hypergraph.model.actions import ReadAction
from bloqs.hypergraph.model.queries import stabilizer_query
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.tokens import WriteToken
from bloqs.hypergraph.model.vector_engine import VectorEngine

Edge = tuple[int, ...]
Angles = NDArray[np.float64]

MOST_CASES = 2**20
"""Angles, or values of modes, that are gone through."""


@frozen
class TrainedSentence:
    """Writes with angles, then one query.

    Args:
        edges: that are written, each once.
        mode: v, whose stabilizer is asked for.
        wanted: which of the edges should be written, theta* = pi; for the others theta* = 0.

    Raises:
        ValueError: if an edge comes twice or has no mode.
    """

    edges: tuple[Edge, ...]
    mode: int
    wanted: tuple[bool, ...]

    def __attrs_post_init__(self) -> None:
        if len(set(self.edges)) < len(self.edges) or not all(self.edges):
            raise ValueError(f"edges have modes and come once, got {list(self.edges)}")
        if len(self.wanted) != len(self.edges):
            raise ValueError(
                f"each of {len(self.edges)} edges is wanted or not, got {len(self.wanted)}"
            )

    @property
    def best(self) -> Angles:
        """theta*, shape (edges,). Unit: radians."""
        return pi * np.array(self.wanted, dtype=float)

    @property
    def rows(self) -> NDArray[np.bool_]:
        """x**(e - v) of each edge at v for each x of the other modes, shape (edges, 2**others).

        An edge that does not meet v has a row of zeros.

        Raises:
            ValueError: if there are too many x.
        """
        at_mode = [edge for edge in self.edges if self.mode in edge]
        others = sorted({v for edge in at_mode for v in edge} - {self.mode})
        if 2 ** len(others) > MOST_CASES:
            raise ValueError(f"a loss is worked out for 20 other modes, got {len(others)}")
        index = np.arange(2 ** len(others))
        rows = np.zeros((len(self.edges), len(index)), dtype=bool)
        for number, edge in enumerate(self.edges):
            if self.mode in edge:
                mask = sum(1 << others.index(v) for v in edge if v != self.mode)
                rows[number] = index & mask == mask
        return rows

    def loss(self, angles: Angles) -> float:
        """Probability of the wrong answer; angles of shape (edges,), radians."""
        return float((1 - np.cos((angles - self.best) @ self.rows)).mean() / 2)

    def gradient(self, angles: Angles) -> Angles:
        """By the angles, exact; shape (edges,)."""
        rows = self.rows
        return np.asarray((rows * np.sin((angles - self.best) @ rows)).mean(axis=1) / 2)

    def hessian(self, angles: Angles) -> NDArray[np.float64]:
        """By the angles, exact; shape (edges, edges)."""
        rows = self.rows
        weighted = rows * np.cos((angles - self.best) @ rows)
        return np.asarray(weighted @ rows.T / (2 * rows.shape[1]))

    def sentence(self, modes: int, angles: Angles) -> Sentence:
        """Its tokens on a number of modes."""
        writes = (
            WriteToken(edge, angle=float(angle))
            for edge, angle in zip(self.edges, angles, strict=True)
        )
        right = (edge for edge, wanted in zip(self.edges, self.wanted, strict=True) if wanted)
        return Sentence((*writes, *stabilizer_query(self.mode, right)), modes)

    def circuit_loss(self, modes: int, angles: Angles) -> float:
        """The loss once more, by a state vector that runs the tokens up to the answer."""
        sentence, engine = self.sentence(modes, angles), VectorEngine()
        engine.check(sentence)
        state = engine.start(sentence)
        for actions in sentence.actions:
            for action in actions:
                if isinstance(action, ReadAction):
                    return float(engine.read(state, action, 1, keep=True)[1])
                state = engine.act(state, action)
        raise AssertionError("a query reads")


def star_hessian(edges: Sequence[Edge], mode: int) -> NDArray[np.float64]:
    """Hessian at theta* by counting: 2**-|(e or f) - v| / 2 for edges e, f at v, else 0."""
    sets = [frozenset(edge) - {mode} for edge in edges]
    at_mode = [mode in edge for edge in edges]
    return np.array(
        [
            [x * y * 0.5 ** (len(one | two) + 1) for two, y in zip(sets, at_mode, strict=True)]
            for one, x in zip(sets, at_mode, strict=True)
        ]
    )


def grid_variance(loss: Callable[[Angles], float], angles: int) -> float:
    """Variance of the derivative by the first angle, all uniform, of a loss of degree 1 in each.

    The derivative is a difference of two losses, half a turn apart; its square has degree 2, so
    that three values of each angle integrate it exactly. Its mean is 0 for the same reason.

    Args:
        loss: of an array of shape (angles,).
        angles: how many there are.

    Raises:
        ValueError: if the grid is too large.
    """
    if 3**angles > MOST_CASES:
        raise ValueError(f"a grid has at most {MOST_CASES} points, got 3**{angles}")
    shift = np.eye(1, angles)[0] * pi / 2
    slopes = []
    for values in product(np.arange(3) * 2 * pi / 3 + 0.1, repeat=angles):
        at = np.array(values)
        slopes.append((loss(at + shift) - loss(at - shift)) / 2)
    return float(np.mean(np.square(slopes)) - np.mean(slopes) ** 2)


def qumode_loss(
    differences: Sequence[Any], orders: Sequence[int], spread: Any, momentum: Any
) -> Any:
    """E (p_v - sum of theta_e q**(e - v))**2 after writes theta*, from moments of normal q.

    Args:
        differences: theta_e - theta_e* of different edges at v.
        orders: modes of each.
        spread: standard deviation of q.
        momentum: standard deviation of p before the writes; 1/(2 spread) if squeezed purely.

    Returns:
        momentum**2 + sum of differences**2 spread**(2 (order - 1)): products of different sets
        of modes are not correlated.
    """
    terms = (
        one**2 * spread ** (2 * (order - 1)) for one, order in zip(differences, orders, strict=True)
    )
    return momentum**2 + sum(terms)
