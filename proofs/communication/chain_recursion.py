"""What one message more adds to the noise of a chain of sketches."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.communication.rivals.chain import next_noise
from bloqs.communication.symbols import N, k, noise
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim

BOUND = noise + sympy.pi / 2 * (1 + N * noise) / k


def derive() -> sympy.Expr:
    """Given y, the new vector has mean y and covariance (pi/2 |y|^2 - y y^T)/k."""
    mean = sympy.sqrt(2 / sympy.pi)
    scale = sympy.sqrt(sympy.pi / 2)
    step("unbiased given y", scale * mean, 1)
    length = 1 + N * noise  # of y on average, squared: |x|^2 + the trace of its covariance
    added = scale**2 * length / k
    step("one bit", added.subs(k, 1), sympy.pi / 2 * length)
    bound("what y y^T takes away is left out", 0, noise / k)
    return noise + sympy.expand(added)


def _point(vectors: np.ndarray, length: int) -> Draw:
    """Vectors with equal weight and a mean of length 1: the largest variance after a message."""
    size = vectors.shape[1]
    mean = vectors.mean(axis=0)
    before = vectors.T @ vectors / len(vectors) - np.outer(mean, mean)
    given = np.zeros((size, size))
    for y in vectors:
        given += (np.pi / 2 * (y @ y) * np.eye(size) - np.outer(y, y)) / length / len(vectors)
    spread = max(0.0, float(np.linalg.eigvalsh(before)[-1]))
    return Draw(
        at={N: size, k: length, noise: spread},
        value=float(np.linalg.eigvalsh(before + given)[-1]),
        stated=float(next_noise(spread, size, length)),
    )


def draw(rng: Generator) -> Draw:
    """A few vectors around a unit vector."""
    size = int(rng.integers(2, 9))
    vectors = rng.normal(size=(int(rng.integers(1, 30)), size)) * rng.uniform(0, 2)
    x = rng.normal(size=size)
    vectors += x / np.linalg.norm(x) - vectors.mean(axis=0)
    return _point(vectors, int(rng.integers(1, 100)))


def worst() -> Draw:
    """The first message: no noise yet, and a direction that x has no part in."""
    return _point(np.array([[1.0, 0.0]]), 7)


THEOREM = InequalityClaim(
    says="If every coordinate of a party's vector has variance s, that of the next party's, from a "
    "sketch of k bits and the norm, has at most s + (pi/2) (1 + N s)/k.",
    bound=BOUND,
    derive=derive,
    draw=draw,
    draws=200,
    worst=worst,
    false_twin=noise + (1 + N * noise) / k,
    twin_says="A sign is as good as the projection.",
    source="ours; derived",
)
