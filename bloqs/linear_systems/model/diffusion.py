r"""Diffusion with a coefficient that varies: a Laplacian whose diagonal is not constant."""

import numpy as np
from numpy.typing import NDArray

from bloqs.linear_systems.model.structure import MOST_AXES


def diffusion(coefficients: NDArray[np.float64]) -> NDArray[np.float64]:
    r"""The matrix of $-\nabla \cdot (a \nabla u)$ by finite volumes, zero on the boundary.

    Each point of the grid is a cell of side 1; through the face of two cells goes their harmonic
    mean, through a face on the boundary the cell's own a. With a = 1 it is the negative Laplacian.

    Args:
        coefficients: a, above zero, on a grid of one to three axes.

    Returns:
        Array of shape (N, N), N the number of points, the last axis of the grid moving fastest;
        positive definite.

    Raises:
        ValueError: if there are too many axes or a coefficient is not above zero and finite.
    """
    a = np.asarray(coefficients, dtype=float)
    if not 1 <= a.ndim <= MOST_AXES or not a.size or not (np.isfinite(a) & (a > 0)).all():
        raise ValueError(
            f"diffusion needs coefficients above zero on a grid of 1 to {MOST_AXES} axes, got an "
            f"array of shape {a.shape}"
        )
    points = np.arange(a.size).reshape(a.shape)
    matrix = np.zeros((a.size, a.size))
    for axis in range(a.ndim):
        here, there = (np.take(points, part, axis) for part in _neighbours(a.shape[axis]))
        one, other = a.flat[here.ravel()], a.flat[there.ravel()]
        through = 2 / (1 / one + 1 / other)
        here, there = here.ravel(), there.ravel()
        matrix[here, there] -= through
        matrix[there, here] -= through
        for side in (here, there):
            np.add.at(matrix, (side, side), through)
        for end in (0, -1):
            edge = np.take(points, end, axis).ravel()
            np.add.at(matrix, (edge, edge), a.flat[edge])
    return matrix


def _neighbours(length: int) -> tuple[range, range]:
    return range(length - 1), range(1, length)
