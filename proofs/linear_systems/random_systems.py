"""Linear systems with a spectrum of one's own choice, to measure solvers on."""

from typing import Any, Literal

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

Matrix = NDArray[np.inexact[Any]]

Shape = Literal["definite", "indefinite", "general"]
"""Hermitian with positive eigenvalues; Hermitian with both signs; not Hermitian."""


@frozen
class LinearSystem:
    """A matrix of norm one, a unit vector, and the length and direction of the solution.

    Args:
        matrix: Array of shape (N, N), its largest singular value 1 and its smallest 1/condition.
        vector: Array of shape (N,), of length one.
        condition: kappa.
    """

    matrix: Matrix = field(eq=False, repr=False)
    vector: Matrix = field(eq=False, repr=False)
    condition: float

    @property
    def solution(self) -> Matrix:
        """What the matrix takes to the vector; Array of shape (N,)."""
        return np.linalg.solve(self.matrix, self.vector)

    @property
    def norm(self) -> float:
        """Length of the solution, between 1 and the condition number."""
        return float(np.linalg.norm(self.solution))

    @property
    def direction(self) -> Matrix:
        """The solution with length one; Array of shape (N,)."""
        return self.solution / self.norm


def random_system(
    shape: Shape, size: int, condition: float, seed: Any, is_complex: bool = True
) -> LinearSystem:
    """Singular values between 1/condition and 1, both attained, the others log-uniform.

    Args:
        shape: whether the matrix is Hermitian, and definite.
        size: N, at least 2.
        condition: kappa.
        seed: decides the rest.
        is_complex: whether entries have imaginary parts.
    """
    rng = np.random.default_rng(seed)
    values = condition ** -np.concatenate([[0.0, 1.0], rng.uniform(size=size - 2)])
    left, right = (_unitary(rng, size, is_complex) for _ in range(2))
    if shape == "indefinite":
        values = values * np.where(np.arange(size) % 2, -1, 1)
    if shape != "general":
        right = left.conj().T
    vector = rng.normal(size=size) + 1j * is_complex * rng.normal(size=size)
    return LinearSystem((left * values) @ right, vector / np.linalg.norm(vector), condition)


def _unitary(rng: np.random.Generator, size: int, is_complex: bool) -> Matrix:
    entries = rng.normal(size=(size, size)) + 1j * is_complex * rng.normal(size=(size, size))
    found, triangle = np.linalg.qr(entries)
    return found * (np.diag(triangle) / np.abs(np.diag(triangle)))
