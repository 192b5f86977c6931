"""Hidden matching, and equal or orthogonal: one message of signs, read without error."""

from functools import cached_property
from math import pi
from typing import Any

import numpy as np
from attrs import field, frozen
from qualtran import Bloq, DecomposeTypeError, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.communication.circuits.clifford import Named, clifford_calls, write_clifford
from bloqs.communication.circuits.multiplexed import Turn, chosen, turn_calls, write_turns
from bloqs.communication.circuits.party_chain import AbstractPartyChain, owner
from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.communication.model.matching_problem import (
    EqualOrOrthogonal,
    HiddenMatching,
    Matching,
    bits,
)
from bloqs.communication.model.routing import Meaning, meanings, paired, shift_of
from bloqs.composite import AbstractComposite
from bloqs.gates.turn_about_y import TurnAboutY
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator.symbols import theta


@frozen(cache_hash=True)
class MatchingBasis(AbstractComposite):
    r"""Brings the ends of every edge next to each other, and makes sums and differences of them.

    Each of 2 n - 2 layers flips a qubit by an angle of 0 or pi that the other qubits choose, as in
    a network that sorts; signs which that leaves are known to the owner of the matching. Edges
    (i, i XOR s) with one s for all take CNOTs alone.

    Args:
        n: width of the register. Unit: qubits.
        matching: edges, pairs of places below N = 2**n; `None` if only their number matters.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). What an outcome of it means, `meanings` says.

    Cost: (n - 1) N rotations, as many CNOTs and a Hadamard gate; controlled, twice the rotations,
        three times the CNOTs and 2 T. By one shift of weight w, w - 1 CNOTs; controlled, Toffolis.

    Raises:
        ValueError: if the edges are no matching.

    Source: ours; [GKKRW07], whose measurement it is; the layers are a Benes network.
    """

    n: SymbolicInt
    matching: Private | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        if self.matching is not None:
            self.edges  # noqa: B018  refuse what is no matching

    @cached_property
    def edges(self) -> Matching:
        """The matching.

        Raises:
            ValueError: if only its size is known.
        """
        if self.matching is None:
            raise ValueError(f"{self} has no edges; give a matching")
        return Matching(2**self.n, self.matching.value)

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """Edge and parity that every outcome tells; N of them."""
        return meanings(self.edges)

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("system", QUInt(self.n))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": (("places", self.n),)}

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """Rotations of all layers, in order."""
        if shift_of(self.edges):
            return ()
        found: list[Turn] = []
        for qubit, flips in paired(self.edges):
            others = [k for k in range(self.n) if k != qubit]
            found += chosen("Y", pi * np.array(flips), qubit, others)
        return tuple(found)

    @property
    def gates(self) -> tuple[Named, ...]:
        """Clifford gates after them."""
        read, others = 0, list[int]()
        if shift := shift_of(self.edges):
            places = [self.n - 1 - k for k in range(self.n) if shift >> k & 1]
            read, others = places[0], places[1:]
        start = ("system", read)
        adds = [("CNOT", (start, ("system", each))) for each in others]
        return (*adds, ("H", (start,)))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if self.matching is None:
            number = (self.n - 1) * 2**self.n
            calls = clifford_calls((("H", (0,)),), self.is_controlled)
            halves, cnots = (2, 3 * number) if self.is_controlled else (1, number)
            calls[TurnAboutY(theta)] = number * halves
        else:
            calls = clifford_calls(self.gates, self.is_controlled)
            turns = turn_calls(self.turns, self.is_controlled)
            cnots = turns.pop(CNOT())
            calls |= turns
        calls[CNOT()] = calls.get(CNOT(), 0) + cnots
        return calls

    def write(self, wires: Wires) -> None:
        if self.matching is None:
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        write_turns(wires, self.turns, self.wires_of("system"), self.control)
        write_clifford(wires, self.gates, self.control)

    def __str__(self) -> str:
        return f"MatchingBasis{'†' if self.is_adjoint else ''}(2**{self.n} places)"


@frozen(cache_hash=True)
class HiddenMatchingShot(AbstractPartyChain):
    """Alice's signs go to Bob, who reads an edge of his matching and the parity of its ends.

    Args:
        n: width of the register. Unit: qubits.
        string: of Alice, N = 2**n bits; `None` if only their number matters.
        matching: of Bob, edges between places of the string; `None` as before.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero, with Alice; Bob reads all of it.

    Cost: an exact tree, the basis of the matching and one message of n qubits.

    Raises:
        ValueError: if the string has another length or the edges are no matching.

    Source: [GKKRW07], the problem and its protocol.
    """

    n: SymbolicInt
    string: Private | None = field(default=None)
    matching: Private | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        if self.string is not None:
            check_length(self.n, self.string)
        MatchingBasis(self.n, self.matching)  # refuses what is no matching

    @classmethod
    def of(cls, problem: HiddenMatching) -> "HiddenMatchingShot":
        """The run of an instance."""
        n = (problem.matching.size - 1).bit_length()
        edges = Private("Bob", problem.matching.edges)
        return cls(n, Private("Alice", problem.string), edges)

    @property
    def width(self) -> SymbolicInt:
        return self.n

    @cached_property
    def parts(self) -> tuple[PartyBlock, ...]:
        return (
            PartyBlock(owner(self.string, "Alice"), VectorTree(self.n, signs(self.string))),
            PartyBlock(owner(self.matching, "Bob"), MatchingBasis(self.n, self.matching)),
        )

    def __str__(self) -> str:
        return f"HiddenMatchingShot{'†' if self.is_adjoint else ''}({self.n} qubits)"


@frozen(cache_hash=True)
class EqualOrOrthogonalShot(AbstractPartyChain):
    """Alice's signs go to Bob, who undoes his: all qubits are 0 if and only if they are equal.

    Args:
        n: width of the register. Unit: qubits.
        one: of Alice, N = 2**n bits; `None` if only their number matters.
        two: of Bob, as many; `None` as before.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero, with Alice; Bob reads all of it.

    Cost: two exact trees and one message of n qubits.

    Raises:
        ValueError: if a string has another length.

    Source: [BCW98], the problem and its protocol.
    """

    n: SymbolicInt
    one: Private | None = field(default=None)
    two: Private | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        for each in (self.one, self.two):
            if each is not None:
                check_length(self.n, each)

    @classmethod
    def of(cls, problem: EqualOrOrthogonal) -> "EqualOrOrthogonalShot":
        """The run of an instance."""
        n = (len(problem.one) - 1).bit_length()
        return cls(n, Private("Alice", problem.one), Private("Bob", problem.two))

    @property
    def width(self) -> SymbolicInt:
        return self.n

    @cached_property
    def parts(self) -> tuple[PartyBlock, ...]:
        undo = VectorTree(self.n, signs(self.two)).adjoint()
        return (
            PartyBlock(owner(self.one, "Alice"), VectorTree(self.n, signs(self.one))),
            PartyBlock(owner(self.two, "Bob"), undo),
        )

    def __str__(self) -> str:
        return f"EqualOrOrthogonalShot{'†' if self.is_adjoint else ''}({self.n} qubits)"


def signs(string: Private | None) -> Private | None:
    """1 for each bit 0 and -1 for each bit 1, of the same owner."""
    if string is None:
        return None
    return Private(string.owner, tuple(1.0 - 2 * bit for bit in string.value))


def check_length(n: SymbolicInt, string: Private) -> None:
    """Refuse a string of another length, or with other than bits."""
    if len(bits(string.value)) != 2**n:
        raise ValueError(f"a string has {2**n} bits on {n} qubits, got {len(string.value)}")


def edge_law(shot: HiddenMatchingShot, final: Any) -> Any:
    """Probability of each edge and parity.

    Args:
        shot: the run, with numbers.
        final: its state before the measurement, shape (N,).

    Returns:
        Shape (edges, 2); what it lacks of 1 is that no edge is found.
    """
    basis = MatchingBasis(shot.n, shot.matching)
    law = np.zeros((len(basis.edges.edges), 2))
    for each, chance in zip(basis.meanings, np.abs(final) ** 2, strict=True):
        if each.edge >= 0:
            law[each.edge, each.parity] += chance
    return law


EDGES = Private("Bob", ((0, 6), (1, 3), (7, 2)))
STRING = Private("Alice", (0, 1, 1, 0, 1, 0, 0, 1))


@bloq_example(generalizer=SAME_CALLS)
def hidden_matching_shot_example() -> HiddenMatchingShot:
    return HiddenMatchingShot(3, STRING, EDGES)


@bloq_example(generalizer=SAME_CALLS)
def _hidden_matching_shot_controlled() -> HiddenMatchingShot:
    edges = Private("Bob", ((0, 3), (1, 2)))
    return HiddenMatchingShot(2, Private("Alice", (0, 1, 1, 0)), edges, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _hidden_matching_shot_symbolic() -> HiddenMatchingShot:
    return HiddenMatchingShot(symbols.n)


@bloq_example(generalizer=SAME_CALLS)
def equal_or_orthogonal_shot_example() -> EqualOrOrthogonalShot:
    return EqualOrOrthogonalShot(3, STRING, Private("Bob", (0, 1, 1, 0, 0, 1, 1, 0)))


@bloq_example(generalizer=SAME_CALLS)
def _equal_or_orthogonal_shot_controlled() -> EqualOrOrthogonalShot:
    data = Private("Alice", (0, 1, 1, 0)), Private("Bob", (1, 1, 1, 1))
    return EqualOrOrthogonalShot(2, *data, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _equal_or_orthogonal_shot_symbolic() -> EqualOrOrthogonalShot:
    return EqualOrOrthogonalShot(symbols.n)


@bloq_example(generalizer=SAME_CALLS)
def matching_basis_example() -> MatchingBasis:
    return MatchingBasis(3, EDGES)


@bloq_example(generalizer=SAME_CALLS)
def _matching_basis_controlled() -> MatchingBasis:
    return MatchingBasis(2, Private("Bob", ((0, 3), (1, 2))), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _matching_basis_symbolic() -> MatchingBasis:
    return MatchingBasis(symbols.n)
