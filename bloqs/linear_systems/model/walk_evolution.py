r"""The walk in plain NumPy: its state after T steps, and three distances of it from the solution.

The state has the axes q (which of the two halves of H), r (only if A is not definite), c (the
coin), a (the ancilla of the block-encoding, one) and the system. A step is: on q = 1 the coin is
turned by $R_f$, on q = 0 by a quarter turn; the coin chooses between 1 (or Z on r) and A (or its
dilation on r); the coin is turned back the other way; the sign is turned where c and a are zero,
except on q = 0, r = 0 and b; q is flipped.

Source: [CASSBB22] Sec. IV; the projection on what is orthogonal to b is in the reflection, where
they have a flag of its own and four reflections about b in place of one.
"""

from math import pi, sqrt
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bloqs.linear_systems.model.walk import Shape, angles
from estimator.polynomials.series import Reals

Matrix = NDArray[np.inexact[Any]]

HERMITIAN = 1e-9
"""Difference of mirrored entries, over the largest entry, that still counts as rounding."""


def dilation(matrix: Matrix) -> Matrix:
    """A unitary with the matrix in its corner; Hermitian if the matrix is.

    Args:
        matrix: Array of shape (N, N), of norm at most one.

    Returns:
        Array of shape (2 N, 2 N), the flag as the more significant index.
    """
    left, values, right = np.linalg.svd(matrix)
    values = np.minimum(values, 1.0)
    rest, back = np.sqrt(1 - values**2), right.conj().T
    return np.block(
        [
            [(left * values) @ right, (left * rest) @ left.conj().T],
            [(back * rest) @ right, -(back * values) @ left.conj().T],
        ]
    )


def check_shape(matrix: Matrix, shape: Shape) -> None:
    """Refuse a matrix that is not definite for the walk that needs one.

    Args:
        matrix: Array of shape (N, N).
        shape: which walk.

    Raises:
        ValueError: if the walk is the definite one, and the matrix not Hermitian or not positive.
    """
    if shape == "general":
        return
    size = float(np.abs(matrix).max())
    off = float(np.abs(matrix - matrix.conj().T).max())
    if off > HERMITIAN * size:
        raise ValueError(
            f"the walk for definite matrices needs a Hermitian one, got entries that differ by "
            f"{off:.3g} from their mirror images; take the general walk"
        )
    least = float(np.linalg.eigvalsh(matrix)[0])
    if not least > 0:
        raise ValueError(
            f"the walk for definite matrices needs positive eigenvalues, got {least:.3g}; take the "
            f"general walk"
        )


def _turn(angle: float) -> Reals:
    c, s = np.cos(angle / 2), np.sin(angle / 2)
    return np.array([[c, -s], [s, c]])


def walked(matrix: Matrix, vector: Matrix, condition: float, steps: int, shape: Shape) -> Matrix:
    """The state after the walk, its sign put right.

    Args:
        matrix: A / alpha, Array of shape (N, N), of norm at most one, smallest singular value at
            least 1 / condition; Hermitian with positive eigenvalues if `shape` is definite.
        vector: b, Array of shape (N,), of length one.
        condition: kappa.
        steps: T, even.
        shape: which walk.

    Returns:
        Array of shape (2, 1 or 2, 2, 2, N), axes q, r, c, a, system.

    Raises:
        ValueError: if T is odd, kappa below 1, or the matrix not definite where it must be.
    """
    check_shape(matrix, shape)
    turns = [((pi / 2, -2 * phi), (2 * phi, -pi / 2)) for phi in angles(condition, steps)]
    return evolved(matrix, vector, turns, shape)


def evolved(
    matrix: Matrix,
    vector: Matrix,
    turns: list[tuple[tuple[float, float], tuple[float, float]]],
    shape: Shape,
) -> Matrix:
    """The state after steps whose coins are given, its sign put right.

    Args:
        matrix: as in `walked`.
        vector: as in `walked`.
        turns: of the coin in each step, for q of zero and of one: before and after the call. Unit:
            radians.
        shape: which walk.

    Returns:
        As `walked`.
    """
    size, halves = len(vector), 2 if shape == "general" else 1
    unitary = dilation(matrix)
    back = unitary.conj().T
    state = np.zeros((2, halves, 2, 2, size), dtype=np.complex128)
    state[0, 0, 0, 0] = vector
    for turn in turns:
        for q in range(2):
            state[q] = np.einsum("cd,rdas->rcas", _turn(turn[q][0]), state[q])
        chosen = state[:, :, 1].reshape(2, halves, 2 * size)
        if halves == 1:  # the adjoint where q is zero
            moved = np.stack([chosen[0] @ back.T, chosen[1] @ unitary.T])
        else:
            state[:, 1, 0] *= -1
            moved = np.stack([chosen[:, 1] @ unitary.T, chosen[:, 0] @ back.T], axis=1)
        state[:, :, 1] = moved.reshape(2, halves, 2, size)
        for q in range(2):
            state[q] = np.einsum("cd,rdas->rcas", _turn(turn[q][1]), state[q])
        along = np.vdot(vector, state[0, 0, 0, 0])
        state[:, :, 0, 0] *= -1
        state[0, 0, 0, 0] += 2 * along * vector
        state = state[::-1].copy()
    return state * (-1) ** (len(turns) // 2)


@frozen
class Outcome:
    """How far a state after the walk is from the solution.

    Args:
        whole: distance of the whole state from it.
        walked: of the state whose coin and ancilla were found in zero, made a unit vector again.
        conditional: of the state whose flags were all found in zero, likewise.
        walk_probability: that coin and ancilla are found in zero.
        flag_probability: that all flags are found in zero.
        overlap: modulus of the amplitude of the solution.
    """

    whole: float
    walked: float
    conditional: float
    walk_probability: float
    flag_probability: float
    overlap: float

    @classmethod
    def of(cls, state: Matrix, matrix: Matrix, vector: Matrix) -> "Outcome":
        """Of a state after an even number of steps.

        Args:
            state: as returned by `walked`.
            matrix: as given to it.
            vector: as given to it.
        """
        solution = np.linalg.solve(matrix, vector)
        solution = solution / np.linalg.norm(solution)
        half = state.shape[1] - 1
        beyond = state[:, :, 0, 0].copy()
        beyond[1, 0] -= np.vdot(vector, beyond[1, 0]) * vector  # a flag of its own in the source
        target = np.zeros_like(beyond)
        target[0, half] = solution
        found, length = state[0, half, 0, 0], float(np.linalg.norm(beyond))
        kept = float(np.linalg.norm(found))
        overlap = complex(np.vdot(solution, found))
        return cls(
            whole=sqrt(max(0.0, 2 - 2 * overlap.real)),
            walked=float(np.linalg.norm(beyond / length - target)),
            conditional=float(np.linalg.norm(found / kept - solution)),
            walk_probability=length**2,
            flag_probability=kept**2,
            overlap=abs(overlap),
        )
