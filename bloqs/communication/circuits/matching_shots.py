"""Hidden matching, and equal or orthogonal: one message of signs, read without error."""

from functools import cached_property
from typing import Any

import numpy as np
from attrs import field, frozen
from qualtran import bloq_example
from qualtran.symbolics import SymbolicInt

from bloqs.communication import symbols
from bloqs.communication.circuits.matching_basis import EDGES, MatchingBasis
from bloqs.communication.circuits.party_chain import AbstractPartyChain, owner, value
from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.communication.model.matching_problem import EqualOrOrthogonal, HiddenMatching, bits
from bloqs.communication.model.routing import meanings
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.same_calls import SAME_CALLS


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
    edges = value(shot.matching)
    law = np.zeros((len(edges), 2))
    told = meanings(MatchingBasis(shot.n, shot.matching).edges)
    for each, chance in zip(told, np.abs(final) ** 2, strict=True):
        if each.edge >= 0:
            law[each.edge, each.parity] += chance
    return law


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
