"""A Poisson matrix of eight unknowns solved to 0.01: the state of a run, checked by NumPy.

The matrix tridiag(-1, 2, -1) has condition number 32.16. Its shifts have alpha 4, which over the
least singular value is 33.16; the encoding that Qrisp makes of the array has 5, and it is given the
condition number of the matrix. Both find phases, prepare b, invert and read the whole state; ours
runs the solver gate by gate around what the circuits of matrix and vector encode, rounded angles
included, and its cost is that of all of them.
"""

from functools import lru_cache, partial
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.benchmark import Benchmark, Case
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.answers.simulate import BLOCKS
from bloqs.linear_systems.circuits.shortcut_solver import ShortcutSolver
from bloqs.linear_systems.circuits.toeplitz import ToeplitzEncoding
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.linear_systems.model.structure import shifts_of
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.costs.cost import cost_by_annotation

SIZE = 8
ERROR = 0.01
MATRIX = 2 * np.eye(SIZE) - np.eye(SIZE, k=1) - np.eye(SIZE, k=-1)
VECTOR = np.arange(1.0, SIZE + 1) / np.linalg.norm(np.arange(1.0, SIZE + 1))
SOLUTION = np.linalg.solve(MATRIX, VECTOR)
BITS = 8
"""Of an angle: what rounding adds to the state is a tenth of the error, as every run shows."""

LIMIT = 60.0
"""Longest time a peer is given. Unit: seconds."""

SOLVERS = {"qsvt-relative": TransformSolver.of, "shortcut": ShortcutSolver.of}
ALPHA = 4.0
"""Of the shifts: the moduli of the three diagonals."""


def made(name: str, encoding: Any, vector: Any) -> Any:
    """The solver of these parts, with its phases."""
    smallest = float(np.linalg.svd(MATRIX, compute_uv=False).min())
    norm = ALPHA * float(np.linalg.norm(SOLUTION))
    return SOLVERS[name](encoding, vector, ALPHA / smallest * (1 + 1e-9), norm, ERROR)


@lru_cache(maxsize=1)
def circuits() -> tuple[Any, Any]:
    """Of the matrix, by shifts, and of the right-hand side."""
    given = BITS, QROMLoader(), Rotation.BITWISE
    shifts = shifts_of(MATRIX, 1, is_cyclic=False)
    assert shifts is not None
    assert shifts.alpha == ALPHA
    return ToeplitzEncoding.of(shifts, *given), LoadedVector.of(VECTOR, *given)


def run(name: str, _: Any) -> Any:
    """The circuit made, and run with what matrix and right-hand side encode as one unitary each."""
    matrix, vector = circuits()
    parts = Dilation.of(matrix, BLOCKS), VectorDilation.of(vector, BLOCKS)
    return encoded_vector(made(name, *parts), STAND_INS)


def qrisp(_: Any) -> Any:
    """Its inversion by QSVT, repeated until it succeeds; moduli from exact probabilities."""
    main, encodings = import_module("qrisp"), import_module("qrisp.block_encodings")
    condition = float(np.linalg.cond(MATRIX))
    inverse = encodings.BlockEncoding.from_array(MATRIX).inv(ERROR, condition)

    def prepared() -> Any:
        register = main.QuantumFloat(SIZE.bit_length() - 1)
        main.prepare(register, VECTOR)
        return register

    found = main.terminal_sampling(lambda: inverse.apply_rus(prepared)())()
    return np.sqrt([max(0.0, found.get(k, 0.0)) for k in range(SIZE)])


def qrisp_gates() -> str:
    """What a run of its inversion holds: gates counted by itself, or that it is not installed."""
    try:
        main, encodings = import_module("qrisp"), import_module("qrisp.block_encodings")
    except ImportError:
        return "its gates are not counted, since it is not installed"
    condition = float(np.linalg.cond(MATRIX))
    inverse = encodings.BlockEncoding.from_array(MATRIX).inv(ERROR, condition)

    def inverted() -> Any:
        register = main.QuantumFloat(SIZE.bit_length() - 1)
        inverse.apply(register)
        return register

    found = main.count_ops(meas_behavior="0")(inverted)()
    ts = found.get("t", 0) + found.get("t_dg", 0)
    turns = sum(found.get(name, 0) for name in ("rx", "ry", "rz", "p"))
    peak = main.num_qubits(meas_behavior="0")(inverted)()["peak_allocations"]
    return (
        f"Qrisp: {ts} T, {turns} rotations and {found.get('u3', 0)} U3, {peak} qubits a run, "
        "b apart"
    )


def deviation(state: Any) -> float:
    """l2 error of the direction."""
    wanted = SOLUTION / np.linalg.norm(SOLUTION)
    return float(np.linalg.norm(state / np.linalg.norm(state) - wanted))


def priced(name: str) -> str:
    """What a run of ours costs."""
    cost = cost_by_annotation(made(name, *circuits()))
    return f"ours: {cost.toffolis} Toffoli, {cost.rotations} rotations, {cost.qubits} qubits a run"


class Cases:
    """The cases, priced when they are asked for."""

    def __iter__(self) -> Any:
        for name in SOLVERS:
            yield Case(
                what=f"Poisson, {SIZE} unknowns, to {ERROR}: {name}",
                size=f"condition {np.linalg.cond(MATRIX):.2f}",
                ours=partial(run, name),
                peer=qrisp,
                note=f"Qrisp: `BlockEncoding.inv`, by QSVT; {priced(name)}; {qrisp_gates()}",
                needs="qrisp",
                limit=LIMIT,
                error=deviation,
                tolerance=ERROR,
                grows=False,
            )


LINEAR_SYSTEMS = Benchmark("linear_systems", Cases())
