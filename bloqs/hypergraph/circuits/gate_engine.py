"""Runs sentences gate by gate: the circuit of the cell of each token, on latent and work qubits."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bloqs.hypergraph.circuits.cell import HRNNCell
from bloqs.hypergraph.circuits.recorded_run import RecordedRun
from bloqs.hypergraph.circuits.sentence import HRNNSentence
from bloqs.hypergraph.model.phase_polynomial import TooManyCasesError
from bloqs.hypergraph.model.run_record import Engine, Probability
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.tokens import (
    EdgeToken,
    FlipToken,
    IdleToken,
    PauliToken,
    Token,
    WriteToken,
)
from bloqs.hypergraph.model.vector_engine import WIDEST_BY_GATES

Vector = NDArray[np.complex128]


def cell_of(token: Token, modes: int, field_bits: int) -> HRNNCell:
    """The cell of a token."""
    m = field_bits
    match token:
        case WriteToken(edge, weight, angle):
            if angle is None:
                return HRNNCell(modes, "W", edge, weight=weight, m=m)
            return HRNNCell(modes, "W", edge, theta=angle, is_trainable=True)
        case PauliToken(letters):
            places = tuple(m * mode + bit for (mode, bit), _ in letters)
            return HRNNCell(modes, "MP", places, "".join(letter for _, letter in letters), m=m)
        case EdgeToken(center, rest):
            return HRNNCell(modes, "MK", tuple(m * v + bit for v, bit in (center, *rest)), m=m)
        case FlipToken(controls, target):
            return HRNNCell(modes, "CX", tuple(m * v + bit for v, bit in (*controls, target)), m=m)
        case IdleToken():
            return HRNNCell(modes, "I", (), m=m)


def bloq_of(sentence: Sentence) -> HRNNSentence:
    """The whole sentence as one bloq."""
    cells = (cell_of(token, sentence.modes, sentence.field_bits) for token in sentence.tokens)
    return HRNNSentence(sentence.modes, tuple(cells), sentence.field_bits)


@lru_cache(maxsize=4096)
def _ready(cell: HRNNCell) -> RecordedRun:
    return RecordedRun(cell)


@frozen
class GateEngine(Engine):
    """States are vectors of length 2**qubits; bit j of an index is qubit j, as `VectorEngine`."""

    name = "gate by gate"
    limit = f"at most {WIDEST_BY_GATES} qubits, every gate run"

    def check(self, sentence: Sentence) -> None:
        """By width."""
        if sentence.qubits > WIDEST_BY_GATES:
            raise TooManyCasesError(
                f"gates are run on at most {WIDEST_BY_GATES} qubits, got {sentence.qubits}; "
                "use another engine"
            )

    def steps(self, sentence: Sentence) -> Sequence[Sequence[Any]]:
        """The circuit of the cell of each token."""
        cells = bloq_of(sentence).cells
        return [[] if cell.kind == "I" else [_ready(cell)] for cell in cells]

    def start(self, sentence: Sentence) -> Vector:
        """All amplitudes alike."""
        return np.full(2**sentence.qubits, 2 ** (-sentence.qubits / 2), dtype=complex)

    def act(self, state: Vector, action: RecordedRun) -> Vector:
        """Gates, and measurements that take work qubits away."""
        found = action.run(_reversed(state), _nothing).state
        assert found is not None
        return _reversed(found)

    def read(
        self, state: Vector, action: RecordedRun, answer: int, keep: bool
    ) -> tuple[Vector, Probability]:
        """Up to the measurement of the ancilla, and what it leaves."""
        found = action.run(_reversed(state), lambda _: answer)
        return (state if found.state is None else _reversed(found.state)), found.probability


def _reversed(vector: Vector) -> Vector:
    """The first qubit as the lowest bit in place of the highest, or back."""
    size = len(vector).bit_length() - 1
    return np.ascontiguousarray(vector.reshape((2,) * size).transpose()).reshape(-1)


def _nothing(zero: float) -> int:
    raise AssertionError("a token that is not answered reads nothing")
