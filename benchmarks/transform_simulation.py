"""The matrix that a quantum singular value transformation encodes, simulated.

Both sides apply the block-encoding as one unitary. Ours then runs every gate between its calls, on
a circuit with the sign qubit that takes the real part; PennyLane multiplies matrices, one diagonal
for each phase, and the real part is taken of its numbers.
"""

from functools import lru_cache, partial
from importlib import import_module
from typing import Any

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from benchmarks.benchmark import Benchmark, Case
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import encoded_matrix
from estimator.phases.find import phases_of
from estimator.polynomials.inverse import inverse_polynomial
from estimator.polynomials.sup_norm import sup_norm

Matrix = NDArray[Any]
Problem = tuple[Matrix, NDArray[np.float64], NDArray[np.float64]]
"""A symmetric matrix, Chebyshev coefficients of a polynomial, and its phases (reflection)."""

SUPREMUM = 0.5
"""sup|P| of the polynomial."""


@lru_cache
def problem(n: int, degree: int) -> Problem:
    """A random symmetric matrix of size 2**n and an odd polynomial, close to 1/x.

    PennyLane divides a matrix by the largest absolute row sum of its square where that exceeds
    one; here it does not.
    """
    entries = np.random.default_rng(7).normal(size=(2**n, 2**n))
    symmetric = entries + entries.T
    symmetric /= 1.0001 * np.sqrt(np.linalg.norm(symmetric @ symmetric, np.inf))
    series = np.array(inverse_polynomial(degree / 5, degree).coefficients)
    series *= SUPREMUM / sup_norm(series).value
    return symmetric, series, phases_of(series).reflection


def transformed(given: Problem) -> Matrix:
    matrix, _, phases = given
    encoding = Dilation.of_matrix(matrix)
    bloq = SingularValueTransform(encoding, tuple(phases), len(phases) - 1, error=0.0)
    return encoded_matrix(bloq, STAND_INS)


def from_polynomial(given: Problem) -> Matrix:
    matrix, series, _ = given
    return transformed((matrix, series, phases_of(series).reflection))


def pennylane(given: Problem) -> Matrix:
    matrix, _, phases = given
    qml, size = import_module("pennylane"), len(matrix)
    wires = range(size.bit_length())
    projectors = [qml.PCPhase(phase, dim=size, wires=wires) for phase in phases]
    sequence = qml.QSVT(qml.BlockEncode(matrix, wires=wires), projectors)
    return qml.matrix(sequence, wire_order=wires)[:size, :size].real


def pennylane_from_polynomial(given: Problem) -> Matrix:
    matrix, series, _ = given
    qml, size = import_module("pennylane"), len(matrix)
    wires, powers = range(size.bit_length()), chebyshev.cheb2poly(series)
    whole = qml.qsvt(matrix, powers, encoding_wires=wires, block_encoding="embedding")
    return qml.matrix(whole, wire_order=wires)[:size, :size].real


def deviation(n: int, degree: int, found: Matrix) -> float:
    """Largest absolute error of an entry, against eigenvalues and eigenvectors from NumPy."""
    matrix, series, _ = problem(n, degree)
    values, vectors = np.linalg.eigh(matrix)
    wanted = (vectors * chebyshev.chebval(values, series)) @ vectors.T
    return float(np.abs(found - wanted).max())


def case(what: str, n: int, degree: int, run: Any, peer: Any, note: str) -> Case:
    return Case(
        what=what,
        size=f"{2**n} x {2**n}, degree {degree}",
        setup=partial(problem, n, degree),
        ours=run,
        peer=peer,
        note=note,
        needs="pennylane",
        error=partial(deviation, n, degree),
        tolerance=1e-9,
    )


GIVEN = "PennyLane: `qml.matrix` of `QSVT` with `BlockEncode` and our phases"
WHOLE = "PennyLane: `qml.matrix` of `qml.qsvt`, polynomial in powers of x; ours finds phases too"

TRANSFORM_SIMULATION = Benchmark(
    "transform_simulation",
    [
        *(
            case("QSVT simulated, phases given", 3, degree, transformed, pennylane, GIVEN)
            for degree in (15, 31, 61)
        ),
        *(
            case(
                "QSVT simulated, from the polynomial on",
                3,
                degree,
                from_polynomial,
                pennylane_from_polynomial,
                WHOLE,
            )
            for degree in (15, 31, 61)
        ),
        *(
            case("QSVT simulated, growing matrix", n, 31, transformed, pennylane, GIVEN)
            for n in (3, 5, 6)
        ),
    ],
)
