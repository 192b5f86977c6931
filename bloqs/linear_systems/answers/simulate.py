"""Runs a solver on a user's linear system and compares what comes out with NumPy."""

from typing import Any

import numpy as np

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.linear_systems.answers.given import given_system
from bloqs.linear_systems.answers.solvers import ESTIMATIONS, index_bits
from bloqs.linear_systems.circuits.abstract_solver import AbstractSolver
from bloqs.linear_systems.circuits.cks_solver import ChebyshevSolver
from bloqs.linear_systems.circuits.hhl_solver import PhaseEstimationSolver
from bloqs.linear_systems.circuits.shortcut_solver import ShortcutSolver
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.linear_systems.model.condition import sine_of
from bloqs.linear_systems.model.inverse import chebyshev_weights
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import GATE_BY_GATE, Runner
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.ask.question import Asked
from estimator.report.model import Report
from estimator.report.parts import Fact, Facts, Kind, Notes
from estimator.report.text import SCIENTIFIC, SHORT, TEXT

BLOCKS = {**STAND_INS, RotationLevel: as_one_gate}
"""What is one gate where the matrix is dilated: it, b, and a rotation by a table."""

MOST_DILATED = 256
"""Largest system that is run with its matrix dilated."""


def solver_run(asked: Asked) -> Report:
    """One run of a solver: the state error beside the one asked for, and the success.

    Raises:
        ValueError: if the system is none, or too large to be run.
    """
    values = asked.values
    if values.get("matrix") is None:
        raise ValueError("a run needs a system: give --matrix, and --rhs for its right-hand side")
    given = given_system(values, 0.0)
    error, name = float(values["epsilon"]), values["solver"]
    by_gates = values["run"] == "gates"
    problem = given.problem
    if not by_gates and 2**problem.n > MOST_DILATED:
        raise ValueError(
            f"a run with the matrix dilated takes {MOST_DILATED} unknowns at most, got "
            f"{problem.unknowns}; ask for its cost instead"
        )
    matrix, vector = given.chosen.encoding, given.vector
    alpha = float(matrix.alpha)
    parts: tuple[Any, Any] = (matrix, vector)
    if not by_gates:
        parts = (
            Dilation.of_matrix(problem.matrix, alpha),
            VectorDilation.of_vector(problem.vector),
        )
    kappa = given.kappa if not by_gates else given.kappa * (1 + 1e-6)
    bloq = solver_of(name, *parts, kappa, given.norm, error)
    runner = Runner.of(bloq, GATE_BY_GATE if by_gates else BLOCKS)
    flags = 2 ** int(bloq.ancilla_bitsize)
    state = runner.run(0).reshape(-1, flags)[:, 0]
    success = float(np.linalg.norm(state) ** 2)
    wanted = problem.solution / np.linalg.norm(problem.solution)
    found = state / np.linalg.norm(state)
    missed = float(np.linalg.norm(found - wanted))
    x = found * (wanted @ found.conj()).conj()
    scale = float(np.linalg.norm(problem.solution))
    residual = float(np.linalg.norm(problem.matrix @ (x * scale) - problem.vector))
    facts = [
        Fact(key="solver", value=name, style=TEXT),
        Fact(key="encoding", value=given.chosen.name, style=TEXT),
        Fact(key="alpha", label="alpha of the encoding", value=alpha, style=SHORT),
        Fact(key="kappa", label="kappa of the encoding", value=given.kappa, style=SHORT),
        Fact(key="degree", value=int(bloq.degree), unit="calls of A"),
        Fact(key="qubits", label="qubits that were run", value=runner.qubits, unit="qubits"),
        Fact(key="fidelity", label="how it was run", value=str(runner.fidelity.value), style=TEXT),
        Fact(key="error", label="error of the state", value=missed, style=SCIENTIFIC,
             kind=Kind.MEASURED),
        Fact(key="claimed", label="error claimed", value=error, style=SCIENTIFIC,
             kind=Kind.UPPER_BOUND),
        Fact(key="success", label="success of a run", value=success, style=SHORT,
             kind=Kind.MEASURED),
        Fact(key="promised", label="success promised", value=float(1 / bloq.alpha**2), style=SHORT),
        Fact(key="residual", label="|A x - b| / |b|", value=residual, style=SCIENTIFIC,
             kind=Kind.MEASURED),
    ]  # fmt: skip
    notes = [] if given.has_rhs else ["assumed: the right-hand side is the first unit vector"]
    return Report(
        title="qlss",
        settings={"epsilon": error, "unknowns": problem.unknowns},
        parts=[Facts(key="run", rows=facts), *([Notes(key="notes", lines=notes)] if notes else [])],
        passed=missed <= error,
        bloq=bloq,
    )


def solver_of(
    name: str,
    matrix: AbstractBlockEncoding,
    vector: AbstractVectorEncoding,
    kappa: float,
    norm: float,
    error: float,
) -> Any:
    """A solver by its name, with its phases.

    Raises:
        ValueError: if there is none of that name that is run, or as the solver.
    """
    found: AbstractSolver
    if name.startswith("qsvt-"):
        kind = name.removeprefix("qsvt-")
        found = TransformSolver.of(matrix, vector, kappa, norm, error, kind)
    elif name == "shortcut":
        found = ShortcutSolver.of(matrix, vector, kappa, norm, error)
    elif name in ESTIMATIONS:
        window, is_proven = ESTIMATIONS[name]
        parts = matrix, vector, kappa, norm, error
        bitwise = Rotation.BITWISE
        found = PhaseEstimationSolver.of(
            *parts, window=window, is_proven=is_proven, rotation=bitwise
        )
    elif name == "cks":
        weights = chebyshev_weights(kappa, sine_of(error))
        bits = index_bits(len(weights), sum(map(abs, weights)) / norm, error)
        found = ChebyshevSolver.of(
            matrix, vector, kappa, norm, error, bits, QROMLoader(), Rotation.BITWISE
        )
    else:
        raise ValueError(f"a run is of a qsvt solver, cks, hhl or shortcut, got {name!r}")
    return found
