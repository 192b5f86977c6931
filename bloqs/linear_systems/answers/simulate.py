"""Runs a solver on a user's linear system and compares what comes out with NumPy."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import loader_named
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.linear_systems.answers.given import Given, given_system
from bloqs.linear_systems.answers.runs import RUNS, Attempt, Perturbation, Running
from bloqs.linear_systems.answers.scaling_facts import error_facts, scaling_facts, scaling_notes
from bloqs.linear_systems.answers.whole_steps import WHOLE_STEPS, whole_steps_of
from bloqs.linear_systems.circuits.cks_solver import ChebyshevSolver
from bloqs.linear_systems.circuits.hhl_solver import PhaseEstimationSolver
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from bloqs.linear_systems.model.matrix import length_of
from bloqs.linear_systems.model.plan import Provenance
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import GATE_BY_GATE, MAX_QUBITS, Runner
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.ask.question import Asked
from estimator.costs.cost import cost_by_annotation
from estimator.report.model import Report
from estimator.report.parts import Fact, Facts, Kind, Notes
from estimator.report.text import SCIENTIFIC, SHORT, TEXT

BLOCKS = {**STAND_INS, RotationLevel: as_one_gate}
"""What is one gate where the matrix is dilated: it, b, and a rotation by a table."""

MOST_DILATED = 256
"""Largest system that is run with its matrix dilated."""

SLACK = 1 + 1e-6
"""Factor on kappa by which rounding of singular values stays inside."""

LEAST_STRENGTH = 1e-6
"""Smallest beta of a matrix that is nearly a multiple of the identity."""

HOW = {"dilated": "dilated", "blocks": "block by block", "gates": "gate by gate"}
"""What was run, by the name that is asked for."""

MEANT = {
    "dilated": "dilated: A/alpha and b are unitaries made of their entries; all else is gates",
    "blocks": "block by block: the circuits of A and b were run, a rotation by a table one gate, "
    "and what they encode is one gate of this run",
}
"""What that means."""


GUARANTEED = {
    Provenance.PROVEN: "success guaranteed, at least",
    Provenance.PRACTICAL: "success by a measured law",
    Provenance.UNCLEAR: "success by an unclear constant",
}
"""What the success of a run is held against."""

MULTIPLIED = "steps that repeat were multiplied out into one gate each, from the circuit of one"
"""Said of runs in which they are."""


def solver_run(asked: Asked) -> Report:
    """One run of a solver: the state error beside the one asked for, and the success.

    Raises:
        ValueError: if the system is none, the solver is not for it, or it is too large to be run.
    """
    values = asked.values
    if values.get("matrix") is None:
        raise ValueError("a run needs a system: give --matrix, and --rhs for its right-hand side")
    given = given_system(values, 0.0)
    how, name, problem = values["run"], values["solver"], given.problem
    if how != "gates" and 2**problem.n > MOST_DILATED:
        raise ValueError(
            f"a run with the matrix dilated takes {MOST_DILATED} equations at most, got "
            f"{problem.equations}; ask for its cost instead"
        )
    run = RUNS[name](running(given, values))
    runs = [runner_of(attempt, how) for attempt in run.attempts]
    states = [
        state_of(runner, attempt)
        for runner, attempt in asked.track(list(zip(runs, run.attempts, strict=True)), "running")
    ]
    success = float(np.mean([np.linalg.norm(state) ** 2 for state in states]))
    wanted = problem.solution / length_of(problem.solution)
    missed = error_of(states, wanted)
    facts = [
        Fact(key="solver", value=name, style=TEXT),
        Fact(key="basis", value=run.basis.value, style=TEXT),
        Fact(key="encoding", value=given.chosen.name, style=TEXT),
        Fact(key="alpha", label="alpha of the encoding",
             value=float(given.chosen.encoding.alpha), style=SHORT),
        Fact(key="kappa", label="kappa of the encoding", value=given.kappa, style=SHORT),
        *(Fact(key=key, value=value, unit="steps" if key == "steps" else "calls of A")
          for key, value in run.degrees.items()),
        Fact(key="qubits", label="qubits that were run", value=max(x.qubits for x in runs),
             unit="qubits"),
        Fact(key="fidelity", label="how it was run", value=HOW[how], style=TEXT),
        Fact(key="error", label="error of the state", value=missed, style=SCIENTIFIC,
             kind=Kind.MEASURED),
        Fact(key="claimed", label="error claimed", value=run.allowed, style=SCIENTIFIC,
             kind=Kind.UPPER_BOUND),
        Fact(key="state_error", label="error by the solver's own bound", value=run.claimed,
             style=SCIENTIFIC, kind=Kind.UPPER_BOUND),
        Fact(key="success", label="success of a run", value=success, style=SHORT,
             kind=Kind.MEASURED),
        Fact(key="guaranteed", label=GUARANTEED[run.basis], value=run.success, style=SHORT),
        Fact(key="residual", label="|A x - b| / |b|", value=residual_of(given, states[0]),
             style=SCIENTIFIC, kind=Kind.MEASURED,
             place="everywhere" if len(states) == 1 else "data"),
    ]  # fmt: skip
    facts += error_facts(given, states[0]) if len(states) == 1 else []
    notes = [] if given.has_rhs else ["assumed: the right-hand side is the first unit vector"]
    notes += [run.note] if run.note else []
    notes += scaling_notes(given)
    notes += [MEANT[how]] if how in MEANT else []
    notes += [MULTIPLIED] if any(runner.whole & set(WHOLE_STEPS) for runner in runs) else []
    return Report(
        title="qlss",
        settings={"epsilon": float(values["epsilon"])} | problem.sizes,
        parts=[
            *scaling_facts(given),
            Facts(key="run", rows=facts),
            *([Notes(key="notes", lines=notes)] if notes else []),
        ],
        passed=missed <= run.allowed,
        bloq=run.bloq,
    )


def running(given: Given, values: Mapping[str, Any]) -> Running:
    """The system in the form in which it is run.

    Raises:
        ValueError: if a window does not hold.
    """
    how, problem = values["run"], given.problem
    alpha = float(given.chosen.encoding.alpha)
    matrix: Any = given.chosen.encoding
    vector: Any = given.vector
    if how == "dilated":
        matrix, vector = Dilation.of_matrix(problem.matrix, alpha), problem.vector
        vector = VectorDilation.of_vector(vector)
    elif how == "blocks":
        matrix, vector = Dilation.of(matrix, BLOCKS), VectorDilation.of(vector, BLOCKS)
    return Running(
        encoding=matrix,
        vector=vector,
        condition=given.kappa if how == "gates" else given.kappa * SLACK,
        norm=given.norm,
        error=float(values["epsilon"]),
        matrix=problem.matrix / alpha,
        rhs=problem.vector,
        window=given.window(values),
        perturbation=partial(perturbation_of, given, values),
        guess=values.get("guess"),
        by_gates=how == "gates",
    )


def perturbation_of(given: Given, values: Mapping[str, Any]) -> Perturbation:
    """A = c (1 + beta B), c in the middle of the spectrum.

    Raises:
        ValueError: if the matrix is not definite, or the encoding of B too weak.
    """
    problem, how = given.problem, values["run"]
    if not problem.is_definite:
        raise ValueError(
            "perturbation runs on a definite matrix, a multiple of 1 + beta B with |B| <= 1, and "
            "this one is not definite; take shortcut or a qsvt solver"
        )
    least, largest = np.linalg.eigvalsh(problem.matrix)[[0, -1]]
    middle = float(least + largest) / 2
    rest = problem.matrix / middle - np.eye(len(problem.matrix))
    norm = middle * length_of(problem.solution)
    strength = max(LEAST_STRENGTH, float(largest - least) / float(largest + least) * SLACK)
    if not strength < 1:
        raise ValueError(
            f"perturbation needs beta < 1, and this matrix is 1 + beta B only for beta = "
            f"{strength:.7g}, as its condition number is {problem.condition:.4g}; take shortcut"
        )
    if how == "dilated" or not rest.any():
        return Perturbation(Dilation.of_matrix(rest, strength), strength, _within(norm, strength))
    loader = loader_named(values["loader"], 1)
    encoding = MatchingEncoding.of(rest, given.b, loader, Rotation.BITWISE, False)
    strength = float(encoding.alpha)
    if not strength < 1:
        raise ValueError(
            f"perturbation needs beta < 1, and what A/c adds to the identity has "
            f"alpha = {strength:.4g} as matchings; take --run dilated, shortcut or a qsvt solver"
        )
    part = Dilation.of(encoding, BLOCKS) if how == "blocks" else encoding
    return Perturbation(part, strength, _within(norm, strength))


def _within(norm: float, strength: float) -> float:
    """The norm, within what it can be but for rounding."""
    return min(max(norm, 1 / (1 + strength)), 1 / (1 - strength))


def runner_of(attempt: Attempt, how: str) -> Runner:
    """The circuit of an attempt.

    Raises:
        ValueError: if it has too many qubits; this is seen before it is made.
    """
    circuit = attempt.circuit
    if how == "gates":
        qubits = cost_by_annotation(circuit).qubits
        if qubits > MAX_QUBITS:
            raise ValueError(
                f"this run needs {qubits} qubits gate by gate, more than the {MAX_QUBITS} that are "
                f"simulated; take --run blocks or dilated, or a smaller --b"
            )
        return Runner.of(circuit, GATE_BY_GATE)
    bloq: Any = attempt.circuit
    whole: Any = {}
    if isinstance(bloq, (ChebyshevSolver, PhaseEstimationSolver)):
        turning = int(getattr(bloq, "turning", 0))
        ancillas = int(bloq.encoding.ancilla_bitsize) + turning
        whole = whole_steps_of(int(bloq.system_bitsize), ancillas)
    if (qubits := bloq.signature.n_qubits()) > MAX_QUBITS:
        raise ValueError(
            f"this run needs {qubits} qubits, more than the {MAX_QUBITS} that are simulated; take "
            f"a larger epsilon, or ask for its cost instead"
        )
    return Runner.of(circuit, {**BLOCKS, **whole})


def state_of(runner: Runner, attempt: Attempt) -> Any:
    """Amplitudes of the system where all flags are found in zero; not made a unit vector."""
    circuit: Any = attempt.circuit
    flags = 2 ** int(circuit.ancilla_bitsize)
    start: Any = 0
    if attempt.start is not None:
        start = np.kron(attempt.start, np.eye(1, flags)[0])
    return runner.run(start).reshape(-1, flags)[:, 0]


def error_of(states: list[Any], wanted: Any) -> float:
    """l2 error of the normalised state; of several, of a unit vector as likely to be the solution.

    Args:
        states: amplitudes of equally likely runs, the squares of whose lengths are their success.
        wanted: the solution, a unit vector.
    """
    if len(states) == 1:
        return float(np.linalg.norm(states[0] / np.linalg.norm(states[0]) - wanted))
    away = sum(np.linalg.norm(x - wanted * np.vdot(wanted, x)) ** 2 for x in states)
    sine = away / sum(np.linalg.norm(x) ** 2 for x in states)
    return float(np.sqrt(2 * sine / (1 + np.sqrt(1 - sine))))


def residual_of(given: Given, state: Any) -> float:
    """|A x - b| / |b| of the state, given the solution's length and a phase.

    With preconditioning, of the system that was given.
    """
    problem = given.problem
    x = state / np.linalg.norm(state)
    x = x * np.vdot(x, problem.solution) / abs(np.vdot(x, problem.solution))
    scaled = x * length_of(problem.solution)
    left = problem.matrix @ scaled - problem.vector
    if given.scaling is None:
        return float(np.linalg.norm(left))
    left, right = (given.scaling.unscaled_rhs(r) for r in (left, problem.vector))
    return length_of(left) / length_of(right)
