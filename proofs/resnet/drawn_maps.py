"""Maps at which a residual block's sum is short."""

from typing import Any

import numpy as np
from numpy.random import Generator


def near_reflection(rng: Generator, sizes: tuple[int, ...]) -> tuple[Any, Any]:
    """A real map of norm at most 1, random or near the reflection of a vector, and that vector."""
    size = int(rng.choice(sizes))
    psi = rng.normal(size=size)
    psi /= np.linalg.norm(psi)
    W = rng.normal(size=(size, size)) * rng.choice([0.0, 0.01, 1.0])
    W = W / np.sqrt(size) + rng.integers(2) * (np.eye(size) - 2 * np.outer(psi, psi))
    return W / max(np.linalg.norm(W, 2), 1.0), psi


def flat_reflection() -> tuple[Any, Any]:
    """The reflection of a flat vector, of which the activation is almost linear, and the vector."""
    psi = np.full(1024, 1 / 32)
    return np.eye(1024) - 2 * np.outer(psi, psi), psi
