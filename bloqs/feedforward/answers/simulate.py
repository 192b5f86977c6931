"""Runs every step's circuit of a network by itself, against NumPy."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from attrs import evolve, frozen

from bloqs.convolution.abstract_convolution import AbstractConvolution
from bloqs.convolution.branches import matrix_by_branches, tree_rows
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.encodings.matrix_vector import MatrixVector
from bloqs.feedforward.answers.asked_network import asked_network
from bloqs.feedforward.answers.cost import chosen_settings
from bloqs.feedforward.circuits.build import Piece, build_chain
from bloqs.feedforward.circuits.dense_encoding import DenseEncoding
from bloqs.feedforward.circuits.earlier_vector import EarlierVector
from bloqs.feedforward.circuits.held import Settings
from bloqs.feedforward.circuits.replaced_parts import starting_from
from bloqs.feedforward.model.recognition import Feedforward
from bloqs.feedforward.model.register import Values
from bloqs.simulation.array_state import State
from bloqs.simulation.partial_run import run
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.ask.question import Asked
from estimator.phases.find import PhaseFindingError
from estimator.report.model import Report
from estimator.report.parts import Column, Kind, Notes, Part, Table, Tone
from estimator.report.text import COUNT, SCIENTIFIC, Style

LARGEST = 20
"""Qubits of a step that is run. Unit: qubits."""

LARGEST_MATRIX = 11
"""Qubits of the index of a convolution that is put together. Unit: qubits."""

TABLES = (AbstractConvolution, DenseEncoding)
"""Block-encodings that are too wide to be run as one circuit."""

HOLDS = Style("holds", lambda value: {None: "not run", True: "holds"}.get(value, "FAILS"))
"""How it is shown whether a step is within its error."""

LEGEND = (
    "error: l2 distance of the encoded vector from NumPy's, where the vector before is exact; "
    "claimed: the bloq's epsilon for such a vector. vector: that vector is one gate; dilated: so "
    "is a table of weights, as its preparations and shifts, run one by one, make it. Steps that "
    f"need more than {LARGEST} qubits are not run."
)


@frozen(kw_only=True)
class PieceRun:
    """What the run of one step found.

    Args:
        step: number, from 1.
        layer: name of what it makes.
        what: kind of step.
        fidelity: what was run gate by gate.
        qubits: of the circuit with a box for what comes before.
        error: l2 distance from NumPy; `None` if it was not run.
        claimed: the bloq's epsilon.
    """

    step: int
    layer: str
    what: str
    fidelity: str
    qubits: int
    error: float | None
    claimed: float

    @property
    def holds(self) -> bool | None:
        """Whether the error is at most what is claimed."""
        return None if self.error is None else self.error <= self.claimed + ROUNDING

    def plain(self) -> dict[str, Any]:
        """By name."""
        return {
            "step": self.step, "layer": self.layer, "what": self.what, "fidelity": self.fidelity,
            "qubits": self.qubits, "error": self.error, "claimed_error": self.claimed,
            "holds": self.holds,
        }  # fmt: skip


ROUNDING = 1e-9
"""Errors of floating point, and of phases, in a run. Unit: 1."""


def network(asked: Asked) -> Report:
    """A row for every step of a network at one image.

    Raises:
        ValueError: if the file cannot be read, has a layer that no circuit here stands for, the
            image does not fit, or polynomials of that error have too many phases.
    """
    found = asked_network(asked)
    steps, images = found.steps, found.images
    title = f"{Path(str(asked.file)).name}: step by step"
    try:
        built = build_chain(steps, images, runnable(steps, asked))
    except PhaseFindingError as problem:
        raise ValueError(f"{title}: {problem}; choose a larger epsilon") from problem
    except ValueError as problem:
        raise ValueError(f"{title}: {problem}") from problem
    values = {steps.source: steps.first.put(images[0])}
    values |= {piece.name: piece.values[0] for piece in built.pieces}
    pieces = list(enumerate(built.pieces, start=1))
    runs = [piece_run(n, piece, values) for n, piece in asked.track(pieces, "running")]
    report = runs_report(title, runs)
    return evolve(report, settings={**asked.values, "images": found.named}, head="title")


def runnable(steps: Feedforward, asked: Asked) -> Settings:
    """Circuits with tables and phases, whose steps can be run one by one."""
    return evolve(
        chosen_settings(steps, asked), rotation=Rotation.BITWISE, runs=True, in_pieces=True
    )


def piece_run(number: int, piece: Piece, values: Mapping[str, Values]) -> PieceRun:
    """The run of one step.

    Args:
        number: of the step.
        piece: its circuit.
        values: of the register at the first image, by name, as far as the step needs them.
    """

    def exact(earlier: EarlierVector) -> VectorDilation:
        return VectorDilation.of_vector(_unit(values[earlier.name]), float(earlier.alpha))

    bloq = starting_from(piece.bloq, exact)
    wanted = _unit(piece.values[0])
    found: np.ndarray | None = None
    fidelity = "-"
    if isinstance(bloq, MatrixVector) and isinstance(bloq.matrix, TABLES):
        if bloq.system_bitsize <= LARGEST_MATRIX:
            fidelity = "dilated"
            before = next(values[x.name] for x in earlier_vectors(piece.bloq))
            found = encoded_by_parts(bloq.matrix) @ _unit(before) / float(bloq.norm)
    elif bloq.signature.n_qubits() <= LARGEST:
        done = run(bloq)
        fidelity = str(done.runner.fidelity.value)
        found = done.vector * float(bloq.alpha)
    return PieceRun(
        step=number,
        layer=piece.name,
        what=piece.what,
        fidelity=fidelity,
        qubits=bloq.signature.n_qubits(),
        error=None if found is None else float(np.linalg.norm(found - wanted)),
        claimed=float(bloq.epsilon),
    )


def encoded_by_parts(encoding: AbstractConvolution | DenseEncoding) -> State:
    """The operator of a block-encoding by tables, from runs of its parts."""
    if isinstance(encoding, AbstractConvolution):
        return matrix_by_branches(encoding)
    columns, (lengths,) = tree_rows(encoding.columns), tree_rows(encoding.norms)
    return (columns * lengths.conj()[:, None]).T * float(encoding.alpha)


def earlier_vectors(bloq: Any) -> list[EarlierVector]:
    """The boxes that a step starts from."""
    found: list[EarlierVector] = []

    def note(earlier: EarlierVector) -> EarlierVector:
        found.append(earlier)
        return earlier

    starting_from(bloq, note)
    return found


def _unit(values: Values) -> np.ndarray:
    flat = values.reshape(-1)
    return flat / np.linalg.norm(flat)


def runs_report(title: str, runs: list[PieceRun]) -> Report:
    """The table, and whether every error is at most what is claimed."""

    def number(key: str, label: str, style: Any, kind: Kind, unit: str = "1") -> Column:
        return Column(
            key=key, label=label, unit=unit, style=style, kind=kind, align="right", wraps=False
        )

    columns = [
        number("step", "step", COUNT, Kind.EXACT, ""),
        Column(key="layer"),
        Column(key="what", wraps=False),
        Column(key="fidelity", wraps=False),
        number("qubits", "qubits", COUNT, Kind.EXACT, "qubits"),
        number("error", "error", SCIENTIFIC, Kind.MEASURED),
        number("claimed_error", "claimed", SCIENTIFIC, Kind.UPPER_BOUND),
        Column(key="holds", label="", style=HOLDS, wraps=False),
    ]
    parts: list[Part] = [
        Table(key="steps", columns=columns, rows=[run.plain() for run in runs]),
        Notes(key="legend", lines=[LEGEND], tone=Tone.QUIET, place="shown"),
    ]
    return Report(title=title, parts=parts, passed=all(run.holds is not False for run in runs))
