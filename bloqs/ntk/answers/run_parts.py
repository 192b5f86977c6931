"""The parts of a prediction as they are run."""

from collections.abc import Mapping
from math import sqrt
from typing import Any

import numpy as np
from attrs import frozen

from bloqs.abstract import AbstractVectorEncoding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import loader_named
from bloqs.linear_systems.answers.given import Given as GivenSystem
from bloqs.linear_systems.answers.runs import RUNS, Run
from bloqs.linear_systems.answers.simulate import BLOCKS, runner_of, running, state_of
from bloqs.linear_systems.answers.solvers import SOLVERS
from bloqs.linear_systems.circuits.choice import Encoded
from bloqs.linear_systems.model.matrix import LinearProblem
from bloqs.ntk.answers.circuits import LABELS, Sizes
from bloqs.ntk.answers.points import Points
from bloqs.ntk.answers.problem_circuits import Circuits, why_not
from bloqs.ntk.circuits.class_signs import labels_vector
from bloqs.ntk.circuits.fixed_point import FixedPoint, clipped
from bloqs.ntk.circuits.masked_kernel import masked_kernel
from bloqs.ntk.circuits.tabulated_kernel import TabulatedKernel
from bloqs.ntk.model.activation import Reals
from bloqs.simulation.runner import Runner
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.costs.cost import cost_by_annotation

MOST_DILATED = 256
"""Most rows that are run with parts dilated."""

MOST_CALLS, MOST_OF_ALL = 20_000, 2_000
"""Calls of the masked kernel in a circuit that is run: of a named solver, of each of all."""

MOST_BLOCKS = 64
"""Most rows whose parts are run gate by gate, each alone."""

ERROR_OF_UNIT = 2
"""A vector off by e is, made a unit vector, off by twice that at most."""


@frozen(eq=False)
class Solution:
    """A solution as it came out.

    Args:
        name: of the solver.
        bloq: what was run.
        state: amplitudes of the rows where flags are in zero.
        success: probability of that.
        guaranteed: the same, at least.
        claimed: error of the unit state, at most.
        degrees: of its polynomials, by name.
        basis: how sure the claim is.
        is_one_circuit: whether one circuit from zero makes it.
    """

    name: str
    bloq: AbstractVectorEncoding
    state: Any
    success: float
    guaranteed: float
    claimed: float
    degrees: Mapping[str, int]
    basis: str
    is_one_circuit: bool

    @property
    def unit(self) -> Any:
        """The state, made a unit vector."""
        return self.state / np.linalg.norm(self.state)


def labels_run(points: Points, how: str, b: int, loader: str) -> AbstractVectorEncoding:
    """|y> as it is run."""
    places = points.given.system.places
    values = places.vector(points.given.system.labels)
    if how == "dilated":
        return VectorDilation.of_vector(values / np.linalg.norm(values))
    made = labels_vector(values, b, loader_named(loader, 1), Rotation.BITWISE)
    return VectorDilation.of(made, BLOCKS) if how == "blocks" else made


def labels_solution(points: Points, how: str, b: int, loader: str) -> Solution:
    """The labels, where the diagonal is all there is."""
    bloq = labels_run(points, how, b, loader)
    state = _flagless(bloq, Runner.of(bloq, BLOCKS if how != "gates" else {}).run(0))
    success = float(np.linalg.norm(state) ** 2)
    claimed = ERROR_OF_UNIT * float(bloq.epsilon)
    return Solution(
        LABELS, bloq, state, success, float(1 / bloq.alpha**2), claimed, {}, "proven", True
    )


def _flagless(bloq: Any, state: Any) -> Any:
    return np.asarray(state).reshape(-1, 2 ** int(bloq.ancilla_bitsize))[:, 0]


def system_of(points: Points, values: Any, b: int, error: float) -> tuple[GivenSystem, Any]:
    """The linear system as its solvers run it, and what they are asked with."""
    system, variant = points.given.system, values["variant"]
    loader = loader_named(str(values["loader"]), 1)
    encoding = masked_kernel(system, variant, b, loader, Rotation.BITWISE)
    matrix = system.padded if variant != "diagonal" else np.diag(np.diagonal(system.padded))
    problem = LinearProblem.of(matrix, system.places.vector(system.labels))
    kappa = problem.kappa(float(encoding.alpha))
    one = Encoded(
        name="matchings", encoding=encoding, kappa=kappa, b=b, t=0.0, t_vector=0.0, qubits=0
    )
    vector: Any = labels_vector(system.places.vector(system.labels), b, loader, Rotation.BITWISE)
    given = GivenSystem(
        problem=problem, encodings=[one], chosen=one, vector=vector, b=b, has_rhs=True
    )
    return given, {"run": values["run"], "epsilon": error, "loader": values["loader"]}


def check_runs(circuits: Circuits, name: str, most: int) -> None:
    """Refuse a solver that is not for the system, or whose circuit is too long to run.

    Args:
        circuits: with the system.
        name: of the solver.
        most: calls of the masked kernel in one circuit that is run.

    Raises:
        ValueError: if it is refused.
    """
    problem = circuits.perturbation if name == "perturbation" else circuits.problem
    found = None if problem is None else SOLVERS[name](problem)
    if found is None:
        raise ValueError(f"{name} does not solve this system; {why_not(circuits, name)}")
    is_short = name.startswith("walk")  # its steps are multiplied out in NumPy
    if found.plan.matrix_calls > most and not is_short:
        raise ValueError(
            f"{name} calls the masked kernel {found.plan.matrix_calls:,.0f} times in one circuit, "
            f"more than the {most:,} that are run; go deeper, or allow more error"
        )


def solution_run(given: GivenSystem, asked: Any, name: str, how: str) -> Solution:
    """What a solver gives.

    Raises:
        ValueError: if the run is too large.
    """
    run: Run = RUNS[name](running(given, asked))
    runners = [runner_of(attempt, how) for attempt in run.attempts]
    states = [state_of(r, attempt) for r, attempt in zip(runners, run.attempts, strict=True)]
    success = float(np.mean([np.linalg.norm(state) ** 2 for state in states]))
    claimed = run.allowed + rounding_error(given, how)
    return Solution(
        name=name,
        bloq=run.bloq,
        state=states[0],
        success=success,
        guaranteed=run.success,
        claimed=claimed,
        degrees=run.degrees,
        basis=run.basis.value,
        is_one_circuit=len(states) == 1 and run.attempts[0].start is None,
    )


def rounding_error(given: GivenSystem, how: str) -> float:
    """What rounded angles of matrix and labels move the unit solution by, at most."""
    if how == "dilated":
        return 0.0
    encoding = given.chosen.encoding
    relative = float(encoding.epsilon) / float(encoding.alpha)
    return 2 * given.kappa * (relative + float(given.vector.epsilon))


@frozen(eq=False)
class Prepared:
    """|k_*> of a point as it came out.

    Args:
        bloq: what was run.
        state: amplitudes of the rows where the flag is in zero.
        claimed: error of the unit state, at most.
    """

    bloq: AbstractVectorEncoding
    state: Any
    claimed: float


def kernel_run(
    points: Points, i: int, sizes: Sizes, how: str, b: int, loader: str, sign: int = 0
) -> Prepared:
    """|k_*> of a point.

    Args:
        points: that are asked about.
        i: which of them.
        sizes: of the preparation.
        how: it is run.
        b: bits of an angle.
        loader: name of the memory.
        sign: of the entries that are prepared, as positive numbers; 0 for all as they are.

    Raises:
        ValueError: if the run is too large.
    """
    places = points.given.system.places
    values = places.vector(part_of(points.clipped[i], sign))
    length = sqrt(places.size)
    bloq: Any
    if sizes.preparation == "arithmetic":
        read = part_of(whole_number_kernel(points, i, sizes.bits), sign)
        moved = sizes.slope * sizes.bits.correlation_error + np.pi / 2**sizes.bits.angle
        alpha = length / float(np.linalg.norm(values))
        bloq = VectorDilation.of_vector(places.vector(read) / length)
        return Prepared(bloq, places.vector(read) / length, ERROR_OF_UNIT * alpha * moved)
    if how == "dilated":
        bloq = VectorDilation.of_vector(values / length)
        return Prepared(bloq, _flagless(bloq, Runner.of(bloq, BLOCKS).run(0)), 0.0)
    made = TabulatedKernel.of(values, b, loader_named(loader, 1), Rotation.BITWISE)
    claimed = ERROR_OF_UNIT * float(made.epsilon)
    if how == "blocks":
        whole = Runner.of(made, BLOCKS).run(0)
        state = _flagless(made, whole)
        return Prepared(VectorDilation.of_vector(state), state, claimed)
    return Prepared(made, _flagless(made, Runner.of(made).run(0)), claimed)


def part_of(values: Reals, sign: int) -> Reals:
    """The entries of a sign as positive numbers, the others zero; all as they are for 0."""
    return np.maximum(sign * values, 0) if sign else values


def whole_number_kernel(points: Points, i: int, bits: FixedPoint) -> Reals:
    """What the arithmetic of |k_*> makes of each row: its whole numbers, in NumPy, shape (n,)."""
    given = points.given
    assert given.kernel is not None
    reference = bits.reference_of(given.points[i])
    mask = 2**bits.word - 1
    totals = []
    for word in bits.words_of(given.train.rows):
        entries = [word >> bits.word * (bits.dimension - 1 - j) & mask
                   for j in range(bits.dimension)]  # fmt: skip
        total = bits.start(reference) + sum(u * c for u, c in zip(entries, reference, strict=True))
        totals.append(total % 2**bits.width >> (bits.width - bits.cells))
    kernel = clipped(given.kernel.values, given.gap)
    angles = np.array(bits.angles_of(reference, kernel, np.array(totals)))
    return np.asarray(np.sin(2 * np.pi * angles / 2**bits.angle))


def check_size(rows: int, how: str) -> None:
    """Refuse what is too large to run, before any work.

    Raises:
        ValueError: if it is.
    """
    most = {"dilated": MOST_DILATED, "blocks": MOST_BLOCKS, "gates": 16}[how]
    if rows > most:
        raise ValueError(
            f"a run {'gate by gate' if how == 'gates' else how} takes {most} rows at most, got "
            f"{rows}; give a smaller --n"
            + ("" if how == "dilated" else ", or --run dilated")
            + ", or ask for its cost instead"
        )


def qubits_of(bloq: Any) -> int:
    """Of a circuit, its work qubits included."""
    return int(cost_by_annotation(bloq).qubits)
