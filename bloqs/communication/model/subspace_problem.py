"""Vector in subspace, and Raz's problem: promises that one state settles and few bits do not."""

from typing import Any

import numpy as np
from attrs import field, frozen

from bloqs.communication.model.blocks import DenseBlock, PartyModel, scaled

PROMISE = 1e-9
"""How far from its promise an exact instance may be."""


def as_unit(vector: Any) -> Any:
    """A vector of 2**n entries over its norm.

    Raises:
        ValueError: if it has another length, is zero or not finite.
    """
    found = np.array(vector, dtype=float)
    if found.ndim != 1 or len(found) < 2 or len(found) & (len(found) - 1):
        raise ValueError(f"a vector has 2**n entries, n >= 1, got shape {found.shape}")
    if not np.isfinite(found).all() or not found.any():
        raise ValueError(f"a vector is finite and not zero, got norm {np.linalg.norm(found)}")
    found = scaled(found)
    return found / np.linalg.norm(found)


def _matrix(given: Any) -> Any:
    return np.array(given, dtype=float)


def as_basis(columns: Any) -> Any:
    """Orthonormal columns of a subspace of half the dimension; shape (N, N/2).

    Raises:
        ValueError: saying by how much they are not, or if the shape is another.
    """
    found = np.array(columns, dtype=float)
    if found.ndim != 2 or found.shape[0] != 2 * found.shape[1]:
        raise ValueError(
            f"a subspace of half the dimension N has N/2 columns of N, got shape {found.shape}"
        )
    gap = float(np.max(np.abs(found.T @ found - np.eye(found.shape[1]))))
    if not gap <= PROMISE:
        raise ValueError(
            f"columns of a subspace are orthonormal within {PROMISE}, off by {gap:.3g}"
        )
    return found


def completed(basis: Any) -> Any:
    """Orthogonal matrix whose first half of columns is the basis; shape (N, N)."""
    size, half = basis.shape
    full, _ = np.linalg.qr(np.concatenate([basis, np.eye(size)], axis=1))
    full = full[:, :size]
    full[:, :half] = basis
    return full


def check_promise(inside: float, slack: float) -> None:
    """Refuse a share of a vector that is neither nearly all nor nearly nothing.

    Raises:
        ValueError: saying by how much.
    """
    if not 0 <= slack < np.sqrt(0.5):
        raise ValueError(f"a slack lies in [0, 0.707), got {slack}")
    off = min(inside, 1 - inside) - slack**2
    if not off <= PROMISE:
        raise ValueError(
            f"the promise is that a share of the vector of at least 1 - {slack:g}**2 lies in the "
            f"subspace or in its complement; {inside:.6g} lies in it, off by {off:.3g}"
        )


@frozen(eq=False)
class SubspaceProblem:
    """Alice has a vector, Bob a subspace of half the dimension: does it hold the vector?

    Args:
        vector: of Alice, shape (N,), up to its norm.
        subspace: of Bob, orthonormal columns, shape (N, N/2).
        slack: the vector may have so much of its length on the wrong side.
    """

    vector: Any = field(converter=as_unit)
    subspace: Any = field(converter=as_basis)
    slack: float = 0.0

    def __attrs_post_init__(self) -> None:
        if len(self.subspace) != len(self.vector):
            raise ValueError(
                f"vector and subspace have one dimension, got {len(self.vector)} and "
                f"{len(self.subspace)}"
            )
        check_promise(self.inside, self.slack)

    @property
    def inside(self) -> float:
        """Share of the vector in the subspace: the probability of reading 0."""
        return float(np.sum((self.subspace.T @ self.vector) ** 2))

    @property
    def answer(self) -> bool:
        """Whether the subspace holds it."""
        return self.inside > 0.5

    @property
    def success(self) -> float:
        """Probability that one shot answers right, at least 1 - slack**2."""
        return max(self.inside, 1 - self.inside)

    @property
    def model(self) -> PartyModel:
        """Alice encodes; Bob turns the subspace to where qubit 0 is 0."""
        n = (len(self.vector) - 1).bit_length()
        blocks = (DenseBlock("Alice", np.eye(2**n)), DenseBlock("Bob", completed(self.subspace).T))
        return PartyModel(n, self.vector, blocks)


@frozen(eq=False)
class RazProblem:
    """Alice has a vector and a subspace, Bob an orthogonal map: does it take the one to the other?

    Args:
        vector: of Alice, shape (N,), up to its norm.
        subspace: of Alice, orthonormal columns, shape (N, N/2).
        turn: T of Bob, orthogonal, shape (N, N).
        slack: the turned vector may have so much of its length on the wrong side.
    """

    vector: Any = field(converter=as_unit)
    subspace: Any = field(converter=as_basis)
    turn: Any = field(converter=_matrix)
    slack: float = 0.0

    def __attrs_post_init__(self) -> None:
        size = len(self.vector)
        if len(self.subspace) != size or self.turn.shape != (size, size):
            raise ValueError(
                f"vector, subspace and map have one dimension, got {size}, {len(self.subspace)} "
                f"and {self.turn.shape}"
            )
        DenseBlock("Bob", self.turn)  # refuses what is not orthogonal
        check_promise(self.inside, self.slack)

    @property
    def inside(self) -> float:
        """Share of the turned vector in the subspace: the probability of reading 0."""
        return float(np.sum((self.subspace.T @ (self.turn @ self.vector)) ** 2))

    @property
    def answer(self) -> bool:
        """Whether the map takes the vector to the subspace."""
        return self.inside > 0.5

    @property
    def success(self) -> float:
        """Probability that one shot answers right, at least 1 - slack**2."""
        return max(self.inside, 1 - self.inside)

    @property
    def model(self) -> PartyModel:
        """Alice encodes, Bob turns, Alice reads: three blocks, two messages."""
        n = (len(self.vector) - 1).bit_length()
        blocks = (
            DenseBlock("Alice", np.eye(2**n)),
            DenseBlock("Bob", self.turn),
            DenseBlock("Alice", completed(self.subspace).T),
        )
        return PartyModel(n, self.vector, blocks)


def random_subspace(size: int, rng: np.random.Generator) -> Any:
    """Orthonormal columns of shape (N, N/2), uniform."""
    return np.linalg.qr(rng.normal(size=(size, size // 2)))[0]


def random_in(basis: Any, rng: np.random.Generator, is_inside: bool, slack: float = 0.0) -> Any:
    """A unit vector in the subspace or its complement, but for `slack` of its length."""
    full, half = completed(basis), basis.shape[1]
    parts = [full[:, :half], full[:, half:]] if is_inside else [full[:, half:], full[:, :half]]
    inner, outer = (part @ rng.normal(size=half) for part in parts)
    inner, outer = inner / np.linalg.norm(inner), outer / np.linalg.norm(outer)
    return np.sqrt(1 - slack**2) * inner + slack * outer
