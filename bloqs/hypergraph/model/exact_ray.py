"""States up to a factor as vectors of Gaussian integers, so that equal states are equal keys."""

import numpy as np
from numpy.typing import NDArray

from bloqs.hypergraph.model.actions import Action, ReadAction, TurnAction
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.vector_engine import WIDEST, VectorEngine, signs

Ray = NDArray[np.complex128]
"""Shape (2**qubits,), whole parts without a common divisor, the first entry that is not 0 > 0."""

LARGEST = 2**24
"""Parts beyond it are refused, so that products of two are exact."""


def first_ray(qubits: int) -> Ray:
    """|+> on each qubit."""
    return np.ones(2**qubits, dtype=complex)


def exact(vector: Ray) -> Ray:
    """The ray of a vector of Gaussian integers that is not zero.

    Raises:
        ValueError: if its parts are too large to be exact.
    """
    first = vector[np.flatnonzero(vector)[0]]
    turned = vector * np.conj(first)
    parts = np.rint(np.concatenate([turned.real, turned.imag])).astype(np.int64)
    parts //= np.gcd.reduce(parts)
    if np.abs(parts).max() > LARGEST:
        raise ValueError(f"a state has amplitudes with parts above {LARGEST}; read fewer modes")
    half = len(vector)
    return np.asarray(parts[:half] + 1j * parts[half:] + 0.0)


def acted(ray: Ray, actions: tuple[Action, ...]) -> Ray:
    """After actions that read nothing and have no angle."""
    for action in actions:
        ray = VectorEngine().act(ray, action)
    return exact(ray)


def answered(ray: Ray, action: ReadAction, answer: int) -> Ray | None:
    """After an answer; nothing if it is impossible."""
    part = projected(ray, action, answer)
    return exact(part) if part.any() else None


def projected(ray: Ray, action: ReadAction, answer: int) -> Ray:
    """Twice the projection on an answer, as it stands."""
    moved = (1j**action.ys * signs(action.monomials, len(ray)) * ray)[
        np.arange(len(ray)) ^ action.flips
    ]
    return np.asarray(ray + (1 - 2 * answer) * moved)


def check_exact(sentence: Sentence) -> None:
    """Raises ValueError if a token has an angle, or the vector is too wide."""
    if sentence.qubits > WIDEST:
        raise ValueError(
            f"exact states have at most {WIDEST} qubits, got {sentence.qubits}; name fewer modes"
        )
    for token, actions in zip(sentence.tokens, sentence.actions, strict=True):
        if any(isinstance(action, TurnAction) for action in actions):
            raise ValueError(f"exact states know no angles, got {token.text()}; write a sign")
