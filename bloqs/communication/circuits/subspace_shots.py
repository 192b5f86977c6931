"""Vector in subspace, and Raz's problem: one run, after which qubit 0 has the answer."""

from functools import cached_property
from typing import Any

import numpy as np
from attrs import field, frozen
from qualtran import bloq_example
from qualtran.symbolics import SymbolicInt

from bloqs.communication import symbols
from bloqs.communication.circuits.dense_unitary import DenseUnitary
from bloqs.communication.circuits.party_chain import AbstractPartyChain, owner, rows_of, value
from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.communication.model.subspace_problem import (
    RazProblem,
    SubspaceProblem,
    as_basis,
    as_unit,
    completed,
)
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.same_calls import SAME_CALLS


@frozen(cache_hash=True)
class VectorInSubspace(AbstractPartyChain):
    """Alice's vector goes to Bob, who turns his subspace to where qubit 0 is 0.

    Args:
        n: width of the register. Unit: qubits.
        vector: of Alice, N = 2**n real numbers; `None` if only their number matters.
        subspace: of Bob, N rows of N/2 numbers, whose columns are orthonormal; `None` as before.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero, with Alice. Qubit 0 is read by Bob: 0 with the
            probability that the vector has in the subspace.

    Cost: an exact tree, a dense block and one message of n qubits.

    Raises:
        ValueError: if the data have another size or columns are not orthonormal.

    Source: [KR11], the problem; that one message of n qubits solves it.
    """

    n: SymbolicInt
    vector: Private | None = field(default=None)
    subspace: Private | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        if self.vector is not None and self.subspace is not None:
            check_sizes(self.n, self.vector, self.subspace)

    @classmethod
    def of(cls, problem: SubspaceProblem) -> "VectorInSubspace":
        """The run of an instance."""
        vector = Private("Alice", tuple(map(float, problem.vector)))
        subspace = Private("Bob", rows_of(problem.subspace))
        return cls(qubits_of(problem.vector), vector, subspace)

    @property
    def width(self) -> SymbolicInt:
        return self.n

    @cached_property
    def parts(self) -> tuple[PartyBlock, ...]:
        reading = DenseUnitary(self.n, onto_half(value(self.subspace)))
        return (
            PartyBlock(owner(self.vector, "Alice"), VectorTree(self.n, self.vector)),
            PartyBlock(owner(self.subspace, "Bob"), reading),
        )

    def __str__(self) -> str:
        return f"VectorInSubspace{'†' if self.is_adjoint else ''}({self.n} qubits)"


@frozen(cache_hash=True)
class RazShot(AbstractPartyChain):
    """Alice's vector goes to Bob, who turns it, and back to Alice, who reads her subspace.

    Args:
        n: width of the register. Unit: qubits.
        vector: of Alice, N = 2**n real numbers; `None` if only their number matters.
        subspace: of Alice, N rows of N/2 numbers, whose columns are orthonormal; `None` as before.
        turn: of Bob, the N rows of an orthogonal matrix; `None` as before.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero, with Alice. Qubit 0 is read by Alice: 0 with the
            probability that the turned vector has in the subspace.

    Cost: an exact tree, two dense blocks and two messages of n qubits.

    Raises:
        ValueError: if the data have another size, columns are not orthonormal or the map is not
            orthogonal.

    Source: [Raz99], the problem; that two messages of n qubits solve it.
    """

    n: SymbolicInt
    vector: Private | None = field(default=None)
    subspace: Private | None = field(default=None)
    turn: Private | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        if self.vector is None or self.subspace is None or self.turn is None:
            return
        check_sizes(self.n, self.vector, self.subspace)
        if self.vector.owner != self.subspace.owner:
            raise ValueError(
                f"who has the vector reads the subspace, got data of {self.vector.owner} and of "
                f"{self.subspace.owner}"
            )
        DenseUnitary(self.n, self.turn.value)  # refuses what is not orthogonal

    @classmethod
    def of(cls, problem: RazProblem) -> "RazShot":
        """The run of an instance."""
        vector = Private("Alice", tuple(map(float, problem.vector)))
        subspace = Private("Alice", rows_of(problem.subspace))
        return cls(
            qubits_of(problem.vector), vector, subspace, Private("Bob", rows_of(problem.turn))
        )

    @property
    def width(self) -> SymbolicInt:
        return self.n

    @cached_property
    def parts(self) -> tuple[PartyBlock, ...]:
        reading = DenseUnitary(self.n, onto_half(value(self.subspace)))
        return (
            PartyBlock(owner(self.vector, "Alice"), VectorTree(self.n, self.vector)),
            PartyBlock(owner(self.turn, "Bob"), DenseUnitary(self.n, value(self.turn))),
            PartyBlock(owner(self.subspace, "Alice"), reading),
        )

    def __str__(self) -> str:
        return f"RazShot{'†' if self.is_adjoint else ''}({self.n} qubits)"


def qubits_of(vector: Any) -> int:
    """log2 of the length."""
    return (len(vector) - 1).bit_length()


def onto_half(subspace: Any) -> Any:
    """Rows of an orthogonal matrix that takes a subspace to where qubit 0 is 0."""
    return None if subspace is None else rows_of(completed(np.array(subspace)).T)


def check_sizes(n: SymbolicInt, vector: Private, subspace: Private) -> None:
    """Refuse a vector or a subspace that does not fit, whatever share of one is in the other."""
    size = 2**n
    for found in (len(as_unit(vector.value)), len(as_basis(subspace.value))):
        if found != size:
            raise ValueError(f"a register of {n} qubits takes {size} numbers, got {found}")


def random_rows(seed: int, size: int) -> tuple[tuple[float, ...], ...]:
    """An orthogonal matrix, for examples."""
    rng = np.random.default_rng(seed)
    return rows_of(np.linalg.qr(rng.normal(size=(size, size)))[0])


VECTOR = Private("Alice", (0.5, -1.0, 0.0, 2.0))
PLANE = tuple(row[:2] for row in random_rows(1, 4))


@bloq_example(generalizer=SAME_CALLS)
def vector_in_subspace_example() -> VectorInSubspace:
    return VectorInSubspace(2, VECTOR, Private("Bob", PLANE))


@bloq_example(generalizer=SAME_CALLS)
def _vector_in_subspace_controlled() -> VectorInSubspace:
    return VectorInSubspace(2, VECTOR, Private("Bob", PLANE), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _vector_in_subspace_symbolic() -> VectorInSubspace:
    return VectorInSubspace(symbols.n)


@bloq_example(generalizer=SAME_CALLS)
def raz_shot_example() -> RazShot:
    turn = Private("Bob", random_rows(2, 4))
    return RazShot(2, VECTOR, Private("Alice", PLANE), turn)


@bloq_example(generalizer=SAME_CALLS)
def _raz_shot_controlled() -> RazShot:
    data = Private("Alice", (3.0, 4.0)), Private("Alice", ((0.6,), (0.8,)))
    return RazShot(1, *data, Private("Bob", ((0.0, 1.0), (1.0, 0.0))), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _raz_shot_symbolic() -> RazShot:
    return RazShot(symbols.n)
