"""Runs sentences on a state vector in NumPy."""

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bloqs.hypergraph.model.actions import (
    Action,
    FlipAction,
    PhaseAction,
    ReadAction,
    TurnAction,
)
from bloqs.hypergraph.model.phase_polynomial import TooManyCasesError
from bloqs.hypergraph.model.run_record import Engine, Probability
from bloqs.hypergraph.model.sentence import Sentence

Vector = NDArray[np.complex128]
WIDEST = 20
"""Qubits of a state vector that is worked on."""

WIDEST_BY_GATES = 14
"""Qubits of the latent state of a run in which every gate is run; see `circuits/gate_engine`."""


@frozen
class VectorEngine(Engine):
    """Amplitudes of length 2**qubits, of norm 1; bit j of an index is qubit j."""

    name = "state vector"
    limit = f"at most {WIDEST} qubits"

    def check(self, sentence: Sentence) -> None:
        """By width."""
        if sentence.qubits > WIDEST:
            raise TooManyCasesError(
                f"a state vector has at most {WIDEST} qubits, got {sentence.qubits}; "
                "use the phase polynomial"
            )

    def start(self, sentence: Sentence) -> Vector:
        """All amplitudes alike."""
        size = 2**sentence.qubits
        return np.full(size, size**-0.5, dtype=complex)

    def act(self, state: Vector, action: Action) -> Vector:
        """Signs, a turn or a permutation."""
        index = np.arange(len(state))
        if isinstance(action, PhaseAction):
            return state * signs(action.monomials, len(state))
        if isinstance(action, TurnAction):
            on = index & action.mask == action.mask
            return np.where(on, state * np.exp(1j * action.angle), state)
        assert isinstance(action, FlipAction)
        on = index & action.controls == action.controls
        return state[index ^ (on.astype(int) << action.target)]

    def read(
        self, state: Vector, action: ReadAction, answer: int, keep: bool
    ) -> tuple[Vector, Probability]:
        """(1 + (-1)**answer U) / 2, normalised."""
        moved = (1j**action.ys * signs(action.monomials, len(state)) * state)[
            np.arange(len(state)) ^ action.flips
        ]
        part = (state + (1 - 2 * answer) * moved) / 2
        chance = float(np.vdot(part, part).real)
        return (part / chance**0.5 if chance else part), chance


def signs(monomials: tuple[int, ...], size: int) -> NDArray[Any]:
    """(-1)**(sum of the monomials), for every index below a size."""
    index, total = np.arange(size), np.zeros(size, dtype=bool)
    for mask in monomials:
        total ^= index & mask == mask
    return 1 - 2 * total.astype(int)
