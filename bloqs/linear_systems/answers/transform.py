"""A user's function of a user's Hermitian matrix: what it costs, and what a run of it gives."""

from collections.abc import Mapping
from math import ceil, log2, pi
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen

from bloqs.abstract import AbstractBlockEncoding
from bloqs.data_loading.loaders import loader_named
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.linear_systems import symbols as own
from bloqs.linear_systems.circuits.choice import MOST_BITS, Encoded, encodings_of
from bloqs.linear_systems.model.matrix import LinearProblem, read_array
from bloqs.linear_systems.model.user_function import (
    Approximation,
    UserFunction,
    approximation,
)
from bloqs.qsvt.general_transform import MARGIN, GeneralTransform
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import GATE_BY_GATE, MAX_QUBITS, Runner
from estimator import symbols
from estimator.ask.question import Asked
from estimator.costs.answer import cost_report, pricing
from estimator.costs.cost import cost_by_annotation
from estimator.phases.find import phases_of
from estimator.polynomials.polynomial import Polynomial
from estimator.report.model import Report
from estimator.report.parts import Fact, Facts, Kind, Notes
from estimator.report.text import SCIENTIFIC, SHORT, TEXT

BLOCKS = {**STAND_INS, RotationLevel: as_one_gate}
"""What is one gate of a run that is not gate by gate."""

MOST_RUN = 256
"""Largest matrix whose function is run."""

MOST_PHASES = 4_000
"""Largest degree for which phases are found."""

LEAST_SHARE = 1e-3
"""Part of the largest value that rounded angles may make, where the polynomial is better."""

ROUNDING = 1e-12
"""Times the largest value: what a run in double precision may add to what is claimed."""


@frozen(kw_only=True)
class Transform:
    """A polynomial of an encoding.

    Args:
        bloq: its circuit.
        weight: the encoded operator is this times what `bloq` encodes.
        alpha: subnormalisation of the function.
        error: claimed, of the whole (spectral norm).
        largest: largest values of the even and of the odd part; 0 for one that is missing.
    """

    bloq: AbstractBlockEncoding
    weight: float
    alpha: float
    error: float
    largest: tuple[float, float]


@frozen(kw_only=True)
class Given:
    """A user's matrix and function.

    Args:
        problem: the matrix.
        function: f.
        encodings: of the matrix, the cheapest first.
        chosen: the one that was named, or the cheapest.
        approximation: of f on the eigenvalues that the encoding allows.
        scale: x is this times A / alpha.
        b: bits of an angle.
    """

    problem: LinearProblem
    function: UserFunction
    encodings: list[Encoded]
    chosen: Encoded
    approximation: Approximation
    scale: float
    b: int

    @property
    def alpha(self) -> float:
        """Of the encoding of the matrix."""
        return float(self.chosen.encoding.alpha)


def given_of(values: Mapping[str, Any], t_per_rotation: float, most: int | None = None) -> Given:
    """What is asked about.

    Args:
        values: of the parameters.
        t_per_rotation: to choose the encoding by.
        most: rows that the matrix may have, if it is to be run.

    Raises:
        ValueError: if matrix, function or degree are missing, or one is none.
    """
    for name, example in (
        ("matrix", "a file or an array"),
        ("polynomial", '"exp(-4*(1-x))" or a file of Chebyshev coefficients'),
        ("degree", "the degree of the approximation"),
    ):
        if values.get(name) is None:
            raise ValueError(f"a function of a matrix needs --{name}: {example}")
    function = UserFunction.of(str(values["polynomial"]))
    given = values["matrix"]
    matrix = read_array(given, "the matrix") if isinstance(given, Path) else given
    problem = LinearProblem.of_operator(matrix)
    if most is not None and problem.unknowns > most:
        raise ValueError(
            f"a run takes a matrix of {most} rows at most, got {problem.unknowns}; ask for its "
            "cost instead"
        )
    degree, loader = int(values["degree"]), loader_named(values["loader"], 1)
    b = int(values.get("b") or bits_for(problem.n, degree))
    encodings = encodings_of(problem, None, b, loader, t_per_rotation)
    wanted = values.get("encoding")
    named = [each for each in encodings if each.name == wanted]
    if wanted and not named:
        names = ", ".join(each.name for each in encodings)
        raise ValueError(f"{wanted} do not encode this matrix; it allows {names}")
    chosen = named[0] if named else encodings[0]
    scale = float(chosen.encoding.alpha) if values["argument"] == "matrix" else 1.0
    return Given(
        problem=problem,
        function=function,
        encodings=encodings,
        chosen=chosen,
        approximation=approximation(function, scale, degree),
        scale=scale,
        b=b,
    )


def bits_for(n: int, degree: int) -> int:
    """Bits of an angle with which 4 d sqrt(epsilon_A / alpha_A) is at most `LEAST_SHARE`.

    The encodings err by (1 + 2 n) pi / 2**b of their alpha at most.
    """
    allowed = (LEAST_SHARE / (4 * degree)) ** 2
    return min(MOST_BITS, max(6, ceil(log2((1 + 2 * n) * pi / allowed))))


def transform_of(
    encoding: AbstractBlockEncoding, found: Approximation, with_phases: bool = True
) -> Transform:
    """The circuit of a polynomial of a Hermitian matrix, even and odd parts apart.

    A part alone is one transform, with its largest value as subnormalisation. Both share one
    sequence and are added by a qubit: the subnormalisation is the sum of both largest values, which
    is at most twice that of the polynomial.

    Args:
        encoding: of the matrix.
        found: the polynomial.
        with_phases: whether phases are found, so that there is a circuit.

    Raises:
        estimator.phases.find.PhaseFindingError: if no phases are found.
    """
    weights: list[float] = []
    phases: list[tuple[float, ...] | None] = []
    added = 0.0
    for parity in (0, 1):
        part = found.polynomial.array
        part[1 - parity :: 2] = 0
        if not part.any():
            weights.append(0.0)
            phases.append(None)
            continue
        largest = Polynomial(part).maximum().bound * (1 + MARGIN)
        weights.append(largest)
        if with_phases:
            one = phases_of(part / largest, parity)
            phases.append(tuple(one.reflection.tolist()))
            added += largest * (one.degree // 2 + 1) * one.coefficient_error
        else:
            phases.append(None)
    degree, total = found.polynomial.degree, sum(weights)
    error = found.error + added + ROUNDING * total
    bloq: AbstractBlockEncoding
    if min(weights) > 0:
        bloq = GeneralTransform(
            encoding, phases[0], phases[1], degree, weights[0], weights[1], error
        )
        weight = 1.0
    else:
        weight = total
        bloq = SingularValueTransform(encoding, phases[0] or phases[1], degree, error / weight)
    return Transform(
        bloq=bloq,
        weight=weight,
        alpha=weight * float(bloq.alpha),
        error=weight * float(bloq.epsilon),
        largest=(weights[0], weights[1]),
    )


def notes_of(given: Given, made: Transform) -> list[str]:
    """What the polynomial is, how it is put together, and why its error is proved."""
    even, odd = made.largest
    if even and odd:
        put = (
            f"both parities: even part at most {even:.4g}, odd part at most {odd:.4g}; one "
            "sequence with a qubit that adds them, so that the subnormalisation is their sum, up "
            "to twice the largest value of the polynomial"
        )
    else:
        put = f"{'even' if even else 'odd'}: one transform, subnormalisation its largest value"
    where = (
        f"x is A, whose encoding allows [-{given.scale:.4g}, {given.scale:.4g}]"
        if given.scale != 1 or given.alpha == 1
        else f"x is A/alpha with alpha = {given.alpha:.4g} of the encoding"
    )
    return [where, put, f"error of the polynomial: {given.approximation.proof}"]


def facts_of(given: Given, made: Transform) -> list[Fact]:
    """About the polynomial and the encoding."""
    return [
        Fact(key="function", value=given.function.text, style=TEXT),
        Fact(key="encoding", value=given.chosen.name, style=TEXT),
        Fact(key="alpha", label="alpha of the encoding", value=given.alpha, style=SHORT),
        Fact(key="degree", value=given.approximation.polynomial.degree, unit="calls of A"),
        Fact(key="polynomial_error", label="error of the polynomial",
             value=given.approximation.error, style=SCIENTIFIC, kind=Kind.UPPER_BOUND),
        Fact(key="even", label="largest value of the even part", value=made.largest[0],
             style=SHORT, kind=Kind.UPPER_BOUND),
        Fact(key="odd", label="largest value of the odd part", value=made.largest[1],
             style=SHORT, kind=Kind.UPPER_BOUND),
        Fact(key="subnormalisation", value=made.alpha, style=SHORT),
        Fact(key="b", label="bits of an angle", value=given.b, unit="qubits"),
    ]  # fmt: skip


def transform_cost(asked: Asked) -> Report:
    """What the function of the matrix costs.

    Raises:
        ValueError: if matrix or function are none, or parameters do not go together.
    """
    method, error, _ = pricing(asked)
    if asked.values.get("matrix") is None and asked.values.get("polynomial") is None:
        return symbolic_cost(asked)
    given = given_of(asked.values, float(method.t_count(error)))
    has_phases = given.approximation.polynomial.degree <= MOST_PHASES
    made = transform_of(given.chosen.encoding, given.approximation, has_phases)
    notes = notes_of(given, made)
    if not has_phases:
        notes.append(f"no phases are found above degree {MOST_PHASES}; the cost needs none")
    facts = {
        "unknowns": given.problem.unknowns,
        **{fact.key: fact.value for fact in facts_of(given, made)},
        "epsilon": made.error,
        "ancillas": made.bloq.ancilla_bitsize,
    }
    kept = ("degree", "argument", "loader")
    settings = {name: asked.values[name] for name in kept}
    return cost_report(
        made.bloq, asked, title="transform", facts=facts, notes=notes, settings=settings
    )


def symbolic_cost(asked: Asked) -> Report:
    """What a polynomial of both parities costs where matrix and polynomial are not named."""
    matrix = MatrixOracle(own.n, own.ancillas, is_hermitian=True)
    degree = asked.get("degree", symbols.degree)
    bloq = GeneralTransform(matrix, None, None, degree, own.even, own.odd, own.epsilon_polynomial)
    facts = {
        "subnormalisation": bloq.alpha,
        "epsilon": bloq.epsilon,
        "ancillas": bloq.ancilla_bitsize,
    }
    notes = ["a polynomial with both parts of an oracle's matrix; give --matrix and --polynomial"]
    return cost_report(bloq, asked, title="transform", facts=facts, notes=notes)


def transform_run(asked: Asked) -> Report:
    """The encoded function against NumPy's, entry by entry.

    Raises:
        ValueError: as `transform_cost`, or if it is too large to be run.
    """
    values = asked.values
    given = given_of(values, 0.0, MOST_RUN)
    problem, how = given.problem, values["run"]
    degree = given.approximation.polynomial.degree
    if degree > MOST_PHASES:
        raise ValueError(f"phases are found up to degree {MOST_PHASES}, got {degree}; take a "
                         "smaller --degree")  # fmt: skip
    encoding: Any = given.chosen.encoding
    if how == "dilated":
        encoding = Dilation.of_matrix(problem.matrix, given.alpha)
    elif how == "blocks":
        encoding = Dilation.of(encoding, BLOCKS)
    made = transform_of(encoding, given.approximation)
    if how == "gates" and (qubits := cost_by_annotation(made.bloq).qubits) > MAX_QUBITS:
        raise ValueError(
            f"this run needs {qubits} qubits gate by gate, more than the {MAX_QUBITS} that are "
            "simulated; take --run blocks or dilated, or a smaller --b"
        )
    runner = Runner.of(made.bloq, GATE_BY_GATE if how == "gates" else BLOCKS)
    flags, N = 2 ** int(made.bloq.ancilla_bitsize), problem.unknowns
    columns = runner.columns([x * flags for x in range(N)])[::flags][:N]
    found = made.alpha * columns
    wanted = function_of(given)
    missed = float(np.linalg.norm(found - wanted, 2))
    facts = [
        *facts_of(given, made),
        Fact(key="qubits", label="qubits that were run", value=runner.qubits, unit="qubits"),
        Fact(key="fidelity", label="how it was run", value=HOW[how], style=TEXT),
        Fact(key="error", label="error of the block", value=missed, style=SCIENTIFIC,
             kind=Kind.MEASURED),
        Fact(key="claimed", label="error claimed", value=made.error, style=SCIENTIFIC,
             kind=Kind.UPPER_BOUND),
    ]  # fmt: skip
    return Report(
        title="transform",
        settings={"degree": int(values["degree"]), "unknowns": N, "argument": values["argument"]},
        parts=[
            Facts(key="run", rows=facts),
            Notes(key="notes", lines=notes_of(given, made)),
        ],
        passed=missed <= made.error,
        bloq=made.bloq,
    )


HOW = {"dilated": "dilated", "blocks": "block by block", "gates": "gate by gate"}
"""What was run, by the name that is asked for."""


def function_of(given: Given) -> Any:
    """f of the matrix by its eigenvectors, of shape (N, N)."""
    N = given.problem.unknowns
    matrix = given.problem.matrix[:N, :N] / given.alpha
    values, vectors = np.linalg.eigh(matrix)
    values = np.clip(values, -1, 1)
    return (vectors * given.function.values(given.scale * values)) @ vectors.T
