"""What evolutions that are a little off do when many follow one another."""

import numpy as np
import scipy.linalg
import sympy
from numpy.random import Generator
from numpy.typing import NDArray

from bloqs.linear_systems.model.hhl import evolution_error
from estimator.symbols import delta, steps
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim

SHARE = 0.1
"""Of the error of a solution; any value."""


def derive() -> sympy.Expr:
    """What stays in the block adds up, and what leaves at one step may be back at a later one.

    A unitary whose block B is within delta of a unitary has |B v| >= 1 - delta for unit vectors v,
    so that no more than sqrt(1 - (1 - delta)**2) leaves; as the block of the inverse is no further
    off, no more than that comes back either. Whatever happens outside is unitary.
    """
    k, j = sympy.symbols("k j", integer=True, positive=True)
    share = 1 / (1 + k)  # any delta below one
    leaves = 1 - (1 - share) ** 2
    bound("what leaves, squared", leaves, 2 * share)
    pairs = sympy.summation(j - 1, (j, 1, steps))
    step("pairs of a step that leaves and a later one that returns", pairs, steps * (steps - 1) / 2)
    return sympy.expand(steps * delta + pairs * 2 * delta)


def _unitaries(count: int, delta: float, rng: Generator | None) -> list[NDArray[np.complex128]]:
    """Of two qubits, one of them the flag, whose blocks are off by delta.

    Without randomness they all turn the flag the same way, and meant is the identity.
    """
    angle = np.arccos(1 - delta)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    found = []
    for _ in range(count):
        before = after = np.eye(4, dtype=complex)
        if rng is not None:
            before = scipy.linalg.block_diag(np.eye(2), _random(rng))
            after = scipy.linalg.block_diag(np.eye(2), _random(rng))
        found.append(after @ np.kron(turn, np.eye(2)) @ before)
    return found


def _random(rng: Generator) -> NDArray[np.complex128]:
    found: NDArray[np.complex128] = np.linalg.qr(
        rng.normal(size=(2, 2)) + 1j * rng.normal(size=(2, 2))
    )[0]
    return found


def _point(m: int, off: float, rng: Generator | None) -> Draw:
    """Of 2 m evolutions, as many as a clock of m bits makes and undoes."""
    whole = np.eye(4, dtype=complex)
    for each in _unitaries(2 * m, off, rng):
        whole = each @ whole
    found = float(np.linalg.norm(whole[:2, :2] - np.eye(2), 2))
    # a solution is 2 kappa times as sensitive
    allowed = evolution_error(2.0, m, SHARE)
    return Draw(at={steps: 2 * m, delta: off}, value=found, stated=SHARE / 4 * off / allowed)


def draw(rng: Generator) -> Draw:
    """Up to 24 evolutions, by random unitaries outside of the block."""
    return _point(int(rng.integers(1, 13)), float(10 ** rng.uniform(-9, -2)), rng)


def worst() -> Draw:
    """All of them leave and return in phase."""
    return _point(5, 1e-4, None)


THEOREM = InequalityClaim(
    says="Of so many steps, each a unitary whose block between zeros of its flags is within delta "
    "of a unitary, the block of the product is within steps**2 delta of the product.",
    bound=steps**2 * delta,
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=steps * delta,
    twin_says="What leaves the block never returns.",
    source="ours",
)
