"""The stabilizer tableau: edges of two modes, CNOT and Pauli reads, about n(n+3)/2 bits in all.

Operators are i**r X**x Z**z; rows 0 to n-1 are destabilizers, the others the stabilizers.
"""

from fractions import Fraction
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
from bloqs.hypergraph.model.clifford_engine import CLIFFORD, check_clifford
from bloqs.hypergraph.model.phase_polynomial import bits_of
from bloqs.hypergraph.model.run_record import Engine, Probability
from bloqs.hypergraph.model.sentence import Sentence

Words = NDArray[np.uint64]
WORD = 64


class Tableau:
    """Stabilizers X of each qubit, destabilizers Z, to begin with.

    Args:
        qubits: n.
    """

    def __init__(self, qubits: int) -> None:
        words = -(-qubits // WORD)
        self.qubits = qubits
        self.x = np.zeros((2 * qubits, words), dtype=np.uint64)
        self.z = np.zeros((2 * qubits, words), dtype=np.uint64)
        self.r = np.zeros(2 * qubits, dtype=np.int64)
        for v in range(qubits):
            bit = np.uint64(1 << v % WORD)
            self.z[v, v // WORD] = self.x[qubits + v, v // WORD] = bit

    def copy(self) -> "Tableau":
        """Another that is equal."""
        other = Tableau(0)
        other.qubits = self.qubits
        other.x, other.z, other.r = self.x.copy(), self.z.copy(), self.r.copy()
        return other

    def words(self, mask: int) -> Words:
        """A mask of qubits as words."""
        size = self.x.shape[1]
        return np.frombuffer(mask.to_bytes(8 * size, "little"), dtype="<u8").astype(np.uint64)

    def sign(self, action: PhaseAction) -> None:
        """Z and CZ, in place."""
        for mask in action.monomials:
            found = tuple(bits_of(mask))
            if len(found) == 1:
                self.r += 2 * self._column(self.x, found[0])
            elif len(found) == 2:
                one, two = (self._column(self.x, v) for v in found)
                self.r += 2 * (one & two)
                self._add(self.z, found[0], two)
                self._add(self.z, found[1], one)

    def flip(self, control: int, target: int) -> None:
        """CNOT, in place."""
        self._add(self.x, target, self._column(self.x, control))
        self._add(self.z, control, self._column(self.z, target))

    def answer(self, action: ReadAction, answer: int) -> Fraction:
        """Reads a Pauli string, in place, and returns the probability of the answer."""
        n = self.qubits
        x = self.words(action.flips)
        z = self.words(sum(action.monomials))
        r = action.ys + 2 * answer
        odd = _parity((self.x & z) ^ (self.z & x))
        against = np.flatnonzero(odd[n:])
        if len(against):
            pivot = int(against[0]) + n
            odd[pivot] = odd[pivot - n] = False
            rows = np.flatnonzero(odd)
            self.r[rows] += self.r[pivot] + 2 * _parity(self.z[rows] & self.x[pivot])
            self.x[rows] ^= self.x[pivot]
            self.z[rows] ^= self.z[pivot]
            for table in (self.x, self.z, self.r):
                table[pivot - n] = table[pivot]
            self.x[pivot], self.z[pivot], self.r[pivot] = x, z, r
            return Fraction(1, 2)
        rows = np.flatnonzero(odd[:n]) + n
        after = np.bitwise_xor.accumulate(self.z[rows], axis=0)
        swaps = int(_parity(after[:-1] & self.x[rows][1:]).sum())
        return Fraction(int((int(self.r[rows].sum()) + 2 * swaps - r) % 4 == 0))

    def _column(self, table: Words, qubit: int) -> NDArray[np.int64]:
        column = table[:, qubit // WORD] >> np.uint64(qubit % WORD) & np.uint64(1)
        return column.astype(np.int64)

    def _add(self, table: Words, qubit: int, bits: NDArray[np.int64]) -> None:
        table[:, qubit // WORD] ^= bits.astype(np.uint64) << np.uint64(qubit % WORD)


def _parity(words: Words) -> NDArray[Any]:
    return np.bitwise_count(words).sum(axis=-1, dtype=np.int64) & 1


@frozen
class TableauEngine(Engine):
    """Runs sentences whose edges, and reads of edges, have two modes at most."""

    name = "stabilizer tableau"
    limit = CLIFFORD

    def check(self, sentence: Sentence) -> None:
        """By what a token does."""
        check_clifford(sentence, self.name)

    def start(self, sentence: Sentence) -> Tableau:
        """|+> on each qubit."""
        return Tableau(sentence.qubits)

    def act(self, state: Tableau, action: Action) -> Tableau:
        """In place."""
        if isinstance(action, PhaseAction):
            state.sign(action)
        elif isinstance(action, TurnAction):
            state.sign(PhaseAction((action.mask,)))
        elif isinstance(action, FlipAction):
            (control,) = bits_of(action.controls)
            state.flip(control, action.target)
        return state

    def read(
        self, state: Tableau, action: ReadAction, answer: int, keep: bool
    ) -> tuple[Tableau, Probability]:
        """Certain, impossible or a fair coin."""
        left = state.copy() if keep else state
        chance = left.answer(action, answer)
        return left, chance
