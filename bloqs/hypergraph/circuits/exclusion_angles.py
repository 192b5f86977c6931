"""The basis that excludes three states, and turns about them that take it to one of them.

A turn exp(i phi |psi_s><psi_s|) is a circuit; a product of a few takes a vector of the span of
three states to another.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bloqs.hypergraph.model.exclusion import three_states_excludable

Matrix = NDArray[np.complex128]
CLOSE = 1e-12
"""Distance from the wanted vector at which turns are good."""
STEPS, TRIES = 60, 40
"""Newton's steps from a start, and starts."""


@frozen(eq=False)
class Turns:
    """Turns that take a vector of the basis to a state.

    Args:
        target: number of the state.
        first: number of the state of the first turn; the others follow in a circle.
        angles: in order. Unit: radians.
        residual: distance that is left.
    """

    target: int
    first: int
    angles: tuple[float, ...]
    residual: float


def excluding_basis(gram: Sequence[Sequence[Fraction]]) -> Matrix:
    """Three states in an orthonormal basis e_1, e_2, e_3 with e_j at right angles to state j.

    Args:
        gram: their overlaps, real, each state of norm 1.

    Returns:
        Shape (3, 3); column i is state i, and its i-th entry is zero.

    Raises:
        ValueError: if no measurement excludes them.
    """
    g12, g13, g23 = gram[0][1], gram[0][2], gram[1][2]
    x12, x13, x23 = g12**2, g13**2, g23**2
    if not three_states_excludable(x12, x13, x23):
        raise ValueError(
            "three states are told apart from what they are not only if their squared overlaps s "
            f"allow it, (1 - sum)**2 >= 4 product and sum <= 1, got {x12}, {x13}, {x23}"
        )
    beta = _beta(x12, x13, x23)
    if beta == 0:  # x12 = 0
        a, b, f = 1.0, 0.0, float(g13)
        c, d = _rest(x23, 1 - x13)
        e = float(g23) / c if c else float(1 - x13) ** 0.5
    elif beta == 1:  # x13 = 0
        a, b, d = 0.0, 1.0, float(g12)
        e, f = _rest(x23, 1 - x12)
        c = float(g23) / e if e else float(1 - x12) ** 0.5
    else:
        a, b = (1 - beta) ** 0.5, beta**0.5
        d, f = float(g12) / b, float(g13) / a
        c = max(0.0, 1 - d**2) ** 0.5
        e = float(g23) / c if x23 else max(0.0, 1 - f**2) ** 0.5
    return np.array([[0, c, e], [a, 0, f], [b, d, 0]], dtype=complex)


def _rest(x: Fraction, most: Fraction) -> tuple[float, float]:
    """The root of x / most, and of what is left of 1."""
    share = x / most if most else Fraction(0)
    return float(share) ** 0.5, float(1 - share) ** 0.5


def _beta(x12: Fraction, x13: Fraction, x23: Fraction) -> float:
    """A root of Lemma 2 from x12 to 1 - x13; 0 and 1 exactly."""
    if not x12:
        return 0.0
    if not x13:
        return 1.0
    lead, middle, last = 1 - x23, -(1 - x23 - x13 + x12), x12 * (1 - x13)
    root = float(max(Fraction(0), middle**2 - 4 * lead * last)) ** 0.5
    found = (-float(middle) + root) / (2 * float(lead))
    return min(max(found, float(x12)), float(1 - x13))


def turns_to_a_state(states: Matrix, vector: int, number: int) -> Turns:
    """Turns that take a vector of the basis to one of the states, up to a phase.

    Args:
        states: as `excluding_basis` has them.
        vector: number of the vector.
        number: of turns.

    Raises:
        ValueError: if so few turns do not do it.
    """
    best: Turns | None = None
    random = np.random.default_rng(0)
    order = sorted(range(3), key=lambda s: -abs(states[vector, s]))
    starts = [np.zeros(number), *random.uniform(-np.pi, np.pi, size=(TRIES, number))]
    for start, target, first in product(starts, order, range(3)):
        angles, left = _newton(states, vector, target, first, start)
        if best is None or left < best.residual:
            best = Turns(target, first, tuple(map(float, angles)), float(left))
        if left < CLOSE:
            return best
    assert best is not None
    raise ValueError(
        f"{number} turns leave a distance of {best.residual:.1e} to what is wanted; take more"
    )


def _newton(
    states: Matrix, vector: int, target: int, first: int, start: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    goal = states[:, target]
    beside = np.linalg.svd(goal.conj()[None])[2][1:]  # rows at right angles to the goal
    angles = start.copy()
    left = np.inf
    for _ in range(STEPS):
        moved, slopes = _moved(states, vector, first, angles)
        part = beside @ moved
        left = float(np.linalg.norm(part))
        if left < CLOSE / 10:
            break
        jacobian = beside @ slopes
        step = np.linalg.lstsq(
            np.concatenate([jacobian.real, jacobian.imag]),
            np.concatenate([part.real, part.imag]),
            rcond=1e-10,
        )[0]
        angles -= step * min(1.0, 1.0 / max(float(np.abs(step).max()), 1e-300))
    return (angles + np.pi) % (2 * np.pi) - np.pi, left


def _moved(
    states: Matrix, vector: int, first: int, angles: NDArray[np.float64]
) -> tuple[NDArray[np.complex128], Matrix]:
    """Where the turns take a vector, and the slopes of that by each angle, one a column."""
    moved = np.eye(3, dtype=complex)[vector]
    slopes = np.zeros((3, len(angles)), dtype=complex)
    for place, angle in enumerate(angles):
        state = states[:, (first + place) % 3]
        factor = np.exp(1j * angle)
        slopes += np.outer(state, (factor - 1) * (state.conj() @ slopes))
        part = state * (state.conj() @ moved)
        moved = moved + (factor - 1) * part
        slopes[:, place] += 1j * factor * part
    return moved, slopes
