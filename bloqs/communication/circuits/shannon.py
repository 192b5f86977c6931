"""Any unitary matrix as rotations of single qubits and CNOTs."""

import cmath
from typing import Any

import numpy as np
from scipy.linalg import cossin, schur

from bloqs.communication.circuits.multiplexed import Turn, chosen


def taken_apart(matrix: Any) -> tuple[list[Turn], float]:
    """Rotations and CNOTs that make a unitary up to a phase, and the phase.

    A cosine-sine decomposition, of which each half is a unitary of one qubit less between rotations
    that the other qubits choose.

    Args:
        matrix: unitary, of shape (2**n, 2**n).

    Returns:
        (3/2) (4**n - 2**n) rotations, of which (3/4) 4**n - (3/2) 2**n have a CNOT after them; and
        the phase. Unit: radians.

    Source: [SBM06], quantum Shannon decomposition, without its last optimisations.
    """
    return _parts(np.asarray(matrix, dtype=complex), 0)


def _parts(matrix: Any, first: int) -> tuple[list[Turn], float]:
    if len(matrix) == 2:
        return _euler(matrix, first)
    half = len(matrix) // 2
    (one, two), angles, (three, four) = cossin(matrix, p=half, q=half, separate=True)
    right, phase = _either(three, four, first)
    left, more = _either(one, two, first)
    middle = chosen("Y", 2 * angles, first, _after(first, half))
    return [*right, *middle, *left], phase + more


def _either(zero: Any, one: Any, first: int) -> tuple[list[Turn], float]:
    """One of two unitaries on the later qubits, by the value of qubit `first`."""
    triangle, basis = schur(zero @ one.conj().T, output="complex")
    roots = np.exp(0.5j * np.angle(np.diag(triangle)))
    before, phase = _parts(roots[:, None] * (basis.conj().T @ one), first + 1)
    after, more = _parts(basis, first + 1)
    turns = chosen("Z", -2 * np.angle(roots), first, _after(first, len(zero)))
    return [*before, *turns, *after], phase + more


def _after(first: int, values: int) -> range:
    """Qubits after the first, whose values are so many."""
    return range(first + 1, first + values.bit_length())


def _euler(matrix: Any, qubit: int) -> tuple[list[Turn], float]:
    """Three rotations about Z, Y and Z, and a phase."""
    phase = cmath.phase(np.linalg.det(matrix)) / 2
    special = matrix * cmath.exp(-1j * phase)
    middle = 2 * float(np.arctan2(abs(special[1, 0]), abs(special[0, 0])))
    total = 2 * cmath.phase(special[1, 1]) if abs(special[1, 1]) > 1e-12 else 0.0
    difference = 2 * cmath.phase(special[1, 0]) if abs(special[1, 0]) > 1e-12 else 0.0
    first, last = (total - difference) / 2, (total + difference) / 2
    return [Turn("Z", first, qubit), Turn("Y", middle, qubit), Turn("Z", last, qubit)], phase
