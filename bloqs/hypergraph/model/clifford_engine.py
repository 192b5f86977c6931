"""Runs Clifford sentences by stim: edges of two modes, CNOT and Pauli reads, on thousands of modes.

The stabilizer tableau of `rivals/` is the same thing as a classical machine, of our own.
"""

import math
from fractions import Fraction
from importlib import import_module
from typing import TYPE_CHECKING

from attrs import frozen

from bloqs.hypergraph.model.actions import (
    Action,
    FlipAction,
    PhaseAction,
    ReadAction,
    TurnAction,
)
from bloqs.hypergraph.model.phase_polynomial import TooManyCasesError, bits_of
from bloqs.hypergraph.model.run_record import Engine, Probability
from bloqs.hypergraph.model.sentence import Sentence

if TYPE_CHECKING:
    from stim import PauliString, TableauSimulator

CLIFFORD = "edges of two modes, one control, reads of Pauli strings, no angle but pi"
"""The sentences that stabilizers follow, in words."""


@frozen
class CliffordEngine(Engine):
    """States are simulators of stim, qubit j of ours is its qubit j."""

    name = "stim"
    limit = CLIFFORD

    def check(self, sentence: Sentence) -> None:
        """By what a token does."""
        check_clifford(sentence, self.name)

    def start(self, sentence: Sentence) -> "TableauSimulator":
        """|+> on each qubit."""
        state = import_module("stim").TableauSimulator(seed=0)
        state.set_num_qubits(sentence.qubits)
        state.h(*range(sentence.qubits))
        return state

    def act(self, state: "TableauSimulator", action: Action) -> "TableauSimulator":
        """In place."""
        if isinstance(action, FlipAction):
            (control,) = bits_of(action.controls)
            state.cx(control, action.target)
        else:
            assert isinstance(action, PhaseAction | TurnAction)
            masks = (action.mask,) if isinstance(action, TurnAction) else action.monomials
            for mask in masks:
                qubits = tuple(bits_of(mask))
                if len(qubits) == 2:
                    state.cz(*qubits)
                elif qubits:  # else a factor of the whole state
                    state.z(*qubits)
        return state

    def read(
        self, state: "TableauSimulator", action: ReadAction, answer: int, keep: bool
    ) -> "tuple[TableauSimulator, Probability]":
        """Certain, impossible or a fair coin."""
        string = _string(state.num_qubits, action)
        sign = state.peek_observable_expectation(string)
        left = state.copy() if keep else state
        if sign == 0:
            left.postselect_observable(string, desired_value=bool(answer))
            return left, Fraction(1, 2)
        return left, Fraction(int(sign == 1 - 2 * answer))


def _string(qubits: int, action: ReadAction) -> "PauliString":
    """U|x> = i**ys (-1)**(z x) |x + flips> as a string; Y|x> = i (-1)**x |x + 1>."""
    found: PauliString = import_module("stim").PauliString(qubits)
    signed = sum(action.monomials)
    for j in bits_of(action.flips | signed):
        found[j] = "IXZY"[(action.flips >> j & 1) + 2 * (signed >> j & 1)]
    return found


def check_clifford(sentence: Sentence, name: str) -> None:
    """Raises TooManyCasesError, with the first token that is none, unless stabilizers can follow.

    Args:
        sentence: what is to be run.
        name: of the engine.
    """
    for token, actions in zip(sentence.tokens, sentence.actions, strict=True):
        if not all(map(_is_clifford, actions)):
            text = token.text(sentence.field_bits > 1)
            raise TooManyCasesError(f"{name} has {CLIFFORD}; got {text}")


def _is_clifford(action: Action) -> bool:
    match action:
        case PhaseAction(monomials):
            return all(mask.bit_count() <= 2 for mask in monomials)
        case TurnAction(mask, angle):
            return angle == math.pi and mask.bit_count() <= 2
        case FlipAction(controls, _):
            return controls.bit_count() == 1
        case ReadAction(_, monomials, _):
            return all(mask.bit_count() == 1 for mask in monomials)
