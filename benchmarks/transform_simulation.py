"""The matrix that a quantum singular value transformation encodes, simulated.

Dilated: both sides apply the block-encoding as one unitary with the matrix in its corner. Block by
block: both apply the unitary of the same circuit, worked out gate by gate before the clock starts.
Ours then runs what is between its calls on a circuit with the sign qubit that takes the real part;
PennyLane multiplies matrices, one diagonal for each phase, and the real part is taken of its
numbers.
"""

from functools import lru_cache, partial
from importlib import import_module
from typing import Any

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from benchmarks.benchmark import Benchmark, Case
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.fast_gates import FlagPhase
from bloqs.simulation.partial_run import STAND_INS, as_matrix
from bloqs.simulation.runner import encoded_image, encoded_matrix
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


Circuit = tuple[DiagonalEncoding, NDArray[np.float64], NDArray[np.float64]]
"""A block-encoding with a circuit, Chebyshev coefficients, and phases (reflection)."""

ANGLE_BITS = 6


@lru_cache
def circuit_problem(n: int, degree: int) -> Circuit:
    """The same polynomial of a diagonal matrix of size 2**n, encoded by rotations."""
    vector = np.random.default_rng(7).normal(size=2**n)
    loaded = LoadedVector.of(
        vector / np.linalg.norm(vector), ANGLE_BITS, QROMLoader(), Rotation.BITWISE
    )
    encoding = DiagonalEncoding(loaded)
    as_matrix(encoding)  # remembered
    _, series, phases = problem(n, degree)
    return encoding, series, phases


def block_by_block(given: Circuit) -> Matrix:
    encoding, _, phases = given
    bloq = SingularValueTransform(encoding, tuple(phases), len(phases) - 1, error=0.0)
    return encoded_matrix(bloq, {DiagonalEncoding: as_matrix, ProjectorPhase: FlagPhase})


def pennylane_of_circuit(given: Circuit) -> Matrix:
    """Its projectors are on the first basis states, so the flags come first."""
    encoding, _, phases = given
    qml, size, flags = (
        import_module("pennylane"),
        2**encoding.system_bitsize,
        2**encoding.ancilla_bitsize,
    )
    unitary = as_matrix(encoding).unitary.reshape(size, flags, size, flags)
    unitary = unitary.transpose(1, 0, 3, 2).reshape(size * flags, size * flags)
    wires = range((size * flags).bit_length() - 1)
    projectors = [qml.PCPhase(phase, dim=size, wires=wires) for phase in phases]
    sequence = qml.QSVT(qml.QubitUnitary(unitary, wires=wires), projectors)
    return qml.matrix(sequence, wire_order=wires)[:size, :size].real


def deviation_of_circuit(n: int, degree: int, found: Matrix) -> float:
    """Largest absolute error of an entry, against the polynomial of each encoded number."""
    encoding, series, _ = circuit_problem(n, degree)
    flags = 2**encoding.ancilla_bitsize
    corner = as_matrix(encoding).unitary[::flags, ::flags].real
    return float(np.abs(found - np.diag(chebyshev.chebval(np.diag(corner), series))).max())


def long_problem(n: int, degree: int) -> tuple[SingularValueTransform, Matrix]:
    """A transform with phases of no polynomial in particular, and a vector."""
    rng = np.random.default_rng(7)
    entries = rng.normal(size=(2**n, 2**n))
    encoding = Dilation.of_matrix(entries / np.linalg.norm(entries, 2))
    phases = tuple(rng.uniform(-np.pi, np.pi, degree + 1))
    bloq = SingularValueTransform(encoding, phases, degree, error=0.0)
    return bloq, rng.normal(size=2**n)


def image(given: tuple[SingularValueTransform, Matrix]) -> Matrix:
    return encoded_image(*given, STAND_INS)


def by_hand(given: tuple[SingularValueTransform, Matrix]) -> Matrix:
    """One product after the other, of the dilation's matrix and of a diagonal."""
    bloq, vector = given
    unitary = bloq.encoding.gate.unitary
    state = np.zeros(len(unitary), dtype=complex)
    state[::2] = vector
    signs = np.tile([1, -1], len(vector))
    for step in range(bloq.degree, 0, -1):
        on_right = (bloq.degree - step) % 2 == 0
        state *= np.exp(1j * bloq.phases[step] * signs)
        state = (unitary if on_right else unitary.T) @ state.view(float).reshape(-1, 2)
        state = state.reshape(-1).view(complex)
    return (state * np.exp(1j * bloq.phases[0] * signs))[::2].real


def close(ours: Matrix, other: Matrix) -> bool:
    return np.allclose(ours, other, rtol=0, atol=1e-9)


DILATED = (
    "a transform of an 8 x 8 matrix simulated, dilated, degree 15 to 61, against PennyLane's "
    "matrix product"
)
FROM_POLYNOMIAL = "the same with phases to be found"
LARGER = "the same, phases given, 32 x 32 and 64 x 64, degree 31"
IN_BLOCKS = (
    "the same block by block, circuits of 6 and 8 qubits, degree 15 to 61, the same unitary given "
    "to PennyLane"
)
LONG = (
    "one vector through a dilated transform of 8 and 10 qubits and degree 1,001, against products "
    "written by hand in NumPy, which have no sign qubit"
)
GIVEN = "PennyLane: `qml.matrix` of `QSVT` with `BlockEncode` and our phases"
WHOLE = "PennyLane: `qml.matrix` of `qml.qsvt`, polynomial in powers of x; ours finds phases too"
UNITARY = "PennyLane: `qml.matrix` of `QSVT` with `QubitUnitary` and our phases"
HIGH = "PennyLane refuses polynomials that its change of basis has spoilt"


def case(what: str, n: int, degree: int, headline: str, **others: Any) -> Case:
    """A dilated one, unless said otherwise."""
    settings: dict[str, Any] = {
        "size": f"{2**n} x {2**n}, degree {degree}",
        "setup": partial(problem, n, degree),
        "ours": transformed,
        "peer": pennylane,
        "note": GIVEN,
        "needs": "pennylane",
        "error": partial(deviation, n, degree),
        "tolerance": 1e-9,
        **others,
    }
    return Case(what=what, headline=headline, **settings)


DEGREES = (15, 31, 61)
TRANSFORM_SIMULATION = Benchmark(
    "transform_simulation",
    [
        *(case("QSVT simulated, phases given", 3, degree, DILATED) for degree in DEGREES),
        *(
            case(
                "QSVT simulated, from the polynomial on",
                3,
                degree,
                FROM_POLYNOMIAL,
                ours=from_polynomial,
                peer=pennylane_from_polynomial,
                note=WHOLE,
                may_fail=HIGH if degree > 31 else "",
            )
            for degree in DEGREES
        ),
        *(case("QSVT simulated, larger matrices", n, 31, LARGER) for n in (5, 6)),
        *(
            case(
                "QSVT simulated block by block",
                n,
                degree,
                IN_BLOCKS,
                size=f"{2 * n} qubits, degree {degree}",
                setup=partial(circuit_problem, n, degree),
                ours=block_by_block,
                peer=pennylane_of_circuit,
                note=UNITARY,
                error=partial(deviation_of_circuit, n, degree),
            )
            for n, degree in ((3, 15), (3, 61), (4, 31))
        ),
        *(
            Case(
                what="QSVT of one vector",
                size=f"{n} qubits, degree 1,001",
                setup=partial(long_problem, n, 1001),
                ours=image,
                peer=by_hand,
                same=close,
                note="NumPy, by hand: a real matrix times real and imaginary parts",
                headline=LONG,
            )
            for n in (8, 10)
        ),
    ],
)
